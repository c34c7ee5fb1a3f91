import { prometheus, signals } from "../signal/signal";
import { scraped } from "./broker.cluster.signals";
import type { BrokerRole } from "./broker.node.signals";
import type { BrokerSize } from "./sizes";
import { exampleSize } from "./sizes.example";

/** RabbitMQ's own alarms (`/metrics`): what blocks publishers, as the broker itself knows it. One series for each node. */
export const blockedSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-memory-alarm": {
    title: "Publishers are blocked: a node is out of memory",
    golden: "errors",
    unit: "count",
    role: "rabbitmq",
    source: prometheus('rabbitmq_alarms_memory_used_watermark{broker="{broker}"}'),
    when: scraped,
    alarm: { above: 0, for: "2 minutes", severity: "page", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        {
          'rabbitmq_alarms_memory_used_watermark{broker="{broker}", instance="a"}': [
            "0 for 5 minutes",
            "1 for 3 minutes",
          ],
          'rabbitmq_alarms_memory_used_watermark{broker="{broker}", instance="b"}': ["0 for 8 minutes"],
        },
      ],
      fine: [
        {
          'rabbitmq_alarms_memory_used_watermark{broker="{broker}", instance="a"}': [
            "0 for 5 minutes",
            "1 for 2 minutes",
            "0 for 5 minutes",
          ],
          'rabbitmq_alarms_memory_used_watermark{broker="other", instance="b"}': ["1 for 12 minutes"],
        },
      ],
      healed: {
        'rabbitmq_alarms_memory_used_watermark{broker="{broker}", instance="a"}': ["0 for 1 minute"],
        'rabbitmq_alarms_memory_used_watermark{broker="{broker}", instance="b"}': ["0 for 1 minute"],
      },
    },
    runbook: {
      means:
        "A node has reached its memory limit, and RabbitMQ blocks every publisher of the broker until it is below again.",
      felt: "Requests that publish hang until they time out. What is already in the queues is still worked off.",
      check: [
        "Which node and what holds it: topk(5, rabbitmq_memory_breakdown) or the management console, Nodes, Memory details.",
        'Who holds messages: topk(5, rabbitmq_detailed_queue_messages_unacked{broker="<name>"}).',
        "Do consumers work (AckRate)? They are blocked too when they publish on the same connection.",
      ],
      fix: [
        "Stop the consumer that holds thousands unacknowledged: its messages go back to disk. Give it a prefetch of tens.",
        "Scale consumers out. If nothing helps, the next larger instance type, with applyImmediately.",
      ],
    },
    drill: "broker-memory",
  },
  "broker-disk-alarm": {
    title: "Publishers are blocked: a node is out of disk",
    golden: "errors",
    unit: "count",
    role: "rabbitmq",
    source: prometheus('rabbitmq_alarms_free_disk_space_watermark{broker="{broker}"}'),
    when: scraped,
    alarm: { above: 0, for: "2 minutes", severity: "page", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        {
          'rabbitmq_alarms_free_disk_space_watermark{broker="{broker}", instance="a"}': [
            "0 for 5 minutes",
            "1 for 3 minutes",
          ],
          'rabbitmq_alarms_free_disk_space_watermark{broker="{broker}", instance="b"}': ["0 for 8 minutes"],
        },
      ],
      fine: [
        {
          'rabbitmq_alarms_free_disk_space_watermark{broker="{broker}", instance="a"}': [
            "0 for 5 minutes",
            "1 for 2 minutes",
            "0 for 5 minutes",
          ],
          'rabbitmq_alarms_free_disk_space_watermark{broker="other", instance="b"}': ["1 for 12 minutes"],
        },
      ],
      healed: {
        'rabbitmq_alarms_free_disk_space_watermark{broker="{broker}", instance="a"}': ["0 for 1 minute"],
        'rabbitmq_alarms_free_disk_space_watermark{broker="{broker}", instance="b"}': ["0 for 1 minute"],
      },
    },
    runbook: {
      means:
        "A node has less free disk than RabbitMQ needs, and it blocks every publisher of the broker until there is more.",
      felt: "Requests that publish hang until they time out. What is already in the queues is still worked off.",
      check: [
        'What piled up: topk(5, rabbitmq_detailed_queue_messages_ready{broker="<name>"}). Are these dead letters (.dead)?',
        "Is one message of a quorum queue held for hours, so that its log cannot be cut (broker-queue-stuck)?",
        "aws mq describe-broker --broker-id <id>: does ActionsRequired say RABBITMQ_DISK_ALARM?",
      ],
      fix: [
        "Let consumers work the backlog off; move or purge dead letters after a copy was kept.",
        "The next larger instance type has a larger disk.",
      ],
    },
  },
});
