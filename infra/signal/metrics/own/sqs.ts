import { type Own, readings, sizes, table, totals } from "./table";

const queue = [["QueueName"]] as const;
const depth: Own = { unit: "Count", kind: "gauge", statistics: readings, dimensions: queue, idle: true };
/** "Amazon SQS quotas", SQS Developer Guide, 2026-11: the same for FIFO queues. */
const inFlight: Own = { ...depth, range: [0, 120_000] };
/** A message cannot be older than the longest retention, 14 days. */
const age: Own = { ...depth, unit: "Seconds", range: [0, 1_209_600], worse: "high" };
const flow: Own = { unit: "Count", kind: "counter", statistics: totals, dimensions: queue, idle: true };

export const sqs = table("AWS/SQS", "Available CloudWatch metrics for Amazon SQS, SQS Developer Guide, 2026-11", {
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
