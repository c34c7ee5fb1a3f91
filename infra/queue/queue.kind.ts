import { defineKind } from "../signal/kind";
import { daysPerMonth } from "../signal/prices";
import { isForDeadLetters, queueType } from "./queue.redrive";
import { type QueueRole, type QueueSize, queueSignals } from "./queue.signals";

/** What SQS assumes where a queue says nothing ("Amazon SQS quotas" and "Amazon SQS queue parameters", SQS Developer Guide, 2026-11), in seconds. */
export const defaultRetention = 345_600;

const numeric = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);

/** Queues as the catalogue knows them, ours and those of any other program. */
export const queueKind = defineKind<QueueRole, "queue", QueueSize>({
  name: "queue",
  types: [queueType],
  signals: queueSignals,
  nameOf: { QueueName: "name" },
  named: { source: "^(?!.*(dead-?letter|dlq))", deadLetters: "dead-?letter|dlq" },
  roleOf: (queue, graph) => (isForDeadLetters(queue, graph) ? "deadLetters" : "source"),
  sizeOf: ({ known }) => {
    const retention = numeric(known.messageRetentionSeconds, defaultRetention);
    const fifo = known.fifoQueue === true;
    return { fifo, retention, deadLetterRetention: retention, oldestMessage: 0, messagesPerDay: 0, steady: false };
  },
  costs: ({ known, name }, role, size, declared) => [
    {
      item: role === "source" ? `requests of ${name} (send, receive, delete)` : `requests of ${name} (dead letters)`,
      price: known.fifoQueue === true ? "sqs.requests.fifo" : "sqs.requests.standard",
      ...(role === "source" && declared && { quantity: (3 * size.messagesPerDay * daysPerMonth) / 1e6 }),
    },
  ],
});
