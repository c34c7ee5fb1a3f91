import { type Own, table, totals } from "./table";

/** All metrics are of a group of schedules: a schedule that is watched has a group of its own. */
const attempts: Own = {
  unit: "Count",
  kind: "counter",
  statistics: totals,
  dimensions: [["ScheduleGroup"]],
  idle: true,
};
const incident: Own = { ...attempts, sparse: true, worse: "high" };
/** Counted at each of up to 185 tries. */
const repeated: Own = { ...incident, repeats: true };

export const scheduler = table(
  "AWS/Scheduler",
  "Monitoring Amazon EventBridge Scheduler with Amazon CloudWatch, EventBridge Scheduler User Guide, 2026-11",
  {
    InvocationAttemptCount: attempts,
    TargetErrorCount: repeated,
    TargetErrorThrottledCount: repeated,
    InvocationThrottleCount: repeated,
    InvocationDroppedCount: incident,
    InvocationsSentToDeadLetterCount: incident,
    InvocationsSentToDeadLetterCount_Truncated_MessageSizeExceeded: incident,
    InvocationsFailedToBeSentToDeadLetterCount: { ...incident, dimensions: [["ScheduleGroup"]] },
  },
);
