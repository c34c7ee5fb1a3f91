/**
 * What a dashboard shows of a signal, free of the types of its kind and of any dashboard's format: the data from which panels are made. Neither Pulumi nor
 * Grafana is imported here, so that the catalogue can offer it to everybody.
 */
import { seconds } from "../kit/units";
import { isBandSide, limitOf, type Side, thresholdOf } from "./alarm";
import { metricOf } from "./metrics";
import type { AnyAlarmed, AnyRuled, AnySignal, Golden, MetricSource, Severity, Unit, WhenMissing } from "./signal";

/** When the signal is bad. */
export interface ChartAlarm {
  readonly severity: Severity;
  readonly side: Side;
  /** In the base unit of the signal, at the size of its proof; for an anomaly band its width in standard deviations. */
  readonly limit: number;
  /** The limit follows the declared size of each instance, so that no line is right for all of them. */
  readonly sized: boolean;
  readonly band: boolean;
  /** Seconds that the value must be bad: all points of that time, or {@link datapoints} of them. */
  readonly for: number;
  readonly datapoints?: number;
  readonly whenMissing: WhenMissing;
}

/** What CloudWatch is asked. The values of dimensions are names of subjects. */
export interface CloudWatchChart {
  readonly from: "cloudwatch";
  /** By the id that {@link expression} uses. Without an expression there is just one. */
  readonly metrics: Readonly<Record<string, MetricSource<string>>>;
  /** Metric math over the ids, with `{name}` for a parameter. */
  readonly expression?: string;
}

/** What Prometheus is asked: PromQL with `{name}` for a subject or a parameter. */
export interface PrometheusChart {
  readonly from: "prometheus";
  readonly query: string;
  readonly subjects: readonly string[];
}

/** One signal as a dashboard shows it. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly golden: Golden;
  readonly unit: Unit;
  readonly role: string;
  readonly means: string;
  /** Where the signal does not apply to every instance: why it does not apply to the others. */
  readonly otherwise?: string;
  /** Seconds in a point. */
  readonly period: number;
  readonly source: CloudWatchChart | PrometheusChart;
  /** Numbers of the expression or the query that follow the declared size, at the size of the proof. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Absent for information. */
  readonly alarm?: ChartAlarm;
}

/** Seconds in a point of information, which no alarm gives a period. */
const informationPeriod = 300;

function sourceOf<Size>({ source }: AnySignal<Size>): Chart["source"] {
  if (source.from === "prometheus") return { from: "prometheus", query: source.query, subjects: source.subjects };
  if (source.from === "cloudwatch") return { from: "cloudwatch", metrics: { value: source } };
  return { from: "cloudwatch", metrics: source.metrics, expression: source.expression };
}

function periodOf<Size>({ alarm }: AnySignal<Size>, source: Chart["source"]): number {
  if (alarm) return seconds(alarm.every ?? "1 minute");
  if (source.from === "prometheus") return seconds("1 minute");
  const published = Object.values(source.metrics).map(
    ({ namespace, metric }) => metricOf(namespace, metric)?.period ?? 0,
  );
  return Math.max(informationPeriod, ...published);
}

function parametersOf<Size>(id: string, { source, proof }: AnySignal<Size>): Readonly<Record<string, number>> {
  const parameters = source.from === "cloudwatch" ? {} : (source.parameters ?? {});
  return Object.fromEntries(
    Object.entries(parameters).map(([name, of]) => {
      if (proof) return [name, of(proof.size)];
      throw new TypeError(
        `signal "${id}": {${name}} follows the size, and information has no proof whose size could be shown: write the number out, or leave it to an alarm`,
      );
    }),
  );
}

function alarmOf<Size>(signal: AnyAlarmed<Size> | AnyRuled<Size>): ChartAlarm {
  const { side, limit } = limitOf<Size>(signal.alarm);
  const datapoints = "datapoints" in signal.alarm ? signal.alarm.datapoints : undefined;
  return {
    severity: signal.alarm.severity,
    side,
    limit: thresholdOf(signal, signal.proof.size),
    sized: typeof limit === "function",
    band: isBandSide(side),
    for: seconds(signal.alarm.for),
    ...(datapoints !== undefined && { datapoints }),
    whenMissing: signal.alarm.whenMissing,
  };
}

/**
 * The chart of a signal.
 * @throws TypeError for information with a number that follows the size
 */
export function chartOf<Size>(id: string, signal: AnySignal<Size>): Chart {
  const source = sourceOf(signal);
  return {
    id,
    title: signal.title,
    golden: signal.golden,
    unit: signal.unit,
    role: signal.role,
    means: signal.runbook.means,
    ...(signal.when && { otherwise: signal.when.otherwise }),
    period: periodOf(signal, source),
    source,
    parameters: parametersOf(id, signal),
    ...(signal.alarm && { alarm: alarmOf(signal) }),
  };
}
