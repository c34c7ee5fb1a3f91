import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { ComponentResource, type ComponentResourceOptions, type CustomResource, type Input } from "@pulumi/pulumi";
import { bind, isAlarmed, severityOf, specOf } from "./alarm";
import type { AnyAlarmed, AnySignal, Change, Severity, Unit } from "./signal";
import type { AlarmSpec } from "./spec";

/** Who is told, by severity: ARNs of SNS topics that let CloudWatch publish. */
export type Actions = Readonly<Record<Severity, readonly Input<string>[]>>;

/** What every alarm of a stack has in common. */
export interface Watcher {
  readonly actions: Actions;
  /** Address under which the runbook pages lie, without a slash at the end: `<runbooks>/queue-dead-letters.md`. */
  readonly runbooks: string;
}

/** The longest description that CloudWatch takes ("PutMetricAlarm", CloudWatch API Reference, 2026-11). */
const longestDescription = 1_024;

/** The arguments that say what is evaluated, in the SDK's words. */
export function evaluated(spec: AlarmSpec<Input<string>>): Partial<MetricAlarmArgs> {
  const [first, ...others] = Object.values(spec.metrics);
  const common = {
    comparisonOperator: spec.comparison,
    threshold: spec.threshold,
    evaluationPeriods: spec.evaluationPeriods,
    datapointsToAlarm: spec.datapointsToAlarm,
    treatMissingData: spec.treatMissingData,
  };
  if (spec.expression === undefined && first && others.length === 0) {
    const { namespace, metric: metricName, statistic, period, dimensions } = first;
    const value = { ...common, namespace, metricName, period, dimensions };
    return statistic.startsWith("p")
      ? { ...value, extendedStatistic: statistic, evaluateLowSampleCountPercentiles: spec.lowSamples ?? "evaluate" }
      : { ...value, statistic };
  }
  return {
    ...common,
    metricQueries: [
      { id: "value", expression: spec.expression ?? "", returnData: true },
      ...Object.entries(spec.metrics).map(([id, { namespace, metric: metricName, statistic: stat, period, dimensions }]) => ({
        id,
        metric: { namespace, metricName, stat, period, dimensions },
      })),
    ],
  };
}

/** A resource that is watched, in one role. */
export interface Watched<Subject extends string, Size> {
  readonly resource: CustomResource;
  /** Name of the kind in the catalogue. */
  readonly kind: string;
  readonly signals: Readonly<Record<string, AnySignal<Size, Subject>>>;
  /** The signals of this role are made. */
  readonly role: string;
  readonly size: Size;
  /** The value of each dimension: an output of the resource, so that the engine knows which alarm depends on it. */
  readonly subjects: Readonly<Record<Subject, Input<string>>>;
  readonly changes: Readonly<Record<string, Change<Unit> | undefined>>;
}

function alarmArgs<Subject extends string, Size>(
  name: string,
  id: string,
  signal: AnyAlarmed<Size, Subject>,
  { size, subjects, changes }: Watched<Subject, Size>,
  { actions, runbooks }: Watcher,
): MetricAlarmArgs {
  const change = changes[id];
  const severity = severityOf(signal, change);
  const spec = bind<Subject, Input<string>>(specOf(signal, size, change), subjects);
  const runbook = `${runbooks}/${id}.md`;
  const description = `${signal.title}: ${name}. ${signal.runbook.means} Runbook: ${runbook}`;
  if (description.length > longestDescription) {
    throw new RangeError(`alarm "${name}-${id}": its description has ${description.length} characters, CloudWatch takes ${longestDescription}: shorten what the runbook of "${id}" means`);
  }
  return {
    ...evaluated(spec),
    comparisonOperator: spec.comparison,
    evaluationPeriods: spec.evaluationPeriods,
    alarmDescription: description,
    alarmActions: [...actions[severity]],
    okActions: [...actions[severity]],
    tags: { signal: id, severity },
  };
}

/** The ids of the alarms that a resource gets: those of its role that apply to its size and are not switched off. */
function alarmed<Subject extends string, Size>({ signals, role, size, changes }: Watched<Subject, Size>) {
  return Object.entries(signals).flatMap(([id, signal]) =>
    signal.role === role && isAlarmed(signal) && (signal.when?.holds(size) ?? true) && changes[id]?.off === undefined
      ? [{ id, signal }]
      : [],
  );
}

/**
 * The alarms of one thing. It registers what was declared and changed, so that a stack policy knows, even in a preview, which signals apply and why
 * others are off. The names of its alarms start with its own.
 */
export class Watch<Subject extends string, Size> extends ComponentResource {
  /** By signal id. */
  readonly alarms: Readonly<Record<string, MetricAlarm>>;

  constructor(name: string, parts: readonly Watched<Subject, Size>[], watcher: Watcher, opts?: ComponentResourceOptions) {
    const planned = parts.flatMap((part) =>
      alarmed(part).map(({ id, signal }) => ({ id, args: alarmArgs(name, id, signal, part, watcher) })),
    );
    super("vigia:signal:Watch", name, {}, opts);
    this.alarms = Object.fromEntries(
      planned.map(({ id, args }) => [id, new MetricAlarm(`${name}-${id}`, args, { parent: this })]),
    );
    this.registerOutputs({
      watch: parts.map(({ resource, kind, role, size, changes }) => ({ subject: resource.urn, kind, role, size, changes })),
    });
  }
}
