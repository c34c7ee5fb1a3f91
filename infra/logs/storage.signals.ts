import { prometheus, signals } from "../signal/signal";
import { example, type LogsRole, type LogsSize } from "./logs.size";

const pod = (index: number, logs = "{logs}") =>
  `logs="${logs}", job="loki", instance="10.0.${index}.1:3100", collector="agents"`;
const discarded = (index: number, reason: string, logs?: string) =>
  `loki_discarded_samples_total{${pod(index, logs)}, tenant="platform", reason="${reason}"}`;
const flush = (index: number, logs?: string) => `loki_ingester_chunks_flush_failures_total{${pod(index, logs)}}`;
const compacted = (index: number, logs?: string) =>
  `loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds{${pod(index, logs)}}`;

/** Whether what Loki takes is kept, and for as long as it should. */
export const storageSignals = signals<LogsRole, "logs", LogsSize>()({
  "logs-discarded": {
    title: "Loki discards lines",
    golden: "errors",
    unit: "count",
    role: "loki",
    source: prometheus('sum by (reason) (increase(loki_discarded_samples_total{logs="{logs}"}[10m]))'),
    alarm: { above: 100, for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [discarded(1, "rate_limited")]: ["+5.05 for 40 minutes"],
          [discarded(2, "rate_limited")]: ["+5 for 40 minutes"],
        },
        {
          [discarded(1, "rate_limited")]: ["+0 for 15 minutes", "+500 for 11 minutes"],
          [discarded(2, "rate_limited")]: ["+0 for 26 minutes"],
        },
      ],
      fine: [
        {
          [discarded(1, "rate_limited")]: ["+9.95 for 40 minutes"],
          [discarded(1, "line_too_long")]: ["+9.95 for 40 minutes"],
          [discarded(2, "greater_than_max_sample_age")]: [
            "+0 for 15 minutes",
            "+500 for 2 minutes",
            "+0 for 23 minutes",
          ],
          [discarded(1, "rate_limited", "other")]: ["+900 for 40 minutes"],
        },
      ],
      healed: {
        [discarded(1, "rate_limited")]: ["+0 for 15 minutes"],
        [discarded(2, "rate_limited")]: ["+0 for 15 minutes"],
      },
    },
    runbook: {
      means: "Lines are lost for the reason that the alert names; those that are rate_limited are sent again first.",
      check: [
        "rate_limited: all together (logs-ingestion-limit), per_stream_rate_limit: one service. `topk(5, sum by (workload) (logs_recorded:bytes:rate1m))`",
        "stream_limit: too many streams; `sum(loki_ingester_memory_streams)`, and `logcli series '{}' --analyze-labels` names the label.",
        "greater_than_max_sample_age, too_far_behind: a node whose shipper was away, or a wrong clock (nodes-clock).",
        "`kubectl -n logs logs -l app.kubernetes.io/name=loki | grep -i 'discard\\|limit'`",
      ],
      fix: [
        "Lower the level of the service that shouts.",
        "Take the label that differs from line to line out of the shipper's configuration: it belongs to the structured metadata.",
      ],
    },
  },
  "logs-flush-failing": {
    title: "Loki cannot write to its bucket",
    golden: "errors",
    unit: "count",
    role: "loki",
    source: prometheus('sum(increase(loki_ingester_chunks_flush_failures_total{logs="{logs}"}[10m]))'),
    alarm: { above: 5, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { [flush(1)]: ["+0.26 for 45 minutes"], [flush(2)]: ["+0.25 for 45 minutes"] },
        { [flush(1)]: ["+0 for 15 minutes", "+50 for 16 minutes"], [flush(2)]: ["+0 for 31 minutes"] },
      ],
      fine: [
        {
          [flush(1)]: ["+0 for 15 minutes", "+50 for 7 minutes", "+0 for 23 minutes"],
          [flush(2)]: ["+0 for 45 minutes"],
          [flush(1, "other")]: ["+9 for 45 minutes"],
        },
        { [flush(1)]: ["+0.25 for 45 minutes"], [flush(2)]: ["+0.24 for 45 minutes"] },
      ],
      healed: { [flush(1)]: ["+0 for 15 minutes"], [flush(2)]: ["+0 for 15 minutes"] },
    },
    runbook: {
      means: "Lines are kept by the pods alone, in memory and on disk. When a disk is full, no more are taken.",
      check: [
        "`kubectl -n logs logs -l app.kubernetes.io/name=loki | grep -i 'flush\\|s3'`: AccessDenied, KMS, time-out?",
        "AccessDenied: the role's policy, the bucket's policy, the key, the policy of the VPC endpoint; CloudTrail names which.",
        'How long is there? `kubelet_volume_stats_available_bytes{namespace="logs"}`',
        "Do the alarms of the bucket tell of errors?",
      ],
      fix: [
        "Deploy the stack again: it restores role, key and policies.",
        "Enlarge the disks where it takes longer (disk in the settings).",
      ],
    },
  },
  "logs-compactor-stopped": {
    title: "The compactor has not run",
    golden: "availability",
    unit: "seconds",
    role: "loki",
    // It is 0 where it never ran yet, and where another one of the three does it.
    source: prometheus(
      'time() - max(loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds{logs="{logs}"} > 0)',
    ),
    alarm: { above: "3 hours", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [compacted(1)]: ["59.5 for 197 minutes"],
          [compacted(2)]: ["30 for 197 minutes"],
          [compacted(1, "other")]: ["+60 for 197 minutes"],
        },
        {
          [compacted(1)]: ["0.5 for 197 minutes"],
          [compacted(2)]: ["0 for 197 minutes"],
          [compacted(1, "other")]: ["+60 for 197 minutes"],
        },
      ],
      fine: [
        {
          [compacted(1)]: ["60.125 for 197 minutes", "11700 for 20 minutes"],
          [compacted(2)]: ["20 for 217 minutes"],
          [compacted(1, "other")]: ["1 for 217 minutes"],
        },
        { [compacted(1)]: ["0 for 217 minutes"], [compacted(2)]: ["0 for 217 minutes"] },
      ],
      healed: {
        [compacted(1)]: ["11800 for 10 minutes"],
        [compacted(2)]: ["0 for 10 minutes"],
        [compacted(1, "other")]: ["+60 for 10 minutes"],
      },
    },
    runbook: {
      means:
        "Old lines are not deleted, and queries read ever more small indexes: storage costs more, and boards become slow.",
      check: [
        "Who should? http://localhost:3100/compactor/ring after `kubectl -n logs port-forward <pod> 3100`",
        "`kubectl -n logs logs <that pod> | grep -i compact`: AccessDenied (s3:DeleteObject), no space, out of memory?",
        "Does its disk have room for the largest index? `kubectl -n logs exec <pod> -- df /var/loki`",
      ],
      fix: ["Restart the pod: another one takes over.", "Enlarge disk or memory in the settings."],
    },
  },
});
