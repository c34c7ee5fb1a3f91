import { isBand } from "./alarm";
import { expressionMutants } from "./mutate.expression";
import type { Unit } from "./signal";
import type { AlarmSpec, Comparison, MetricStat, MissingData, Statistic } from "./spec";

/** An alarm with one thing changed. */
export interface Mutant {
  /** What was changed, to what: `threshold 600 -> 601`. Unique among the mutants of an alarm. */
  readonly change: string;
  readonly spec: AlarmSpec;
  /** Why no proof of any signal can tell it from the alarm. Absent: a proof should. */
  readonly equivalent?: string;
}

const comparisons: readonly Comparison[] = [
  "GreaterThanThreshold",
  "GreaterThanOrEqualToThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
];
const bandComparisons: readonly Comparison[] = [
  "GreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
];
const treatments: readonly MissingData[] = ["notBreaching", "breaching", "ignore", "missing"];
const statistics: readonly Statistic[] = ["Average", "Minimum", "Maximum", "Sum", "SampleCount", "p50", "p99"];

/** The smallest step of a threshold that still means something: AWS publishes whole seconds, bytes and counts; shares are told apart by a tenth. */
const smallest: Readonly<Record<Unit, number>> = {
  count: 1,
  "count/second": 0.1,
  seconds: 1,
  milliseconds: 1,
  bytes: 1,
  "bytes/second": 1,
  percent: 0.1,
  ratio: 0.001,
};

/** A unit that no metric is published in: with it the alarm reads nothing. */
const foreignUnit = "Terabits/Second";

/** A threshold one smallest step of its unit higher and lower, twice and half: those of them that differ from it. */
export const thresholdsNear = (threshold: number, unit: Unit): number[] => near(threshold, smallest[unit]);

function near(threshold: number, step: number): number[] {
  // A sum of tenths is no exact tenth: the record's number would be written the nearer way.
  const exact = (value: number) => Number(value.toPrecision(12));
  const values = [threshold + step, threshold - step, threshold * 2, threshold / 2].map(exact);
  return [...new Set(values)].filter((value) => value !== threshold);
}

/** Why no proof tells one width of a band from another. */
const learned =
  "the band is an input of the proof: CloudWatch learns its edges, and its width only decides how far apart they lie";

function thresholdMutants(spec: AlarmSpec, unit: Unit): Mutant[] {
  const { threshold } = spec;
  const band = isBand(spec.comparison);
  return near(threshold, band ? 1 : smallest[unit]).map((value) => ({
    change: `${band ? "width of the band" : "threshold"} ${threshold} -> ${value}`,
    spec: { ...spec, threshold: value },
    ...(band && { equivalent: learned }),
  }));
}

function comparisonMutants(spec: AlarmSpec): Mutant[] {
  return (isBand(spec.comparison) ? bandComparisons : comparisons)
    .filter((comparison) => comparison !== spec.comparison)
    .map((comparison) => ({
      change: `comparison ${spec.comparison} -> ${comparison}`,
      spec: { ...spec, comparison },
    }));
}

function missingDataMutants(spec: AlarmSpec): Mutant[] {
  return treatments
    .filter((treat) => treat !== spec.treatMissingData)
    .map((treat) => ({
      change: `missing data ${spec.treatMissingData} -> ${treat}`,
      spec: { ...spec, treatMissingData: treat },
    }));
}

/** M and N together and apart, each one more and one less. */
function windowMutants(spec: AlarmSpec): Mutant[] {
  const { evaluationPeriods: n, datapointsToAlarm: m } = spec;
  const all = [
    [m + 1, n + 1],
    [m - 1, n - 1],
    [m, n + 1],
    [Math.min(m, n - 1), n - 1],
    [m + 1, n],
    [m - 1, n],
  ] as const;
  const distinct = new Map(all.map(([bad, of]) => [`${bad} of ${of}`, { bad, of }]));
  return [...distinct].map(([window, { bad, of }]) => ({
    change: `window ${m} of ${n} -> ${window}`,
    spec: { ...spec, evaluationPeriods: of, datapointsToAlarm: bad },
  }));
}

function periodMutants(spec: AlarmSpec): Mutant[] {
  return [spec.period * 2, spec.period / 2].map((period) => ({
    change: `period ${spec.period} -> ${period}`,
    spec: {
      ...spec,
      period,
      metrics: Object.fromEntries(Object.entries(spec.metrics).map(([id, metric]) => [id, { ...metric, period }])),
    },
  }));
}

function changesOfMetric(metric: MetricStat): readonly (readonly [change: string, changed: MetricStat])[] {
  const dimensions = Object.entries(metric.dimensions);
  const without = (name: string) => Object.fromEntries(dimensions.filter(([other]) => other !== name));
  return [
    ...statistics
      .filter((statistic) => statistic !== metric.statistic)
      .map((statistic) => [`statistic ${metric.statistic} -> ${statistic}`, { ...metric, statistic }] as const),
    ...dimensions.flatMap(
      ([name, value]) =>
        [
          [`dimension ${name} misspelt`, { ...metric, dimensions: { ...without(name), [`${name}s`]: value } }],
          [`dimension ${name} left out`, { ...metric, dimensions: without(name) }],
        ] as const,
    ),
    ...(metric.across ?? []).flatMap(
      (name, at, all) =>
        [
          [`across ${name} misspelt`, { ...metric, across: all.with(at, `${name}s`) }],
          [`across ${name} left out`, { ...metric, across: all.filter((other) => other !== name) }],
        ] as const,
    ),
    [`unit filter ${foreignUnit}`, { ...metric, unit: foreignUnit }],
    ["metric misspelt", { ...metric, metric: `${metric.metric}s` }],
    ["namespace misspelt", { ...metric, namespace: metric.namespace.toLowerCase() }],
  ];
}

function metricMutants(spec: AlarmSpec): Mutant[] {
  return Object.entries(spec.metrics).flatMap(([id, metric]) =>
    changesOfMetric(metric).map(([change, changed]) => ({
      change: `${id}: ${change}`,
      spec: { ...spec, metrics: { ...spec.metrics, [id]: changed } },
    })),
  );
}

/**
 * Every alarm that differs from this one in one thing: threshold, comparison, missing data, window, period, expression, and of each metric the statistic,
 * dimensions, unit and names. In the order of that list.
 * @param unit of the threshold, which decides its smallest step
 */
export function mutantsOf(spec: AlarmSpec, unit: Unit): Mutant[] {
  return [
    ...thresholdMutants(spec, unit),
    ...comparisonMutants(spec),
    ...missingDataMutants(spec),
    ...windowMutants(spec),
    ...periodMutants(spec),
    ...(spec.expression === undefined ? [] : expressionMutants(spec.expression)).map((expression) => ({
      change: `expression -> ${expression}`,
      spec: { ...spec, expression },
    })),
    ...metricMutants(spec),
  ];
}
