import { Key } from "@pulumi/aws/kms/key.js";
import { Topic as SnsTopic, type TopicArgs as SnsTopicArgs } from "@pulumi/aws/sns/topic.js";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output, output } from "@pulumi/pulumi";
import { Watch } from "../signal/watch";
import { createDeliveryLog, createDeliveryRole, loggedDeliveries } from "./delivery-log";
import { keyPolicy, topicPolicy } from "./senders";
import { createSubscription, type SubscriptionNodes } from "./subscription";
import {
  type NormalTopic,
  normalizeExpectations,
  normalizeTopic,
  type TopicArgs,
  type WatchTopicOptions,
} from "./topic.args";
import { topicSignals } from "./topic.signals";
import type { TopicSize } from "./topic.size";

/** The alarms of a topic. */
export type TopicWatch = Watch<"topic", TopicSize>;

/** An SNS topic with its subscriptions and their dead-letter queues, encrypted, served only over TLS, logged, and watched. */
export class Topic extends ComponentResource {
  /** The raw resources; subscriptions by their names. */
  readonly nodes: {
    readonly topic: SnsTopic;
    readonly watch: TopicWatch;
    readonly subscriptions: Readonly<Record<string, SubscriptionNodes>>;
  };
  /** ARN of the key that it is encrypted with: roles that publish need it. */
  readonly key: Output<string>;

  constructor(name: string, args: TopicArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeTopic(name, args);
    super("vigia:topic:Topic", name, {}, opts);
    const key = args.key ?? this.createKey(name, normal);
    this.key = output(key);
    const topic = this.createTopic(name, args, normal, key);
    new TopicPolicy(
      name,
      { arn: topic.arn, policy: topicPolicy(topic, normal.place, normal.senders) },
      { parent: this },
    );
    const context = { topic, fifo: normal.fifo, key, watcher: args.watcher, parent: this };
    const subscriptions = normal.subscriptions.map((subscription) => [
      subscription.name,
      createSubscription(name, subscription, context),
    ]);
    const watch = watchTopic(name, topic, { ...args, ...normal.size }, { parent: this });
    this.nodes = { topic, watch, subscriptions: Object.fromEntries(subscriptions) };
    this.registerOutputs({ arn: topic.arn });
  }

  get arn(): Output<string> {
    return this.nodes.topic.arn;
  }

  private createKey(name: string, { place, senders, subscriptions, logged }: NormalTopic): Output<string> {
    const policy = keyPolicy(place, { senders, delivers: subscriptions.length > 0, logs: logged.length > 0 });
    const description = `Messages of the topic ${name}`;
    return new Key(name, { description, policy, enableKeyRotation: true, deletionWindowInDays: 30 }, { parent: this })
      .arn;
  }

  private createTopic(name: string, args: TopicArgs, normal: NormalTopic, key: Input<string>): SnsTopic {
    const { fifo, logged, loggedSuccesses, place } = normal;
    const role = logged.length > 0 ? createDeliveryRole(name, this) : undefined;
    const made: SnsTopicArgs = {
      kmsMasterKeyId: key,
      // SHA-256 instead of SHA-1 ("Verifying the signatures of Amazon SNS messages", SNS Developer Guide, 2026-11).
      signatureVersion: 2,
      ...(fifo && { fifoTopic: true }),
      ...(role && loggedDeliveries(role, logged, loggedSuccesses)),
    };
    const topic = new SnsTopic(name, args.transform?.topic?.(made) ?? made, { parent: this });
    if (role) createDeliveryLog(name, topic, role, place, key, this);
    return topic;
  }
}

/**
 * Watches a topic that exists already, in any Pulumi program: the alarms that {@link Topic} makes, from the same records.
 * @param name the alarms' names start with it
 */
export function watchTopic(
  name: string,
  existing: SnsTopic,
  options: WatchTopicOptions,
  opts?: ComponentResourceOptions,
): TopicWatch {
  const size = normalizeExpectations(name, options);
  const part = { resource: existing, kind: "topic", signals: topicSignals, role: "topic", size } as const;
  return new Watch(
    name,
    [{ ...part, subjects: { topic: existing.name }, changes: options.changes ?? {} }],
    options.watcher,
    opts,
  );
}
