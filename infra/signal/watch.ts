import { RuleGroupNamespace, type RuleGroupNamespaceArgs } from "@pulumi/aws/amp/ruleGroupNamespace.js";
import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type CustomResource,
  type Input,
  type Output,
} from "@pulumi/pulumi";
import { bind, isAlarmed, isBand, isRuled, severityOf, specOf } from "./alarm";
import type { AlarmBook } from "./alarm.book";
import { Alarm } from "./alarm.resource";
import { insightsQuery } from "./insights";
import { intervalOf, recordingsOf, rulesOf } from "./rule";
import { ruleDocument } from "./rule.document";
import type { AnyAlarmed, AnySignal, Change, Severity, Unit } from "./signal";
import type { AlarmSpec, MetricStat } from "./spec";

/** Who is told, by severity: ARNs of SNS topics that let CloudWatch publish. */
export type Actions = Readonly<Record<Severity, readonly Input<string>[]>>;

/** What every alarm of a stack has in common. */
export interface Watcher {
  readonly actions: Actions;
  /** Address under which the runbook pages lie, without a slash at the end: `<runbooks>/queue-dead-letters.md`. */
  readonly runbooks: string;
  /** Where rules of Prometheus are evaluated: needed as soon as a signal has one. */
  readonly prometheus?: { /** Of the workspace in AMP. */ readonly workspaceId: Input<string> };
  /** Where the alarms of CloudWatch are noted. @default nowhere: each speaks for itself, and no calendar mutes it */
  readonly book?: AlarmBook;
}

/** The longest description that CloudWatch takes ("PutMetricAlarm", CloudWatch API Reference, 2026-11). */
const longestDescription = 1_024;

const acrossQuery = (stat: MetricStat<Input<string>>): Output<string> =>
  all(stat.dimensions).apply((dimensions) => insightsQuery({ ...stat, dimensions }));

/** The arguments that say what is evaluated, in the SDK's words. */
export function evaluated(spec: AlarmSpec<Input<string>>): Partial<MetricAlarmArgs> {
  const [first, ...others] = Object.values(spec.metrics);
  const band = isBand(spec.comparison);
  const common = {
    comparisonOperator: spec.comparison,
    ...(band ? { thresholdMetricId: "band" } : { threshold: spec.threshold }),
    evaluationPeriods: spec.evaluationPeriods,
    datapointsToAlarm: spec.datapointsToAlarm,
    treatMissingData: spec.treatMissingData,
  };
  if (first?.across) {
    const { period } = first;
    return {
      ...common,
      metricQueries: [{ id: "value", expression: acrossQuery(first), period, returnData: true }],
    };
  }
  if (spec.expression === undefined && first && others.length === 0 && !band) {
    const { namespace, metric: metricName, statistic, period, dimensions } = first;
    const value = { ...common, namespace, metricName, period, dimensions };
    return statistic.startsWith("p")
      ? { ...value, extendedStatistic: statistic, evaluateLowSampleCountPercentiles: spec.lowSamples ?? "evaluate" }
      : { ...value, statistic };
  }
  return {
    ...common,
    metricQueries: [
      ...(spec.expression === undefined ? [] : [{ id: "value", expression: spec.expression, returnData: true }]),
      ...(band
        ? [{ id: "band", expression: `ANOMALY_DETECTION_BAND(value, ${spec.threshold})`, returnData: true }]
        : []),
      ...Object.entries(spec.metrics).map(
        ([id, { namespace, metric: metricName, statistic: stat, period, dimensions }]) => ({
          id,
          metric: { namespace, metricName, stat, period, dimensions },
          ...(spec.expression === undefined && { returnData: true }),
        }),
      ),
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
  /** The text of each subject that its rules of Prometheus name: known from inputs, so that a preview shows the rules as they will be. */
  readonly texts?: Readonly<Partial<Record<Subject, string>>>;
  /** The service that owns it, where known: it labels the rules' alerts. */
  readonly service?: string;
  readonly changes: Readonly<Record<string, Change<Unit> | undefined>>;
}

function alarmArgs<Subject extends string, Size>(
  name: string,
  id: string,
  signal: AnyAlarmed<Size, Subject>,
  { size, subjects, changes }: Watched<Subject, Size>,
  { actions, runbooks, book }: Watcher,
): MetricAlarmArgs {
  const change = changes[id];
  const severity = severityOf(signal, change);
  const spec = bind<Subject, Input<string>>(specOf(signal, size, change), subjects);
  const runbook = `${runbooks}/${id}.md`;
  const description = `${signal.title}: ${name}. ${signal.runbook.means} Runbook: ${runbook}`;
  if (description.length > longestDescription) {
    throw new RangeError(
      `alarm "${name}-${id}": its description has ${description.length} characters, CloudWatch takes ${longestDescription}: shorten what the runbook of "${id}" means`,
    );
  }
  return {
    ...evaluated(spec),
    comparisonOperator: spec.comparison,
    evaluationPeriods: spec.evaluationPeriods,
    alarmDescription: description,
    // The silent child of a composite alarm has a severity all the same: it says how bad it is.
    ...(!book?.isChild(id, severity) && {
      alarmActions: [...actions[severity]],
      okActions: [...actions[severity]],
    }),
    // CloudWatch bills what a query analyses, which the bill cannot see in the query.
    tags: { signal: id, severity, ...(spec.analysed !== undefined && { analysed: String(spec.analysed) }) },
  };
}

/** The signals that a resource gets: those of its role that apply to its size and are not switched off. */
const applicable = <Subject extends string, Size>({ signals, role, size, changes }: Watched<Subject, Size>) =>
  Object.entries(signals).filter(
    ([id, signal]) => signal.role === role && (signal.when?.holds(size) ?? true) && changes[id]?.off === undefined,
  );

/** The arguments of the alarms of all parts, by signal id. */
function planAlarms<Subject extends string, Size>(
  name: string,
  parts: readonly Watched<Subject, Size>[],
  watcher: Watcher,
) {
  return parts.flatMap((part) =>
    applicable(part).flatMap(([id, signal]) =>
      isAlarmed(signal)
        ? [
            {
              id,
              severity: severityOf(signal, part.changes[id]),
              args: alarmArgs(name, id, signal, part, watcher),
            },
          ]
        : [],
    ),
  );
}

/** The rules of all parts, made of what is known before anything is; undefined without any. */
function planRules<Subject extends string, Size>(
  name: string,
  parts: readonly Watched<Subject, Size>[],
  { prometheus, runbooks }: Watcher,
): { args: RuleGroupNamespaceArgs; dependsOn: CustomResource[] } | undefined {
  const ruled = parts.flatMap((part) =>
    applicable(part).flatMap(([id, signal]) => (isRuled(signal) ? [{ part, id, signal }] : [])),
  );
  const [first] = ruled;
  if (!first) return undefined;
  if (!prometheus) {
    throw new TypeError(
      `watch "${name}": signal "${first.id}" is a rule of Prometheus: give its watcher the workspace (prometheus: { workspaceId }), or switch it off with a reason`,
    );
  }
  const recorded = parts.flatMap((part) =>
    applicable(part).flatMap(([id, { source }]) =>
      source.from === "prometheus" ? recordingsOf(id, source, { size: part.size, texts: part.texts ?? {} }) : [],
    ),
  );
  const planned = ruled.flatMap(({ part, id, signal }) => {
    const { kind, service, size, texts = {}, changes } = part;
    const instance = { component: name, kind, service, size, texts, change: changes[id], runbooks };
    const interval = intervalOf(id, signal.alarm.every);
    return rulesOf(id, signal, instance).map((rule) => ({ interval, rule }));
  });
  return {
    args: { workspaceId: prometheus.workspaceId, data: ruleDocument(name, [...recorded, ...planned]) },
    dependsOn: [...new Set(ruled.map(({ part }) => part.resource))],
  };
}

/**
 * The alarms of one thing. It registers what was declared and changed, so that a stack policy knows, even in a preview, which signals apply and why
 * others are off. The names of its alarms start with its own.
 */
export class Watch<Subject extends string, Size> extends ComponentResource {
  /** By signal id. */
  readonly alarms: Readonly<Record<string, Alarm>>;
  /** All its rules of Prometheus; absent without any. */
  readonly rules?: RuleGroupNamespace;

  constructor(
    name: string,
    parts: readonly Watched<Subject, Size>[],
    watcher: Watcher,
    opts?: ComponentResourceOptions,
  ) {
    const alarms = planAlarms(name, parts, watcher);
    const rules = planRules(name, parts, watcher);
    super("vigia:signal:Watch", name, {}, opts);
    this.alarms = Object.fromEntries(
      alarms.map(({ id, severity, args }) => {
        const logicalName = `${name}-${id}`;
        const alarm = new Alarm(logicalName, args, { parent: this });
        watcher.book?.note({ alarm, logicalName, id, severity, component: name });
        return [id, alarm];
      }),
    );
    if (rules) this.rules = new RuleGroupNamespace(name, rules.args, { parent: this, dependsOn: rules.dependsOn });
    this.registerOutputs({
      watch: parts.map(({ resource, kind, role, size, changes }) => ({
        subject: resource.urn,
        kind,
        role,
        size,
        changes,
      })),
    });
  }
}
