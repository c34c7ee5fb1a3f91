import type { Price } from "../prices";

/** What queues, topics, brokers and streams cost. */
export const messagingPrices = {
  "sqs.requests.standard": {
    item: "SQS requests, standard queue",
    price: 0.4,
    unit: "million requests",
    source: "Amazon SQS pricing, 2026-10-02",
  },
  "sqs.requests.fifo": {
    item: "SQS requests, FIFO queue",
    price: 0.5,
    unit: "million requests",
    source: "Amazon SQS pricing, 2026-10-02",
  },
  "sns.publishes": {
    item: "SNS publishes, standard topic",
    price: 0.5,
    unit: "million publishes",
    source: "Amazon SNS pricing, 2026-10-02",
  },
  "sns.publishes.fifo": {
    item: "SNS publishes, FIFO topic (its payload is billed besides)",
    price: 0.3,
    unit: "million publishes",
    source: "Amazon SNS pricing, 2026-10-02",
  },
  "sns.deliveries.http": {
    item: "SNS deliveries, HTTP and HTTPS",
    price: 0.06,
    unit: "100,000 deliveries",
    source: "Amazon SNS pricing, 2026-10-02",
  },
  "sns.deliveries.email": {
    item: "SNS deliveries, e-mail",
    price: 2,
    unit: "100,000 deliveries",
    source: "Amazon SNS pricing, 2026-10-02",
  },
  "mq.m7g.large": {
    item: "Amazon MQ for RabbitMQ, mq.m7g.large",
    price: 0.2734,
    unit: "node-hour",
    source: "Amazon MQ pricing, as two public price tables that agree give it, 2026-10",
  },
  "mq.storage": {
    item: "Amazon MQ for RabbitMQ, storage",
    price: 0.1,
    unit: "GB-month",
    source:
      "Amazon MQ pricing, as infracost's test data of 2025-07 and a public price table that agree give it, 2026-10",
  },
  "msk.broker.t3.small": {
    item: "MSK Standard broker kafka.t3.small",
    price: 0.0456,
    unit: "broker-hour",
    source: "infracost, golden file of aws_msk_cluster, 2025-07",
  },
  "msk.broker.m5.24xlarge": {
    item: "MSK Standard broker kafka.m5.24xlarge",
    price: 10.08,
    unit: "broker-hour",
    source: "infracost, golden file of aws_msk_cluster, 2025-07",
  },
  "msk.storage": {
    item: "MSK storage of Standard brokers",
    price: 0.1,
    unit: "GB-month",
    source: "infracost, golden file of aws_msk_cluster, 2025-07",
  },
} as const satisfies Record<string, Price>;
