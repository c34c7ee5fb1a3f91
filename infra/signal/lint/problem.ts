import type { Metric } from "../metrics/metric";
import type { Unit } from "../signal";
import type { AlarmSpec, Comparison, MetricStat } from "../spec";

/** The checks, by what they look at. */
export type Rule =
  | "metric"
  | "dimensions"
  | "statistic"
  | "threshold"
  | "expression"
  | "unit"
  | "period"
  | "datapoints"
  | "missing-data"
  | "switch"
  | "engine"
  | "role";

/** Something that is wrong with an alarm. */
export interface Problem {
  readonly rule: Rule;
  /** What, where, and the way out. */
  readonly message: string;
  /** An error makes the alarm useless; a warning is worth a second look. */
  readonly level: "error" | "warning";
}

/** What is known around an alarm. What is left out is not checked. */
export interface LintContext {
  /** What is switched on for the resource: `request metrics`, `subscription redrive policy`. */
  readonly switches?: readonly string[];
  /** The unit of the signal, in which its threshold is meant. */
  readonly unit?: Unit;
  /** The variant of the resource: `fifo`, `standard`. */
  readonly engine?: string;
  /** The role of the resource in its kind: `deadLetters`. */
  readonly role?: string;
  /** Whether the values of dimensions are those of real resources, and not names of subjects that stand for them. */
  readonly bound?: boolean;
  /** Namespaces that the project itself publishes to: nothing is known of their metrics. */
  readonly ownNamespaces?: readonly string[];
}

/** One metric of an alarm, with what the catalogue knows of it. */
export interface Watched {
  readonly id: string;
  readonly stat: MetricStat<unknown>;
  readonly known?: Metric;
}

/** An alarm with its metrics looked up. */
export interface Subject {
  readonly spec: AlarmSpec<unknown>;
  readonly watched: readonly Watched[];
  readonly context: LintContext;
}

/** A check: pure, and independent of the others. */
export type Check = (subject: Subject) => readonly Problem[];

/** How messages name a metric. */
export const nameOf = ({ stat }: Watched): string => `${stat.namespace} ${stat.metric}`;

/** Makes an error if `wrong`. */
export const errorIf = (wrong: boolean, rule: Rule, message: string): readonly Problem[] =>
  wrong ? [{ rule, message, level: "error" }] : [];
/** Makes a warning if `odd`. */
export const warnIf = (odd: boolean, rule: Rule, message: string): readonly Problem[] =>
  odd ? [{ rule, message, level: "warning" }] : [];

/** Whether a high value is bad, a low one, or what leaves a band. */
export function sideOf(comparison: Comparison): "high" | "low" | "band" {
  switch (comparison) {
    case "GreaterThanThreshold":
    case "GreaterThanOrEqualToThreshold":
      return "high";
    case "LessThanThreshold":
    case "LessThanOrEqualToThreshold":
      return "low";
    default:
      return "band";
  }
}
