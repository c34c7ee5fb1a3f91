import { type Own, readings, table } from "./table";

const both = [["Broker"], ["Broker", "Node"]] as const;
/** RabbitMQ 4.2 and later also publish these for each node; none is published for a queue any more. */
const count: Own = { unit: "Count", kind: "gauge", statistics: readings, dimensions: both, engine: "RabbitMQ" };
/** Sampled by the broker, per second, of AMQP 0-9-1 alone. */
const rate: Own = { ...count, dimensions: [["Broker"]] };
const amount: Own = { ...count, unit: "Bytes" };
/** ActiveMQ publishes its own under the broker's name with "-1" or "-2" at the end, for the active one and its standby. */
const share: Own = {
  unit: "Percent",
  kind: "gauge",
  statistics: readings,
  dimensions: [["Broker"]],
  range: [0, 100],
  worse: "high",
  engine: "ActiveMQ",
};

export const mq = table(
  "AWS/AmazonMQ",
  "Available CloudWatch metrics for Amazon MQ for RabbitMQ brokers, and for ActiveMQ brokers, Amazon MQ Developer Guide, 2026-11",
  {
    ExchangeCount: count,
    QueueCount: count,
    ConnectionCount: count,
    ChannelCount: count,
    ConsumerCount: count,
    MessageCount: count,
    MessageReadyCount: count,
    MessageUnacknowledgedCount: count,
    PublishRate: rate,
    ConfirmRate: rate,
    AckRate: rate,
    SystemCpuUtilization: { ...share, dimensions: both, engine: "RabbitMQ" },
    RabbitMQMemLimit: amount,
    RabbitMQMemUsed: { ...amount, worse: "high" },
    RabbitMQDiskFreeLimit: amount,
    RabbitMQDiskFree: { ...amount, worse: "low" },
    RabbitMQFdUsed: { ...count, worse: "high" },
    StorePercentUsage: share,
    HeapUsage: share,
    CpuUtilization: share,
  },
);
