/** What a class or volume lends an instance for a time, and the disk that some classes have of their own: each only where there is such a thing. */
import { math, signals } from "../signal/signal";
import { whoReads } from "./database.disk.signals";
import { type DatabaseRole, type DatabaseSize, example, metric } from "./database.size";
export const burstSignals = signals<DatabaseRole, "database", DatabaseSize>()({
  "database-ebs-balance": {
    title: "The class has used up its bandwidth to the disk",
    golden: "saturation",
    unit: "percent",
    role: "primary",
    source: math("MIN([operations, transfer])", {
      operations: metric("EBSIOBalance%", "Average"),
      transfer: metric("EBSByteBalance%", "Average"),
    }),
    when: { holds: ({ ebsBurst }) => ebsBurst, otherwise: "its class has the same bandwidth to the disk at all times" },
    alarm: { below: "10 %", for: "5 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [
        { operations: ["90 for 10 minutes", "9.8/10 for 5 minutes"], transfer: ["99 for 15 minutes"] },
        { operations: ["90 for 15 minutes"], transfer: ["60 for 10 minutes", "9.8/10 for 5 minutes"] },
      ],
      fine: [
        { operations: ["9/11 for 30 minutes"], transfer: ["99 for 30 minutes"] },
        { operations: ["99 for 30 minutes"], transfer: ["9/11 for 30 minutes"] },
        {
          operations: ["50 for 5 minutes", "2 for 4 minutes", "10 for 1 minute", "2 for 4 minutes", "50 for 1 minute"],
          transfer: ["99 for 15 minutes"],
        },
      ],
      healed: { operations: ["30 for 2 minutes"], transfer: ["40 for 2 minutes"] },
    },
    runbook: {
      means:
        "The class may exceed its bandwidth to the disk for half an hour a day, and has nearly done so. Then it falls to its baseline, and latency rises.",
      check: [
        "ReadThroughput, WriteThroughput and operations of the last day: a batch, or all day long?",
        whoReads,
        "What is the baseline of the class (EC2 User Guide, Amazon EBS-optimized instance types)?",
      ],
      fix: [
        "Spread the batch, or read less.",
        "All day long: a class from 8xlarge on, whose bandwidth does not burst, or simply the next larger one.",
      ],
    },
  },
  "database-gp2-balance": {
    title: "The volume has used up its burst",
    golden: "saturation",
    unit: "percent",
    role: "primary",
    source: metric("BurstBalance", "Average"),
    when: { holds: ({ gp2 }) => gp2, otherwise: "only a volume of the type gp2 bursts" },
    alarm: { below: "20 %", for: "5 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [["90 for 10 minutes", "19.6/20.2 for 5 minutes"]],
      fine: [
        ["19/21 for 30 minutes"],
        ["50 for 5 minutes", "2 for 4 minutes", "20 for 1 minute", "2 for 4 minutes", "50 for 1 minute"],
      ],
      healed: ["40 for 2 minutes"],
    },
    runbook: {
      means:
        "The volume has spent most of what it may do above 3 operations a second for each GiB. Then it falls to that, and latency rises.",
      check: [
        whoReads,
        "ReadIOPS and WriteIOPS of the last day against 3 for each GiB.",
        "How fast did the balance fall, and what began then?",
      ],
      fix: [
        "Change the volume to gp3, which does not burst (aws rds modify-db-instance --storage-type gp3).",
        "Read less: index or roll back the statement.",
      ],
    },
  },
  "database-cpu-surplus": {
    title: "Pays for CPU beyond its class",
    golden: "saturation",
    unit: "count",
    role: "primary",
    // Classes of T3 and T4g run in unlimited mode: out of credits they go on, for money ("DB instance class types", RDS User Guide, 2026-11).
    source: metric("CPUSurplusCreditsCharged", "Sum"),
    when: {
      holds: ({ cpuCredits }) => cpuCredits,
      otherwise: "its class earns no CPU credits, so it cannot overdraw them",
    },
    alarm: { above: 0, every: "1 hour", for: "3 hours", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        [
          "0 for 5 hours",
          "0 for 55 minutes",
          "1 for 5 minutes",
          "0 for 55 minutes",
          "1 for 5 minutes",
          "0 for 55 minutes",
          "1 for 5 minutes",
        ],
      ],
      fine: [["0 for 6 hours"], ["0 for 3 hours", "4 for 65 minutes", "0 for 115 minutes", "4 for 65 minutes"]],
      healed: ["0 for 2 hours"],
    },
    runbook: {
      means:
        "For three hours the instance used more CPU than its class earns in a day, and each vCPU-hour beyond is billed. A steady load is cheaper on a class that does not burst.",
      check: [
        "CPUUtilization of the last week against the baseline of the class (EC2 User Guide, Burstable performance instances).",
        "Is it a batch that could run at night, when credits are earned?",
        "SELECT query, total_exec_time FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 10;",
      ],
      fix: ["Change vigia:databases.<name>.instanceClass to an m class.", "Mend the statement that takes the CPU."],
    },
  },
  "database-local-storage": {
    title: "The disk for temporary files is nearly full",
    golden: "saturation",
    unit: "bytes",
    role: "primary",
    source: metric("FreeLocalStorage", "Minimum"),
    when: { holds: ({ localStorage }) => localStorage > 0, otherwise: "its class has no disk of its own" },
    alarm: {
      below: ({ localStorage }) => Math.floor(localStorage / 10),
      for: "5 minutes",
      severity: "ticket",
      whenMissing: "keep",
    },
    proof: {
      size: example,
      bad: [["90000000000 for 10 minutes", "90000000000/11799999999 for 5 minutes"]],
      fine: [
        ["11800000000 for 30 minutes"],
        [
          "90000000000 for 5 minutes",
          "1000 for 4 minutes",
          "11800000000 for 1 minute",
          "1000 for 4 minutes",
          "90000000000 for 1 minute",
        ],
      ],
      healed: ["50000000000 for 2 minutes"],
    },
    runbook: {
      means: "Sorts and hashes write to this disk what memory cannot hold. When it is full their statements fail.",
      check: [
        "SELECT pid, application_name, now() - query_start, query FROM pg_stat_activity WHERE state = 'active' ORDER BY 3 DESC LIMIT 20;",
        "SELECT datname, temp_files, pg_size_pretty(temp_bytes) FROM pg_stat_database ORDER BY temp_bytes DESC;",
        "Logs Insights on /aws/rds/instance/<id>/postgresql: filter @message like /temporary file/ | sort @timestamp desc | limit 20",
      ],
      fix: [
        "Cancel the statement: SELECT pg_cancel_backend(<pid>);",
        "Bound it with temp_file_limit, or give it an index.",
      ],
    },
  },
});
