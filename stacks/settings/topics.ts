import { z } from "zod";
import { checkName } from "../../infra/kit/names";
import { nearest } from "../../infra/kit/nearest";
import type { FilterPolicy } from "../../infra/topic/subscription";
import type { TopicExpectations } from "../../infra/topic/topic.args";
import { topicSignals } from "../../infra/topic/topic.signals";
import { changesOf } from "./changes";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { count, group, truth } from "./values";

/** How a queue receives a topic's messages. */
export interface DeliverySettings {
  /** Attribute of a message to the values that are delivered; without one, every message is. */
  readonly filter?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** The message alone, without SNS's envelope. */
  readonly raw?: boolean;
}

/** What a stack says of a topic. */
export interface TopicSettings extends Omit<TopicExpectations, "watcher"> {
  /** Queue of this stack to how it receives. */
  readonly deliverTo: Readonly<Record<string, DeliverySettings>>;
}

const filter: z.ZodType<FilterPolicy & DeliverySettings["filter"]> = z.record(
  z.string(),
  z.array(z.union([z.string(), z.number(), z.boolean()])).min(1),
  { error: 'a mapping of message attributes to lists of values, such as {"status": ["paid"]}' },
);

const fieldsOfTopic = {
  publishesPerDay: count().describe("Messages on a usual day."),
  steady: truth().optional().describe("Traffic never pauses for a quarter of an hour, so that silence is an alarm."),
  deliverTo: z
    .record(
      z.string(),
      group({
        filter: filter.optional().describe("Message attributes to the values that are delivered."),
        raw: truth().optional().describe("The message alone, without SNS's envelope."),
      }),
      { error: "a mapping of queue names to how they receive" },
    )
    .describe("Queues of this stack that receive its messages."),
  changes: changesOf(topicSignals).optional().describe("What this topic does differently, by signal id."),
};

const topics: z.ZodType<Readonly<Record<string, TopicSettings>>> = z
  .record(z.string(), group(fieldsOfTopic), { error: "a mapping of topic names to their settings" })
  .describe("Topics by name: a stack gives only what differs, a new name is a new topic, and null takes a topic away.");

/** The topics of the platform, as production has them. */
export const platformTopics: Readonly<Record<string, TopicSettings>> = {
  "order-events": {
    publishesPerDay: 400_000,
    steady: true,
    deliverTo: { invoices: {}, notifications: { filter: { status: ["confirmed", "cancelled"] } } },
  },
  "payment-events": {
    publishesPerDay: 350_000,
    steady: true,
    deliverTo: { shipments: { filter: { status: ["paid"] } }, notifications: { filter: { status: ["failed"] } } },
  },
  "shipment-events": { publishesPerDay: 300_000, deliverTo: { notifications: {} } },
  "production-events": { publishesPerDay: 60_000, deliverTo: { shipments: { filter: { status: ["finished"] } } } },
};

/** Why a topic cannot deliver to a queue. */
function cannotReceive(queue: string, queues: Mapping): string | undefined {
  const given = Object.hasOwn(queues, queue) ? queues[queue] : undefined;
  if (given === undefined) {
    const meant = nearest(queue, Object.keys(queues));
    return `no such queue: ${meant === undefined ? "take the delivery away with null" : `did you mean ${meant}?`}`;
  }
  const fifo = isMapping(given) && (given.fifo === true || given.fifo === "true");
  return fifo ? "a topic cannot deliver to a FIFO queue" : undefined;
}

/** Mistakes in topics that no value shows alone: names that AWS does not take, and queues that cannot receive. */
function topicMistakes(topics: unknown, { queues }: Mapping): SectionMistake[] {
  return Object.entries(isMapping(topics) ? topics : {}).flatMap(([name, topic]): SectionMistake[] => {
    const problem = /^[A-Za-z]/.test(name) ? checkName("topic", name) : "the name of a topic begins with a letter";
    const receivers = isMapping(topic) && isMapping(topic.deliverTo) ? Object.keys(topic.deliverTo) : [];
    const wrong = receivers.flatMap((queue): SectionMistake[] => {
      const allowed = isMapping(queues) ? cannotReceive(queue, queues) : undefined;
      return allowed === undefined ? [] : [{ path: [name, "deliverTo", queue], allowed, aside: true }];
    });
    return problem === undefined ? wrong : [{ path: [name], allowed: problem, aside: true }, ...wrong];
  });
}

/** Topics by name. */
export const topicsSection = section<Readonly<Record<string, TopicSettings>>>({
  schema: topics,
  defaults: platformTopics,
  mistakes: topicMistakes,
});
