import { Broker as MqBroker } from "@pulumi/aws/mq/broker.js";
import type { BrokerArgs, BrokerExpectations } from "./broker.args";

const actions = { page: ["arn:page"], ticket: ["arn:ticket"] };
/** Who is told in tests, with a Prometheus. */
export const watcher = { actions, runbooks: "https://example.com/runbooks", prometheus: { workspaceId: "ws-1" } };
/** The same without one. */
export const withoutPrometheus = { actions, runbooks: "https://example.com/runbooks" };

/** What is expected of a broker in tests. */
export const expected: BrokerExpectations = {
  instanceType: "mq.m7g.large",
  mode: "cluster",
  connections: 300,
  oldestMessage: "10 minutes",
  watcher,
};

/** The least that a broker must be told. */
export const usual: BrokerArgs = {
  ...expected,
  account: "123456789012",
  region: "eu-central-1",
  subnets: ["subnet-a", "subnet-b", "subnet-c"],
  securityGroups: ["sg-broker"],
  maintenance: { day: "SUNDAY", time: "03:00", zone: "Europe/Berlin" },
};

/** A broker that somebody else made. */
export const existing = (): MqBroker =>
  new MqBroker("old", {
    brokerName: "legacy",
    engineType: "RabbitMQ",
    engineVersion: "4.2",
    hostInstanceType: "mq.m7g.large",
    deploymentMode: "CLUSTER_MULTI_AZ",
    users: [{ username: "admin", password: "none-of-our-business" }],
  });
