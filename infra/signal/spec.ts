/**
 * An alarm as CloudWatch takes it, with every number in CloudWatch's own unit. A record of a table becomes one of these; the resource, the lint, the
 * evaluator and the price are all made from it, so they cannot speak of different alarms.
 */

/** A statistic of a period: one of the five simple ones, or a percentile as CloudWatch writes it. */
export type Statistic = "Average" | "Minimum" | "Maximum" | "Sum" | "SampleCount" | `p${number}`;

/** How a value is compared with the threshold. The last three compare with an anomaly band instead. */
export type Comparison =
  | "GreaterThanThreshold"
  | "GreaterThanOrEqualToThreshold"
  | "LessThanThreshold"
  | "LessThanOrEqualToThreshold"
  | "GreaterThanUpperThreshold"
  | "LessThanLowerThreshold"
  | "LessThanLowerOrGreaterThanUpperThreshold";

/** What CloudWatch does with a missing point ("Configuring how CloudWatch alarms treat missing data", CloudWatch User Guide, 2026-11). */
export type MissingData = "notBreaching" | "breaching" | "ignore" | "missing";

/** One metric at one statistic. `Value` is text for a known resource, or an output for one that is not made yet. */
export interface MetricStat<Value = string> {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: Statistic;
  /** Seconds: 10, 20, 30 or a multiple of 60. */
  readonly period: number;
  /** Dimension name to value. */
  readonly dimensions: Readonly<Record<string, Value>>;
  /** Further dimensions over whose values the statistic is taken, by a query of Metrics Insights. */
  readonly across?: readonly string[];
  /** CloudWatch's unit filter. Left out as a rule: one that the metric does not publish silences the alarm for ever. */
  readonly unit?: string;
}

/** A metric alarm. */
export interface AlarmSpec<Value = string> {
  /** By the id that {@link expression} uses. Without an expression there is just one. */
  readonly metrics: Readonly<Record<string, MetricStat<Value>>>;
  /** Metric math over the ids, for example `IF(total >= 100, 100 * failed / total, 0)`. */
  readonly expression?: string;
  readonly comparison: Comparison;
  /** In the unit of the value. With a band comparison: the band's width in standard deviations. */
  readonly threshold: number;
  /** Seconds in a point of the evaluated series. */
  readonly period: number;
  /** N: how many of the newest points count. */
  readonly evaluationPeriods: number;
  /** M: how many of the N must breach. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: MissingData;
  /** For a percentile: whether too few samples are judged ("evaluate") or leave the state as it is ("ignore"). */
  readonly lowSamples?: "evaluate" | "ignore";
  /** How many metrics a query of Metrics Insights analyses. */
  readonly analysed?: number;
}
