import { bytes, type Duration, percent, seconds } from "../kit/units";
import type {
  AnyAlarmed,
  AnyRuled,
  AnySignal,
  Bad,
  Change,
  Limit,
  MathSource,
  MetricSource,
  Severity,
  Unit,
  WhenMissing,
} from "./signal";
import type { AlarmSpec, Comparison, MetricStat, MissingData } from "./spec";

const missingData: Readonly<Record<WhenMissing, MissingData>> = {
  ok: "notBreaching",
  bad: "breaching",
  keep: "ignore",
  unknown: "missing",
};

const comparisons = {
  above: "GreaterThanThreshold",
  atLeast: "GreaterThanOrEqualToThreshold",
  below: "LessThanThreshold",
  atMost: "LessThanOrEqualToThreshold",
  aboveBand: "GreaterThanUpperThreshold",
  belowBand: "LessThanLowerThreshold",
  outsideBand: "LessThanLowerOrGreaterThanUpperThreshold",
} as const satisfies Record<string, Comparison>;

/** How a record names its comparison. */
export type Side = keyof typeof comparisons;
const sides = Object.keys(comparisons) as Side[];
const bands: ReadonlySet<Comparison> = new Set([comparisons.aboveBand, comparisons.belowBand, comparisons.outsideBand]);

/** Whether a signal has an alarm of CloudWatch. */
export const isAlarmed = <Size, Subject extends string>(
  signal: AnySignal<Size, Subject>,
): signal is AnyAlarmed<Size, Subject> => signal.alarm !== undefined && signal.source.from !== "prometheus";

/** Whether a signal has a rule of Prometheus. */
export const isRuled = <Size, Subject extends string>(
  signal: AnySignal<Size, Subject>,
): signal is AnyRuled<Size, Subject> => signal.alarm !== undefined && signal.source.from === "prometheus";

/** Whether a side is that of an anomaly band, which CloudWatch learns from the metric's past. */
export const isBandSide = (side: Side): boolean => side.endsWith("Band");
/** Whether a comparison is with an anomaly band. */
export const isBand = (comparison: Comparison): boolean => bands.has(comparison);

const inBase = (limit: string | number, unit: Unit): number => {
  if (typeof limit === "number") return limit;
  if (limit.endsWith("%")) return percent(limit as `${number} %`);
  if (/[BK]$|iB$/.test(limit)) return bytes(limit as `${number} GiB`);
  return seconds(limit as Duration) * (unit === "milliseconds" ? 1_000 : 1);
};

/** The side of the comparison that a record names, and its limit: for an anomaly band its width in standard deviations. */
export function limitOf<Size>(bad: Bad<Unit, Size>): { side: Side; limit: Limit<Unit, Size> } {
  for (const side of sides) {
    const limit = bad[side];
    if (limit !== undefined) return { side, limit };
  }
  throw new TypeError(`an alarm names one of ${sides.join(", ")}`);
}

/** The threshold of a signal's alarm or rule for an instance of that size, in the base unit: seconds, milliseconds, bytes, percent of 100, a count. */
export function thresholdOf<Size>(
  { alarm, unit }: AnyAlarmed<Size> | AnyRuled<Size>,
  size: Size,
  change: Change<Unit> = {},
): number {
  const chosen = change.threshold ?? limitOf<Size>(alarm).limit;
  return typeof chosen === "function" ? chosen(size) : inBase(chosen, unit);
}

const stat = <Subject extends string>(source: MetricSource<Subject>, period: number): MetricStat<Subject> => ({
  namespace: source.namespace,
  metric: source.metric,
  statistic: source.statistic,
  period,
  dimensions: source.dimensions,
  ...(source.across && { across: source.across }),
});

function expressionOf<Size>(source: MathSource<string, Size>, size: Size): string {
  return source.expression.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = source.parameters?.[name];
    if (!parameter)
      throw new TypeError(`the expression "${source.expression}" names {${name}}, which has no parameter`);
    return String(parameter(size));
  });
}

/** How many metrics an alarm across further dimensions analyses. Only such an alarm says it, and it must: the bill is made from it. */
function analysedOf<Size>({ alarm, source, title }: AnyAlarmed<Size>, size: Size): { readonly analysed?: number } {
  const across = source.from === "cloudwatch" && source.across !== undefined;
  if (across === (alarm.analysed === undefined)) {
    const what = across
      ? "analyses metrics across dimensions: say how many (analysed)"
      : "is not across dimensions: leave analysed out";
    throw new TypeError(`the alarm "${title}" ${what}`);
  }
  return alarm.analysed ? { analysed: alarm.analysed(size) } : {};
}

/**
 * The alarm of a signal for an instance of that size, in CloudWatch's own terms. The values of its dimensions are still the names of subjects.
 * @param change a threshold that this instance chose instead of the record's, in the record's unit
 */
export function specOf<Subject extends string, Size>(
  signal: AnyAlarmed<Size, Subject>,
  size: Size,
  change: Change<Unit> = {},
): AlarmSpec<Subject> {
  const { alarm } = signal;
  const { side } = limitOf(alarm);
  const period = seconds(alarm.every ?? "1 minute");
  const evaluationPeriods = seconds(alarm.for) / period;
  const metrics =
    signal.source.from === "cloudwatch"
      ? { value: stat(signal.source, period) }
      : Object.fromEntries(Object.entries(signal.source.metrics).map(([id, metric]) => [id, stat(metric, period)]));
  return {
    metrics,
    ...(signal.source.from === "math" && { expression: expressionOf(signal.source, size) }),
    comparison: comparisons[side],
    threshold: thresholdOf(signal, size, change),
    period,
    evaluationPeriods,
    datapointsToAlarm: alarm.datapoints ?? evaluationPeriods,
    treatMissingData: missingData[alarm.whenMissing],
    ...(alarm.lowSamples && { lowSamples: alarm.lowSamples }),
    ...analysedOf(signal, size),
  };
}

/** The severity of a signal at an instance. */
export const severityOf = <Size>(signal: AnyAlarmed<Size> | AnyRuled<Size>, change: Change<Unit> = {}): Severity =>
  change.severity ?? signal.alarm.severity;

/** Puts the resources' own values in place of the names of subjects. */
export function bind<Subject extends string, Value>(
  spec: AlarmSpec<Subject>,
  subjects: Readonly<Record<Subject, Value>>,
): AlarmSpec<Value> {
  const metrics = Object.fromEntries(
    Object.entries(spec.metrics).map(([id, metric]) => [
      id,
      {
        ...metric,
        dimensions: Object.fromEntries(Object.entries(metric.dimensions).map(([name, of]) => [name, subjects[of]])),
      },
    ]),
  );
  return { ...spec, metrics };
}
