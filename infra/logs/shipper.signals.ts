import { prometheus, signals } from "../signal/signal";
import { example, type LogsRole, type LogsSize } from "./logs.size";

const pod = (index: number, logs = "{logs}") =>
  `logs="${logs}", job="shipper", instance="10.0.${index}.9:12345", collector="agents"`;
const up = (index: number, logs?: string) => `up{${pod(index, logs)}}`;
const dropped = (index: number, reason: string, logs?: string) =>
  `loki_write_dropped_entries_total{${pod(index, logs)}, component_id="loki.write.loki", host="logs", tenant="", reason="${reason}"}`;

/** Whether what pods write is read and sent. */
export const shipperSignals = signals<LogsRole, "logs", LogsSize>()({
  "logs-shippers-silent": {
    title: "No shipper runs",
    golden: "availability",
    unit: "count",
    role: "shipper",
    // One that is missing on a node is told by its namespace.
    source: prometheus('sum(up{logs="{logs}", job="shipper"})'),
    alarm: { below: 1, for: "15 minutes", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        {
          [up(1)]: ["1 for 14 minutes", "0 for 16 minutes"],
          [up(1, "other")]: ["1 for 30 minutes"],
          'up{logs="{logs}", job="loki", instance="10.0.1.1:3100"}': ["1 for 30 minutes"],
        },
        {
          [up(1)]: ["1 for 10 minutes", "missing for 22 minutes"],
          [up(1, "other")]: ["1 for 32 minutes"],
          'up{logs="{logs}", job="loki", instance="10.0.1.1:3100"}': ["1 for 32 minutes"],
        },
      ],
      fine: [
        {
          [up(1)]: ["1 for 10 minutes", "0 for 15 minutes", "1 for 15 minutes"],
          [up(2)]: ["0 for 40 minutes"],
        },
      ],
      healed: {
        [up(1)]: ["1 for 5 minutes"],
        [up(1, "other")]: ["0 for 5 minutes"],
        'up{logs="{logs}", job="loki", instance="10.0.1.1:3100"}': ["0 for 5 minutes"],
      },
    },
    runbook: {
      means: "Nothing that pods write is read. Nodes keep the last 50 MiB of each container; older lines are lost.",
      check: [
        "`kubectl -n shippers get daemonset,pods -o wide`: are they refused (its namespace must let pods be privileged), pending, or do they crash?",
        "`kubectl -n shippers logs -l app.kubernetes.io/name=alloy --tail 20`: a configuration that it refuses is named there.",
        "Can the collector reach them on port 12345 (collector-targets-down), or is it only unseen?",
      ],
      fix: [
        "Roll the last change back: `helm -n shippers rollback <release>`.",
        "Until then read the pods themselves: `kubectl logs`.",
      ],
    },
  },
  "logs-shipper-dropping": {
    title: "Shippers drop lines",
    golden: "errors",
    unit: "count",
    role: "shipper",
    source: prometheus('sum by (reason) (increase(loki_write_dropped_entries_total{logs="{logs}"}[10m]))'),
    alarm: { above: 100, for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [dropped(1, "ingester_error")]: ["+5.05 for 40 minutes"],
          [dropped(2, "ingester_error")]: ["+5 for 40 minutes"],
        },
        {
          [dropped(1, "ingester_error")]: ["+0 for 15 minutes", "+500 for 11 minutes"],
          [dropped(2, "ingester_error")]: ["+0 for 26 minutes"],
        },
      ],
      fine: [
        {
          [dropped(1, "ingester_error")]: ["+9.95 for 40 minutes"],
          [dropped(1, "line_too_long")]: ["+9.95 for 40 minutes"],
          [dropped(2, "stream_limited")]: ["+0 for 15 minutes", "+500 for 2 minutes", "+0 for 23 minutes"],
          [dropped(1, "ingester_error", "other")]: ["+900 for 40 minutes"],
        },
      ],
      healed: {
        [dropped(1, "ingester_error")]: ["+0 for 15 minutes"],
        [dropped(2, "ingester_error")]: ["+0 for 15 minutes"],
      },
    },
    runbook: {
      means:
        "Lines are lost on their way, for the reason that the alert names: Loki or the gateway refused them for good (4xx).",
      check: [
        "Which nodes? `topk(5, sum by (instance) (increase(loki_write_dropped_entries_total[10m])))`",
        "`kubectl -n shippers logs <pod> --tail 50 | grep -i 'final error'`: the answer stands there; 401 is the password, 400 lines that Loki refuses.",
        "Is logs-discarded firing, with the same reason?",
      ],
      fix: [
        "Deploy the stack again: it restores the password.",
        "Mend what makes Loki refuse them: see logs-discarded.",
      ],
    },
  },
});
