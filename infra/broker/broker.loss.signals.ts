import { prometheus, type Stretch, signals } from "../signal/signal";
import { scraped } from "./broker.cluster.signals";
import type { BrokerRole } from "./broker.node.signals";
import type { BrokerSize } from "./sizes";
import { exampleSize } from "./sizes.example";

/** Messages that failed for a reason, by what becomes of them: "disabled" throws them away. */
const failed = (reason: string, count: readonly Stretch[], broker = "{broker}", strategy = "disabled") => ({
  [`rabbitmq_global_messages_dead_lettered_${reason}_total{broker="${broker}", dead_letter_strategy="${strategy}"}`]:
    count,
});
const growing: readonly Stretch[] = ["0 for 1 minute", "+3 for 59 minutes"];

/** What tells of messages that are lost, or will be: one alert each for what stands still in a dead-letter queue and for what was thrown away. */
export const lossSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-dead-letters": {
    title: "Dead letters waiting in the broker",
    golden: "errors",
    unit: "count",
    role: "rabbitmq",
    source: prometheus('rabbitmq_detailed_queue_messages_ready{broker="{broker}", queue=~".+[.]dead"}'),
    when: scraped,
    alarm: { above: 0, for: "1 minute", severity: "page", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        {
          'rabbitmq_detailed_queue_messages_ready{broker="{broker}", vhost="shop", queue="orders.dead"}': [
            "0 for 5 minutes",
            "1 for 2 minutes",
          ],
        },
      ],
      fine: [
        {
          'rabbitmq_detailed_queue_messages_ready{broker="{broker}", vhost="shop", queue="orders.dead"}': [
            "0 for 5 minutes",
            "1 for 1 minute",
            "0 for 5 minutes",
          ],
          'rabbitmq_detailed_queue_messages_ready{broker="{broker}", vhost="shop", queue="orders"}': [
            "9 for 11 minutes",
          ],
          'rabbitmq_detailed_queue_messages_ready{broker="other", vhost="shop", queue="orders.dead"}': [
            "9 for 11 minutes",
          ],
        },
      ],
      healed: {
        'rabbitmq_detailed_queue_messages_ready{broker="{broker}", vhost="shop", queue="orders.dead"}': [
          "0 for 1 minute",
        ],
      },
    },
    runbook: {
      means:
        "A message could not be processed as often as it may be tried, and lies in the queue that the alert names. What it stands for is stuck until a person acts.",
      felt: "One user for each message waits for something that will not come until a person acts.",
      check: [
        'Management console, the queue, Get messages with "Nack message requeue true": its body, and x-death in its headers (queue, reason, count).',
        "Logs of the service that reads the source queue: what does each attempt fail with?",
        "Is it one message (its content) or all of them (a dependency, a release)?",
      ],
      fix: [
        "Mend the consumer or its dependency, then move the messages back: management console, the queue, Move messages, to its source.",
        "The content itself is wrong: keep a copy, tell the sender, purge it.",
      ],
    },
    drill: "broker-poison-message",
  },
  "broker-unroutable": {
    title: "Messages are dropped: no queue takes them",
    golden: "errors",
    unit: "count",
    role: "rabbitmq",
    source: prometheus('increase(rabbitmq_global_messages_unroutable_dropped_total{broker="{broker}"}[15m])'),
    when: scraped,
    alarm: { atLeast: 1, for: "0 minutes", severity: "page", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        {
          'rabbitmq_global_messages_unroutable_dropped_total{broker="{broker}", instance="a", protocol="amqp091"}': [
            "0 for 20 minutes",
            "1 for 13 minutes",
          ],
          'rabbitmq_global_messages_unroutable_dropped_total{broker="{broker}", instance="b", protocol="amqp091"}': [
            "5 for 33 minutes",
          ],
        },
        {
          'rabbitmq_global_messages_unroutable_dropped_total{broker="{broker}", instance="a", protocol="amqp091"}': [
            "0 for 20 minutes",
            "1 for 1 minute",
          ],
          'rabbitmq_global_messages_unroutable_dropped_total{broker="{broker}", instance="b", protocol="amqp091"}': [
            "5 for 21 minutes",
          ],
        },
      ],
      fine: [
        {
          'rabbitmq_global_messages_unroutable_dropped_total{broker="{broker}", instance="a", protocol="amqp091"}': [
            "9 for 60 minutes",
          ],
          'rabbitmq_global_messages_unroutable_dropped_total{broker="other", instance="b", protocol="amqp091"}': [
            "0 for 1 minute",
            "+9 for 59 minutes",
          ],
        },
      ],
      healed: {
        'rabbitmq_global_messages_unroutable_dropped_total{broker="{broker}", instance="a", protocol="amqp091"}': [
          "1 for 14 minutes",
        ],
        'rabbitmq_global_messages_unroutable_dropped_total{broker="{broker}", instance="b", protocol="amqp091"}': [
          "5 for 14 minutes",
        ],
      },
    },
    runbook: {
      means:
        "Somebody published to an exchange with a routing key that no queue is bound to, and did not ask to be told (mandatory). The messages are gone.",
      felt: "For each lost message something that a user waits for never happens, although the request was answered well.",
      check: [
        "Which exchange: rabbitmq_detailed_exchange_messages_unroutable_dropped_total (family exchange_metrics), or management console, Exchanges.",
        "Did the topology differ or change just before: last import, last comparison of definitions?",
        "Which release publishes with a new routing key, and was its binding deployed?",
      ],
      fix: [
        "Import the topology again, with the binding that is missing; publish what was lost again from its source.",
        "Give the exchange an alternate exchange with a queue, so that nothing unknown is thrown away again.",
      ],
    },
    drill: "broker-unroutable",
  },
  "broker-discarded": {
    title: "Failed messages are thrown away: no dead-letter exchange",
    golden: "errors",
    unit: "count",
    role: "rabbitmq",
    // What expires, and what a full queue drops, may be meant; what failed is not. What is added has the same labels, or it is not added.
    source: prometheus(
      'increase(rabbitmq_global_messages_dead_lettered_delivery_limit_total{broker="{broker}", dead_letter_strategy="disabled"}[15m]) + increase(rabbitmq_global_messages_dead_lettered_rejected_total[15m])',
    ),
    when: scraped,
    alarm: { atLeast: 1, for: "0 minutes", severity: "page", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        {
          ...failed("delivery_limit", ["0 for 20 minutes", "1 for 1 minute"]),
          ...failed("rejected", ["8 for 21 minutes"]),
        },
        {
          ...failed("delivery_limit", ["0 for 20 minutes", "1 for 13 minutes"]),
          ...failed("rejected", ["8 for 33 minutes"]),
        },
        {
          ...failed("delivery_limit", ["0 for 33 minutes"]),
          ...failed("rejected", ["8 for 20 minutes", "9 for 13 minutes"]),
        },
      ],
      fine: [
        {
          ...failed("delivery_limit", ["4 for 60 minutes"]),
          ...failed("rejected", ["4 for 60 minutes"]),
          ...failed("delivery_limit", growing, "{broker}", "at_least_once"),
          ...failed("rejected", growing, "{broker}", "at_least_once"),
          ...failed("delivery_limit", growing, "other"),
          ...failed("rejected", growing, "other"),
        },
      ],
      healed: {
        ...failed("delivery_limit", ["+0 for 14 minutes"]),
        ...failed("rejected", ["+0 for 14 minutes"]),
      },
    },
    runbook: {
      means:
        "Messages were rejected, or tried as often as they may be, in a queue that has no dead-letter exchange. The messages are gone.",
      felt: "For each lost message something that a user waits for never happens, although the request was answered well.",
      check: [
        "Management console, Queues: which has no DLX among its features? In our topology every queue has one.",
        "Was a queue declared by a service itself, or did a policy of AWS win over ours (priority)?",
        "Logs of its consumer: which messages failed, so that they can be published again?",
      ],
      fix: [
        "Import the topology again, so that the policy with the dead-letter exchange applies to every queue.",
        "Publish the lost messages again from their source.",
      ],
    },
  },
});
