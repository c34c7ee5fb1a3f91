import { cloudwatch, math, repeat, signals } from "../../signal/signal";

/** What an alert manager declares of itself: nothing that a limit would follow from. */
export type AlertManagerSize = Readonly<Record<string, never>>;

/** What is watched of the alert manager from outside of Prometheus. What AMP counts of it belongs to the workspace. */
export const alertManagerSignals = signals<"alertManager", "topic", AlertManagerSize>()({
  "watchdog-silent": {
    title: "Prometheus cannot alert",
    golden: "availability",
    unit: "count",
    role: "alertManager",
    // Filled: CloudWatch looks at older points before it counts a missing one, and would find out ten minutes later.
    source: math("FILL(beats, 0)", {
      beats: cloudwatch("AWS/SNS", "NumberOfMessagesPublished", "Sum", { TopicName: "topic" }),
    }),
    // The Watchdog comes every four to five minutes: three periods without it are no coincidence.
    alarm: { atMost: 0, every: "5 minutes", for: "15 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: {},
      bad: [
        { beats: [...repeat(6, "1 for 1 minute", "missing for 4 minutes"), "missing for 15 minutes"] },
        { beats: [...repeat(6, "1 for 1 minute", "0 for 4 minutes"), "0 for 15 minutes"] },
        { beats: ["missing for 1 hour"] },
      ],
      fine: [
        // Two beats that do not come are late, and not yet silence.
        {
          beats: [
            ...repeat(3, "1 for 1 minute", "missing for 4 minutes"),
            "missing for 10 minutes",
            "1 for 1 minute",
            "missing for 9 minutes",
            ...repeat(4, "1 for 1 minute", "missing for 4 minutes"),
          ],
        },
        { beats: repeat(8, "0 for 4 minutes", "1 for 1 minute") },
        { beats: repeat(8, "2 for 1 minute", "missing for 4 minutes") },
      ],
      healed: { beats: repeat(2, "1 for 1 minute", "missing for 4 minutes") },
    },
    runbook: {
      means:
        "The alert that always fires stopped coming: rules are not evaluated, or the alert manager does not deliver. What Prometheus finds wrong is told to nobody.",
      felt: "Nothing of it. But nobody is told of what they do feel, unless CloudWatch sees it too.",
      check: [
        'Is the rule evaluated? In Grafana, data source Alertmanager or Prometheus: ALERTS{alertname="Watchdog"} must be 1.',
        "Does the alert manager deliver? CloudWatch, namespace AWS/Prometheus: AlertManagerAlertsReceived, AlertManagerNotificationsFailed, and its entries in the log group /aws/vendedlogs/prometheus/...",
        "aws amp describe-alert-manager-definition --workspace-id <id>: is its status ACTIVE, or UPDATE_FAILED with a reason?",
        "May aps.amazonaws.com still publish to the topic and use its key (CloudTrail: SetTopicAttributes, PutKeyPolicy, DisableKey)?",
        "Is the service itself ill (AWS Health Dashboard, Managed Service for Prometheus)?",
      ],
      fix: [
        "Deploy the stack again: it restores rule, definition and policies.",
        "Roll the last change of the alert manager's definition back.",
        "Until it is mended, have a person watch the home board: alarms of CloudWatch still come.",
      ],
    },
  },
});
