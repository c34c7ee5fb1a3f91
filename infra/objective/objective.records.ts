/**
 * What is recorded for the objectives of a service. Each minute the requests and those that broke the promise are counted; windows add up these two series instead of
 * reading every series of every pod for days, of which AMP would count and bill each sample. Windows of hours and days change slowly, and are looked at less often.
 */

import { metrics } from "../service/metrics";
import type { RecordedQuery } from "../signal/rule.record";
import { budgetOf, type ObjectiveSize, type Promised } from "./objective.size";
import { fewest, type Pace, type PaceName, paces, type Window } from "./paces";

/** What every query of the service's own metrics names. */
export const here = 'cluster="{cluster}", namespace="{namespace}", service="{service}"';
/** What every query of what was recorded names. */
const mine = 'objective="{objective}"';

const count = `${metrics.duration.name}_count`;
const bucket = `${metrics.duration.name}_bucket`;

type Recorded = RecordedQuery<ObjectiveSize>;

const names = {
  requests: "objective:requests:per_minute",
  failed: "objective:failed:per_minute",
  share: (window: Window) => `objective:failed:percent${window}`,
  burning: (pace: PaceName) => `objective:burning:percent${pace}`,
  left: "objective:budget_left:percent",
} as const;

/** Minutes in a window, and how often it is looked at. */
const windows: Readonly<Record<Window, { readonly minutes: number; readonly every: "1 minute" | "5 minutes" }>> = {
  "5m": { minutes: 5, every: "1 minute" },
  "30m": { minutes: 30, every: "1 minute" },
  "1h": { minutes: 60, every: "1 minute" },
  "2h": { minutes: 120, every: "5 minutes" },
  "6h": { minutes: 360, every: "1 minute" },
  "1d": { minutes: 1_440, every: "5 minutes" },
  "3d": { minutes: 4_320, every: "5 minutes" },
};

/** Requests of a minute that broke the promise. Prometheus 3 writes the edge "1" as "1.0". */
const failures: Readonly<Record<Promised, Pick<Recorded, "query" | "parameters">>> = {
  errors: { query: `60 * sum(rate(${count}{${here}, code=~"5.."}[5m]))` },
  latency: {
    query: `60 * (sum(rate(${count}{${here}}[5m])) - sum(rate(${bucket}{${here}, le=~"{acceptable}|{acceptable}.0"}[5m])))`,
    parameters: { acceptable: ({ acceptable }) => acceptable },
  },
};

/**
 * The signal whose proof is held against changes of what is made of windows: one text for all of them, and both promises. The proofs of the other paces, which last for
 * days, pin how long their windows are.
 */
const windowed = "objective-errors-1h";

/** What all windows are made from. */
const counted = (what: Promised): readonly Recorded[] => {
  const labels = { objective: "{objective}", promise: what };
  const requests = `60 * sum(rate(${count}{${here}}[5m]))`;
  return [
    { record: names.requests, query: requests, labels, provenBy: windowed },
    { record: names.failed, ...failures[what], labels, provenBy: `objective-${what}-1h` },
  ];
};

/** The share that broke the promise in a window, of both promises at once. */
const share = (window: Window): Recorded => {
  const sum = (name: string) => `sum_over_time(${name}{${mine}}[${window}])`;
  return {
    record: names.share(window),
    // Over five minutes the rates are sums already.
    query:
      window === "5m"
        ? `100 * ${names.failed}{${mine}} / ${names.requests}{${mine}}`
        : `100 * ${sum(names.failed)} / ${sum(names.requests)}`,
    labels: {},
    every: windows[window].every,
    provenBy: windowed,
  };
};

/**
 * How many requests broke the promise in a long window. For a page it is their sum, so that the first hour of a service counts what there was. Over days it is what
 * their average makes of the window, which does not depend on how often they were counted.
 */
const howMany = (window: Window): string =>
  windows[window].every === "1 minute"
    ? `sum_over_time(${names.failed}{${mine}}[${window}])`
    : `${windows[window].minutes} * avg_over_time(${names.failed}{${mine}}[${window}])`;

/** The smaller share of both windows of a pace, where enough failed to say something. Without requests in the short one there is none: nothing goes on failing. */
function burning({ long, short, every }: Pace, name: PaceName): Recorded {
  const [slow, now] = [`${names.share(long)}{${mine}}`, `${names.share(short)}{${mine}}`];
  return {
    record: names.burning(name),
    query: `((${slow} < ${now}) or (${now} <= ${slow})) and ${howMany(long)} >= ${fewest}`,
    labels: {},
    every,
    provenBy: windowed,
  };
}

/** What is recorded for a pace. */
export const recordsOf = (what: Promised, name: PaceName): readonly Recorded[] => {
  const pace = paces[name];
  return [...counted(what), share(pace.short), share(pace.long), burning(pace, name)];
};

/** What is left of the budget. */
export const leftOf = (what: Promised): readonly Recorded[] => {
  const sum = (name: string) => `sum_over_time(${name}{${mine}, promise="${what}"}[{days}d])`;
  const [failed, requests] = [sum(names.failed), sum(names.requests)];
  return [
    ...counted(what),
    {
      record: names.left,
      // Where nothing ever failed there is no series of failures.
      query: `100 - 100 * (100 * (${failed} or 0 * ${requests}) / ${requests}) / {budget}`,
      labels: { objective: "{objective}", promise: what },
      parameters: { days: ({ days }) => days, budget: (size) => budgetOf(what, size) },
      every: "5 minutes",
      // No alert reads it: the component's tests prove it.
      provenBy: "",
    },
  ];
};

/** The share of a pace that a signal compares with its limit. */
export const burningOf = (what: Promised, name: PaceName) =>
  `${names.burning(name)}{${mine}, promise="${what}"}` as const;

/** What a signal shows of a budget. */
export const leftIn = (what: Promised) => `${names.left}{${mine}, promise="${what}"}` as const;
