import type { Measurement } from "./measure";

/** The middle of several values, and their limits. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** What the runs of one program took. */
export type Summary = Readonly<Record<keyof Measurement, Spread>>;

/** @throws RangeError where there is no value */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  if (least === undefined || most === undefined || low === undefined || high === undefined)
    throw new RangeError("no run, no median");
  return { median: (low + high) / 2, least, most };
}

/** The runs of one program in short. */
export const summary = (runs: readonly Measurement[]): Summary => ({
  wall: spread(runs.map(({ wall }) => wall)),
  cpu: spread(runs.map(({ cpu }) => cpu)),
  memory: spread(runs.map(({ memory }) => memory)),
});

/** Ratios of one program to another, round by round: what disturbs a round disturbs both, and drops out. Each program needs the same count of runs. */
export const ratios = (runs: readonly Measurement[], others: readonly Measurement[]): Summary => {
  const ratio = (key: keyof Measurement) =>
    spread(runs.map((run, round) => run[key] / (others[round]?.[key] ?? Number.NaN)));
  return { wall: ratio("wall"), cpu: ratio("cpu"), memory: ratio("memory") };
};
