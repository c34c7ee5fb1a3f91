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
  "cloudwatch.metric": {
    item: "CloudWatch custom metric, first 10,000",
    price: 0.3,
    unit: "metric-month",
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
  "amp.ingestion": {
    item: "AMP samples ingested, first 2 billion a month",
    price: 0.9,
    unit: "10 million samples",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "amp.storage": {
    item: "AMP storage",
    price: 0.03,
    unit: "GB-month",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "amp.query": {
    item: "AMP query samples processed",
    price: 0.1,
    unit: "billion samples",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "amp.collector": {
    item: "AMP managed collector",
    price: 0.04,
    unit: "collector-hour",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "amp.collector.samples": {
    item: "AMP managed collector, samples collected",
    price: 0.03,
    unit: "10 million samples",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "grafana.editor": {
    item: "Managed Grafana, active editor or administrator",
    price: 9,
    unit: "user-month",
    source: "Amazon Managed Grafana pricing, 2026-11",
  },
  "ecr.storage": {
    item: "ECR, images in private repositories",
    price: 0.1,
    unit: "GB-month",
    source: "cloudburn.io, Amazon ECR pricing (us-east-1), 2026-03",
  },
  "eks.cluster": {
    item: "EKS control plane, standard support",
    price: 0.1,
    unit: "cluster-hour",
    source: "Amazon EKS pricing, 2026-10-02",
  },
  "s3.storage": {
    item: "S3 storage, standard class, first 50 TB",
    price: 0.023,
    unit: "GB-month",
    source: "Amazon S3 pricing, as quoted in public cost records, 2025",
  },
  "s3.writes": {
    item: "S3 PUT, COPY, POST and LIST requests, standard class",
    price: 0.005,
    unit: "thousand requests",
    source: "Amazon S3 pricing, as quoted in public cost records, 2025",
  },
  "s3.reads": {
    item: "S3 GET and all other requests, standard class",
    price: 0.0004,
    unit: "thousand requests",
    source: "Amazon S3 pricing, as quoted in public cost records, 2025",
  },
  "lambda.requests": {
    item: "Lambda requests",
    price: 0.2,
    unit: "million requests",
    source: "AWS Lambda pricing, 2026-11-21",
  },
  "lambda.duration.arm": {
    item: "Lambda running, arm64, first 7.5 billion GB-seconds",
    price: 0.0000133334,
    unit: "GB-second",
    source: "AWS Lambda pricing, 2026-11-21",
  },
  "scheduler.invocations": {
    item: "EventBridge Scheduler invocations",
    price: 1,
    unit: "million invocations",
    source: "Amazon EventBridge pricing, 2026-11-21",
  },
  "backup.rds": {
    item: "AWS Backup, RDS snapshots",
    price: 0.095,
    unit: "GB-month",
    source: "AWS Backup pricing, as quoted in infracost's test files, 2025",
  },
  "logs.ingestion": {
    item: "CloudWatch Logs ingestion, standard class",
    price: 0.5,
    unit: "GB",
    source: "Amazon CloudWatch pricing, 2026-10-02",
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
  "secretsmanager.secret": {
    item: "Secrets Manager secret",
    price: 0.4,
    unit: "secret-month",
    source: "AWS Secrets Manager pricing, 2026-09-20",
  },
  "kms.key": {
    item: "KMS customer managed key",
    price: 1,
    unit: "key-month",
    source: "AWS KMS pricing, 2026-03-14",
  },
  "apigateway.requests.http": {
    item: "API Gateway requests, HTTP API, first 300 million (one for each 512 KB)",
    price: 1,
    unit: "million requests",
    source: "Infracost's test data for aws_apigatewayv2_api, 2025-07",
  },
  "alb.hour": {
    item: "Application Load Balancer",
    price: 0.0225,
    unit: "hour",
    source: "Infracost's test data for aws_lb, 2025-07",
  },
  "alb.lcu": {
    item: "Application Load Balancer, capacity units",
    price: 0.008,
    unit: "LCU-hour",
    source: "Infracost's test data for aws_lb, 2025-07",
  },
  "waf.acl": {
    item: "WAF web ACL",
    price: 5,
    unit: "web ACL-month",
    source: '"AWS WAF cost explained", c3x.dev, and "AWS WAF Pricing Strategy", awsnegotiations.com, 2026',
  },
  "waf.rule": {
    item: "WAF rule or rule group of AWS",
    price: 1,
    unit: "rule-month",
    source: '"AWS WAF cost explained", c3x.dev, and "AWS WAF Pricing Strategy", awsnegotiations.com, 2026',
  },
  "waf.requests": {
    item: "WAF requests",
    price: 0.6,
    unit: "million requests",
    source: '"AWS WAF cost explained", c3x.dev, and "AWS WAF Pricing Strategy", awsnegotiations.com, 2026',
  },
  "synthetics.runs": {
    item: "CloudWatch Synthetics canary runs",
    price: 0.0012,
    unit: "run",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "vpc.nat.hour": {
    item: "NAT gateway",
    price: 0.045,
    unit: "hour",
    source: "AWS NAT Gateway Pricing, cloudburn.io, 2026-02-24",
  },
  "vpc.nat.data": {
    item: "NAT gateway, data processed",
    price: 0.045,
    unit: "GB",
    source: "AWS NAT Gateway Pricing, cloudburn.io, 2026-02-24",
  },
  "vpc.address": {
    item: "Public IPv4 address",
    price: 0.005,
    unit: "hour",
    source: "AWS NAT Gateway Pricing, cloudburn.io, 2026-02-24",
  },
  "vpc.endpoint.hour": {
    item: "Interface endpoint, in one zone",
    price: 0.01,
    unit: "hour",
    source: "AWS PrivateLink Cost Analysis, awsnegotiations.com, 2026-05",
  },
  "vpc.endpoint.data": {
    item: "Interface endpoint, data processed, first PB",
    price: 0.01,
    unit: "GB",
    source: "AWS PrivateLink pricing, 2026-11",
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
  "rds.postgres.t4g": {
    item: "RDS for PostgreSQL, db.t4g.large, one zone",
    price: 0.129,
    unit: "hour",
    source:
      "instances.vantage.sh/rds, 2025-01; agrees with db.t4g.medium in AWS RDS pricing explained, infratally.com, 2026",
  },
  "rds.postgres.m7g": {
    item: "RDS for PostgreSQL, db.m7g.large, one zone",
    price: 0.168,
    unit: "hour",
    source: "instances.vantage.sh/rds, 2025-01",
  },
  "rds.storage.gp3": {
    item: "RDS storage, gp3, one zone",
    price: 0.115,
    unit: "GB-month",
    source: "infracost, golden file of aws_db_instance, 2025-07",
  },
  "rds.backup": {
    item: "RDS backups beyond the storage of the database",
    price: 0.095,
    unit: "GB-month",
    source: "RDS pricing calculator guide, usage.ai, 2026-06",
  },
  "rds.insights.advanced": {
    item: "Database Insights Advanced",
    price: 0.0125,
    unit: "vCPU-hour",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
} as const satisfies Record<string, Price>;

/** A line of the price table. */
export type PriceKey = keyof typeof table;
export const prices: Readonly<Record<PriceKey, Price>> = table;

/** What the table as a whole is about. */
export const priceTable = { currency: "USD", region: "us-east-1", date: "2026-10-02" } as const;

/** Days in an average month: what a quantity per day is multiplied by. */
export const daysPerMonth = 365 / 12;
