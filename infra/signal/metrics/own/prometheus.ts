import { type Own, table, totals } from "./table";

const workspace = [["Workspace"]] as const;
const groups = [["Workspace", "RuleGroup"]] as const;
/** A missing point counts as 0 (the page). */
const event: Own = { unit: "Count", kind: "counter", statistics: totals, dimensions: workspace, idle: true };
const fault: Own = { ...event, worse: "high", repeats: true };
const guide =
  "Use CloudWatch metrics to monitor Amazon Managed Service for Prometheus resources, AMP User Guide, 2026-11";

export const prometheus = [
  ...table("AWS/Prometheus", guide, {
    AlertManagerAlertsReceived: event,
    AlertManagerNotificationsFailed: fault,
    AlertManagerNotificationsThrottled: fault,
    DiscardedSamples: { ...fault, dimensions: [["Workspace", "Reason"]] },
    RuleEvaluations: { ...event, dimensions: groups },
    RuleEvaluationFailures: { ...fault, dimensions: groups },
    RuleGroupIterationsMissed: { ...fault, dimensions: groups },
  }),
  ...table("AWS/Usage", guide, {
    /** Of a workspace: what it uses of a quota. The unit is that of the quota. */
    ResourceCount: {
      kind: "gauge",
      statistics: ["Maximum", "Average", "Minimum"],
      dimensions: [["Service", "Resource", "Type", "Class", "ResourceId"]],
      worse: "high",
    },
  }),
];
