import { Broker } from "../infra/broker/broker";
import { BrokerOperations } from "../infra/broker/operations/operations";
import type { Bucket } from "../infra/bucket/bucket";
import { Kafka } from "../infra/kafka/kafka";
import type { Network } from "../infra/network/network";
import { Queue } from "../infra/queue/queue";
import { publisherOf } from "../infra/topic/senders";
import type { Subscription } from "../infra/topic/subscription";
import { Topic } from "../infra/topic/topic";
import type { Account } from "./account";
import { encryptedBucket } from "./data";
import type { Watchers } from "./incidents";
import type { Settings } from "./settings";
import { wired } from "./settings/buckets";
import { isProtected } from "./settings/replaceable";

/** What the layer of messages needs. */
export interface MessagingNeeds {
  readonly network: Network;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly watchers: Watchers;
}

/** What the layer of messages offers. */
export interface Messaging {
  /** By name. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** By name. */
  readonly topics: ReadonlyMap<string, Topic>;
  readonly broker: Broker;
  /** Absent where the stack has none. */
  readonly kafka?: Kafka;
}

/** Queues with their dead-letter queues, and the topics that deliver to them. */
function queuesAndTopics(
  settings: Settings,
  account: Account,
  watchers: Watchers,
): Pick<Messaging, "queues" | "topics"> {
  const place = { account: settings.account, region: settings.region };
  const deliveries = Object.entries(settings.topics);
  const queues = new Map(
    Object.entries(settings.queues).map(([name, queue]) => {
      const publishers = deliveries.flatMap(([topic, { deliverTo }]) =>
        Object.hasOwn(deliverTo, name) ? [publisherOf(topic, place)] : [],
      );
      return [name, new Queue(name, { ...queue, publishers, watcher: watchers.ofQueue(name) }, account)];
    }),
  );
  const topics = deliveries.map(([name, { deliverTo, ...expected }]) => {
    const subscriptions = Object.entries(deliverTo).flatMap(([to, { filter, raw }]): Subscription[] => {
      const queue = queues.get(to);
      const policy = filter && { filter: { scope: "MessageAttributes" as const, policy: filter } };
      return queue ? [{ name: to, protocol: "sqs", queue, raw, ...policy }] : [];
    });
    return [
      name,
      new Topic(name, { ...expected, ...place, subscriptions, watcher: watchers.ofTopic(name) }, account),
    ] as const;
  });
  return { queues, topics: new Map(topics) };
}

/** The broker, and what is in it. */
function brokerWithTopology(
  settings: Settings,
  account: Account,
  { network, buckets, watchers }: MessagingNeeds,
): Broker {
  const place = { account: settings.account, region: settings.region };
  const { subnets, securityGroups } = network;
  const watcher = watchers.of("broker");
  const broker = new Broker(
    "broker",
    {
      ...settings.broker,
      ...place,
      subnets: subnets.private,
      securityGroups: [securityGroups.broker],
      protect: isProtected(settings, "broker"),
      watcher,
    },
    account,
  );
  const exports = encryptedBucket(buckets, wired.brokerExports.name);
  new BrokerOperations(
    "broker-operations",
    {
      broker,
      secrets: broker.secrets,
      secretsKeyArn: broker.key,
      topology: settings.topology,
      exports: { bucket: exports.bucketName, arn: exports.arn, kmsKeyArn: exports.keyArn },
      network: { subnets: subnets.private, securityGroups: [securityGroups.functions] },
      place,
      watcher,
    },
    account,
  );
  return broker;
}

/** By which services tell each other something: queues and topics of AWS, RabbitMQ, and Kafka where the stack has it. */
export function messaging(settings: Settings, account: Account, needs: MessagingNeeds): Messaging {
  const { network, watchers } = needs;
  const broker = brokerWithTopology(settings, account, needs);
  const { enabled, ...said } = settings.kafka;
  const inside = { subnets: network.subnets.private, securityGroups: [network.securityGroups.kafka] };
  const kafka = enabled
    ? new Kafka(
        "kafka",
        {
          ...said,
          ...inside,
          account: settings.account,
          region: settings.region,
          protect: isProtected(settings, "kafka"),
          watcher: watchers.of("kafka"),
        },
        account,
      )
    : undefined;
  return { ...queuesAndTopics(settings, account, watchers), broker, ...(kafka && { kafka }) };
}
