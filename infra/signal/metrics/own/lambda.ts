import { type Own, table, totals } from "./table";

/** By function, and by its version or alias. */
const dimensions = [["FunctionName"], ["FunctionName", "Resource"]] as const;
/** Published with each invocation, so that nothing is published where nothing runs. */
const outcome: Own = { unit: "Count", kind: "counter", statistics: totals, dimensions, idle: true };
/** Published when it happens. */
const incident: Own = { ...outcome, sparse: true };
const timed = ["Average", "Minimum", "Maximum", "SampleCount", "Percentile"] as const;

/** "Lambda quotas", Lambda Developer Guide, 2026-11: 900 seconds of running, six hours in the queue of asynchronous events. */
export const lambda = table("AWS/Lambda", "Types of metrics for Lambda functions, Lambda Developer Guide, 2026-11", {
  Invocations: outcome,
  Errors: { ...outcome, worse: "high" },
  Throttles: { ...outcome, worse: "high" },
  Duration: {
    unit: "Milliseconds",
    kind: "distribution",
    statistics: timed,
    dimensions,
    idle: true,
    range: [0, 900_000],
    worse: "high",
  },
  /** Published for the account as well, where AWS recommends ClaimedAccountConcurrency instead. */
  ConcurrentExecutions: {
    unit: "Count",
    kind: "gauge",
    statistics: ["Maximum", "Average"],
    dimensions,
    idle: true,
    worse: "high",
  },
  AsyncEventsReceived: outcome,
  AsyncEventsDropped: { ...incident, worse: "high" },
  AsyncEventAge: {
    unit: "Milliseconds",
    kind: "distribution",
    statistics: timed,
    dimensions,
    idle: true,
    range: [0, 21_600_000],
    worse: "high",
  },
  DeadLetterErrors: { ...incident, worse: "high" },
  DestinationDeliveryFailures: { ...incident, worse: "high" },
  RecursiveInvocationsDropped: { ...incident, worse: "high" },
});
