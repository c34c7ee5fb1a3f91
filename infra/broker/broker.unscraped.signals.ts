import { cloudwatch, math, type Precondition, repeat, signals } from "../signal/signal";
import { analysed, type BrokerRole, worstNode } from "./broker.node.signals";
import type { BrokerSize } from "./sizes";
import { exampleSize } from "./sizes.example";

const broker = (metric: string, statistic: "Maximum" | "Minimum" | "Average") =>
  cloudwatch("AWS/AmazonMQ", metric, statistic, { Broker: "broker" });
const unscraped: Precondition<BrokerSize> = {
  holds: ({ scraped }) => !scraped,
  otherwise: "its own endpoint for Prometheus tells it more exactly",
};
const unscrapedAndSized: Precondition<BrokerSize> = {
  holds: ({ scraped, limits }) => !scraped && limits.memory > 0,
  otherwise: "its own endpoint for Prometheus tells it more exactly, or the limits of its instance type are not known",
};
const notScraped: BrokerSize = { ...exampleSize, scraped: false };

/**
 * Instead of the rules of Prometheus, for a broker whose endpoint nobody reads: the same symptoms, so that each still pages once, but without the name of a
 * queue, because RabbitMQ 4 tells CloudWatch of no queue.
 */
export const unscrapedSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-memory-full": {
    title: "Publishers are blocked: a node is out of memory",
    golden: "errors",
    unit: "bytes",
    role: "rabbitmq",
    source: worstNode("RabbitMQMemUsed", "Maximum"),
    when: unscrapedAndSized,
    // The limits that AWS publishes are rounded: a node that stays this near is blocked again and again.
    alarm: {
      atLeast: ({ limits }) => Math.floor(0.98 * limits.memory),
      for: "3 minutes",
      severity: "page",
      whenMissing: "unknown",
      analysed,
    },
    proof: {
      size: notScraped,
      bad: [["2 GiB for 10 minutes", "4 GiB / 4524748046 B for 3 minutes"]],
      fine: [["4524748045 B for 10 minutes", "4.3 GiB for 2 minutes", "4524748045 B for 5 minutes"]],
      healed: ["4 GiB for 1 minute"],
    },
    runbook: {
      means:
        "A node has reached its memory limit, and RabbitMQ blocks every publisher of the broker until it is below again.",
      felt: "Requests that publish hang until they time out. What is already in the queues is still worked off.",
      check: [
        "aws mq describe-broker --broker-id <id>: does ActionsRequired say RABBITMQ_MEMORY_ALARM?",
        "Management console, Overview: which node is red? Queues, sorted by unacknowledged: who holds messages?",
        "Do consumers work (AckRate)? They are blocked too when they publish on the same connection.",
      ],
      fix: [
        "Stop the consumer that holds thousands unacknowledged: its messages go back to disk. Give it a prefetch of tens.",
        "Scale consumers out. If nothing helps, the next larger instance type, with applyImmediately.",
      ],
    },
  },
  "broker-disk-full": {
    title: "Publishers are blocked: a node is out of disk",
    golden: "errors",
    unit: "bytes",
    role: "rabbitmq",
    source: worstNode("RabbitMQDiskFree", "Minimum"),
    when: unscrapedAndSized,
    alarm: {
      atMost: ({ limits }) => limits.diskFree,
      for: "3 minutes",
      severity: "page",
      whenMissing: "unknown",
      analysed,
    },
    proof: {
      size: notScraped,
      bad: [["8 GiB for 10 minutes", "3 GiB / 2 GiB for 3 minutes"]],
      fine: [["2147483649 B for 10 minutes", "1.8 GiB for 2 minutes", "2147483649 B for 5 minutes"]],
      healed: ["2.1 GiB for 1 minute"],
    },
    runbook: {
      means:
        "A node has less free disk than RabbitMQ needs, and it blocks every publisher of the broker until there is more.",
      felt: "Requests that publish hang until they time out. What is already in the queues is still worked off.",
      check: [
        "aws mq describe-broker --broker-id <id>: does ActionsRequired say RABBITMQ_DISK_ALARM?",
        "Management console, Queues, sorted by ready: what piled up? Are these dead letters (.dead)?",
        "Is one message of a quorum queue held for hours, so that its log cannot be cut?",
      ],
      fix: [
        "Let consumers work the backlog off; move or purge dead letters after a copy was kept.",
        "The next larger instance type has a larger disk.",
      ],
    },
  },
  "broker-without-workers": {
    title: "Messages wait, and no consumer is connected",
    golden: "latency",
    unit: "count",
    role: "rabbitmq",
    source: math("(consumers == 0) * ready", {
      consumers: broker("ConsumerCount", "Maximum"),
      ready: broker("MessageReadyCount", "Maximum"),
    }),
    when: unscraped,
    alarm: { atLeast: 1, for: "5 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: notScraped,
      bad: [
        {
          consumers: ["6 for 10 minutes", "0 for 5 minutes"],
          ready: ["9 for 10 minutes", "0/1 for 4 minutes", "2 for 1 minute"],
        },
      ],
      fine: [
        { consumers: ["0/1 for 30 minutes"], ready: ["5000 for 30 minutes"] },
        { consumers: ["0 for 30 minutes"], ready: ["0 for 30 minutes"] },
        {
          consumers: ["6 for 10 minutes", "0 for 4 minutes", "6 for 5 minutes"],
          ready: ["700 for 19 minutes"],
        },
      ],
      healed: { consumers: ["1 for 1 minute"], ready: ["1 for 1 minute"] },
    },
    runbook: {
      means: "Work waits in the broker and nobody is connected to take it.",
      felt: "What is done in the background stands still: users see their order accepted, and then nothing.",
      check: [
        "Are the consumers' pods running, and what do their logs say of the broker: refused, timed out, blocked?",
        "Management console, Queues: which have ready messages and 0 consumers?",
        "Was a secret rotated or a network rule changed just before?",
      ],
      fix: ["Restart or roll back the consumers.", "Restore the password or the rule that keeps them out."],
    },
  },
  "broker-growing-backlog": {
    title: "More is published than is acknowledged",
    golden: "latency",
    unit: "count",
    role: "rabbitmq",
    // Both rates are those of AMQP 0-9-1.
    source: math("(ready > 1000) * (published - acknowledged)", {
      ready: broker("MessageReadyCount", "Maximum"),
      published: broker("PublishRate", "Average"),
      acknowledged: broker("AckRate", "Average"),
    }),
    when: unscraped,
    alarm: { above: 0, every: "5 minutes", for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: notScraped,
      bad: [
        {
          ready: ["900/1001 for 30 minutes"],
          published: repeat(6, "40 for 4 minutes", "40.5 for 1 minute"),
          acknowledged: ["38/42 for 30 minutes"],
        },
      ],
      fine: [
        { ready: ["1000 for 1 hour"], published: ["40 for 1 hour"], acknowledged: ["0 for 1 hour"] },
        { ready: ["90000 for 1 hour"], published: ["38/42 for 1 hour"], acknowledged: ["40 for 1 hour"] },
        {
          ready: ["5000 for 40 minutes"],
          published: ["30 for 40 minutes"],
          acknowledged: ["70 for 5 minutes", "20 for 25 minutes", "70 for 10 minutes"],
        },
      ],
      healed: { ready: ["3000 for 10 minutes"], published: ["10 for 10 minutes"], acknowledged: ["40 for 10 minutes"] },
    },
    runbook: {
      means:
        "For half an hour more came in than was finished, and more than a thousand messages wait. Users will feel it soon.",
      check: [
        "Management console, Queues, sorted by ready: which one grows?",
        "Did PublishRate rise, or AckRate fall? Compare with the same hour last week.",
        "What do its consumers wait for: the database, another service, a lock?",
      ],
      fix: ["Add consumers, up to what their database takes.", "Slow the producer down, or postpone its batch."],
    },
  },
});
