import { cloudwatch, signals } from "../signal/signal";
import { blockedSignals } from "./broker.blocked.signals";
import { clientSignals } from "./broker.clients.signals";
import { clusterSignals } from "./broker.cluster.signals";
import { limitSignals } from "./broker.limit.signals";
import { lossSignals } from "./broker.loss.signals";
import { type BrokerRole, nodeSignals } from "./broker.node.signals";
import { queueSignals } from "./broker.queue.signals";
import { unscrapedSignals } from "./broker.unscraped.signals";
import { unsizedSignals } from "./broker.unsized.signals";
import type { BrokerSize } from "./sizes";
import { exampleSize } from "./sizes.example";

export type { BrokerRole } from "./broker.node.signals";

const broker = (metric: string, statistic: "Maximum" | "Average") =>
  cloudwatch("AWS/AmazonMQ", metric, statistic, { Broker: "broker" });

/** Information on a board. */
const shownSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-published": {
    title: "Messages published",
    golden: "traffic",
    unit: "count",
    role: "rabbitmq",
    source: broker("PublishRate", "Average"),
    runbook: { means: "Messages a second that publishers send by AMQP 0-9-1." },
  },
  "broker-acknowledged": {
    title: "Messages acknowledged",
    golden: "traffic",
    unit: "count",
    role: "rabbitmq",
    source: broker("AckRate", "Average"),
    runbook: {
      means: "Messages a second that consumers finish by AMQP 0-9-1: far below what is published, a backlog grows.",
    },
  },
  "broker-ready": {
    title: "Messages ready",
    golden: "saturation",
    unit: "count",
    role: "rabbitmq",
    source: broker("MessageReadyCount", "Maximum"),
    runbook: { means: "What waits in all queues together, dead letters included." },
  },
  "broker-unacknowledged": {
    title: "Messages held by consumers",
    golden: "saturation",
    unit: "count",
    role: "rabbitmq",
    source: broker("MessageUnacknowledgedCount", "Maximum"),
    runbook: {
      means: "Handed out and not finished. Each is in memory: thousands mean consumers without a prefetch limit.",
    },
  },
  "broker-consumers": {
    title: "Consumers",
    golden: "traffic",
    unit: "count",
    role: "rabbitmq",
    source: broker("ConsumerCount", "Maximum"),
    runbook: { means: "Who is connected to take messages, in all queues together." },
  },
});

/** Of the other engine: enough that such a broker does not pass for watched without an alarm. */
const activeSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-activemq-store": {
    title: "Store of an ActiveMQ broker is filling up",
    golden: "saturation",
    unit: "percent",
    role: "activemq",
    source: broker("StorePercentUsage", "Maximum"),
    alarm: { above: "80 %", for: "5 minutes", severity: "ticket", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [["20 for 10 minutes", "70/80.05 for 5 minutes"]],
      fine: [["80 for 20 minutes", "99 for 4 minutes", "80 for 5 minutes"]],
      healed: ["79 for 1 minute"],
    },
    runbook: {
      means:
        "An ActiveMQ broker has filled four fifths of its store. When it is full, every producer of persistent messages is blocked.",
      check: [
        "Web console, Queues: which has the most pending messages, and has it consumers?",
        "Do dead letters pile up in ActiveMQ.DLQ?",
        'Does one old message keep journal files (log: "cannot remove data file")?',
      ],
      fix: ["Work off or purge what waits.", "Move dead letters away after a copy was kept."],
    },
  },
});

/** What is watched of a broker. An instance has those that apply to its size, and to whether its endpoint for Prometheus is read. */
export const brokerSignals = {
  ...nodeSignals,
  ...limitSignals,
  ...blockedSignals,
  ...clusterSignals,
  ...clientSignals,
  ...queueSignals,
  ...lossSignals,
  ...unscrapedSignals,
  ...unsizedSignals,
  ...shownSignals,
  ...activeSignals,
};
