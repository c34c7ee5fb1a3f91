import type { Metric, StatisticName } from "./metric";

/** A metric whose row was read in a service's own guide, and holds all that can be asked of it. */
type Own = Omit<Metric, "namespace" | "metric" | "complete" | "source" | "range"> & {
  readonly range?: Metric["range"];
};

const noLess: Metric["range"] = [0, Number.POSITIVE_INFINITY];
const readings: readonly StatisticName[] = ["Maximum", "Average", "Minimum"];
const totals: readonly StatisticName[] = ["Sum"];
const sizes: readonly StatisticName[] = ["Average", "Minimum", "Maximum", "SampleCount"];

function table(namespace: string, source: string, rows: Readonly<Record<string, Own>>): Metric[] {
  return Object.entries(rows).map(([metric, row]) => ({
    period: 60,
    range: noLess,
    ...row,
    namespace,
    metric,
    complete: true,
    source,
  }));
}

const queue = [["QueueName"]] as const;
const depth: Own = { unit: "Count", kind: "gauge", statistics: readings, dimensions: queue, idle: true };
/** "Amazon SQS quotas", SQS Developer Guide, 2026-11: the same for FIFO queues. */
const inFlight: Own = { ...depth, range: [0, 120_000] };
/** A message cannot be older than the longest retention, 14 days. */
const age: Own = { ...depth, unit: "Seconds", range: [0, 1_209_600], worse: "high" };
const flow: Own = { unit: "Count", kind: "counter", statistics: totals, dimensions: queue, idle: true };

const sqs = table("AWS/SQS", "Available CloudWatch metrics for Amazon SQS, SQS Developer Guide, 2026-11", {
  ApproximateAgeOfOldestMessage: age,
  ApproximateNumberOfMessagesVisible: depth,
  ApproximateNumberOfMessagesNotVisible: inFlight,
  ApproximateNumberOfMessagesDelayed: depth,
  NumberOfMessagesSent: flow,
  NumberOfMessagesReceived: flow,
  NumberOfMessagesDeleted: flow,
  NumberOfEmptyReceives: flow,
  /** "Message quotas", SQS Developer Guide, 2026-11: 1 byte to 1 MiB. */
  SentMessageSize: {
    unit: "Bytes",
    kind: "distribution",
    statistics: sizes,
    dimensions: queue,
    idle: true,
    range: [1, 1_048_576],
  },
  ApproximateNumberOfGroupsWithInflightMessages: { ...inFlight, engine: "fifo" },
  NumberOfDeduplicatedSentMessages: { ...flow, engine: "fifo" },
  ApproximateNumberOfNoisyGroups: { ...depth, switch: "fair queues" },
  ApproximateNumberOfMessagesVisibleInQuietGroups: { ...depth, switch: "fair queues" },
  ApproximateNumberOfMessagesNotVisibleInQuietGroups: { ...inFlight, switch: "fair queues" },
  ApproximateNumberOfMessagesDelayedInQuietGroups: { ...depth, switch: "fair queues" },
  ApproximateAgeOfOldestMessageInQuietGroups: { ...age, switch: "fair queues" },
});

const topic = [["TopicName"]] as const;
const publishing = [
  ["TopicName"],
  ["PhoneNumber"],
  ["Country", "SMSType"],
  ["Application"],
  ["Application", "Platform"],
  ["Platform"],
] as const;
const notes: Own = { unit: "Count", kind: "counter", statistics: ["Sum", "Average"], dimensions: publishing };
const faults: Own = { ...notes, sparse: true, worse: "high" };
const redriven: Own = { ...faults, dimensions: topic, switch: "subscription redrive policy" };

const sns = table("AWS/SNS", "Monitoring Amazon SNS topics using CloudWatch, SNS Developer Guide, 2026-11", {
  NumberOfMessagesPublished: { ...notes, statistics: totals, idle: true },
  NumberOfNotificationsDelivered: { ...notes, statistics: totals, idle: true },
  NumberOfNotificationsFailed: { ...faults, repeats: true },
  NumberOfNotificationsFilteredOut: notes,
  "NumberOfNotificationsFilteredOut-MessageAttributes": notes,
  "NumberOfNotificationsFilteredOut-MessageBody": notes,
  "NumberOfNotificationsFilteredOut-InvalidAttributes": faults,
  "NumberOfNotificationsFilteredOut-NoMessageAttributes": notes,
  "NumberOfNotificationsFilteredOut-InvalidMessageBody": faults,
  NumberOfNotificationsRedrivenToDlq: redriven,
  NumberOfNotificationsFailedToRedriveToDlq: redriven,
  PublishSize: { unit: "Bytes", kind: "distribution", statistics: sizes, dimensions: topic, idle: true },
  SMSMonthToDateSpentUSD: {
    kind: "gauge",
    statistics: ["Maximum"],
    dimensions: [[], ["PhoneNumber"], ["Country", "SMSType"]],
    worse: "high",
  },
  SMSSuccessRate: {
    unit: "Count",
    kind: "counter",
    statistics: ["Average", "Sum", "SampleCount"],
    dimensions: [[], ["PhoneNumber"], ["Country", "SMSType"]],
    worse: "low",
  },
});

const requests = { dimensions: [["BucketName", "FilterId"]], switch: "request metrics" } as const;
const calls: Own = { ...requests, unit: "Count", kind: "counter", statistics: ["Sum"] };
/** One sample a request, 0 or 1: the average is the error rate. */
const errors: Own = { ...calls, statistics: ["Average", "Sum", "SampleCount"], worse: "high" };
const latency: Own = {
  ...requests,
  unit: "Milliseconds",
  kind: "distribution",
  statistics: ["Average", "Maximum", "Percentile"],
  worse: "high",
};
const amount: Own = {
  ...requests,
  unit: "Bytes",
  kind: "distribution",
  statistics: ["Average", "Sum", "SampleCount", "Minimum", "Maximum", "Percentile"],
};
const stored: Own = {
  dimensions: [["BucketName", "StorageType"]],
  kind: "gauge",
  statistics: ["Average"],
  period: 86_400,
};
const replication = {
  dimensions: [["DestinationBucket", "RuleId", "SourceBucket"]],
  switch: "replication metrics",
  idle: true,
} as const;
const waiting: Own = { ...replication, kind: "gauge", statistics: ["Maximum"], worse: "high" };

const s3 = table("AWS/S3", "Metrics and dimensions, Amazon S3 User Guide, 2026-11", {
  BucketSizeBytes: { ...stored, unit: "Bytes" },
  NumberOfObjects: { ...stored, unit: "Count" },
  ...Object.fromEntries(
    ["All", "Get", "Put", "Delete", "Head", "Post", "Select", "List"].map((verb) => [`${verb}Requests`, calls]),
  ),
  "4xxErrors": errors,
  "5xxErrors": errors,
  FirstByteLatency: latency,
  TotalRequestLatency: latency,
  BytesDownloaded: amount,
  BytesUploaded: amount,
  SelectBytesScanned: amount,
  SelectBytesReturned: amount,
  ReplicationLatency: { ...waiting, unit: "Seconds" },
  BytesPendingReplication: { ...waiting, unit: "Bytes" },
  OperationsPendingReplication: { ...waiting, unit: "Count" },
  OperationsFailedReplication: {
    ...replication,
    unit: "Count",
    kind: "counter",
    statistics: ["Sum", "Average", "Maximum", "SampleCount"],
    worse: "high",
  },
});

/** Rows that AWS's list lacks, or has with less. They win over it. */
export const own: readonly Metric[] = [...sqs, ...sns, ...s3];

/** What is known of metrics of the list besides what it says, by namespace and metric. */
export const hints: Readonly<Record<string, Readonly<Record<string, Pick<Metric, "sparse" | "worse">>>>> = {
  /** "Amazon EKS and Kubernetes Container Insights metrics", CloudWatch User Guide, 2026-11: only for pods that have a limit. */
  ContainerInsights: {
    pod_cpu_utilization_over_pod_limit: { sparse: true, worse: "high" },
    pod_memory_utilization_over_pod_limit: { sparse: true, worse: "high" },
  },
  /** "Amazon CloudWatch metrics for Amazon RDS", RDS User Guide, 2026-11. */
  "AWS/RDS": {
    FreeStorageSpace: { worse: "low" },
    FreeableMemory: { worse: "low" },
    BurstBalance: { worse: "low" },
  },
};
