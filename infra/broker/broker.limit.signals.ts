import { cloudwatch, signals } from "../signal/signal";
import { analysed, type BrokerRole, sized, worstNode } from "./broker.node.signals";
import type { BrokerSize } from "./sizes";
import { exampleSize } from "./sizes.example";

/** What Amazon MQ allows of each thing: at the limit it refuses the next one. */
export const limitSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-connections": {
    title: "A node is near its limit of connections",
    golden: "saturation",
    unit: "count",
    role: "rabbitmq",
    source: worstNode("ConnectionCount", "Maximum"),
    when: sized,
    alarm: {
      above: ({ limits }) => 0.8 * limits.connections,
      for: "3 minutes",
      severity: "ticket",
      whenMissing: "ok",
      analysed,
    },
    proof: {
      size: exampleSize,
      bad: [["100 for 10 minutes", "300/401 for 3 minutes"]],
      fine: [["400 for 10 minutes", "480 for 2 minutes", "400 for 5 minutes"]],
      healed: ["390 for 1 minute"],
    },
    runbook: {
      means:
        "One node holds four fifths of the connections that it may. At the limit it refuses new ones: a service that restarts stays out.",
      check: [
        "Which client holds them: management console, Connections, by user and address. More than one or two for each pod is a leak.",
        "ConnectionCount by Node: do all clients hang on one node after a restart of the others?",
        "Did a service scale out, or a release forget to close connections?",
      ],
      fix: [
        "Roll the leaking service back, or restart it. Restart services in turn to spread their connections.",
        "More are needed: raise the limit in the configuration of the broker (limits.connections), within what its size allows.",
      ],
    },
  },
  "broker-channels": {
    title: "A node is near its limit of channels",
    golden: "saturation",
    unit: "count",
    role: "rabbitmq",
    source: worstNode("ChannelCount", "Maximum"),
    when: sized,
    alarm: {
      above: ({ limits }) => 0.8 * limits.channels,
      for: "3 minutes",
      severity: "ticket",
      whenMissing: "ok",
      analysed,
    },
    proof: {
      size: exampleSize,
      bad: [["100 for 10 minutes", "900/1201 for 3 minutes"]],
      fine: [["1200 for 10 minutes", "1490 for 2 minutes", "1200 for 5 minutes"]],
      healed: ["1100 for 1 minute"],
    },
    runbook: {
      means:
        "One node has four fifths of the channels that it may. At the limit it closes the connection of whoever opens one more.",
      check: [
        "Management console, Channels: which connection has hundreds? A client opens one for each message and closes none.",
        "Did the number of channels for each connection change with a release (ChannelCount / ConnectionCount)?",
        "ChannelCount by Node: is only one node affected?",
      ],
      fix: [
        "Roll the leaking client back, or restart it.",
        "More are needed: raise the limit in the configuration of the broker (limits.channels), within what its size allows.",
      ],
    },
  },
  "broker-queues": {
    title: "Queues near the broker's limit",
    golden: "saturation",
    unit: "count",
    role: "rabbitmq",
    source: cloudwatch("AWS/AmazonMQ", "QueueCount", "Maximum", { Broker: "broker" }),
    when: sized,
    alarm: { above: ({ limits }) => 0.8 * limits.queues, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: exampleSize,
      bad: [["60 for 10 minutes", "700/801 for 15 minutes"]],
      fine: [["800 for 30 minutes", "950 for 14 minutes", "800 for 5 minutes"]],
      healed: ["700 for 1 minute"],
    },
    runbook: {
      means:
        "The broker has four fifths of the queues that it may. At the limit nobody can declare another one: a new consumer does not start.",
      check: [
        "Management console, Queues, sorted by name: which pattern repeats? A client that declares a queue for each run leaves them behind.",
        "Are they durable and without an expiry (x-expires)?",
        "Since when: QueueCount over the last weeks.",
      ],
      fix: [
        "Delete what nobody reads, and give such queues an expiry.",
        "More are needed: raise the limit in the configuration of the broker (limits.queues), within what its size allows.",
      ],
    },
  },
});
