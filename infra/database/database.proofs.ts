/** Series that several proofs of PostgreSQL's own metrics share. */
import type { RuleSeries } from "../signal/rule.record";
import type { Stretch } from "../signal/signal";

/** Labels that every scrape brings. */
export const from = 'database="{database}", instance="10.0.1.7:9187", job="postgres-exporter"';
/** The same of a database that is none of ours. */
export const other = 'database="other", instance="10.0.1.9:9187", job="postgres-exporter"';

interface Shares {
  readonly bad: readonly [RuleSeries, RuleSeries];
  readonly fine: readonly [RuleSeries, RuleSeries, RuleSeries];
  readonly healed: RuleSeries;
}

/** A stretch of a counter: by how much it grows each minute, and for how many. */
const grows = (by: number, minutes: number): Stretch => `+${by} for ${minutes} minutes`;

/**
 * Two counters of which one may be a tenth of the other, over ten minutes, and for a quarter of an hour: each in two of the server's databases, so that one
 * alone is not enough. They grow unevenly, as counters do: what is bad over ten minutes is not in each of them.
 * @param unit what a thousandth of the usual growth is
 */
export function shares(part: string, whole: string, unit: number): Shares {
  const series = (metric: string, datname: string) => `${metric}{${from}, datid="1", datname="${datname}"}`;
  const foreign = (metric: string) => `${metric}{${other}, datid="1", datname="mes"}`;
  const stretches = (all: readonly (readonly [by: number, minutes: number])[], share: number): readonly Stretch[] =>
    all.map(([by, minutes]) => grows((by * share * unit) / 10, minutes));
  const both = (metric: string, all: readonly (readonly [number, number])[], share: number): RuleSeries => ({
    [series(metric, "shop")]: stretches(all, share),
    [series(metric, "crm")]: stretches(all, 10 - share),
  });
  /** The part comes up after the whole went down, pauses for three minutes, and meets one busy minute of the whole. */
  const rising = [
    [0, 26],
    [999, 8],
    [0, 3],
  ] as const;
  const falling = [
    [40_000, 20],
    [4_000, 14],
    [20_000, 1],
  ] as const;
  return {
    bad: [
      {
        ...both(part, [...rising, [1_000, 9]], 6),
        ...both(whole, [...falling, [4_000, 11]], 5),
        [foreign(whole)]: stretches([[900_000, 46]], 10),
      },
      {
        ...both(part, [[60.03, 46]], 6),
        ...both(whole, [[597.3, 46]], 5),
        [foreign(whole)]: stretches([[10, 46]], 10),
      },
    ],
    fine: [
      // A tenth, and not more.
      {
        ...both(part, [[600, 60]], 6),
        ...both(whole, [[6_000, 60]], 5),
        [foreign(part)]: stretches([[90_000, 60]], 10),
      },
      // Too few to say anything.
      { ...both(part, [[60, 60]], 6), ...both(whole, [[30, 60]], 5) },
      // A minute less than a quarter of an hour.
      {
        ...both(part, [...rising, [1_000, 23]], 6),
        ...both(whole, [...falling, [4_000, 10], [100_000, 15]], 5),
      },
    ],
    healed: {
      ...both(part, [[0, 14]], 6),
      ...both(whole, [[100_000, 14]], 5),
      [foreign(whole)]: stretches([[900_000, 14]], 10),
    },
  };
}
