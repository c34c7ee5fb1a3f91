import type { Equivalents } from "../equivalents";
import { filledIn } from "./reasons";

const mine = '{objective="objective-1.a"}';
const joined =
  "both sides are matched by all their labels, the objective among them: one that is pinned pins the other";

/** A query of what is recorded with each of its selectors in turn without its condition. */
const unpinned = (record: string, query: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...query.matchAll(/\{objective="objective-1\.a"\}/g)].map(({ index }) => [
      `${record} -> ${query.slice(0, index)}{}${query.slice(index + mine.length)}`,
      joined,
    ]),
  );

const [slow, now] = [`objective:failed:percent1h${mine}`, `objective:failed:percent5m${mine}`];
const [failed, requests] = ["objective:failed:per_minute", "objective:requests:per_minute"];
const smaller = (first: string, howMany: string) =>
  `((${slow} ${first} ${now}) or (${now} <= ${slow})) and sum_over_time(${failed}${mine}[1h]) ${howMany} 10`;
const burning = "objective:burning:percent1h";

const zero = "a missing value counts as 0 beside one that is there; FILL says so for the reader";

/** Of a window of a gateway's promise. @param limit in percent, at the size of the proof */
const long = (limit: string): Readonly<Record<string, string>> => {
  const lost = "(failed - FILL(theirs, 0))";
  const other = (gate: string, share: string, otherwise: string) =>
    `expression -> IF(${gate} >= 10, 100 * ${share} / requests, ${otherwise})`;
  const few = `only values above ${limit} are bad, so too few lost requests may count as any share below`;
  return {
    "missing data notBreaching -> breaching": filledIn,
    "missing data notBreaching -> ignore": filledIn,
    "missing data notBreaching -> missing": filledIn,
    [other(lost, lost, "1")]: few,
    [other(lost, lost, "(-1)")]: few,
    [other("(failed - theirs)", lost, "0")]: zero,
    [other(lost, "(failed - theirs)", "0")]: zero,
  };
};
const short = { "expression -> 100 * (failed - theirs) / requests": zero };

/** Equivalent mutants of objectives. */
export const objectives: Equivalents = {
  "objective-errors-1h": {
    ...unpinned("objective:failed:percent5m", `100 * ${failed}${mine} / ${requests}${mine}`),
    ...unpinned(
      "objective:failed:percent1h",
      `100 * sum_over_time(${failed}${mine}[1h]) / sum_over_time(${requests}${mine}[1h])`,
    ),
    ...unpinned(burning, smaller("<", ">=")),
    [`${burning} -> ${smaller("<=", ">=")}`]: "of two that are alike either is the smaller one",
    [`${burning} -> ${smaller("<", ">")}`]:
      "the number of failures is a sum of rates, which meets ten to the last bit only by chance",
  },
  "gateway-objective-1h": long("14.4"),
  "gateway-objective-1h-now": short,
  "gateway-objective-6h": long("6"),
  "gateway-objective-6h-now": short,
  "gateway-objective-1d": long("3"),
  "gateway-objective-1d-now": short,
  "gateway-objective-3d": long("1"),
  "gateway-objective-3d-now": short,
};
