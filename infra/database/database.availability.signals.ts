/**
 * Whether an instance can be used, and will tomorrow. Points that are missing are told once, by `database-unreachable` or `database-gone`: all others keep their
 * state then, although AWS recommends "breaching" for some ("Recommended alarms", CloudWatch User Guide, 2026-11).
 */
import { signals } from "../signal/signal";
import { type DatabaseRole, type DatabaseSize, example, metric } from "./database.size";

export const availabilitySignals = signals<DatabaseRole, "database", DatabaseSize>()({
  "database-unreachable": {
    title: "Nobody is connected to a database that always is in use",
    golden: "availability",
    unit: "count",
    role: "primary",
    source: metric("DatabaseConnections", "Average"),
    when: {
      holds: ({ steady }) => steady,
      otherwise: "its services may all be away, so that no connection means nothing",
    },
    // A failover of a Multi-AZ instance takes up to two minutes ("Configuring and managing a Multi-AZ deployment", RDS User Guide, 2026-11).
    alarm: { atMost: 0, for: "5 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["120 for 20 minutes", "0 for 5 minutes"],
        ["120 for 20 minutes", "missing for 15 minutes"],
      ],
      fine: [["120 for 10 minutes", "0 for 4 minutes", "0/1 for 1 minute", "0 for 4 minutes", "90 for 5 minutes"]],
      healed: ["1 for 2 minutes"],
    },
    runbook: {
      means:
        "For five minutes no client was connected, or the instance published nothing: it is stopped, failed, cut off, or refuses every login. Whatever needs it fails.",
      felt: "Every request that reads or writes this database fails: pages show errors, and orders are refused.",
      check: [
        "aws rds describe-db-instances --db-instance-identifier <id> --query 'DBInstances[0].[DBInstanceStatus,StatusInfos,PendingModifiedValues]': is it available, failed, storage-full, rebooting?",
        "aws rds describe-events --source-type db-instance --source-identifier <id> --duration 120: did it fail over, restart or run out of storage?",
        "From a pod: pg_isready -h <endpoint> -p 5432. No answer is the network (security groups, routes, CloudTrail: RevokeSecurityGroupIngress); a refusal is PostgreSQL.",
        "Logs Insights on /aws/rds/instance/<id>/postgresql: filter @message like /FATAL|PANIC|terminating/ | sort @timestamp desc | limit 50",
      ],
      fix: [
        "storage-full: aws rds modify-db-instance --allocated-storage <larger> --apply-immediately.",
        "Hung, and Multi-AZ: aws rds reboot-db-instance --force-failover.",
        "Failed or lost: restore to a point in time (docs/recovery.md) and point the services to it.",
        "Cut off: roll back the change of the security group, the subnet or the secret.",
      ],
    },
  },
  "database-gone": {
    title: "The instance publishes nothing",
    golden: "availability",
    unit: "percent",
    role: "primary",
    // A running instance never uses no CPU at all, so that in truth this is about missing points.
    source: metric("CPUUtilization", "Average"),
    when: {
      holds: ({ steady }) => !steady,
      otherwise: "somebody is always connected, so that the alarm on connections tells it first",
    },
    alarm: { atMost: "0 %", for: "10 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: { ...example, steady: false },
      bad: [
        ["4 for 20 minutes", "missing for 20 minutes"],
        ["4 for 20 minutes", "0 for 10 minutes"],
      ],
      fine: [["4 for 20 minutes", "0 for 9 minutes", "0/0.2 for 1 minute", "0 for 9 minutes", "3 for 10 minutes"]],
      healed: ["2 for 2 minutes"],
    },
    runbook: {
      means: "For ten minutes there was no metric of the instance: it is stopped, failed or deleted.",
      felt: "Every request that reads or writes this database fails, unless the standby has taken over by then.",
      check: [
        "aws rds describe-db-instances --db-instance-identifier <id> --query 'DBInstances[0].DBInstanceStatus'",
        "aws rds describe-events --source-type db-instance --source-identifier <id> --duration 120",
        "CloudTrail: who called StopDBInstance, DeleteDBInstance or ModifyDBInstance?",
      ],
      fix: [
        "Stopped: aws rds start-db-instance, or switch this alarm off with the reason.",
        "Failed or deleted: restore to a point in time or from the final snapshot (docs/recovery.md).",
      ],
    },
  },
  "database-storage-low": {
    title: "Storage nearly full",
    golden: "saturation",
    unit: "bytes",
    role: "primary",
    source: metric("FreeStorageSpace", "Minimum"),
    // RDS itself adds storage at a tenth ("Managing capacity automatically with Amazon RDS storage autoscaling", RDS User Guide, 2026-11): an alarm there would tell of
    // every step. A twentieth is reached only when it could not: at its maximum, or within six hours of the last step.
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
        ["11 GiB for 10 minutes", "9 GiB for 30 minutes", "5 GiB for 1 hour"],
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
        "Less than a twentieth of the declared storage is free, and autoscaling has not helped. A full instance stops, and cannot be started before it has more.",
      felt: "Nothing yet. Once it is full every request that needs this database fails, for as long as it takes to make it larger.",
      check: [
        "aws rds describe-db-instances --db-instance-identifier <id> --query 'DBInstances[0].[AllocatedStorage,MaxAllocatedStorage]': is the maximum reached? The last step less than six hours ago (describe-events)?",
        "What fills it: TransactionLogsDiskUsage (WAL, see database-wal-disk), temporary files, tables? SELECT datname, pg_size_pretty(pg_database_size(datname)) FROM pg_database ORDER BY pg_database_size(datname) DESC;",
        "SELECT slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots; a slot that nobody reads keeps WAL.",
      ],
      fix: [
        "Raise vigia:databases.<name>.storage, and maximumStorage with it; in a hurry: aws rds modify-db-instance --allocated-storage <larger> --apply-immediately.",
        "Drop a slot that nobody reads: SELECT pg_drop_replication_slot('<slot>');",
        "Stop the session that writes temporary files: SELECT pg_cancel_backend(<pid>);",
      ],
    },
  },
  "database-wraparound": {
    title: "PostgreSQL near its last transaction id",
    golden: "saturation",
    unit: "count",
    role: "primary",
    source: metric("MaximumUsedTransactionIDs", "Maximum"),
    // PostgreSQL takes no more writes a million short of 2^31 ("Preventing transaction ID wraparound failures", PostgreSQL documentation, 18).
    alarm: { atLeast: 1_600_000_000, every: "5 minutes", for: "5 minutes", severity: "page", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [["1590000000 for 1 hour", "1599999999/1600000000 for 5 minutes"]],
      fine: [["200000000 for 1 hour", "1599999999 for 1 hour"]],
      healed: ["300000000 for 5 minutes"],
    },
    runbook: {
      means:
        "Three quarters of all transaction ids are used since the oldest row was frozen. Before the last million PostgreSQL refuses every write.",
      felt: "Nothing yet. At the end every write is refused, and mending it takes hours in which nothing can be ordered.",
      check: [
        "SELECT datname, age(datfrozenxid) FROM pg_database ORDER BY 2 DESC; then in that database: SELECT oid::regclass, age(relfrozenxid) FROM pg_class WHERE relkind IN ('r','m','t') ORDER BY 2 DESC LIMIT 20;",
        "What holds vacuum back? SELECT pid, age(backend_xmin), state, query FROM pg_stat_activity WHERE backend_xmin IS NOT NULL ORDER BY 2 DESC; SELECT gid, age(transaction) FROM pg_prepared_xacts; SELECT slot_name, age(xmin), age(catalog_xmin) FROM pg_replication_slots;",
        "Does autovacuum run and get on? SELECT * FROM pg_stat_progress_vacuum;",
      ],
      fix: [
        "End what holds it back: pg_terminate_backend, ROLLBACK PREPARED, pg_drop_replication_slot.",
        "Then vacuum the oldest tables by hand: VACUUM (FREEZE, VERBOSE, INDEX_CLEANUP OFF, TRUNCATE OFF) <table>;",
      ],
    },
  },
  "database-transaction-ids": {
    title: "Vacuum falls behind on old transactions",
    golden: "saturation",
    unit: "count",
    role: "primary",
    source: metric("MaximumUsedTransactionIDs", "Maximum"),
    // The recommended alarm; autovacuum means to act at 200 million (autovacuum_freeze_max_age).
    alarm: { above: 1_000_000_000, every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [["990000000 for 1 hour", "999999999/1000000001 for 15 minutes"]],
      fine: [
        ["1000000000 for 1 hour"],
        [
          "900000000 for 30 minutes",
          "1100000000 for 6 minutes",
          "1000000000 for 9 minutes",
          "1100000000 for 6 minutes",
        ],
      ],
      healed: ["200000000 for 10 minutes"],
    },
    runbook: {
      means:
        "The oldest unfrozen row is a billion transactions old, five times what autovacuum aims at: something holds it back.",
      check: [
        "SELECT datname, age(datfrozenxid) FROM pg_database ORDER BY 2 DESC;",
        "Long transactions, prepared transactions and slots that keep old rows visible (the queries are those of database-wraparound).",
        "Logs Insights on /aws/rds/instance/<id>/postgresql: filter @message like /automatic.*vacuum/ | sort @timestamp desc: does it finish on the big tables?",
      ],
      fix: [
        "End what holds it back, then VACUUM (FREEZE) the tables with the oldest relfrozenxid.",
        "Give autovacuum more: autovacuum_vacuum_cost_limit, maintenance_work_mem.",
      ],
    },
  },
});
