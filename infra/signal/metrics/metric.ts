import type { Statistic } from "../spec";

/** Units as CloudWatch publishes them ("MetricDatum", CloudWatch API Reference, 2026-11), as far as the catalogue has them. */
export type MetricUnit =
  | "Count"
  | "Count/Second"
  | "Seconds"
  | "Milliseconds"
  | "Microseconds"
  | "Bytes"
  | "Bytes/Second"
  | "Megabytes"
  | "Gigabytes"
  | "Percent"
  | "None";

/** A statistic, or any percentile. */
export type StatisticName = Exclude<Statistic, `p${number}`> | "Percentile";

/**
 * What the samples are. Those of a gauge are readings of one level, so that their sum means nothing; those of a counter are events to add up; those of a
 * distribution are one for each request or message, so that percentiles mean something.
 */
export type MetricKind = "gauge" | "counter" | "distribution";

/** What is known of a metric. What is not known is left out. */
export interface Metric {
  readonly namespace: string;
  readonly metric: string;
  readonly unit?: MetricUnit;
  readonly kind?: MetricKind;
  /** Statistics that make sense. */
  readonly statistics?: readonly StatisticName[];
  /** Sets of dimensions under which it is published. */
  readonly dimensions?: readonly (readonly string[])[];
  /** Whether statistics and dimensions are all there are, or just what AWS's list of recommended alarms names. */
  readonly complete: boolean;
  /** Least and largest possible value, in its unit. */
  readonly range?: readonly [least: number, largest: number];
  /** Seconds between points. */
  readonly period?: number;
  /** What must be switched on before it is published. */
  readonly switch?: string;
  /** Published only when there is something to tell: it is not zero, or the limit that it is compared with exists. */
  readonly sparse?: boolean;
  /** Counts every attempt, so that a single one is not yet a loss. */
  readonly repeats?: boolean;
  /** Stops while its resource is idle; a missing point then means that nothing is there. */
  readonly idle?: boolean;
  /** On which side trouble lies, where only one side can be. */
  readonly worse?: "high" | "low";
  /** Published only by this variant of the resource. */
  readonly engine?: string;
  /** Where this was read: page, guide and date. */
  readonly source: string;
}

/** The name under which the catalogue knows a statistic. */
export function statisticName(statistic: Statistic): StatisticName {
  switch (statistic) {
    case "Average":
    case "Minimum":
    case "Maximum":
    case "Sum":
    case "SampleCount":
      return statistic;
    default:
      return "Percentile";
  }
}
