import { z } from "zod";
import { checkName } from "../../infra/kit/names";
import type { QueueArgs } from "../../infra/queue/queue.args";
import { normalizeQueue } from "../../infra/queue/queue.args";
import { queueSignals } from "../../infra/queue/queue.signals";
import { changesOf } from "./changes";
import { completed, sentencesOf, unwatched } from "./component";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { count, duration, group, oneOf, truth, whole } from "./values";

/** What a stack says of a queue. What it leaves out is the component's default. */
export type QueueSettings = Omit<QueueArgs, "watcher" | "publishers" | "kmsKeyId" | "transform">;

const fieldsOfQueue = {
  oldestMessage: duration("1 second", "14 days", "10 minutes").describe(
    "How long a message may wait before somebody feels it.",
  ),
  messagesPerDay: count().describe("Messages on a usual day."),
  steady: truth().optional().describe("Traffic never pauses for a quarter of an hour, so that silence is an alarm."),
  fifo: truth().optional().describe("Keeps the order of messages within a group. Replaces the queue."),
  retention: duration("60 seconds", "14 days", "4 days")
    .optional()
    .describe("How long a message is kept that nobody receives."),
  deadLetterRetention: duration("60 seconds", "14 days", "14 days")
    .optional()
    .describe("How long a dead letter is kept."),
  visibilityTimeout: duration("0 seconds", "12 hours", "30 seconds")
    .optional()
    .describe("How long a received message stays hidden from other consumers."),
  delay: duration("0 seconds", "15 minutes", "30 seconds").optional().describe("How long a new message stays hidden."),
  maxReceives: whole(1, 1_000).optional().describe("How often a message is tried before it becomes a dead letter."),
  consumer: group({
    kind: oneOf("worker", "lambda").describe("What reads the queue."),
    timeout: duration("1 second", "12 hours", "1 minute").describe("How long it may work on a message."),
  })
    .optional()
    .describe("Who reads the queue."),
  changes: changesOf(queueSignals).optional().describe("What this queue does differently, by signal id."),
};
const queue: z.ZodType<QueueSettings> = group(fieldsOfQueue);

const queues: z.ZodType<Readonly<Record<string, QueueSettings>>> = z
  .record(z.string(), queue, { error: "a mapping of queue names to their settings" })
  .describe("Queues by name: a stack gives only what differs, a new name is a new queue, and null takes a queue away.");

/** The queues of the platform, as production has them. */
export const platformQueues: Readonly<Record<string, QueueSettings>> = {
  orders: {
    oldestMessage: "5 minutes",
    messagesPerDay: 400_000,
    steady: true,
    visibilityTimeout: "1 minute",
    consumer: { kind: "worker", timeout: "45 seconds" },
  },
  payments: {
    oldestMessage: "2 minutes",
    messagesPerDay: 350_000,
    steady: true,
    retention: "7 days",
    visibilityTimeout: "2 minutes",
    maxReceives: 3,
    consumer: { kind: "worker", timeout: "90 seconds" },
  },
  invoices: {
    oldestMessage: "1 hour",
    messagesPerDay: 350_000,
    visibilityTimeout: "6 minutes",
    consumer: { kind: "lambda", timeout: "1 minute" },
  },
  shipments: {
    oldestMessage: "15 minutes",
    messagesPerDay: 300_000,
    visibilityTimeout: "2 minutes",
    consumer: { kind: "worker", timeout: "1 minute" },
  },
  production: {
    fifo: true,
    oldestMessage: "10 minutes",
    messagesPerDay: 60_000,
    visibilityTimeout: "5 minutes",
    maxReceives: 10,
    consumer: { kind: "worker", timeout: "4 minutes" },
  },
  notifications: {
    oldestMessage: "30 minutes",
    messagesPerDay: 900_000,
    retention: "1 day",
    deadLetterRetention: "7 days",
    visibilityTimeout: "3 minutes",
    consumer: { kind: "lambda", timeout: "30 seconds" },
  },
};

/** Stands in for a refused length of time: the component leaves what it cannot read out of its comparisons. */
const unreadable = "?";
/** Stand-ins for refused values. */
const standIns: Readonly<Record<string, unknown>> = {
  oldestMessage: unreadable,
  retention: unreadable,
  deadLetterRetention: unreadable,
  visibilityTimeout: unreadable,
  messagesPerDay: 0,
  fifo: true,
};

/** The rules between values are the component's; its sentences begin with the field. */
function fromComponent(name: string, given: Mapping, path: readonly string[]): SectionMistake[] {
  const { settings, refused } = completed<QueueSettings>(fieldsOfQueue, given, standIns);
  return sentencesOf("queue", () => normalizeQueue(name, { ...settings, ...unwatched })).flatMap(
    ({ text, field, rule, got }): SectionMistake[] => {
      if (!Object.hasOwn(fieldsOfQueue, field)) return [{ path, allowed: text, aside: true }];
      if (refused.includes(field)) return [];
      const byDefault = given[field] === undefined && got !== undefined ? { byDefault: got } : {};
      return [{ path: [...path, field], allowed: rule, ...byDefault }];
    },
  );
}

/** Mistakes in a queue that no value shows alone: rules between values, and names that AWS does not take. */
function queueMistakes(name: string, given: unknown): SectionMistake[] {
  const settings = isMapping(given) ? given : undefined;
  const fifo = fieldsOfQueue.fifo.safeParse(settings?.fifo).data === true;
  const problem = /^[A-Za-z]/.test(name)
    ? checkName(fifo ? "FIFO queue" : "queue", `${name}-dead-letters`)
    : "the name of a queue begins with a letter";
  const between = settings ? fromComponent(problem === undefined ? name : "queue", settings, [name]) : [];
  return problem === undefined ? between : [{ path: [name], allowed: problem, aside: true }, ...between];
}

/** Queues by name. */
export const queuesSection = section<Readonly<Record<string, QueueSettings>>>({
  schema: queues,
  defaults: platformQueues,
  mistakes: (given) =>
    Object.entries(isMapping(given) ? given : {}).flatMap(([name, queue]) => queueMistakes(name, queue)),
});
