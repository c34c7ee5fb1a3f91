import { defineKind } from "../signal/kind";
import { daysPerMonth } from "../signal/prices";
import { type QueueRole, type QueueSize, queueSignals } from "./queue.signals";

const queueType = "aws:sqs/queue:Queue";
const redrives = [
  queueType,
  "aws:sqs/redrivePolicy:RedrivePolicy",
  "aws:sns/topicSubscription:TopicSubscription",
] as const;
/** What SQS assumes where a queue says nothing ("Amazon SQS quotas" and "Amazon SQS queue parameters", SQS Developer Guide, 2026-11), in seconds. */
export const defaultRetention = 345_600;

const numeric = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);

/** Queues as the catalogue knows them, ours and those of any other program. */
export const queueKind = defineKind<QueueRole, "queue", QueueSize>({
  name: "queue",
  types: [queueType],
  signals: queueSignals,
  nameOf: { QueueName: "name" },
  roleOf: ({ urn }, graph) =>
    redrives.some((type) => graph.users(urn, type, "redrivePolicy").length > 0) ? "deadLetters" : "source",
  sizeOf: ({ known }) => {
    const retention = numeric(known["messageRetentionSeconds"], defaultRetention);
    const fifo = known["fifoQueue"] === true;
    return { fifo, retention, deadLetterRetention: retention, oldestMessage: 0, messagesPerDay: 0, steady: false };
  },
  costs: ({ known, name }, role, size, declared) => [
    {
      item:
        role === "source"
          ? `requests of ${name} (send, receive, delete)`
          : `requests of ${name} (dead letters)`,
      price: known["fifoQueue"] === true ? "sqs.requests.fifo" : "sqs.requests.standard",
      ...(role === "source" && declared && { quantity: (3 * size.messagesPerDay * daysPerMonth) / 1e6 }),
    },
  ],
});
