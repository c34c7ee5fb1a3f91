import { Cluster } from "@pulumi/aws/msk/cluster.js";
import type { KafkaArgs } from "./kafka.args";

const actions = { page: ["arn:page"], ticket: ["arn:ticket"] };
/** Who is told in tests. */
export const watcher = { actions, runbooks: "https://example.com/runbooks" };
/** The same with a Prometheus. */
export const scraping = { ...watcher, prometheus: { workspaceId: "ws-1" } };

/** The least that a cluster must be told. */
export const usual: KafkaArgs = {
  account: "123456789012",
  region: "eu-central-1",
  subnets: ["subnet-a", "subnet-b", "subnet-c"],
  securityGroups: ["sg-kafka"],
  watcher,
};

/** A topic and the groups that read it. */
export const read: Pick<KafkaArgs, "topics" | "consumers"> = {
  topics: { orders: { partitions: 12, retention: "14 days" }, stock: { partitions: 6, compact: true } },
  consumers: {
    projection: { orders: { within: "5 minutes", backlog: 1_000, service: "orders" } },
    search: { orders: { within: "10 minutes" }, stock: { within: "1 hour" } },
  },
};

/** A cluster that somebody else made. */
export const existing = (): Cluster =>
  new Cluster("old", {
    clusterName: "legacy",
    kafkaVersion: "3.9.x",
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: { instanceType: "kafka.m5.large", clientSubnets: ["a", "b", "c"], securityGroups: ["sg"] },
  });
