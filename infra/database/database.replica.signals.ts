/** What CloudWatch tells of a replica that is read. */
import { math, signals } from "../signal/signal";
import { type DatabaseRole, type DatabaseSize, example, metric } from "./database.size";

/** Stands for a broken replication, which RDS tells as a lag of -1 ("Monitoring replication lag", RDS User Guide, 2026-11): longer than any limit. */
const brokenLag = 86_400 * 365;

export const replicaSignals = signals<DatabaseRole, "database", DatabaseSize>()({
  "database-replica-gone": {
    title: "A replica publishes nothing",
    golden: "availability",
    unit: "percent",
    role: "replica",
    source: metric("CPUUtilization", "Average"),
    alarm: { atMost: "0 %", for: "10 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["4 for 20 minutes", "missing for 20 minutes"],
        ["4 for 20 minutes", "0 for 10 minutes"],
      ],
      fine: [["4 for 20 minutes", "0 for 9 minutes", "0/0.2 for 1 minute", "0 for 9 minutes", "3 for 10 minutes"]],
      healed: ["2 for 2 minutes"],
    },
    runbook: {
      means:
        "For ten minutes there was no metric of the replica: it is stopped, failed or deleted, and what reads from it fails.",
      felt: "What reads from the replica fails: lists, searches and reports. What is written still works.",
      check: [
        "aws rds describe-db-instances --db-instance-identifier <id> --query 'DBInstances[0].[DBInstanceStatus,StatusInfos]'",
        "aws rds describe-events --source-type db-instance --source-identifier <id> --duration 120",
        "SELECT slot_name, active FROM pg_replication_slots; on the primary: does its slot keep log?",
      ],
      fix: [
        "Point readers to another replica or to the primary.",
        "Failed for good: delete it and let pulumi up make it anew; its data is a copy.",
      ],
    },
  },
  "database-replica-lag": {
    title: "A replica is far behind, or replicates no more",
    golden: "latency",
    unit: "seconds",
    role: "replica",
    source: math(`IF(lag < 0, ${brokenLag}, lag)`, { lag: metric("ReplicaLag", "Maximum") }),
    alarm: { above: ({ replicaLag }) => replicaLag, for: "10 minutes", severity: "page", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [
        { lag: ["2 for 20 minutes", "590/601 for 10 minutes"] },
        { lag: ["2 for 20 minutes", "-1 for 10 minutes"] },
      ],
      // On a primary that nobody writes to, the lag rises to five minutes and falls again.
      fine: [
        { lag: ["0 for 10 minutes", "60 for 1 minute", "180 for 1 minute", "300 for 1 minute", "0 for 10 minutes"] },
        { lag: ["600 for 1 hour"] },
        {
          lag: [
            "2 for 10 minutes",
            "900 for 5 minutes",
            "-1 for 4 minutes",
            "600 for 1 minute",
            "900 for 9 minutes",
            "2 for 5 minutes",
          ],
        },
      ],
      healed: { lag: ["3 for 2 minutes"] },
    },
    runbook: {
      means:
        "What is read from the replica is older than its readers accept. RDS tells a broken replication as a lag of -1, which this counts as a year.",
      felt: "Users do not see what they have just done: the order that they placed is not in their list.",
      check: [
        "aws rds describe-db-instances --db-instance-identifier <id> --query 'DBInstances[0].StatusInfos': replicating, or an error?",
        "On the replica: SELECT pid, now() - xact_start, query FROM pg_stat_activity WHERE backend_type = 'client backend' ORDER BY 2 DESC LIMIT 10; long reads hold replay up.",
        "TransactionLogsGeneration of the primary, CPU and disk of the replica: does it keep up with a bulk load?",
      ],
      fix: [
        "Cancel the read that holds replay up, or lower max_standby_streaming_delay.",
        "Slow the bulk load down, or give the replica the class of the primary.",
        "Broken for good: delete the replica and let pulumi up make it anew.",
      ],
    },
  },
  "database-replica-storage-low": {
    title: "Storage of a replica nearly full",
    golden: "saturation",
    unit: "bytes",
    role: "replica",
    source: metric("FreeStorageSpace", "Minimum"),
    alarm: {
      below: ({ storage }) => Math.floor(storage / 20),
      for: "5 minutes",
      severity: "page",
      whenMissing: "keep",
    },
    proof: {
      size: example,
      bad: [["40 GiB for 20 minutes", "9 GiB / 5368709119 B for 5 minutes"]],
      fine: [
        ["5 GiB for 1 hour"],
        [
          "6 GiB for 5 minutes",
          "1 GiB for 4 minutes",
          "5 GiB for 1 minute",
          "1 GiB for 4 minutes",
          "9 GiB for 5 minutes",
        ],
      ],
      healed: ["20 GiB for 2 minutes"],
    },
    runbook: {
      means:
        "Less than a twentieth of the declared storage is free on the replica. Full, it stops, and its slot then fills the primary.",
      felt: "Nothing yet. Once it is full what reads from the replica fails, and then the primary fills.",
      check: [
        "aws rds describe-db-instances --db-instance-identifier <id> --query 'DBInstances[0].[AllocatedStorage,MaxAllocatedStorage]'",
        "Temporary files of long reads: SELECT datname, temp_files, pg_size_pretty(temp_bytes) FROM pg_stat_database;",
        "Does the primary have as little left (database-storage-low)? Then the data grew.",
      ],
      fix: [
        "Raise vigia:databases.<name>.storage; in a hurry: aws rds modify-db-instance --allocated-storage <larger> --apply-immediately.",
        "Cancel the read that writes temporary files.",
      ],
    },
  },
  "database-replica-connections-exhausted": {
    title: "Hardly a connection left on a replica",
    golden: "saturation",
    unit: "count",
    role: "replica",
    source: metric("DatabaseConnections", "Average"),
    alarm: {
      atLeast: ({ usableConnections }) => Math.floor(0.95 * usableConnections),
      for: "3 minutes",
      severity: "page",
      whenMissing: "keep",
    },
    proof: {
      size: example,
      bad: [["300 for 20 minutes", "759/761 for 3 minutes"]],
      fine: [
        ["758/760 for 1 hour"],
        ["300 for 10 minutes", "790 for 2 minutes", "759 for 1 minute", "790 for 2 minutes", "300 for 5 minutes"],
      ],
      healed: ["400 for 2 minutes"],
    },
    runbook: {
      means: "Nearly every connection of the replica is taken. The next reader is refused.",
      felt: "Some lists, searches and reports fail at once. What is written still works.",
      check: [
        "SELECT usename, application_name, state, count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY 1, 2, 3 ORDER BY 4 DESC;",
        "Did a deployment, a report or a dashboard add readers?",
        "Are they slow rather than many (CPU and disk of the replica)?",
      ],
      fix: [
        "End idle ones of the culprit, or make its pool smaller.",
        "Another replica: vigia:databases.<name>.replicas.",
      ],
    },
  },
  "database-replica-cpu": {
    title: "CPU of a replica busy for long",
    golden: "saturation",
    unit: "percent",
    role: "replica",
    source: metric("CPUUtilization", "Average"),
    alarm: { above: "90 %", for: "15 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [["60 for 20 minutes", "89/91.2 for 15 minutes"]],
      fine: [
        ["89/91 for 1 hour"],
        ["60 for 10 minutes", "99 for 14 minutes", "90 for 1 minute", "99 for 14 minutes", "40 for 5 minutes"],
      ],
      healed: ["50 for 2 minutes"],
    },
    runbook: {
      means: "For a quarter of an hour the replica had no CPU to spare. Reads take longer, and replay falls behind.",
      check: [
        "Database Insights of the replica: which statements make the load?",
        "SELECT application_name, now() - query_start, query FROM pg_stat_activity WHERE state = 'active' ORDER BY 2 DESC LIMIT 20;",
        "Is the lag rising as well (database-replica-lag)?",
      ],
      fix: ["Cancel or index the statement.", "Another replica, or a larger class."],
    },
  },
  "database-replica-connected": {
    title: "Connections to a replica",
    golden: "traffic",
    unit: "count",
    role: "replica",
    source: metric("DatabaseConnections", "Average"),
    runbook: { means: "Readers that are connected." },
  },
});
