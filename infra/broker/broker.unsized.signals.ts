import { cloudwatch, math, type Precondition, signals } from "../signal/signal";
import type { BrokerRole } from "./broker.node.signals";
import { type BrokerSize, unknownLimits } from "./sizes";
import { exampleSize } from "./sizes.example";

const broker = (metric: string, statistic: "Maximum" | "Minimum") =>
  cloudwatch("AWS/AmazonMQ", metric, statistic, { Broker: "broker" });

const unsized: Precondition<BrokerSize> = {
  holds: ({ limits }) => limits.memory === 0,
  otherwise: "the limits of its instance type are known, and each node is held against them",
};

const notSized: BrokerSize = { ...exampleSize, scraped: false, limits: unknownLimits };

/** For brokers of other programs whose instance type has no row in the table of sizes: what they tell of their own limits. */
export const unsizedSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-memory-share": {
    title: "Memory of the broker near its limit",
    golden: "saturation",
    unit: "percent",
    role: "rabbitmq",
    // Sum with sum: in a cluster one full node can hide in it, which is the best there is without the limits of a node.
    source: math("100 * used / limit", {
      used: broker("RabbitMQMemUsed", "Maximum"),
      limit: broker("RabbitMQMemLimit", "Maximum"),
    }),
    when: unsized,
    alarm: { above: "80 %", for: "5 minutes", severity: "ticket", whenMissing: "unknown" },
    proof: {
      size: notSized,
      bad: [{ used: ["1 GiB for 10 minutes", "7 GiB / 8.01 GiB for 5 minutes"], limit: ["10 GiB for 15 minutes"] }],
      fine: [
        {
          used: ["8 GiB for 10 minutes", "9.9 GiB for 4 minutes", "8 GiB for 5 minutes"],
          limit: ["9 GiB / 10 GiB for 19 minutes"],
        },
      ],
      healed: { used: ["7.9 GiB for 1 minute"], limit: ["10 GiB for 1 minute"] },
    },
    runbook: {
      means: "The broker uses more than four fifths of what RabbitMQ may. At its limit every publisher is blocked.",
      check: [
        "RabbitMQMemUsed by Node against RabbitMQMemLimit by Node: which one is it?",
        "Management console, Queues, sorted by unacknowledged: consumers without a prefetch limit?",
        "Did connections or channels grow (ConnectionCount, ChannelCount)?",
      ],
      fix: ["Give the consumers a prefetch of tens; close leaked connections.", "The next larger instance type."],
    },
  },
  "broker-disk-share": {
    title: "Disk of the broker near its limit",
    golden: "saturation",
    unit: "ratio",
    role: "rabbitmq",
    // Twice the space at which publishers are blocked is left.
    source: math("free / limit", {
      free: broker("RabbitMQDiskFree", "Minimum"),
      limit: broker("RabbitMQDiskFreeLimit", "Maximum"),
    }),
    when: unsized,
    alarm: { below: 2, for: "5 minutes", severity: "ticket", whenMissing: "unknown" },
    proof: {
      size: notSized,
      bad: [
        {
          free: ["150 GiB for 10 minutes", "30 GiB / 25766000000 B for 5 minutes"],
          limit: ["11 GiB / 12 GiB for 15 minutes"],
        },
      ],
      fine: [
        {
          free: ["24 GiB for 10 minutes", "13 GiB for 4 minutes", "24 GiB for 5 minutes"],
          limit: ["12 GiB for 19 minutes"],
        },
      ],
      healed: { free: ["24.1 GiB for 1 minute"], limit: ["12 GiB for 1 minute"] },
    },
    runbook: {
      means: "The broker's free disk is less than twice the space under which RabbitMQ blocks every publisher.",
      check: [
        "RabbitMQDiskFree by Node: which one is it?",
        "Management console, Queues, sorted by ready: what piled up?",
        "Do dead letters pile up that nobody works on?",
      ],
      fix: ["Work off, move or purge what waits.", "The next larger instance type has a larger disk."],
    },
  },
});
