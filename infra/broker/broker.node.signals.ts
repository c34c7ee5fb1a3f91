import { cloudwatch, type Precondition, signals } from "../signal/signal";
import type { BrokerSize } from "./sizes";
import { exampleSize } from "./sizes.example";

/** What a broker is: one that this kind knows, or one with the other engine of Amazon MQ. */
export type BrokerRole = "rabbitmq" | "activemq";

const broker = (metric: string, statistic: "Maximum" | "Minimum") =>
  cloudwatch("AWS/AmazonMQ", metric, statistic, { Broker: "broker" });

/**
 * The worst node. What Amazon MQ publishes for a cluster as a whole is the sum or the mean of its nodes, in which one node at its limit is a third of
 * a number that looks fine; yet that one node blocks every publisher of the cluster. The names of the nodes are not known beforehand.
 */
export const worstNode = (metric: string, statistic: "Maximum" | "Minimum") =>
  cloudwatch("AWS/AmazonMQ", metric, statistic, { Broker: "broker" }, ["Node"]);
export const analysed = ({ nodes }: BrokerSize) => nodes;

export const sized: Precondition<BrokerSize> = {
  holds: ({ limits }) => limits.memory > 0,
  otherwise: "the limits of its instance type are not known",
};

/** What CloudWatch tells of a broker and its nodes, against the limits of their size. */
export const nodeSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-unreachable": {
    title: "No client is connected to the broker",
    golden: "availability",
    unit: "count",
    role: "rabbitmq",
    source: broker("ConnectionCount", "Minimum"),
    when: { holds: ({ connections }) => connections > 0, otherwise: "it declares no connections on a usual day" },
    alarm: { atMost: 0, for: "5 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: exampleSize,
      bad: [
        ["300 for 10 minutes", "2/0 for 5 minutes"],
        ["300 for 10 minutes", "missing for 10 minutes"],
      ],
      // A single node restarts for its maintenance: services come back one by one.
      fine: [["300 for 10 minutes", "0 for 4 minutes", "1 for 1 minute", "missing for 4 minutes", "1 for 10 minutes"]],
      healed: ["1 for 1 minute"],
    },
    runbook: {
      means:
        "For five minutes no service held a connection, or the broker said nothing at all: nothing is published and nothing is worked off.",
      felt: "Requests that publish fail or hang, and nothing that is done in the background moves.",
      check: [
        "aws mq describe-broker --broker-id <id>: is BrokerState RUNNING, and does ActionsRequired name a cause? Is its maintenance window now?",
        "From a pod: openssl s_client -connect <broker>:5671. Do security groups, network ACLs and DNS still let services through?",
        "Service logs: ACCESS_REFUSED means that a rotated password did not reach them, a time-out means the network.",
      ],
      fix: [
        "REBOOT_IN_PROGRESS: wait until it ends. CRITICAL_ACTION_REQUIRED: do what ActionsRequired says.",
        "ACCESS_REFUSED: start the rotation again, or put the previous version of the secret back and restart the services.",
        "The broker does not come back within half an hour: call AWS Support, and make a new one from the exported definitions.",
      ],
    },
  },
  "broker-memory": {
    title: "A node is near its memory limit",
    golden: "saturation",
    unit: "bytes",
    role: "rabbitmq",
    source: worstNode("RabbitMQMemUsed", "Maximum"),
    when: sized,
    alarm: {
      above: ({ limits }) => Math.floor(0.8 * limits.memory),
      for: "5 minutes",
      severity: "ticket",
      whenMissing: "unknown",
      analysed,
    },
    proof: {
      size: exampleSize,
      bad: [["1 GiB for 10 minutes", "3 GiB / 3693671875 B for 5 minutes"]],
      fine: [["3693671874 B for 20 minutes", "4.2 GiB for 4 minutes", "3693671874 B for 5 minutes"]],
      healed: ["3.4 GiB for 1 minute"],
    },
    runbook: {
      means:
        "One node uses more than four fifths of what RabbitMQ may. At its limit every publisher of the broker is blocked.",
      check: [
        "Which node: RabbitMQMemUsed by Node in CloudWatch. What holds it: rabbitmq_memory_breakdown of /metrics/memory-breakdown.",
        "Queues with many unacknowledged messages (rabbitmq_detailed_queue_messages_unacked): consumers without a prefetch limit?",
        "Did connections or channels grow (ConnectionCount, ChannelCount): a client that opens one for each message?",
      ],
      fix: [
        "Give the consumers a prefetch of tens, not of thousands; close leaked connections in the management console.",
        "Work the backlog off. If it is what the business needs: the next larger instance type.",
      ],
    },
  },
  "broker-disk": {
    title: "A node is near its disk limit",
    golden: "saturation",
    unit: "bytes",
    role: "rabbitmq",
    source: worstNode("RabbitMQDiskFree", "Minimum"),
    when: sized,
    // A fifth of what messages may use is left.
    alarm: {
      below: ({ limits }) => Math.floor(limits.diskFree + 0.2 * (limits.disk - limits.diskFree)),
      for: "5 minutes",
      severity: "ticket",
      whenMissing: "unknown",
      analysed,
    },
    proof: {
      size: exampleSize,
      bad: [["12 GiB for 10 minutes", "6 GiB / 4939212389 B for 5 minutes"]],
      fine: [["4939212390 B for 20 minutes", "2.1 GiB for 4 minutes", "4939212390 B for 5 minutes"]],
      healed: ["4.7 GiB for 1 minute"],
    },
    runbook: {
      means:
        "One node has filled four fifths of its disk. Under its limit of free space every publisher of the broker is blocked.",
      check: [
        "Which queues hold the most: topk(10, rabbitmq_detailed_queue_messages_ready), then rabbitmq_detailed_queue_messages_bytes where it is scraped.",
        "Queues ending in .dead: do dead letters pile up that nobody works on?",
        "A quorum queue keeps its log until its oldest message is acknowledged: is one message held for hours (broker-queue-stuck)?",
      ],
      fix: [
        "Work off, move or purge what is waiting; acknowledge or reject what is held.",
        "The backlog is what the business needs: the next larger instance type has a larger disk.",
      ],
    },
  },
  "broker-cpu": {
    title: "A node is short of CPU",
    golden: "saturation",
    unit: "percent",
    role: "rabbitmq",
    source: worstNode("SystemCpuUtilization", "Maximum"),
    alarm: { above: "80 %", for: "15 minutes", severity: "ticket", whenMissing: "unknown", analysed },
    proof: {
      size: exampleSize,
      bad: [["40 for 10 minutes", "60/80.05 for 15 minutes"]],
      fine: [["80 for 30 minutes", "100 for 14 minutes", "80 for 5 minutes"]],
      healed: ["79 for 1 minute"],
    },
    runbook: {
      means:
        "One node has been busy for a quarter of an hour. Publishing and delivery slow down, and a second node's failure would be too much.",
      check: [
        "Which node: SystemCpuUtilization by Node. The one with the most queue leaders (rabbitmq_detailed_queue_messages_ready by instance)?",
        "Connection churn: rate(rabbitmq_connections_opened_total[5m]) far above one a second means that clients do not keep connections.",
        "Did traffic rise (PublishRate), or did a new release add queues, bindings or headers to match?",
      ],
      fix: [
        "Mend clients that reconnect for each message. Spread queue leaders again by restarting the broker in its window.",
        "Traffic is there to stay: the next larger instance type.",
      ],
    },
  },
});
