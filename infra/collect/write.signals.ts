import { prometheus, signals } from "../signal/signal";
import { agent, type CollectorRole, type CollectorSize, example } from "./collector.size";

const of = (metric: string, index: 0 | 1 = 0, collector?: string) =>
  `prometheus_remote_storage_${metric}{${agent(index, collector)}, remote_name="a1", url="https://aps"}`;

/** Whether what is read arrives. The agent that writes tells it of both. */
export const writeSignals = signals<CollectorRole, "collector", CollectorSize>()({
  "collector-write-failing": {
    title: "AMP refuses samples of an agent",
    golden: "errors",
    unit: "count",
    role: "agents",
    source: prometheus('increase(prometheus_remote_storage_samples_failed_total{collector="{collector}"}[10m])'),
    // An agent that starts anew may send some samples twice, once.
    alarm: { above: 5, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { [of("samples_failed_total")]: ["+0 for 10 minutes", "+0.55 for 25 minutes"] },
        {
          [of("samples_failed_total")]: [
            "+0 for 10 minutes",
            "+40 for 1 minute",
            "+0 for 6 minutes",
            "+40 for 1 minute",
            "+0 for 8 minutes",
          ],
        },
      ],
      fine: [
        {
          [of("samples_failed_total")]: ["+0 for 10 minutes", "+500 for 7 minutes", "+0 for 23 minutes"],
          [of("samples_failed_total", 1)]: ["+0 for 10 minutes", "+0.5 for 30 minutes"],
          [of("samples_failed_total", 0, "other")]: ["+9 for 40 minutes"],
        },
      ],
      healed: { [of("samples_failed_total")]: ["+0 for 15 minutes"] },
    },
    runbook: {
      means: "What AMP refuses is lost: boards have holes, and rules on what is missing see nothing.",
      check: [
        "`kubectl -n monitoring logs <instance> -c prometheus | grep -i 'non-recoverable'`: the answer of AMP stands there.",
        'Why? SELECT SUM("DiscardedSamples") FROM SCHEMA("AWS/Prometheus", "Workspace", "Reason") GROUP BY "Reason".',
        "Out of order or duplicate: is collector-duplicates firing, or does something else write the same series?",
        "403: was the role or the workspace changed (CloudTrail: DeleteRolePolicy, aps)?",
      ],
      fix: [
        "Drop the labels or the metrics that AMP refuses, at the scrape.",
        "Deploy the stack again, where role or configuration were changed by hand.",
      ],
    },
  },
  "collector-write-behind": {
    title: "Samples arrive late",
    golden: "latency",
    unit: "seconds",
    role: "agents",
    source: prometheus(
      'prometheus_remote_storage_queue_highest_timestamp_seconds{collector="{collector}"} - prometheus_remote_storage_queue_highest_sent_timestamp_seconds',
    ),
    alarm: { above: "2 minutes", for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [of("queue_highest_timestamp_seconds")]: ["1000 for 10 minutes", "1121 for 11 minutes"],
          [of("queue_highest_sent_timestamp_seconds")]: ["1000 for 21 minutes"],
        },
      ],
      fine: [
        {
          [of("queue_highest_timestamp_seconds")]: ["1000 for 10 minutes", "1120 for 20 minutes"],
          [of("queue_highest_sent_timestamp_seconds")]: ["1000 for 30 minutes"],
          [of("queue_highest_timestamp_seconds", 1)]: ["9000 for 10 minutes", "1000 for 20 minutes"],
          [of("queue_highest_sent_timestamp_seconds", 1)]: ["1000 for 30 minutes"],
          [of("queue_highest_timestamp_seconds", 0, "other")]: ["9000 for 30 minutes"],
          [of("queue_highest_sent_timestamp_seconds", 0, "other")]: ["1000 for 30 minutes"],
        },
      ],
      healed: {
        [of("queue_highest_timestamp_seconds")]: ["1121 for 5 minutes"],
        [of("queue_highest_sent_timestamp_seconds")]: ["1100 for 5 minutes"],
      },
    },
    runbook: {
      means:
        "Alerts on brokers and databases come late by as much. After an hour an agent lets go of what it could not send.",
      check: [
        "`kubectl -n monitoring logs <instance> -c prometheus | grep -i 'retry\\|remote'`: 429 is a quota of AMP, 5xx is AMP itself, time-outs are the network.",
        "Is prometheus-ingestion-quota or prometheus-samples-discarded firing?",
        "`prometheus_remote_storage_shards_desired` and `_max`: does it want more connections than it may have?",
        "Is the agent short of processor time (namespace-cpu-throttled)?",
      ],
      fix: [
        "Have the quota of the workspace raised in Service Quotas, or leave out what nobody reads.",
        "Raise max_shards in infra/collect/scrape.ts where the network is slow.",
      ],
    },
  },
  "collector-write-saturated": {
    title: "An agent wants more connections to AMP than it may have",
    golden: "saturation",
    unit: "percent",
    role: "agents",
    source: prometheus(
      '100 * prometheus_remote_storage_shards_desired{collector="{collector}"} / prometheus_remote_storage_shards_max',
    ),
    alarm: { above: "100 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [of("shards_desired")]: ["1 for 10 minutes", "20.01 for 16 minutes"],
          [of("shards_max")]: ["20 for 26 minutes"],
        },
      ],
      fine: [
        {
          [of("shards_desired")]: ["20 for 30 minutes"],
          [of("shards_max")]: ["20 for 30 minutes"],
          [of("shards_desired", 1)]: ["40 for 15 minutes", "2 for 15 minutes"],
          [of("shards_max", 1)]: ["20 for 30 minutes"],
          [of("shards_desired", 0, "other")]: ["90 for 30 minutes"],
          [of("shards_max", 0, "other")]: ["20 for 30 minutes"],
        },
      ],
      healed: { [of("shards_desired")]: ["2 for 5 minutes"], [of("shards_max")]: ["20 for 5 minutes"] },
    },
    runbook: {
      means: "It reads more than it can send: it will fall behind, and then lose samples.",
      check: [
        'What grew? topk(10, sum by (job) (scrape_samples_post_metric_relabeling{collector="<collector>"})).',
        "Does AMP answer slowly or with 429 (collector-write-behind)?",
        "Did a broker get many more queues?",
      ],
      fix: ["Leave out what nobody reads, at the scrape.", "Raise max_shards in infra/collect/scrape.ts."],
    },
  },
  "collector-samples": {
    title: "Samples written to AMP",
    golden: "traffic",
    unit: "count/second",
    role: "agents",
    source: prometheus('sum(rate(prometheus_remote_storage_samples_total{collector="{collector}"}[5m]))'),
    runbook: {
      means:
        "What both agents send: AMP keeps, and bills, that of one of them. It grows with queues, tables and probes.",
    },
  },
});
