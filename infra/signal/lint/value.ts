import { type Bounds, boundsOf } from "../evaluate/bounds";
import { parseMath } from "../evaluate/math";
import type { AlarmSpec } from "../spec";
import { type Check, errorIf, nameOf, type Problem, type Subject, sideOf, type Watched, warnIf } from "./problem";

const anything: Bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** The values that a period of a metric can have at its statistic. A point exists only with a sample, so a sum of none does not. */
function boundsOfStat({ stat, known }: Watched): Bounds {
  if (stat.statistic === "SampleCount") return [1, Number.POSITIVE_INFINITY];
  const [least, largest] = known?.range ?? anything;
  if (stat.statistic !== "Sum") return [least, largest];
  return [least >= 0 ? least : Number.NEGATIVE_INFINITY, largest <= 0 ? largest : Number.POSITIVE_INFINITY];
}

function valueBounds({ spec, watched }: Subject): Bounds {
  const [only] = watched;
  if (spec.expression === undefined) return only ? boundsOfStat(only) : anything;
  try {
    const byId = Object.fromEntries(watched.map((one) => [one.id, boundsOfStat(one)]));
    return boundsOf(parseMath(spec.expression), byId, spec.period);
  } catch {
    return anything;
  }
}

/** Whether a comparison can never or must always hold for values within bounds. */
export function outcome(
  { comparison, threshold }: Pick<AlarmSpec, "comparison" | "threshold">,
  [least, largest]: Bounds,
): "never" | "always" | "either" {
  switch (comparison) {
    case "GreaterThanThreshold":
      return threshold >= largest ? "never" : threshold < least ? "always" : "either";
    case "GreaterThanOrEqualToThreshold":
      return threshold > largest ? "never" : threshold <= least ? "always" : "either";
    case "LessThanThreshold":
      return threshold <= least ? "never" : threshold > largest ? "always" : "either";
    case "LessThanOrEqualToThreshold":
      return threshold < least ? "never" : threshold >= largest ? "always" : "either";
    default:
      return "either";
  }
}

const symbols = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: ">=",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
  GreaterThanUpperThreshold: "above its band, width",
  LessThanLowerThreshold: "below its band, width",
  LessThanLowerOrGreaterThanUpperThreshold: "outside its band, width",
} as const;

const bound = (value: number): string =>
  Number.isFinite(value) ? String(value) : value < 0 ? "any negative number" : "any number";

function threshold(subject: Subject): readonly Problem[] {
  const { spec, watched } = subject;
  const what =
    spec.expression === undefined
      ? watched.map((one) => `${nameOf(one)} as ${one.stat.statistic}`).join()
      : `"${spec.expression}"`;
  const alarm = `${what} ${symbols[spec.comparison]} ${spec.threshold}`;
  if (!Number.isFinite(spec.threshold))
    return errorIf(true, "threshold", `${alarm}: the threshold must be a finite number`);
  if (sideOf(spec.comparison) === "band")
    return errorIf(spec.threshold <= 0, "threshold", `${alarm}: a band is wider than 0 standard deviations`);
  const bounds = valueBounds(subject);
  const [least, largest] = bounds;
  const range = `its values are ${bound(least)} to ${bound(largest)}`;
  const result = outcome(spec, bounds);
  const [only] = spec.expression === undefined ? watched : [];
  const measured =
    only?.known?.kind === "distribution" && only.stat.statistic !== "SampleCount" && sideOf(spec.comparison) === "high";
  return [
    ...errorIf(result === "never", "threshold", `${alarm} can never fire: ${range}: move the threshold inside`),
    ...errorIf(result === "always", "threshold", `${alarm} always fires: ${range}: move the threshold inside`),
    ...errorIf(
      measured && result === "either" && spec.threshold <= 0,
      "threshold",
      `${alarm} fires in every period with traffic, because each request takes some: write what is too much`,
    ),
    ...errorIf(
      only?.known?.worse !== undefined && only.known.worse !== sideOf(spec.comparison),
      "threshold",
      `${alarm} fires while all is well: trouble shows in ${only?.known?.worse === "low" ? "low values, use below" : "high values, use above"}`,
    ),
  ];
}

function missingData({ spec, watched }: Subject): readonly Problem[] {
  const [only] = spec.expression === undefined ? watched : [];
  if (!only?.known) return [];
  const { idle = false, sparse = false } = only.known;
  const treat = spec.treatMissingData;
  const side = sideOf(spec.comparison);
  const pauses = idle ? "stops while its resource is idle" : "is published only when there is something to tell";
  const where = `${nameOf(only)} ${pauses}`;
  const silent = idle || sparse;
  return [
    ...errorIf(
      silent && treat === "breaching" && side === "high",
      "missing-data",
      `${where}, and "breaching" makes that an alarm: use notBreaching`,
    ),
    ...errorIf(
      silent && treat === "missing" && side === "high",
      "missing-data",
      `${where}, and "missing" leaves the alarm in INSUFFICIENT_DATA then: use notBreaching`,
    ),
    ...warnIf(
      silent && treat === "notBreaching" && side === "low",
      "missing-data",
      `${where}, and "notBreaching" then calls silence fine, though too little is what the alarm looks for: use breaching, or say why not`,
    ),
  ];
}

/** Whether the threshold lies among the values that there can be, and whether a missing point means what the alarm takes it for. */
export const value: Check = (subject) => [...threshold(subject), ...missingData(subject)];
