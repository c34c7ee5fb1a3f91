import { prometheus, signals } from "../signal/signal";
import { agent, type CollectorRole, type CollectorSize, example } from "./collector.size";

const broker = 'collector="{collector}", broker="broker", job="broker-queues", instance="b-1:16001"';
const database = 'collector="{collector}", database="shop", job="postgres-exporter", instance="shop:9187"';
const pods = (instance: string, collector = "{collector}") =>
  `collector="${collector}", job="loki", instance="${instance}"`;
const foreign = 'collector="other", job="broker-queues", instance="b-9:16001"';

/** Whether the agents read what they should. */
export const targetSignals = signals<CollectorRole, "collector", CollectorSize>()({
  "collector-targets-down": {
    title: "Targets do not answer the agents",
    golden: "errors",
    unit: "count",
    role: "agents",
    // Brokers, databases and the agents have signals of their own that say the same sooner.
    source: prometheus('up{collector="{collector}", job!="collector", broker="", database=""}'),
    alarm: { atMost: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [`up{${pods("a")}}`]: ["1 for 25 minutes"],
          [`up{${pods("b")}}`]: ["1 for 9 minutes", "0 for 16 minutes"],
        },
      ],
      fine: [
        {
          [`up{${pods("a")}}`]: ["1 for 5 minutes", "0 for 15 minutes", "1 for 20 minutes"],
          [`up{${pods("b")}}`]: ["1 for 40 minutes"],
          [`up{${pods("c", "other")}}`]: ["0 for 40 minutes"],
          [`up{${broker}}`]: ["0 for 40 minutes"],
          [`up{${database}}`]: ["0 for 40 minutes"],
          [`up{${agent(1)}}`]: ["0 for 40 minutes"],
        },
      ],
      healed: { [`up{${pods("a")}}`]: ["1 for 5 minutes"], [`up{${pods("b")}}`]: ["1 for 5 minutes"] },
    },
    runbook: {
      means: "What these targets tell is missing from alarms and boards; for the job `probe` no address is probed.",
      check: [
        'Which? `up{collector="<collector>", job="<job>"} == 0`',
        "Job probe: `kubectl -n monitoring logs <collector>-0 -c blackbox`. Both agents ask the one beside them.",
        "Does a network policy of the target's namespace let the agents in on that port?",
        "Is its answer larger than it may be (collector-scrape-limit), or slower (collector-scrape-slow)?",
      ],
      fix: ["Let the target's namespace accept the agents.", "Mend the target, or take its job out of the settings."],
    },
  },
  "collector-scrape-limit": {
    title: "A target tells almost more than the agents take",
    golden: "saturation",
    unit: "percent",
    role: "agents",
    source: prometheus('100 * scrape_samples_post_metric_relabeling{collector="{collector}"} / scrape_sample_limit'),
    alarm: { above: "80 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [`scrape_samples_post_metric_relabeling{${broker}}`]: ["9000 for 10 minutes", "16001 for 16 minutes"],
          [`scrape_sample_limit{${broker}}`]: ["20000 for 26 minutes"],
          [`scrape_samples_post_metric_relabeling{${database}}`]: ["100 for 26 minutes"],
          [`scrape_sample_limit{${database}}`]: ["10000 for 26 minutes"],
        },
      ],
      fine: [
        {
          [`scrape_samples_post_metric_relabeling{${broker}}`]: ["16000 for 30 minutes"],
          [`scrape_sample_limit{${broker}}`]: ["20000 for 30 minutes"],
          [`scrape_samples_post_metric_relabeling{${database}}`]: ["9900 for 15 minutes", "100 for 15 minutes"],
          [`scrape_sample_limit{${database}}`]: ["10000 for 30 minutes"],
          [`scrape_samples_post_metric_relabeling{${foreign}}`]: ["19000 for 30 minutes"],
          [`scrape_sample_limit{${foreign}}`]: ["20000 for 30 minutes"],
        },
      ],
      healed: {
        [`scrape_samples_post_metric_relabeling{${broker}}`]: ["15000 for 5 minutes"],
        [`scrape_sample_limit{${broker}}`]: ["20000 for 5 minutes"],
        [`scrape_samples_post_metric_relabeling{${database}}`]: ["100 for 5 minutes"],
        [`scrape_sample_limit{${database}}`]: ["10000 for 5 minutes"],
      },
    },
    runbook: {
      means: "One sample more than the limit, and the whole target is refused: it is blind then.",
      check: [
        'Which metric? topk(10, count by (__name__) ({collector="<collector>", job="<job>"})).',
        "Does a client make queues without end (`rabbitmq_queues`)? They should have been deleted by expiry.",
        "Is it growth that was expected: more queues, more tables?",
      ],
      fix: [
        "Remove what makes the series.",
        "Raise the limit of the job in infra/collect/scrape.ts, and the agents' memory.",
      ],
    },
  },
  "collector-scrape-slow": {
    title: "Targets answer almost too late",
    golden: "latency",
    unit: "percent",
    role: "agents",
    source: prometheus('100 * scrape_duration_seconds{collector="{collector}"} / scrape_timeout_seconds'),
    alarm: { above: "80 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [`scrape_duration_seconds{${broker}}`]: ["3 for 10 minutes", "24.015 for 16 minutes"],
          [`scrape_timeout_seconds{${broker}}`]: ["30 for 26 minutes"],
          [`scrape_duration_seconds{${database}}`]: ["1 for 26 minutes"],
          [`scrape_timeout_seconds{${database}}`]: ["30 for 26 minutes"],
        },
      ],
      fine: [
        {
          [`scrape_duration_seconds{${broker}}`]: ["24 for 30 minutes"],
          [`scrape_timeout_seconds{${broker}}`]: ["30 for 30 minutes"],
          [`scrape_duration_seconds{${database}}`]: ["30 for 15 minutes", "1 for 15 minutes"],
          [`scrape_timeout_seconds{${database}}`]: ["30 for 30 minutes"],
          [`scrape_duration_seconds{${foreign}}`]: ["29 for 30 minutes"],
          [`scrape_timeout_seconds{${foreign}}`]: ["30 for 30 minutes"],
        },
      ],
      healed: {
        [`scrape_duration_seconds{${broker}}`]: ["3 for 5 minutes"],
        [`scrape_timeout_seconds{${broker}}`]: ["30 for 5 minutes"],
        [`scrape_duration_seconds{${database}}`]: ["1 for 5 minutes"],
        [`scrape_timeout_seconds{${database}}`]: ["30 for 5 minutes"],
      },
    },
    runbook: {
      means:
        "A little slower, and what the target tells is missing. A broker or a database that answers slowly is busy, or waits for something.",
      check: [
        'Which? topk(5, scrape_duration_seconds{collector="<collector>", job="<job>"}).',
        "A broker: how many queues does it have, and what does its processor do (SystemCpuUtilization)?",
        "A database: `pg_scrape_collector_duration_seconds`: which collector is slow? database-lock-waits?",
      ],
      fix: [
        "Take away what makes it slow: queues that nobody uses, a collector of the exporter that nobody reads.",
        "Give the broker or the database more processor time.",
      ],
    },
  },
});
