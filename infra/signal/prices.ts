/**
 * The price table: the only place where a price stands. USD in us-east-1 before tax, without free tiers. A price list changes without notice: the date says
 * when a row was last compared with its source.
 */
export interface Price {
  readonly item: string;
  /** USD for one {@link unit}. */
  readonly price: number;
  readonly unit: string;
  readonly source: string;
}

const table = {
  "cloudwatch.alarm.standard": {
    item: "CloudWatch alarm, standard resolution",
    price: 0.1,
    unit: "alarm metric-month",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "cloudwatch.alarm.high": {
    item: "CloudWatch alarm, high resolution",
    price: 0.3,
    unit: "alarm metric-month",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "cloudwatch.alarm.composite": {
    item: "CloudWatch composite alarm",
    price: 0.5,
    unit: "alarm-month",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
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
  "logs.ingestion": {
    item: "CloudWatch Logs ingestion, standard class",
    price: 0.5,
    unit: "GB",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "kms.key": {
    item: "KMS customer managed key",
    price: 1,
    unit: "key-month",
    source: "AWS KMS pricing, 2026-03-14",
  },
} as const satisfies Record<string, Price>;

/** A line of the price table. */
export type PriceKey = keyof typeof table;
export const prices: Readonly<Record<PriceKey, Price>> = table;

/** What the table as a whole is about. */
export const priceTable = { currency: "USD", region: "us-east-1", date: "2026-10-02" } as const;

/** Days in an average month: what a quantity per day is multiplied by. */
export const daysPerMonth = 365 / 12;
