import assert from "node:assert/strict";
import { Graph, type GraphResource } from "../signal/graph";
import { consumerKind } from "./consumer.kind";
import { brokerHosts } from "./kafka.hosts";
import { kafkaKind } from "./kafka.kind";
import { example } from "./kafka.size";

const resource = (type: string, known: object): GraphResource => ({
  urn: "urn:events",
  type,
  name: "events",
  known: { ...known },
  madeFrom: {},
  dependsOn: [],
});
const view = (known: object) => {
  const cluster = resource("aws:msk/cluster:Cluster", known);
  return kafkaKind.view(cluster, new Graph([cluster]));
};
const applicable = (known: object) =>
  view(known).signals.flatMap(({ info, notApplicable }) => (info.severity && !notApplicable ? [info.id] : []));
const standard = (instanceType: string) => ({
  numberOfBrokerNodes: 3,
  enhancedMonitoring: "PER_BROKER",
  brokerNodeGroupInfo: { instanceType, storageInfo: { ebsStorageInfo: { volumeSize: 200 } } },
});

describe("a cluster of any program", () => {
  it("has what its level of monitoring publishes, and nothing that only ours declares", () => {
    const paid = [
      "kafka-request-threads",
      "kafka-network-threads",
      "kafka-produce-throttled",
      "kafka-connections-refused",
    ];
    const all = applicable(standard("kafka.m5.large"));
    const free = applicable({ ...standard("kafka.m5.large"), enhancedMonitoring: "DEFAULT" });
    assert.deepEqual(
      all.filter((id) => !free.includes(id)),
      paid,
    );
    for (const id of ["kafka-disk-not-growing", "kafka-broker-silent", "kafka-isr-shrinking"])
      assert.ok(!all.includes(id));
    assert.ok(all.includes("kafka-offline-partitions"));
  });

  it("has no signals of replication and disks on Express brokers", () => {
    const ids = applicable(standard("express.m7g.large"));
    assert.ok(ids.includes("kafka-no-controller"));
    assert.ok(!ids.some((id) => /disk|heap|replicated|isr|offline/.test(id)));
  });

  it("costs its brokers, its storage and the metrics that are paid for", () => {
    assert.deepEqual(view(standard("kafka.t3.small")).costs, [
      { item: "3 brokers kafka.t3.small of events", price: "msk.broker.t3.small", quantity: 2_190 },
      { item: "storage of events, before it grows", price: "msk.storage", quantity: 600 },
      { item: "metrics of events at PER_BROKER: custom metrics, by number" },
    ]);
  });

  it("is not priced where the price of its class is not known, and never counted as nothing", () => {
    const [brokers] = view(standard("kafka.m7g.large")).costs;
    assert.deepEqual(brokers, { item: "3 brokers kafka.m7g.large of events" });
    assert.deepEqual(view({}).costs, [
      { item: "1 brokers of unknown class of events" },
      { item: "storage of events, before it grows", price: "msk.storage" },
    ]);
    assert.deepEqual(
      view(standard("express.m7g.large")).costs.map(({ item }) => item),
      [
        "3 brokers express.m7g.large of events",
        "storage and traffic of events, by use",
        "metrics of events at PER_BROKER: custom metrics, by number",
      ],
    );
  });
});

describe("a topic of any program", () => {
  it("has no alarms until a group that reads it is declared", () => {
    const topic = resource("aws:msk/topic:Topic", { name: "orders" });
    const { signals, costs } = consumerKind.view(topic, new Graph([topic]));
    for (const { info, notApplicable } of signals)
      assert.ok(info.severity === undefined || notApplicable !== undefined);
    assert.deepEqual(costs, []);
  });
});

describe("the names of brokers", () => {
  const bootstrap =
    "b-2.events.abc123.c2.kafka.eu-central-1.amazonaws.com:9098,b-1.events.abc123.c2.kafka.eu-central-1.amazonaws.com:9098";

  it("are all of them, though the bootstrap text names fewer", () => {
    assert.deepEqual(brokerHosts(bootstrap, example.brokers), [
      "b-1.events.abc123.c2.kafka.eu-central-1.amazonaws.com",
      "b-2.events.abc123.c2.kafka.eu-central-1.amazonaws.com",
      "b-3.events.abc123.c2.kafka.eu-central-1.amazonaws.com",
    ]);
  });

  it("cannot be made from another text", () => {
    assert.throws(() => brokerHosts("boot.kafka-serverless.eu-central-1.amazonaws.com:9098", 3), TypeError);
  });
});
