import type { Equivalents } from "../equivalents";
import { filledIn } from "./reasons";

const hiddenNode =
  "a series is what the query answers, the worst node: that the broker's own metric is a sum, in which that node is hidden, no series of one metric can show";

const wholes = "messages are counted in whole numbers, of which none lies between the two limits";

/** Equivalent mutants of queues, topics, brokers, Kafka and those who read from them. */
export const messages: Equivalents = {
  "broker-channels": { "value: across Node left out": hiddenNode },
  "broker-connections": { "value: across Node left out": hiddenNode },
  "broker-cpu": { "value: across Node left out": hiddenNode },
  "broker-discarded": { "threshold 1 -> 0.5": wholes },
  "broker-disk": { "value: across Node left out": hiddenNode },
  "broker-disk-full": { "value: across Node left out": hiddenNode },
  "broker-growing-backlog": {
    "expression -> (ready > 1000) / (published - acknowledged)":
      "only values above 0 are bad, and one divided by a number is above 0 just when the number is",
  },
  "broker-memory": { "value: across Node left out": hiddenNode },
  "broker-memory-full": { "value: across Node left out": hiddenNode },
  "broker-partitioned": {
    'query -> count(rabbitmq_connections{broker="broker-1.a"}) * (count(rabbitmq_connections{broker="broker-1.a"}) - 1) - (count(erlang_vm_dist_node_state{broker="broker-1.a"} == 3) or vector(1))':
      "without any link, none or 2 or 6 were expected of one, two or three nodes: one less is above 0 for the same of them",
  },
  "broker-unroutable": { "threshold 1 -> 0.5": wholes },
  "broker-without-workers": {
    "threshold 1 -> 0.5": wholes,
    "consumers: statistic Maximum -> Average":
      "a number of consumers is never negative, so the average is 0 just when the maximum is",
  },
  "consumer-unreported": {
    "missing data breaching -> notBreaching": filledIn,
    "missing data breaching -> ignore": filledIn,
    "missing data breaching -> missing": filledIn,
    "expression -> FILL(lag, -2)":
      "only values under 0 are bad, so it does not matter how far below a missing lag counts",
    "expression -> FILL(lag, -0.5)":
      "only values under 0 are bad, so it does not matter how far below a missing lag counts",
    "lag: statistic Maximum -> Average": "lag is never negative: under 0 is only what FILL puts there",
    "lag: statistic Maximum -> Minimum": "lag is never negative: under 0 is only what FILL puts there",
  },
  "kafka-offline-partitions": {
    "value: statistic Maximum -> Average":
      "a number of partitions is never negative, so the average is above 0 just when the maximum is",
  },
  "kafka-under-min-isr": {
    "value: statistic Maximum -> Average":
      "a number of partitions is never negative, so the average is above 0 just when the maximum is",
  },
  "kafka-under-replicated": {
    "value: statistic Maximum -> Average":
      "a number of partitions is never negative, so the average is above 0 just when the maximum is",
  },
  "queue-dead-letters": {
    "value: statistic Maximum -> Average":
      "a number of messages is never negative, so the average is above 0 just when the maximum is",
  },
  "queue-growing-backlog": {
    "expression -> IF(waiting > 1042, sent - deleted, (-1))":
      "only values above 0 are bad, so it does not matter how far below a small backlog counts",
  },
  "topic-undelivered": {
    "expression -> IF(published > 0, FILL(delivered, (-1)), 1)":
      "values of 0 and less are bad, so nothing delivered may count as 0 or as less",
    "expression -> IF(published > 0, FILL(delivered, 0), 2)":
      "only values of 0 and less are bad, so an idle topic may count as any number above",
    "expression -> IF(published > 0, FILL(delivered, 0), 0.5)":
      "only values of 0 and less are bad, so an idle topic may count as any number above",
    "expression -> IF(published > 0, delivered, 1)":
      "IF takes a missing value for 0 where its condition holds; FILL says so for the reader",
  },
  "topology-differs": {
    "value: statistic Maximum -> Average":
      "a number of differences is never negative, so the average is above 0 just when the maximum is",
  },
};
