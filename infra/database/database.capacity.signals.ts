/** How much of its connections, CPUs and memory an instance uses. */
import { signals } from "../signal/signal";
import { type DatabaseRole, type DatabaseSize, example, metric } from "./database.size";

export const capacitySignals = signals<DatabaseRole, "database", DatabaseSize>()({
  "database-connections-exhausted": {
    title: "Hardly a connection left",
    golden: "saturation",
    unit: "count",
    role: "primary",
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
      means:
        'Nearly every connection that services can have is taken. The next one is refused with "sorry, too many clients already".',
      felt: "Some requests fail at once or wait for a connection, more of them with each further pod.",
      check: [
        "SELECT usename, application_name, state, count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY 1, 2, 3 ORDER BY 4 DESC;",
        "Did a deployment or an autoscaler add pods, each with a pool of its own? Pods times pool size against max_connections.",
        "Are they waiting for one lock or one slow statement (database-lock-waits, database-load)? Then connections are the effect.",
      ],
      fix: [
        "End idle ones of the culprit: SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '<name>' AND state = 'idle';",
        "Roll back the deployment, or make its pools smaller.",
        "In the long run: a pooler, or a larger class (max_connections follows its memory).",
      ],
    },
  },
  "database-connections-unexpected": {
    title: "More connections than services should open",
    golden: "saturation",
    unit: "count",
    role: "primary",
    source: metric("DatabaseConnections", "Average"),
    when: { holds: ({ connections }) => connections > 0, otherwise: "nobody said how many connections are expected" },
    alarm: { above: ({ connections }) => connections, for: "30 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [["120 for 20 minutes", "200/202 for 30 minutes"]],
      fine: [
        ["199/201 for 1 hour"],
        ["120 for 10 minutes", "400 for 29 minutes", "200 for 1 minute", "400 for 29 minutes", "90 for 5 minutes"],
      ],
      healed: ["150 for 2 minutes"],
    },
    runbook: {
      means:
        "For half an hour there were more connections than all pools together should have: one leaks, or the declared number is old.",
      check: [
        "SELECT application_name, state, count(*), max(now() - state_change) FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY 1, 2 ORDER BY 3 DESC;",
        "How many pods does each service run, and how large is each pool?",
        "Is there a client that nobody declared (a job, a person, a dashboard)?",
      ],
      fix: [
        "Mend the leak, or bound the pool.",
        "The growth is meant: raise vigia:databases.<name>.connections, and look at what is left of the class.",
      ],
    },
  },
  "database-cpu": {
    title: "CPU busy for long",
    golden: "saturation",
    unit: "percent",
    role: "primary",
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
      means:
        "For a quarter of an hour there was no CPU to spare. Statements take longer, and a burst has nowhere to go.",
      check: [
        "Database Insights: which statements make the load, and did one appear with a deployment?",
        "SELECT calls, round(total_exec_time) AS ms, round(mean_exec_time, 2) AS mean, query FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 10;",
        "Is it autovacuum, an index build or a batch? SELECT backend_type, query, now() - query_start FROM pg_stat_activity WHERE state = 'active' ORDER BY 3 DESC;",
      ],
      fix: [
        "Add the missing index, or roll back the statement.",
        "Move the batch to the night or to a replica.",
        "A larger class, in the maintenance window.",
      ],
    },
  },
  "database-load": {
    title: "More sessions at work than CPUs",
    golden: "latency",
    unit: "count",
    role: "primary",
    source: metric("DBLoad", "Average"),
    when: { holds: ({ insights }) => insights, otherwise: "Database Insights is off, so nothing counts its sessions" },
    alarm: { above: ({ vcpus }) => vcpus, for: "15 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [["1 for 20 minutes", "1/3.2 for 15 minutes"]],
      fine: [
        ["1/3 for 1 hour"],
        ["1 for 10 minutes", "8 for 14 minutes", "2 for 1 minute", "8 for 14 minutes", "1 for 5 minutes"],
      ],
      healed: ["1 for 2 minutes"],
    },
    runbook: {
      means:
        "On average more sessions wanted to work than there are CPUs: they wait for CPU, disk or a lock, and so do the users behind them.",
      check: [
        "Database Insights, load by waits: CPU (statements), IO:* (disk, see database-read-latency), Lock:* (see database-lock-waits), LWLock:* (contention)?",
        "The same by SQL: one statement, or all of them?",
        "Did traffic rise (database-commits), or did each request become dearer?",
      ],
      fix: [
        "Waits for locks: end the session that holds them.",
        "One statement: index, rewrite or roll back.",
        "All of them: a larger class, or fewer requests at a time.",
      ],
    },
  },
  "database-memory": {
    title: "Memory nearly used up",
    golden: "saturation",
    unit: "bytes",
    role: "primary",
    source: metric("FreeableMemory", "Average"),
    // What the file cache could give back counts as free, so that little is left only when processes hold the rest.
    alarm: {
      below: ({ memory }) => Math.floor(memory / 20),
      for: "15 minutes",
      severity: "ticket",
      whenMissing: "keep",
    },
    proof: {
      size: example,
      bad: [["2 GiB for 20 minutes", "429496729/429496727 for 15 minutes"]],
      fine: [
        ["429496728/429496730 for 1 hour"],
        [
          "1073741824 for 10 minutes",
          "100000000 for 14 minutes",
          "429496729 for 1 minute",
          "100000000 for 14 minutes",
          "1073741824 for 5 minutes",
        ],
      ],
      healed: ["1 GiB for 2 minutes"],
    },
    runbook: {
      means:
        "Less than a twentieth of the memory could be freed. The kernel may end a process of PostgreSQL, which restarts all of it.",
      check: [
        "Enhanced Monitoring (log group RDSOSMetrics, stream = the resource id): which processes hold memory?",
        "Connections times work_mem: SHOW work_mem; how many sessions sort or hash at the same time?",
        "SELECT pid, application_name, now() - backend_start FROM pg_stat_activity ORDER BY 3 DESC LIMIT 20; old sessions with many prepared statements grow.",
      ],
      fix: [
        "End the sessions that grew, and let pools replace theirs (maximum lifetime).",
        "Lower work_mem, or choose a class with more memory.",
      ],
    },
  },
  "database-swap": {
    title: "The instance swaps",
    golden: "saturation",
    unit: "bytes",
    role: "primary",
    source: metric("SwapUsage", "Maximum"),
    alarm: {
      above: ({ memory }) => Math.floor(memory / 20),
      every: "5 minutes",
      for: "30 minutes",
      severity: "ticket",
      whenMissing: "keep",
    },
    proof: {
      size: example,
      bad: [["10 MiB for 1 hour", "429496728/429496730 for 30 minutes"]],
      fine: [
        ["429496729 for 2 hours"],
        ["0 B for 10 minutes", "2 GiB for 21 minutes", "0 B for 9 minutes", "2 GiB for 6 minutes"],
      ],
      healed: ["1 MiB for 10 minutes"],
    },
    runbook: {
      means: "More than a twentieth of the memory lies on disk, where each access takes a thousand times as long.",
      check: [
        "FreeableMemory: is it low as well (database-memory)? Without that, old pages were swapped out once and harm nobody.",
        "Enhanced Monitoring: swap in and out a second.",
        "Did work_mem, maintenance_work_mem or the number of connections change?",
      ],
      fix: ["As for database-memory: fewer or younger sessions, a lower work_mem, a larger class."],
    },
  },
});
