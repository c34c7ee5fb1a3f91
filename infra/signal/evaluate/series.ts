import type { Operator } from "./math";

/** One value a period, oldest first; undefined where there is none. */
export type TimeSeries = readonly (number | undefined)[];

const truth = (value: boolean): number => (value ? 1 : 0);

export const operations: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "^": (left, right) => left ** right,
  "==": (left, right) => truth(left === right),
  "!=": (left, right) => truth(left !== right),
  "<": (left, right) => truth(left < right),
  ">": (left, right) => truth(left > right),
  "<=": (left, right) => truth(left <= right),
  ">=": (left, right) => truth(left >= right),
  AND: (left, right) => truth(left !== 0 && right !== 0),
  OR: (left, right) => truth(left !== 0 || right !== 0),
};

/** A result that is no number, as after a division by zero, is dropped. */
export const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

export const real = (series: TimeSeries): number[] => series.filter((point) => point !== undefined);

/** Where just one of two series has a point, the other counts as 0; where neither has one, there is none. */
export const pairwise = (
  left: TimeSeries,
  right: TimeSeries,
  apply: (left: number, right: number) => number,
): TimeSeries =>
  left.map((point, index) =>
    point === undefined && right[index] === undefined ? undefined : finite(apply(point ?? 0, right[index] ?? 0)),
  );

export const each = (series: TimeSeries, apply: (point: number) => number): TimeSeries =>
  series.map((point) => (point === undefined ? undefined : finite(apply(point))));

export const folds = {
  MAX: (points: readonly number[]) => Math.max(...points),
  MIN: (points: readonly number[]) => Math.min(...points),
  SUM: (points: readonly number[]) => points.reduce((total, point) => total + point, 0),
  AVG: (points: readonly number[], of = points.length) => points.reduce((total, point) => total + point, 0) / of,
} as const;

/** Steps from each point to the one before it that has a value. */
export const steps = (series: TimeSeries, apply: (change: number, periods: number) => number): TimeSeries => {
  let last: { readonly at: number; readonly value: number } | undefined;
  return series.map((point, at) => {
    if (point === undefined) return undefined;
    const before = last;
    last = { at, value: point };
    return before && apply(point - before.value, at - before.at);
  });
};

/** Closes the gaps between two values with a line. */
export function linear(series: TimeSeries): TimeSeries {
  return series.map((point, at) => {
    if (point !== undefined) return point;
    const from = series.findLastIndex((other, index) => index < at && other !== undefined);
    const to = series.findIndex((other, index) => index > at && other !== undefined);
    const [start, end] = [series[from], series[to]];
    if (start === undefined || end === undefined) return undefined;
    return start + ((end - start) * (at - from)) / (to - from);
  });
}
