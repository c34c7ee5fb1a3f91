/**
 * How fast an error budget may burn before somebody is told: each pace looks at a long window, which says that it matters, and at a twelfth of it, which says that it
 * goes on ("Alerting on SLOs", The Site Reliability Workbook, 2018, chapter 5, table 5-8; the pace over a day is that of the burn rate alerts of the API server in
 * kubernetes-monitoring/kubernetes-mixin). The factors are for a budget of thirty days: at 14.4 times a fiftieth of it is gone in an hour.
 */
import type { Duration } from "../kit/units";
import type { Severity } from "../signal/signal";

/** A window, as Prometheus writes it. */
export type Window = "5m" | "30m" | "1h" | "2h" | "6h" | "1d" | "3d";

/** One pace. */
export interface Pace {
  readonly long: Window;
  readonly short: Window;
  /** Times faster than the budget would last. */
  readonly factor: number;
  readonly severity: Severity;
  /** How long both windows must say so: what a single odd evaluation says is not told. */
  readonly pending: Duration;
  /** Between two evaluations. */
  readonly every: Duration;
  /** What is gone by then of a budget of thirty days, in words. */
  readonly gone: string;
}

/** The paces by their long windows, the fastest first. */
export const paces = {
  "1h": {
    long: "1h",
    short: "5m",
    factor: 14.4,
    severity: "page",
    pending: "2 minutes",
    every: "1 minute",
    gone: "in two days",
  },
  "6h": {
    long: "6h",
    short: "30m",
    factor: 6,
    severity: "page",
    pending: "5 minutes",
    every: "1 minute",
    gone: "in five days",
  },
  "1d": {
    long: "1d",
    short: "2h",
    factor: 3,
    severity: "ticket",
    pending: "15 minutes",
    every: "5 minutes",
    gone: "in ten days",
  },
  "3d": {
    long: "3d",
    short: "6h",
    factor: 1,
    severity: "ticket",
    pending: "15 minutes",
    every: "5 minutes",
    gone: "before its time",
  },
} as const satisfies Readonly<Record<string, Pace>>;

/** A pace by its long window. */
export type PaceName = keyof typeof paces;

/** Windows in words. */
export const lengths: Readonly<Record<Window, Duration>> = {
  "5m": "5 minutes",
  "30m": "30 minutes",
  "1h": "1 hour",
  "2h": "2 hours",
  "6h": "6 hours",
  "1d": "1 day",
  "3d": "3 days",
};

/** Failures in the long window below which nobody is told: one failure of five requests is no outage. */
export const fewest = 10;

/** Days over which a budget is counted. */
export const budgetDays = { least: 1, most: 90, usual: 30 } as const;

/**
 * The least that can be promised, in percent. Of less, not even a total outage burns the budget at the fastest pace, so that nobody would be woken.
 */
export const leastPromise = 95;
