import type { Unit } from "./signal";
import type { AlarmSpec, Comparison, MetricStat, MissingData, Statistic } from "./spec";

/** An alarm with one thing changed. */
export interface Mutant {
  /** What was changed, to what: `threshold 600 -> 601`. */
  readonly change: string;
  readonly spec: AlarmSpec;
}

const comparisons: readonly Comparison[] = [
  "GreaterThanThreshold",
  "GreaterThanOrEqualToThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
];
const treatments: readonly MissingData[] = ["notBreaching", "breaching", "ignore", "missing"];
const statistics: readonly Statistic[] = ["Average", "Minimum", "Maximum", "Sum", "SampleCount", "p50", "p99"];

/** The smallest step of a threshold that still means something: AWS publishes whole seconds, bytes and counts; shares are told apart by a tenth. */
const smallest: Readonly<Record<Unit, number>> = {
  count: 1,
  "count/second": 0.1,
  seconds: 1,
  bytes: 1,
  "bytes/second": 1,
  percent: 0.1,
  ratio: 0.001,
};

/** A unit that no metric is mistaken for: with it the alarm reads nothing. */
const foreignUnit = "Terabits/Second";

function mutantsOfMetric(id: string, metric: MetricStat): { change: string; metric: MetricStat }[] {
  const [[dimension, value] = ["", ""]] = Object.entries(metric.dimensions);
  const { [dimension]: _, ...others } = metric.dimensions;
  return [
    ...statistics
      .filter((statistic) => statistic !== metric.statistic)
      .map((statistic) => ({ change: `${id}: statistic ${metric.statistic} -> ${statistic}`, metric: { ...metric, statistic } })),
    { change: `${id}: dimension ${dimension} misspelt`, metric: { ...metric, dimensions: { ...others, [`${dimension}s`]: value } } },
    { change: `${id}: dimension ${dimension} left out`, metric: { ...metric, dimensions: others } },
    { change: `${id}: unit ${foreignUnit}`, metric: { ...metric, unit: foreignUnit } },
    { change: `${id}: metric misspelt`, metric: { ...metric, metric: `${metric.metric}s` } },
  ];
}

function thresholds({ threshold }: AlarmSpec, unit: Unit): number[] {
  const step = smallest[unit];
  const values = [threshold + step, threshold - step, threshold * 2, threshold / 2];
  return [...new Set(values)].filter((value) => value !== threshold);
}

/** N and M, each one up and one down. */
function windows({ evaluationPeriods: n, datapointsToAlarm: m }: AlarmSpec): { n: number; m: number }[] {
  return [
    { n: n + 1, m: m === n ? n + 1 : m },
    { n: n - 1, m: Math.min(m, n - 1) },
    { n: n + 1, m },
    { n, m: m + 1 },
    { n, m: m - 1 },
  ].filter((window, i, all) => all.findIndex((other) => other.n === window.n && other.m === window.m) === i && (window.n !== n || window.m !== m));
}

/** Every alarm that differs from this one in one thing: threshold, comparison, statistic, window, M, missing data, dimension, unit, metric. */
export function mutantsOf(spec: AlarmSpec, unit: Unit): Mutant[] {
  const withPeriod = (period: number): AlarmSpec => ({
    ...spec,
    period,
    metrics: Object.fromEntries(Object.entries(spec.metrics).map(([id, metric]) => [id, { ...metric, period }])),
  });
  return [
    ...thresholds(spec, unit).map((threshold) => ({ change: `threshold ${spec.threshold} -> ${threshold}`, spec: { ...spec, threshold } })),
    ...comparisons
      .filter((comparison) => comparison !== spec.comparison)
      .map((comparison) => ({ change: `comparison ${spec.comparison} -> ${comparison}`, spec: { ...spec, comparison } })),
    ...treatments
      .filter((treat) => treat !== spec.treatMissingData)
      .map((treat) => ({ change: `missing data ${spec.treatMissingData} -> ${treat}`, spec: { ...spec, treatMissingData: treat } })),
    ...windows(spec).map(({ n, m }) => ({
      change: `window ${spec.datapointsToAlarm} of ${spec.evaluationPeriods} -> ${m} of ${n}`,
      spec: { ...spec, evaluationPeriods: n, datapointsToAlarm: m },
    })),
    ...[spec.period * 2, spec.period / 2].map((period) => ({ change: `period ${spec.period} -> ${period}`, spec: withPeriod(period) })),
    ...Object.entries(spec.metrics).flatMap(([id, metric]) =>
      mutantsOfMetric(id, metric).map(({ change, metric: changed }) => ({
        change,
        spec: { ...spec, metrics: { ...spec.metrics, [id]: changed } },
      })),
    ),
  ];
}
