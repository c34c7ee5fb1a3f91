import type { Metric, MetricKind, MetricUnit, StatisticName } from "./metric";

/** How a row of the list is written in catalogue.json: `unit;statistics;dimension sets`, for example `Count;SA;ApiId,Stage|ApiName,Stage`. */
const letters: Readonly<Record<string, StatisticName>> = {
  A: "Average",
  N: "Minimum",
  X: "Maximum",
  S: "Sum",
  C: "SampleCount",
  P: "Percentile",
};
const noDimensions = "-";

const units: readonly MetricUnit[] = [
  "Count",
  "Count/Second",
  "Seconds",
  "Milliseconds",
  "Microseconds",
  "Bytes",
  "Bytes/Second",
  "Megabytes",
  "Gigabytes",
  "Percent",
  "None",
];

/** Writes a row of the list. */
export function writeRow(
  unit: MetricUnit | undefined,
  statistics: ReadonlySet<StatisticName>,
  dimensions: readonly (readonly string[])[],
): string {
  const shorts = Object.entries(letters).flatMap(([letter, name]) => (statistics.has(name) ? [letter] : []));
  const sets = dimensions.map((set) => set.join(",") || noDimensions);
  return [unit ?? "", shorts.join(""), [...new Set(sets)].sort().join("|")].join(";");
}

/** A level, not a flow, although the list recommends its sum. */
const levels = /pending|inflight|in_progress|Concurren|Utilization/i;

function kindOf(
  metric: string,
  unit: MetricUnit | undefined,
  statistics: readonly StatisticName[],
): MetricKind | undefined {
  const has = (name: StatisticName) => statistics.includes(name);
  if (has("Percentile")) return "distribution";
  if (unit === "Percent" || (!has("Sum") && (has("Average") || has("Maximum") || has("Minimum")))) return "gauge";
  const summed = statistics.every((name) => name === "Sum" || name === "Average");
  return unit === "Count" && has("Sum") && summed && !levels.test(metric) ? "counter" : undefined;
}

/** A share of what was reserved or allowed may exceed 100 %, as may that of an ECS service, which may burst. */
const unbounded = /over_|reserved|Reservation|^AWS\/ECS (CPU|Memory)Utilization$/;
/** A lag is -1 where nothing replicates. */
const signed = /Lag|Delta|Difference/i;

function rangeOf(namespace: string, metric: string, unit: MetricUnit | undefined): Metric["range"] {
  if (unit === undefined || unit === "None" || signed.test(metric)) return undefined;
  const bounded = unit === "Percent" && !unbounded.test(`${namespace} ${metric}`);
  return [0, bounded ? 100 : Number.POSITIVE_INFINITY];
}

/** Reads a row of the list; what it leaves out is absent. */
export function readRow(namespace: string, metric: string, row: string): Metric {
  const [unitText = "", shorts = "", sets = ""] = row.split(";");
  const unit = units.find((known) => known === unitText);
  const statistics = [...shorts].flatMap((letter) => letters[letter] ?? []);
  const kind = kindOf(metric, unit, statistics);
  const range = rangeOf(namespace, metric, unit);
  return {
    namespace,
    metric,
    ...(unit && { unit }),
    ...(kind && { kind }),
    ...(statistics.length > 0 && { statistics }),
    ...(sets !== "" && { dimensions: sets.split("|").map((set) => (set === noDimensions ? [] : set.split(","))) }),
    ...(range && { range }),
    complete: false,
    source: "metric_metadata.json, awslabs/mcp, 2025-07-03",
  };
}
