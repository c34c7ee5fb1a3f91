import { prometheus, repeat, type Stretch, signals } from "../signal/signal";
import { scraped } from "./broker.cluster.signals";
import type { BrokerRole } from "./broker.node.signals";
import type { BrokerSize } from "./sizes";
import { exampleSize } from "./sizes.example";

const of = (metric: string, vhost: string, queue: string, broker = "{broker}", instance = "a") =>
  `rabbitmq_detailed_queue_${metric}{broker="${broker}", instance="${instance}", vhost="${vhost}", queue="${queue}"}`;

/** How fast two nodes work off the queue "orders". */
const paces = (how: "acked" | "delivered", onA: readonly Stretch[], onB: readonly Stretch[]) => ({
  [of(`messages_${how}_total`, "shop", "orders")]: onA,
  [of(`messages_${how}_total`, "shop", "orders", "{broker}", "b")]: onB,
});
/** A namesake in another virtual host, and the same queue of another broker. */
const elsewhere = (pace: readonly Stretch[]) => ({
  [of("messages_acked_total", "crm", "orders")]: pace,
  [of("messages_acked_total", "shop", "orders", "other")]: pace,
  [of("messages_delivered_total", "shop", "orders", "other")]: pace,
});
/** Ten a second for five minutes, then nothing for five. */
const bursts = repeat(5, "+600 for 5 minutes", "+0 for 5 minutes");

/**
 * What a broker tells of its queues (`/metrics/detailed` with the families queue_coarse_metrics, queue_consumer_count and queue_delivery_metrics): one alert for
 * each queue. A queue whose name ends in ".dead" holds the dead letters of another, and nobody is meant to read it.
 *
 * The age of a message is not among it: the time stamp of a queue's first message exists for classic queues only (rabbitmq/rabbitmq-server#6813), so how
 * long a message waits is told from what waits and how fast it is worked off.
 */
export const queueSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-queue-abandoned": {
    title: "Messages wait in a queue without a consumer",
    golden: "availability",
    unit: "count",
    role: "rabbitmq",
    source: prometheus(
      'rabbitmq_detailed_queue_messages_ready{broker="{broker}", queue!~".+[.]dead"} unless on (vhost, queue) rabbitmq_detailed_queue_consumers{broker="{broker}"} > 0',
    ),
    when: scraped,
    alarm: { above: 0, for: "5 minutes", severity: "page", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        {
          [of("messages_ready", "shop", "orders")]: ["0 for 5 minutes", "1 for 6 minutes"],
          [of("consumers", "shop", "orders")]: ["0 for 11 minutes"],
          // Neither a namesake elsewhere nor another broker reads it.
          [of("consumers", "crm", "orders")]: ["2 for 11 minutes"],
          [of("consumers", "shop", "orders", "other")]: ["2 for 11 minutes"],
        },
      ],
      fine: [
        {
          [of("messages_ready", "shop", "orders")]: ["900 for 20 minutes"],
          [of("consumers", "shop", "orders")]: ["1 for 5 minutes", "0 for 5 minutes", "1 for 10 minutes"],
          [of("messages_ready", "shop", "orders.dead")]: ["3 for 20 minutes"],
          [of("consumers", "shop", "orders.dead")]: ["0 for 20 minutes"],
          [of("messages_ready", "shop", "idle")]: ["0 for 20 minutes"],
          [of("consumers", "shop", "idle")]: ["0 for 20 minutes"],
          [of("messages_ready", "crm", "customers", "other")]: ["9 for 20 minutes"],
        },
      ],
      healed: {
        [of("messages_ready", "shop", "orders")]: ["1 for 1 minute"],
        [of("consumers", "shop", "orders")]: ["1 for 1 minute"],
        [of("consumers", "crm", "orders")]: ["2 for 1 minute"],
        [of("consumers", "shop", "orders", "other")]: ["2 for 1 minute"],
      },
    },
    runbook: {
      means:
        "Work waits in the queue that the alert names, and no consumer is connected to it. Nothing of it is done until one is.",
      felt: "What the queue feeds stands still: users see their order accepted, and then nothing.",
      check: [
        "Are the pods of the service that reads it running (kubectl get pods), and what do their logs say of the broker?",
        "Does the service still read this queue, or was it renamed in a release and the old one left behind?",
        "Was a secret rotated or a network rule changed just before (broker-refused-logins)?",
      ],
      fix: [
        "Restart or roll back the service that reads it.",
        "Nobody will read it again: move its messages with a shovel, then take it out of the topology.",
      ],
    },
    drill: "broker-consumer-gone",
  },
  "broker-queue-waiting": {
    title: "Messages of a queue wait too long",
    golden: "latency",
    unit: "seconds",
    role: "rabbitmq",
    // What waits, divided by what is worked off in a second. A queue without a consumer is told by broker-queue-abandoned.
    source: prometheus(
      'rabbitmq_detailed_queue_messages_ready{broker="{broker}", queue!~".+[.]dead"} / on (vhost, queue) (sum by (vhost, queue) (rate(rabbitmq_detailed_queue_messages_acked_total{broker="{broker}"}[10m])) + sum by (vhost, queue) (rate(rabbitmq_detailed_queue_messages_delivered_total{broker="{broker}"}[10m]))) and on (vhost, queue) rabbitmq_detailed_queue_consumers{broker="{broker}"} > 0',
    ),
    when: scraped,
    alarm: { above: ({ oldestMessage }) => oldestMessage, for: "15 minutes", severity: "page", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        // A second brings 2.5 + 0.5 acknowledgements on two nodes, and 0.75 + 0.25 deliveries that need none: 2,401 take ten minutes and more.
        {
          [of("messages_ready", "shop", "orders")]: ["10 for 20 minutes", "2401 for 16 minutes"],
          ...paces("acked", ["0 for 1 minute", "+150 for 35 minutes"], ["0 for 1 minute", "+30 for 35 minutes"]),
          ...paces("delivered", ["0 for 1 minute", "+45 for 35 minutes"], ["0 for 1 minute", "+15 for 35 minutes"]),
          ...elsewhere(["0 for 1 minute", "+600 for 35 minutes"]),
          [of("consumers", "shop", "orders")]: ["1 for 36 minutes"],
        },
        // Work is done in bursts that are fast enough while they last, and too slow on the whole.
        {
          [of("messages_ready", "shop", "orders")]: ["4500 for 50 minutes"],
          ...paces("acked", bursts, ["0 for 50 minutes"]),
          ...paces("delivered", ["0 for 50 minutes"], ["0 for 50 minutes"]),
          ...elsewhere(["missing for 50 minutes"]),
          [of("consumers", "shop", "orders")]: ["1 for 50 minutes"],
        },
        {
          [of("messages_ready", "shop", "orders")]: ["4500 for 50 minutes"],
          ...paces("acked", ["0 for 50 minutes"], ["0 for 50 minutes"]),
          ...paces("delivered", bursts, ["0 for 50 minutes"]),
          ...elsewhere(["missing for 50 minutes"]),
          [of("consumers", "shop", "orders")]: ["1 for 50 minutes"],
        },
      ],
      fine: [
        {
          [of("messages_ready", "shop", "orders")]: [
            "2399 for 20 minutes",
            "9000 for 15 minutes",
            "2399 for 25 minutes",
          ],
          ...paces("acked", ["0 for 1 minute", "+150 for 59 minutes"], ["0 for 1 minute", "+30 for 59 minutes"]),
          ...paces("delivered", ["0 for 1 minute", "+45 for 59 minutes"], ["0 for 1 minute", "+15 for 59 minutes"]),
          [of("consumers", "shop", "orders")]: ["1 for 60 minutes"],
        },
        // Nobody reads these: that is another alert, and none at all for dead letters.
        {
          [of("messages_ready", "shop", "orders")]: ["9000 for 40 minutes"],
          ...paces("acked", ["500 for 40 minutes"], ["0 for 40 minutes"]),
          ...paces("delivered", ["0 for 40 minutes"], ["0 for 40 minutes"]),
          [of("consumers", "shop", "orders")]: ["0 for 40 minutes"],
          [of("messages_ready", "shop", "orders.dead")]: ["9000 for 40 minutes"],
          [of("messages_acked_total", "shop", "orders.dead")]: ["500 for 40 minutes"],
          [of("messages_delivered_total", "shop", "orders.dead")]: ["0 for 40 minutes"],
          [of("consumers", "shop", "orders.dead")]: ["1 for 40 minutes"],
          [of("consumers", "shop", "orders", "other")]: ["1 for 40 minutes"],
          [of("messages_ready", "crm", "customers", "other")]: ["9000 for 40 minutes"],
          [of("messages_acked_total", "crm", "customers")]: ["0 for 40 minutes"],
          [of("messages_delivered_total", "crm", "customers")]: ["0 for 40 minutes"],
          [of("consumers", "crm", "customers")]: ["1 for 40 minutes"],
        },
      ],
      healed: {
        [of("messages_ready", "shop", "orders")]: ["10 for 1 minute"],
        ...paces("acked", ["+150 for 1 minute"], ["+30 for 1 minute"]),
        ...paces("delivered", ["+45 for 1 minute"], ["+15 for 1 minute"]),
        ...elsewhere(["+600 for 1 minute"]),
        [of("consumers", "shop", "orders")]: ["1 for 1 minute"],
      },
    },
    runbook: {
      means:
        "At the pace of the last ten minutes, what waits in the queue that the alert names takes longer than users accept, and has for a quarter of an hour.",
      felt: "What the queue feeds comes late: users see their order accepted, and wait longer than they were promised.",
      check: [
        'Did more come in, or is less worked off? rate(rabbitmq_detailed_queue_messages_acked_total{queue="<queue>"}[5m]) against the same hour last week.',
        "What do its consumers wait for: the database, another service, a lock? Their latency and their logs tell.",
        "Do messages come back (rabbitmq_detailed_queue_messages_redelivered_total)? Then they fail and are tried again.",
      ],
      fix: [
        "Scale the consumers out, up to what their database takes, or roll back the release that slowed them.",
        "Mend the dependency that they wait for.",
      ],
    },
    drill: "broker-slow-consumer",
  },
  "broker-queue-stuck": {
    title: "Consumers hold messages and finish none",
    golden: "latency",
    unit: "count",
    role: "rabbitmq",
    source: prometheus(
      'rabbitmq_detailed_queue_messages_unacked{broker="{broker}", queue!~".+[.]dead"} unless on (vhost, queue) changes(rabbitmq_detailed_queue_messages_acked_total{broker="{broker}"}[15m]) > 0',
    ),
    when: scraped,
    // RabbitMQ itself takes a message back after half an hour (consumer_timeout).
    alarm: { above: 0, for: "10 minutes", severity: "ticket", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        {
          [of("messages_unacked", "shop", "orders")]: ["1 for 45 minutes"],
          // The last one is finished at 20 minutes, and out of sight at 34; ten minutes later the alert fires.
          [of("messages_acked_total", "shop", "orders")]: ["6 for 20 minutes", "7 for 25 minutes"],
          [of("messages_acked_total", "crm", "orders")]: ["0 for 1 minute", "+7 for 44 minutes"],
          [of("messages_acked_total", "shop", "orders", "other")]: ["0 for 1 minute", "+7 for 44 minutes"],
        },
      ],
      fine: [
        {
          [of("messages_unacked", "shop", "orders")]: ["9 for 90 minutes"],
          // One in 24 minutes is finished: too slow for some, but not stuck.
          [of("messages_acked_total", "shop", "orders")]: [
            "0 for 9 minutes",
            "1 for 24 minutes",
            "2 for 24 minutes",
            "3 for 24 minutes",
            "4 for 9 minutes",
          ],
          [of("messages_unacked", "shop", "orders.dead")]: ["1 for 90 minutes"],
          [of("messages_unacked", "crm", "customers", "other")]: ["1 for 90 minutes"],
          [of("messages_unacked", "shop", "idle")]: ["0 for 90 minutes"],
        },
      ],
      healed: {
        [of("messages_unacked", "shop", "orders")]: ["1 for 1 minute"],
        [of("messages_acked_total", "shop", "orders")]: ["8 for 1 minute"],
        [of("messages_acked_total", "crm", "orders")]: ["+7 for 1 minute"],
        [of("messages_acked_total", "shop", "orders", "other")]: ["+7 for 1 minute"],
      },
    },
    runbook: {
      means:
        "Consumers of the queue that the alert names have taken messages and acknowledged none for 25 minutes: they hang, or one task is far too long.",
      check: [
        "What does the consumer do right now: its logs, its traces, its threads (a lock, a call without a time-out)?",
        "Is it one task that is meant to be long? Then the time-out of its consumer must cover it.",
        'How many are held: rabbitmq_detailed_queue_messages_unacked{queue="<queue>"}. As many as its prefetch: nothing more is handed out.',
      ],
      fix: [
        "Restart the consumer: its messages go back to the queue. Give its calls a time-out.",
        "Poison message: let the delivery limit take it to the dead letters.",
      ],
    },
  },
});
