import type { Output } from "@pulumi/pulumi";
import { Queue } from "../infra/queue/queue";
import type { Watcher } from "../infra/signal/watch";
import { publisherOf } from "../infra/topic/senders";
import type { Subscription } from "../infra/topic/subscription";
import { Topic } from "../infra/topic/topic";
import type { Account } from "./account";
import type { Settings } from "./settings";

/** What the layer of messages offers. */
export interface Messaging {
  /** Queue name to its URL. */
  readonly queues: Readonly<Record<string, Output<string>>>;
  /** Topic name to its ARN. */
  readonly topics: Readonly<Record<string, Output<string>>>;
}

/** Queues with their dead-letter queues, and the topics that deliver to them. */
export function messaging(settings: Settings, account: Account, { watcher }: { watcher: Watcher }): Messaging {
  const place = { account: settings.account, region: settings.region };
  const deliveries = Object.entries(settings.topics);
  const queues = new Map(
    Object.entries(settings.queues).map(([name, queue]) => {
      const publishers = deliveries.flatMap(([topic, { deliverTo }]) =>
        Object.hasOwn(deliverTo, name) ? [publisherOf(topic, place)] : [],
      );
      return [name, new Queue(name, { ...queue, publishers, watcher }, account)];
    }),
  );
  const topics = deliveries.map(([name, { deliverTo, ...expected }]) => {
    const subscriptions = Object.entries(deliverTo).flatMap(([to, { filter, raw }]): Subscription[] => {
      const queue = queues.get(to);
      const policy = filter && { filter: { scope: "MessageAttributes" as const, policy: filter } };
      return queue ? [{ name: to, protocol: "sqs", queue, raw, ...policy }] : [];
    });
    return [name, new Topic(name, { ...expected, ...place, subscriptions, watcher }, account).arn];
  });
  return {
    queues: Object.fromEntries([...queues].map(([name, { url }]) => [name, url])),
    topics: Object.fromEntries(topics),
  };
}
