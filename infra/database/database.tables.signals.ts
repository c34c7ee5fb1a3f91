/**
 * What PostgreSQL says of its tables and of who reads its log, as postgres_exporter 0.20 tells it. Replication slots bring a label `database` of their own, which
 * Prometheus renames to `exported_database`.
 */
import { prometheus, signals } from "../signal/signal";
import { from, other, shares } from "./database.proofs";
import { type DatabaseRole, type DatabaseSize, example, scraped } from "./database.size";

const rows = (which: "dead" | "live", relname: string, labels = from) =>
  `pg_stat_user_tables_n_${which}_tup{${labels}, datname="shop", schemaname="public", relname="${relname}"}`;
const slot = (labels: string) => `pg_replication_slots_active{${labels}}`;
const size = (datname: string, labels = from) => `pg_database_size_bytes{${labels}, datname="${datname}"}`;
/** Bytes. */
const [shop, crm] = [120 * 2 ** 30, 80 * 2 ** 30];

export const tableSignals = signals<DatabaseRole, "database", DatabaseSize>()({
  "database-cache-misses": {
    title: "Data does not fit into the cache",
    golden: "latency",
    unit: "percent",
    role: "primary",
    // Of so many blocks found in it; under a thousand (8 MB) a second the disk does not mind.
    source: prometheus(`100 * (sum(rate(pg_stat_database_blks_read{database="{database}"}[10m])) > 1000)
      / sum(rate(pg_stat_database_blks_hit{database="{database}"}[10m]))`),
    when: scraped,
    alarm: { above: "10 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: { size: example, ...shares("pg_stat_database_blks_read", "pg_stat_database_blks_hit", 1_000) },
    runbook: {
      means:
        "For every ten blocks that were in the cache more than one had to be read, at more than 8 MB a second: what services work on does not fit, or something scans whole tables.",
      check: [
        "SELECT query, calls, shared_blks_read, shared_blks_hit FROM pg_stat_statements ORDER BY shared_blks_read DESC LIMIT 10;",
        "SELECT relname, seq_scan, seq_tup_read, idx_scan FROM pg_stat_user_tables ORDER BY seq_tup_read DESC LIMIT 10; which tables are read as a whole?",
        "Did a batch or a dump run at that time?",
      ],
      fix: ["Add the missing index.", "A class with more memory, when all of it is really worked on."],
    },
  },
  "database-dead-rows": {
    title: "Vacuum does not keep up with a table",
    golden: "saturation",
    unit: "percent",
    role: "primary",
    // Autovacuum begins at a tenth or a fifth of a table: at half of what lives it has failed for long.
    source: prometheus(`100 * (pg_stat_user_tables_n_dead_tup{database="{database}"} > 100000)
      / pg_stat_user_tables_n_live_tup{database="{database}"}`),
    when: scraped,
    alarm: { above: "50 %", every: "5 minutes", for: "2 hours", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      scrape: "5 minutes",
      bad: [
        {
          [rows("dead", "orders")]: ["5000 for 1 hour", "500500 for 125 minutes"],
          [rows("live", "orders")]: ["1000000 for 185 minutes"],
        },
        {
          [rows("dead", "orders")]: ["5000 for 1 hour", "100001 for 125 minutes"],
          [rows("live", "orders")]: ["60000 for 185 minutes"],
        },
      ],
      fine: [
        {
          [rows("dead", "orders")]: ["500000 for 4 hours", "900000 for 2 hours", "500000 for 10 minutes"],
          [rows("live", "orders")]: ["1000000 for 370 minutes"],
          [rows("dead", "carts")]: ["100000 for 370 minutes"],
          [rows("live", "carts")]: ["10 for 370 minutes"],
          [rows("dead", "jobs", other)]: ["900000 for 370 minutes"],
          [rows("live", "jobs", other)]: ["9 for 370 minutes"],
        },
      ],
      healed: {
        [rows("dead", "orders")]: ["1000 for 15 minutes"],
        [rows("live", "orders")]: ["1000000 for 15 minutes"],
      },
    },
    runbook: {
      means:
        "A table (labels schemaname, relname) has one dead row for every two that live: scans read them all the same, and it grows without holding more.",
      check: [
        "SELECT relname, n_live_tup, n_dead_tup, last_autovacuum, autovacuum_count FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 10;",
        "What holds old rows visible? A long transaction (database-long-transaction), a slot, a prepared transaction, hot_standby_feedback of a replica.",
        "Is autovacuum at work, or waiting for a lock? SELECT * FROM pg_stat_progress_vacuum;",
      ],
      fix: [
        "End what holds old rows, then VACUUM (VERBOSE) <table>;",
        "ALTER TABLE <table> SET (autovacuum_vacuum_scale_factor = 0.02); for a large and busy one.",
      ],
    },
  },
  "database-slot-inactive": {
    title: "Nobody reads a replication slot",
    golden: "errors",
    unit: "count",
    role: "primary",
    source: prometheus('pg_replication_slots_active{database="{database}"}'),
    when: scraped,
    alarm: { atMost: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [slot(`${from}, slot_name="rds_eu_1"`)]: ["1 for 26 minutes"],
          [slot(`${from}, slot_name="cdc", exported_database="shop"`)]: ["1 for 10 minutes", "0 for 16 minutes"],
        },
      ],
      fine: [
        {
          [slot(`${from}, slot_name="cdc", exported_database="shop"`)]: [
            "1 for 10 minutes",
            "0 for 15 minutes",
            "1 for 10 minutes",
          ],
          [slot(`${other}, slot_name="cdc"`)]: ["0 for 35 minutes"],
        },
      ],
      healed: {
        [slot(`${from}, slot_name="rds_eu_1"`)]: ["1 for 5 minutes"],
        [slot(`${from}, slot_name="cdc", exported_database="shop"`)]: ["1 for 5 minutes"],
      },
    },
    runbook: {
      means:
        "A replica or subscriber (label slot_name) has been away for a quarter of an hour. PostgreSQL keeps the whole log for it, until the disk is full or the slot is lost.",
      check: [
        "SELECT slot_name, slot_type, active, wal_status, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots;",
        "Whose is it: rds_* is a replica of RDS (describe-db-instances), others are subscribers of ours?",
        "How fast does the log grow (TransactionLogsGeneration) against what is free?",
      ],
      fix: [
        "Start the reader again.",
        "Gone for good: SELECT pg_drop_replication_slot('<slot>'); It must then be copied anew.",
      ],
    },
  },
  "database-storage-forecast": {
    title: "Data reaches its storage within two weeks",
    golden: "saturation",
    unit: "bytes",
    role: "primary",
    // How much the storage is that autoscaling made of it no metric tells, and what is free jumps with each step: the data itself does not.
    source: prometheus('sum(predict_linear(pg_database_size_bytes{database="{database}"}[1d], 1209600))'),
    when: scraped,
    // The log of changes, temporary files and what vacuum needs take the rest.
    alarm: {
      above: ({ maximumStorage }) => 0.85 * maximumStorage,
      every: "15 minutes",
      for: "6 hours",
      severity: "ticket",
      whenMissing: "ok",
    },
    proof: {
      size: example,
      scrape: "5 minutes",
      // 200 GiB of which nothing moves, then 29 GiB a day: after half a day the forecast is past 425 GiB.
      bad: [
        {
          [size("shop")]: [`${shop} for 30 hours`, "+64424509 for 1115 minutes"],
          [size("crm")]: [`${crm} for 30 hours`, "+42949673 for 1115 minutes"],
        },
      ],
      fine: [
        { [size("shop")]: ["424 GiB for 32 hours"], [size("mes", other)]: ["900 GiB for 32 hours"] },
        // Five and three quarter hours too much.
        {
          [size("shop")]: [`${shop} for 30 hours`, "+64424509 for 1100 minutes"],
          [size("crm")]: [`${crm} for 30 hours`, "+42949673 for 1100 minutes"],
        },
        // A load of half a day that is over.
        {
          [size("shop")]: [`${shop} for 30 hours`, "+64424509 for 12 hours", "+0 for 6 hours"],
          [size("crm")]: [`${crm} for 30 hours`, "+42949673 for 12 hours", "+0 for 6 hours"],
        },
      ],
      healed: { [size("shop")]: ["1 GiB for 1 hour"], [size("crm")]: ["1 GiB for 1 hour"] },
    },
    runbook: {
      means:
        "At the pace of the last day the tables and indexes fill 85 % of the storage that autoscaling may reach, in fourteen days or less.",
      check: [
        "SELECT datname, pg_size_pretty(pg_database_size(datname)) FROM pg_database ORDER BY pg_database_size(datname) DESC;",
        "SELECT relname, pg_size_pretty(pg_total_relation_size(relid)) FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC LIMIT 10; which table grew?",
        "A single load that is over, or every day? Bloat (database-dead-rows), or rows that nobody deletes?",
      ],
      fix: [
        "Raise vigia:databases.<name>.maximumStorage, before it is reached.",
        "Delete or archive what is not needed, by partition where possible.",
      ],
    },
  },
});
