/** What PostgreSQL says of its sessions and transactions, as postgres_exporter 0.20 tells it. */
import { prometheus, signals } from "../signal/signal";
import { from, other, shares } from "./database.proofs";
import { type DatabaseRole, type DatabaseSize, example, scraped } from "./database.size";

const waiting = (event: string, type = "Lock", labels = from) =>
  `pg_stat_activity_count{${labels}, datname="shop", state="active", wait_event_type="${type}", wait_event="${event}"}`;
const open = (state: string, backend = "client backend", labels = from) =>
  `pg_stat_activity_max_tx_duration{${labels}, datname="shop", state="${state}", backend_type="${backend}"}`;
const deadlocks = (datname: string, labels = from) =>
  `pg_stat_database_deadlocks{${labels}, datid="1", datname="${datname}"}`;

export const sessionSignals = signals<DatabaseRole, "database", DatabaseSize>()({
  "database-lock-waits": {
    title: "Sessions wait for locks",
    golden: "latency",
    unit: "count",
    role: "primary",
    source: prometheus('sum by (database) (pg_stat_activity_count{database="{database}", wait_event_type="Lock"})'),
    when: scraped,
    alarm: { above: 5, for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [waiting("transactionid")]: ["0 for 10 minutes", "4 for 6 minutes"],
          [waiting("relation")]: ["0 for 10 minutes", "2 for 6 minutes"],
        },
      ],
      fine: [
        {
          [waiting("tuple")]: ["5 for 30 minutes", "40 for 5 minutes", "5 for 5 minutes"],
          [waiting("ClientRead", "Client")]: ["300 for 40 minutes"],
          [waiting("tuple", "Lock", other)]: ["50 for 40 minutes"],
        },
      ],
      healed: { [waiting("transactionid")]: ["1 for 4 minutes"], [waiting("relation")]: ["0 for 4 minutes"] },
    },
    runbook: {
      means:
        "For five minutes more than five sessions could not go on because another holds a lock. Their requests hang, and pools run dry.",
      check: [
        "Who blocks whom: SELECT a.pid, pg_blocking_pids(a.pid), a.wait_event, now() - a.query_start, a.query FROM pg_stat_activity a WHERE cardinality(pg_blocking_pids(a.pid)) > 0;",
        "What does the first blocker do? SELECT pid, state, now() - xact_start, application_name, query FROM pg_stat_activity WHERE pid = <pid>; idle in transaction is a client that forgot to commit.",
        "Is a migration running (ALTER TABLE waits, and all behind it)?",
        "Logs Insights on /aws/rds/instance/<id>/postgresql: filter @message like /still waiting for/ | sort @timestamp desc | limit 50",
      ],
      fix: [
        "End the first blocker: SELECT pg_terminate_backend(<pid>);",
        "Run migrations with a lock_timeout, and again when they fail.",
      ],
    },
    drill: "database-lock",
  },
  "database-long-transaction": {
    title: "A transaction stays open too long",
    golden: "saturation",
    unit: "seconds",
    role: "primary",
    // Only sessions of clients: autovacuum and replication may take hours.
    source: prometheus(
      'max by (database) (pg_stat_activity_max_tx_duration{database="{database}", backend_type="client backend"})',
    ),
    when: scraped,
    alarm: {
      above: ({ longestTransaction }) => longestTransaction,
      for: "2 minutes",
      severity: "ticket",
      whenMissing: "ok",
    },
    proof: {
      size: example,
      bad: [
        {
          [open("idle in transaction")]: ["590 for 20 minutes", "601 for 3 minutes"],
          [open("active")]: ["1 for 23 minutes"],
        },
      ],
      fine: [
        {
          [open("active")]: ["600 for 20 minutes", "900 for 2 minutes", "600 for 5 minutes"],
          [open("idle in transaction")]: ["600 for 27 minutes"],
          [open("active", "autovacuum worker")]: ["20000 for 27 minutes"],
          [open("active", "client backend", other)]: ["5000 for 27 minutes"],
        },
      ],
      healed: { [open("idle in transaction")]: ["0 for 2 minutes"], [open("active")]: ["1 for 2 minutes"] },
    },
    runbook: {
      means:
        "As long as it is open, vacuum removes no row that it could still see, and its locks stay. Tables bloat, and others wait.",
      check: [
        "SELECT pid, usename, application_name, state, now() - xact_start AS open, query FROM pg_stat_activity WHERE xact_start IS NOT NULL AND backend_type = 'client backend' ORDER BY open DESC LIMIT 10;",
        "Idle in transaction, or at work? Idle ones end after idle_in_transaction_session_timeout.",
        "Does it block others (database-lock-waits)?",
      ],
      fix: [
        "SELECT pg_cancel_backend(<pid>); or pg_terminate_backend for an idle one.",
        "A report: move it to a replica. A batch: commit in parts.",
      ],
    },
    drill: "database-long-transaction",
  },
  "database-deadlocks": {
    title: "Transactions deadlock",
    golden: "errors",
    unit: "count",
    role: "primary",
    source: prometheus('sum(increase(pg_stat_database_deadlocks{database="{database}"}[15m]))'),
    when: scraped,
    alarm: { above: 5, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      // What increase() extrapolates makes five events a little more.
      bad: [
        {
          [deadlocks("shop")]: ["20 for 20 minutes", "+3 for 1 minute", "+0 for 1 minute"],
          [deadlocks("crm")]: ["7 for 20 minutes", "+2 for 1 minute", "+0 for 1 minute"],
        },
        {
          [deadlocks("shop")]: ["20 for 20 minutes", "+3 for 1 minute", "+0 for 13 minutes"],
          [deadlocks("crm")]: ["7 for 32 minutes", "+2 for 1 minute", "+0 for 1 minute"],
        },
      ],
      fine: [
        {
          [deadlocks("shop")]: ["20 for 20 minutes", "+4 for 1 minute", "+0 for 20 minutes"],
          [deadlocks("mes", other)]: ["+9 for 41 minutes"],
        },
        // Five within a quarter of an hour for just one minute.
        {
          [deadlocks("shop")]: [
            "20 for 20 minutes",
            "+3 for 1 minute",
            "+0 for 12 minutes",
            "+2 for 1 minute",
            "+0 for 9 minutes",
          ],
        },
      ],
      healed: { [deadlocks("shop")]: ["+0 for 13 minutes"], [deadlocks("crm")]: ["+0 for 13 minutes"] },
    },
    runbook: {
      means:
        "Five times or more in a quarter of an hour PostgreSQL ended one of two transactions that waited for each other. Their requests failed, or were tried again.",
      check: [
        "Logs Insights on /aws/rds/instance/<id>/postgresql: filter @message like /deadlock detected/ | sort @timestamp desc: both statements stand in the detail.",
        "Did it begin with a deployment?",
        "Do both touch the same rows in another order?",
      ],
      fix: [
        "Roll back the deployment.",
        "Take rows in one order (ORDER BY id FOR UPDATE), and keep transactions short.",
      ],
    },
  },
  "database-rollbacks": {
    title: "Many transactions are rolled back",
    golden: "errors",
    unit: "percent",
    role: "primary",
    // Of so many commits; under one rollback a second a share means nothing.
    source: prometheus(`100 * (sum(rate(pg_stat_database_xact_rollback{database="{database}"}[10m])) > 1)
      / sum(rate(pg_stat_database_xact_commit{database="{database}"}[10m]))`),
    when: scraped,
    alarm: { above: "10 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: { size: example, ...shares("pg_stat_database_xact_rollback", "pg_stat_database_xact_commit", 1) },
    runbook: {
      means:
        "For every ten transactions that are committed more than one is rolled back. Requests fail, or a client rolls back for no reason.",
      check: [
        "Logs Insights on /aws/rds/instance/<id>/postgresql: filter @message like /ERROR/ | stats count(*) by substr(@message, 0, 120) | sort by count desc",
        "SELECT datname, xact_commit, xact_rollback FROM pg_stat_database ORDER BY xact_rollback DESC; which database?",
        "Is it a framework that ends reads with ROLLBACK? Then raise the threshold of this instance.",
      ],
      fix: [
        "Roll back the deployment that fails.",
        "Mend the constraint, the timeout or the serialization failure that the log names.",
      ],
    },
  },
});
