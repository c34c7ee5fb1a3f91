import type { Cluster } from "@pulumi/aws/msk/cluster.js";
import type { Topic } from "@pulumi/aws/msk/topic.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Watch, type Watcher } from "../signal/watch";
import { type ConsumerSize, type ConsumerSubject, consumerSignals } from "./consumer.signals";
import type { ConsumerExpectation } from "./kafka.args";
import { normalizeConsumer } from "./kafka.normal";

/** The alarms of a consumer group on a topic. */
export type ConsumerWatch = Watch<ConsumerSubject, ConsumerSize>;

/** What a group reads. */
export interface Reading {
  readonly cluster: Cluster;
  readonly topic: Topic;
  /** group.id of its consumers. */
  readonly group: string;
}

/** How a consumer group is watched. */
export interface WatchConsumerOptions extends ConsumerExpectation {
  readonly watcher: Watcher;
}

/**
 * Watches how far a consumer group is behind on a topic. The topic is a resource, so that the coverage shows what of it is watched.
 * @param name the alarms' names start with it
 */
export function watchConsumer(
  name: string,
  { cluster, topic, group }: Reading,
  options: WatchConsumerOptions,
  opts?: ComponentResourceOptions,
): ConsumerWatch {
  const size = normalizeConsumer(`consumer "${name}"`, options);
  const part = {
    resource: topic,
    kind: "consumer",
    signals: consumerSignals,
    role: "consumer group",
    size,
    subjects: { cluster: cluster.clusterName, group, topic: topic.name },
    changes: options.changes ?? {},
    ...(options.service !== undefined && { service: options.service }),
  };
  return new Watch<ConsumerSubject, ConsumerSize>(name, [part], options.watcher, opts);
}
