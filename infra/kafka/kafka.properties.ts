import type { KafkaPlan, TopicPlan } from "./kafka.rules";

const milliseconds = (length: number): string => String(Math.round(length * 1_000));

/**
 * server.properties of a cluster ("Custom Amazon MSK configurations", MSK Developer Guide, 2026-11): what is acknowledged is never lost, and no client makes topics by a
 * slip of the pen. The selector lets a consumer read from the replica in its own zone, which costs less.
 */
export const serverProperties = ({ replication, minInSync }: KafkaPlan, retention: number): string =>
  [
    "auto.create.topics.enable=false",
    `default.replication.factor=${replication}`,
    `min.insync.replicas=${minInSync}`,
    "unclean.leader.election.enable=false",
    "num.partitions=6",
    `log.retention.ms=${milliseconds(retention)}`,
    "replica.selector.class=org.apache.kafka.common.replica.RackAwareReplicaSelector",
    "",
  ].join("\n");

/** The configuration of a topic. Its values are texts, as the provider reads them back. */
export const topicConfigs = ({ compact, minInSync, retention }: TopicPlan): string =>
  JSON.stringify({
    "cleanup.policy": compact ? "compact" : "delete",
    "min.insync.replicas": String(minInSync),
    ...(!compact && { "retention.ms": milliseconds(retention) }),
    "unclean.leader.election.enable": "false",
  });
