import type { Metric, StatisticName } from "../metric";

/** A metric whose row was read in a service's own guide, and holds all that can be asked of it. */
export type Own = Omit<Metric, "namespace" | "metric" | "complete" | "source" | "range"> & {
  readonly range?: Metric["range"];
};

/** No value under 0. */
export const noLess: Metric["range"] = [0, Number.POSITIVE_INFINITY];
/** Statistics of a gauge. */
export const readings: readonly StatisticName[] = ["Maximum", "Average", "Minimum"];
/** Statistics of a counter. */
export const totals: readonly StatisticName[] = ["Sum"];
/** Statistics of a distribution without percentiles. */
export const sizes: readonly StatisticName[] = ["Average", "Minimum", "Maximum", "SampleCount"];

/** The rows of a namespace: a point a minute and no value under 0, where a row says nothing else. @param source page, guide and date */
export function table(namespace: string, source: string, rows: Readonly<Record<string, Own>>): Metric[] {
  return Object.entries(rows).map(([metric, row]) => ({
    period: 60,
    range: noLess,
    ...row,
    namespace,
    metric,
    complete: true,
    source,
  }));
}
