/** What CloudWatch tells of the volume of an instance. */
import { math, signals } from "../signal/signal";
import { type DatabaseRole, type DatabaseSize, example, metric } from "./database.size";

/** Statements that a slow or busy disk holds up. */
export const whoReads =
  "Database Insights, waits IO:DataFileRead and IO:WALWrite by SQL: which statements? SELECT query, shared_blks_read, shared_blk_read_time FROM pg_stat_statements ORDER BY shared_blks_read DESC LIMIT 10;";

export const diskSignals = signals<DatabaseRole, "database", DatabaseSize>()({
  "database-read-latency": {
    title: "Reads from disk are slow",
    golden: "latency",
    unit: "seconds",
    role: "primary",
    source: metric("ReadLatency", "p90"),
    alarm: { above: "0.02 seconds", for: "15 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      // Nine of ten reads of a minute in 21 ms or less: only the tenth decides nothing.
      bad: [["0.001 for 20 minutes", "0.001/0.001/0.001/0.001/0.001/0.001/0.001/0.001/0.021/0.022 for 15 minutes"]],
      fine: [
        ["0.02 for 1 hour"],
        ["0.02/0.02/0.02/0.02/0.02/0.02/0.02/0.02/0.02/0.9 for 1 hour"],
        [
          "0.001 for 10 minutes",
          "0.5 for 14 minutes",
          "0.02 for 1 minute",
          "0.5 for 14 minutes",
          "0.001 for 5 minutes",
        ],
      ],
      healed: ["0.002 for 2 minutes"],
    },
    runbook: {
      means:
        "A tenth of all reads took more than 20 ms, ten times what gp3 usually takes. Every statement that misses the cache is slow.",
      check: [
        "database-iops and database-ebs-balance: is the volume or the class at its limit?",
        whoReads,
        "Did the cache get too small for the data (database-cache-misses)?",
      ],
      fix: [
        "Index or roll back the statement that reads so much.",
        "400 GiB and more bring four times the operations: raise vigia:databases.<name>.storage, or iops beyond that.",
        "A class with more memory, so that less is read.",
      ],
    },
  },
  "database-write-latency": {
    title: "Writes to disk are slow",
    golden: "latency",
    unit: "seconds",
    role: "primary",
    source: metric("WriteLatency", "p90"),
    alarm: { above: "0.02 seconds", for: "15 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [["0.001 for 20 minutes", "0.001/0.001/0.001/0.001/0.001/0.001/0.001/0.001/0.021/0.022 for 15 minutes"]],
      fine: [
        ["0.02 for 1 hour"],
        ["0.02/0.02/0.02/0.02/0.02/0.02/0.02/0.02/0.02/0.9 for 1 hour"],
        [
          "0.001 for 10 minutes",
          "0.5 for 14 minutes",
          "0.02 for 1 minute",
          "0.5 for 14 minutes",
          "0.001 for 5 minutes",
        ],
      ],
      healed: ["0.002 for 2 minutes"],
    },
    runbook: {
      means:
        "A tenth of all writes took more than 20 ms. Each commit waits for one, on both sides of a Multi-AZ instance.",
      check: [
        "database-iops and database-ebs-balance: is the volume or the class at its limit?",
        "Checkpoints: Logs Insights on /aws/rds/instance/<id>/postgresql: filter @message like /checkpoint/ | sort @timestamp desc: do they come early (checkpoints are occurring too frequently)?",
        "Is there a bulk load, an index build or a vacuum? SELECT backend_type, wait_event, query FROM pg_stat_activity WHERE state = 'active';",
      ],
      fix: [
        "Make bulk loads smaller or slower.",
        "Raise max_wal_size, so that checkpoints come by the clock.",
        "More operations: storage of 400 GiB and more, or iops.",
      ],
    },
  },
  "database-iops": {
    title: "The volume is at its operations",
    golden: "saturation",
    unit: "count/second",
    role: "primary",
    source: math("reads + writes", { reads: metric("ReadIOPS", "Average"), writes: metric("WriteIOPS", "Average") }),
    alarm: { above: ({ iops }) => 0.9 * iops, for: "15 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [
        {
          reads: ["500 for 20 minutes", "2000/2100 for 15 minutes"],
          writes: ["100 for 20 minutes", "650/650.2 for 15 minutes"],
        },
      ],
      fine: [
        { reads: ["1999/2001 for 1 hour"], writes: ["700 for 1 hour"] },
        { reads: ["2000 for 1 hour"], writes: ["699/701 for 1 hour"] },
        {
          reads: [
            "500 for 10 minutes",
            "2900 for 14 minutes",
            "2000 for 1 minute",
            "2900 for 14 minutes",
            "500 for 5 minutes",
          ],
          writes: [
            "100 for 10 minutes",
            "100 for 14 minutes",
            "700 for 1 minute",
            "100 for 14 minutes",
            "100 for 5 minutes",
          ],
        },
      ],
      healed: { reads: ["500 for 2 minutes"], writes: ["100 for 2 minutes"] },
    },
    runbook: {
      means:
        "For a quarter of an hour the volume did nearly all the operations that it can do. More of them wait in its queue.",
      check: [
        whoReads,
        "Reads or writes? Reads want memory or an index, writes want fewer or larger transactions.",
        "Was storage autoscaled beyond 400 GiB? Then the volume can do 12,000: declare its new storage, and this alarm follows.",
      ],
      fix: [
        "Index or roll back what reads so much.",
        "Raise vigia:databases.<name>.storage to 400 GiB, or its iops beyond that.",
      ],
    },
  },
  "database-wal-disk": {
    title: "Write-ahead log fills the storage",
    golden: "saturation",
    unit: "bytes",
    role: "primary",
    source: metric("TransactionLogsDiskUsage", "Maximum"),
    alarm: {
      above: ({ storage }) => 0.15 * storage,
      every: "5 minutes",
      for: "15 minutes",
      severity: "ticket",
      whenMissing: "keep",
    },
    proof: {
      size: example,
      bad: [["2 GiB for 30 minutes", "2147483648/16106127361 for 15 minutes"]],
      fine: [
        ["15 GiB for 1 hour"],
        ["2 GiB for 20 minutes", "40 GiB for 6 minutes", "15 GiB for 9 minutes", "40 GiB for 6 minutes"],
      ],
      healed: ["3 GiB for 10 minutes"],
    },
    runbook: {
      means:
        "The log of changes takes more than 15 % of the declared storage. Usually a replica or a subscriber is gone, and its slot keeps all that it has not read.",
      check: [
        "SELECT slot_name, slot_type, active, wal_status, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots;",
        "SELECT application_name, state, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)) FROM pg_stat_replication;",
        "TransactionLogsGeneration: is there a bulk load that writes faster than replicas read?",
      ],
      fix: [
        "Restart the subscriber, or drop the slot of one that is gone: SELECT pg_drop_replication_slot('<slot>'); It must then be copied anew.",
        "The component bounds it with max_slot_wal_keep_size to a quarter of the storage: a slot beyond is lost, the primary lives.",
      ],
    },
  },
  "database-disk-queue": {
    title: "Operations waiting for the disk",
    golden: "saturation",
    unit: "count",
    role: "primary",
    source: metric("DiskQueueDepth", "Average"),
    runbook: { means: "How many reads and writes wait at a time. What that costs is told by their latency." },
  },
  "database-slot-lag": {
    title: "Log that the slowest replica has not read",
    golden: "saturation",
    unit: "bytes",
    role: "primary",
    source: metric("OldestReplicationSlotLag", "Maximum"),
    when: { holds: ({ replicas }) => replicas > 0, otherwise: "it has no replicas" },
    runbook: {
      means: "How far behind the slowest reader of a slot is. All of it stays on the disk (database-wal-disk).",
    },
  },
  "database-connected": {
    title: "Connections",
    golden: "traffic",
    unit: "count",
    role: "primary",
    source: metric("DatabaseConnections", "Average"),
    runbook: { means: "Clients that are connected, the exporter among them." },
  },
});
