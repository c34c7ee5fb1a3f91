import { defineKind } from "../signal/kind";
import { type ConsumerSize, type ConsumerSubject, consumerSignals } from "./consumer.signals";

export const topicType = "aws:msk/topic:Topic";

/**
 * Topics as the catalogue knows them: what is watched of a topic is the groups that read it. A kind of its own, because a cluster has one set of alarms and a topic one for
 * each of its groups.
 */
export const consumerKind = defineKind<"consumer group", ConsumerSubject, ConsumerSize>({
  name: "consumer",
  types: [topicType],
  signals: consumerSignals,
  nameOf: { Topic: "name" },
  roleOf: () => "consumer group",
  sizeOf: () => ({ within: 0, backlog: 0 }),
  // A topic costs what its brokers cost.
  costs: () => [],
});
