import { nearest } from "../../kit/nearest";
import { dimensionsIn, metricsIn, namespaces } from "../metrics";
import { statisticName } from "../metrics/metric";
import type { Unit } from "../signal";
import { type Check, errorIf, nameOf, type Problem, type Subject, sideOf, type Watched, warnIf } from "./problem";

const suggest = (name: string, known: ReadonlySet<string>): string => {
  const like = nearest(name, [...known]);
  return like ? `; did you mean "${like}"?` : "";
};

function unknownMetric({ stat, known }: Watched, { context }: Subject): readonly Problem[] {
  if (known || context.ownNamespaces?.includes(stat.namespace)) return [];
  const all = namespaces();
  if (!all.has(stat.namespace)) {
    const like = suggest(stat.namespace, all) || ": correct it, or add its rows to infra/signal/metrics";
    return errorIf(
      true,
      "metric",
      `${stat.namespace} ${stat.metric}: no metrics of the namespace "${stat.namespace}" are known${like}`,
    );
  }
  const like =
    suggest(stat.metric, metricsIn(stat.namespace)) ||
    ": correct it, or add a row with its source to infra/signal/metrics";
  return errorIf(true, "metric", `${stat.namespace} has no metric "${stat.metric}"${like}`);
}

function dimensionSet(watched: Watched): readonly Problem[] {
  const { stat, known } = watched;
  if (!known?.dimensions) return [];
  const given = [...Object.keys(stat.dimensions), ...(stat.across ?? [])].sort();
  if (known.dimensions.some((set) => [...set].sort().join() === given.join())) return [];
  const possible = known.dimensions.map((set) => set.join(" + ") || "none").join(", or ");
  const all = dimensionsIn(stat.namespace);
  const misspelt = given.flatMap((name) => (all.has(name) ? [] : [[name, nearest(name, [...all])] as const]));
  const like = misspelt.flatMap(([name, other]) => (other ? [`; "${name}" looks like "${other}"`] : [])).join("");
  const text = `${nameOf(watched)} has the dimensions ${given.join(" + ") || "none"}, but is published with ${possible}${like}`;
  const certain = known.complete || like !== "";
  return [
    ...errorIf(certain, "dimensions", text),
    ...warnIf(!certain, "dimensions", `${text} (as far as known): check it`),
  ];
}

/** Values that AWS wants in a certain shape, by dimension ("CloudWatch metrics for your Application Load Balancer", ELB User Guide, 2026-11). */
const shapes: Readonly<Record<string, { readonly pattern: RegExp; readonly example: string }>> = {
  LoadBalancer: {
    pattern: /^(app|net|gwy)\/[^/]+\/[0-9a-f]+$/,
    example: "app/name/50dc6c495c0c9188 (the end of its ARN: arnSuffix)",
  },
  TargetGroup: {
    pattern: /^targetgroup\/[^/]+\/[0-9a-f]+$/,
    example: "targetgroup/name/73e2d6bc24d8a067 (the end of its ARN: arnSuffix)",
  },
};

function dimensionValues(watched: Watched, { context }: Subject): readonly Problem[] {
  return Object.entries(watched.stat.dimensions).flatMap(([name, value]) => {
    if (typeof value !== "string") return [];
    const where = `${nameOf(watched)}: the dimension ${name} is "${value}"`;
    const address = /^(arn:|https?:)/.test(value) && !/Arn$/i.test(name);
    const shape = context.bound ? shapes[name] : undefined;
    return [
      ...errorIf(value === "", "dimensions", `${where}, but needs a value`),
      ...errorIf(address, "dimensions", `${where}, but wants the name: not an ARN or a URL`),
      ...errorIf(
        !address && shape !== undefined && !shape.pattern.test(value),
        "dimensions",
        `${where}, but is written ${shape?.example}`,
      ),
    ];
  });
}

function statistic(watched: Watched, { spec }: Subject): readonly Problem[] {
  const { stat, known } = watched;
  const name = statisticName(stat.statistic);
  const side = spec.expression === undefined ? sideOf(spec.comparison) : "band";
  const where = `${nameOf(watched)} as ${stat.statistic}`;
  const sumOfLevels = name === "Sum" && known?.kind === "gauge";
  const fits = known?.statistics?.includes(name) ?? true;
  const list = known?.statistics?.join(", ") ?? "";
  const sparsePercentile = name === "Percentile" && known?.kind !== undefined && known.kind !== "distribution";
  const insights = stat.across !== undefined && name === "Percentile";
  const lacking = !fits && !sumOfLevels && !sparsePercentile;
  const sure = known?.complete === true || (name === "SampleCount" && known?.kind === "gauge");
  return [
    ...errorIf(
      sumOfLevels,
      "statistic",
      `${where}: the sum of a gauge's readings grows with their number; use Maximum or Average`,
    ),
    ...errorIf(
      sparsePercentile,
      "statistic",
      `${where}: it has no sample per request, so percentiles mean nothing; use ${list}`,
    ),
    ...errorIf(
      insights,
      "statistic",
      `${where} across ${stat.across?.join(", ")}: Metrics Insights has no percentiles`,
    ),
    ...errorIf(lacking && sure, "statistic", `${where} makes no sense; use ${list}`),
    ...warnIf(lacking && !sure, "statistic", `${where}: AWS recommends ${list}`),
    ...errorIf(
      side === "low" && name === "Maximum",
      "statistic",
      `${where} hides a drop within the period from a less-than alarm; use Minimum`,
    ),
    ...errorIf(
      side === "high" && name === "Minimum",
      "statistic",
      `${where} hides a rise within the period from a greater-than alarm; use Maximum`,
    ),
  ];
}

/** Signal units that a metric's unit means, and the factor to divide by. */
const meanings: Readonly<
  Record<string, { readonly units: readonly Unit[]; readonly base?: Unit; readonly divide?: number }>
> = {
  Count: { units: ["count", "ratio"] },
  "Count/Second": { units: ["count/second"] },
  Seconds: { units: ["seconds"] },
  Milliseconds: { units: ["milliseconds"] },
  Microseconds: { units: [], base: "seconds", divide: 1_000_000 },
  Bytes: { units: ["bytes"] },
  "Bytes/Second": { units: ["bytes/second"] },
  Megabytes: { units: [], base: "bytes", divide: 1 / 1_000_000 },
  Gigabytes: { units: [], base: "bytes", divide: 1 / 1_000_000_000 },
  Percent: { units: ["percent"] },
};

function unit(watched: Watched, { spec, context }: Subject): readonly Problem[] {
  const { stat, known, id } = watched;
  const filter = stat.unit;
  const filtered = [
    ...errorIf(
      filter !== undefined && known?.unit !== undefined && filter !== known.unit,
      "unit",
      `${nameOf(watched)}: the unit filter "${filter}" matches no sample, it is published in ${known?.unit}: leave the filter out`,
    ),
    ...warnIf(
      filter !== undefined && (known?.unit === undefined || filter === known.unit),
      "unit",
      `${nameOf(watched)}: the unit filter "${filter}" silences the alarm if the unit ever differs: leave it out`,
    ),
  ];
  const meaning = meanings[known?.unit ?? ""];
  if (!context.unit || !meaning || spec.expression !== undefined) return filtered;
  const counts = stat.statistic === "SampleCount";
  const shared = known?.kind === "counter" && stat.statistic === "Average" && context.unit === "count";
  const fits = counts ? context.unit === "count" : meaning.units.includes(context.unit);
  const { base, divide } = meaning;
  const factor = divide !== undefined && divide < 1 ? `${id} * ${1 / divide}` : `${id} / ${divide}`;
  const wayOut =
    base === context.unit
      ? `use metric math: ${factor}`
      : `give the signal the unit ${counts ? "count" : (meaning.units[0] ?? base)}`;
  return [
    ...filtered,
    ...errorIf(
      shared,
      "unit",
      `${nameOf(watched)} as Average: the average of a counter's samples is no number of events; use Sum, or give the signal the unit ratio`,
    ),
    ...errorIf(
      !fits,
      "unit",
      `${nameOf(watched)} is in ${counts ? "samples" : known?.unit}, but the signal and its threshold are in ${context.unit}: ${wayOut}`,
    ),
  ];
}

function availability(watched: Watched, { context }: Subject): readonly Problem[] {
  const { stat, known } = watched;
  const off = known?.switch !== undefined && context.switches !== undefined && !context.switches.includes(known.switch);
  const foreign = known?.engine !== undefined && context.engine !== undefined && known.engine !== context.engine;
  const redriven =
    context.role === "deadLetters" && stat.namespace === "AWS/SQS" && stat.metric === "NumberOfMessagesSent";
  return [
    ...errorIf(
      off,
      "switch",
      `${nameOf(watched)} is published only with ${known?.switch}: switch that on where the alarm is made, or drop the alarm`,
    ),
    ...errorIf(
      foreign,
      "engine",
      `${nameOf(watched)} exists only for ${known?.engine}, not for ${context.engine}: give the signal a precondition`,
    ),
    ...errorIf(
      redriven,
      "role",
      `${nameOf(watched)} on a dead-letter queue never counts the messages that are moved there: use ApproximateNumberOfMessagesVisible`,
    ),
  ];
}

/** Whether each metric exists, is published like this, and is read in a way that makes sense. */
export const source: Check = (subject) =>
  subject.watched.flatMap((watched) => [
    ...unknownMetric(watched, subject),
    ...dimensionSet(watched),
    ...dimensionValues(watched, subject),
    ...statistic(watched, subject),
    ...unit(watched, subject),
    ...availability(watched, subject),
  ]);
