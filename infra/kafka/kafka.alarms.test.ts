import assert from "node:assert/strict";
import { type Recording, record } from "../kit/recorder";
import { Kafka, watchKafka } from "./kafka";
import type { KafkaArgs } from "./kafka.args";
import { existing, read, scraping, usual, watcher } from "./kafka.fixtures";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";

const made = (args: Partial<KafkaArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Kafka("events", { ...usual, ...args }), mode);
const alarms = (recording: Recording) =>
  recording
    .ofType(alarm)
    .map(({ name }) => name)
    .sort();

describe("the alarms of a Kafka cluster", () => {
  const everyId = [
    "kafka-connections",
    "kafka-connections-refused",
    "kafka-cpu",
    "kafka-disk",
    "kafka-disk-not-growing",
    "kafka-heap",
    "kafka-network-threads",
    "kafka-no-controller",
    "kafka-offline-partitions",
    "kafka-partitions",
    "kafka-produce-throttled",
    "kafka-request-threads",
    "kafka-slow-produce",
    "kafka-traffic-shaped",
    "kafka-under-min-isr",
    "kafka-under-replicated",
  ];

  it("are one for each signal, whatever the number of brokers", async () => {
    assert.deepEqual(
      alarms(await made()),
      everyId.map((id) => `events-${id}`),
    );
    assert.equal(alarms(await made({ brokers: 30 })).length, everyId.length);
  });

  it("are about the cluster that is made, in a preview too, where its name is unknown", async () => {
    const recording = await made(read, "preview");
    const from = (name: string) => recording.one(alarm, name).madeFrom;
    assert.deepEqual(from("events-kafka-no-controller").dimensions, ["events"]);
    assert.deepEqual(from("events-kafka-disk").metricQueries, ["events"]);
    assert.deepEqual(from("events-projection-orders-consumer-late").dimensions, ["events", "events-orders"]);
  });

  it("ask for the worst broker by one query, and say how many metrics it analyses", async () => {
    const recording = await record(() => {
      watchKafka("old", existing(), { brokers: 6, brokerClass: "kafka.m5.large", watcher });
    });
    const { metricQueries, threshold, tags } = recording.one(alarm, "old-kafka-disk").inputs;
    assert.deepEqual(metricQueries, [
      {
        id: "value",
        expression: `SELECT MAX("KafkaDataLogsDiskUsed") FROM SCHEMA("AWS/Kafka", "Cluster Name", "Broker ID") WHERE "Cluster Name" = 'legacy'`,
        period: 60,
        returnData: true,
      },
    ]);
    assert.equal(threshold, 85);
    assert.deepEqual(tags, { signal: "kafka-disk", severity: "page", analysed: "6" });
  });

  it("follow the declared size: class of brokers and what is expected of them", async () => {
    const recording = await made({ brokerClass: "kafka.m7g.2xlarge", produceWithin: "1.5 seconds" });
    assert.equal(recording.one(alarm, "events-kafka-partitions").inputs.threshold, 2_000);
    assert.equal(recording.one(alarm, "events-kafka-slow-produce").inputs.threshold, 1_500);
  });

  it("leave out what must be paid for where nobody pays", async () => {
    const kept = alarms(await made({ monitoring: "DEFAULT" }));
    const paid = ["connections-refused", "network-threads", "produce-throttled", "request-threads"];
    assert.deepEqual(
      everyId.filter((id) => !kept.includes(`events-${id}`)),
      paid.map((id) => `kafka-${id}`),
    );
  });

  it("have rules beside them where Prometheus scrapes, under the cluster's own name", async () => {
    const recording = await made({ watcher: scraping });
    const data = String(recording.one(rules, "events").inputs.data);
    assert.match(data, /kafka=\\?"events\\?"/);
    assert.match(data, /kafka-broker-silent/);
    assert.match(data, /kafka-isr-shrinking/);
    assert.deepEqual(recording.one(rules, "events").dependsOn.includes("events"), true);
    assert.equal((await made({ watcher: scraping, scraped: false })).ofType(rules).length, 0);
  });

  it("are fewer on Express brokers, which look after replication, disks and heap themselves", async () => {
    const recording = await record(() => {
      watchKafka("old", existing(), { brokers: 3, brokerClass: "express.m7g.large", watcher });
    });
    assert.deepEqual(alarms(recording), [
      "old-kafka-connections-refused",
      "old-kafka-cpu",
      "old-kafka-network-threads",
      "old-kafka-no-controller",
      "old-kafka-produce-throttled",
      "old-kafka-request-threads",
      "old-kafka-slow-produce",
    ]);
  });
});

describe("the alarms of consumer groups", () => {
  it("are made for each group and topic, with its own patience", async () => {
    const recording = await made(read);
    const late = (name: string) => recording.one(alarm, `events-${name}-consumer-late`).inputs;
    assert.deepEqual(
      ["projection-orders", "search-orders", "search-stock"].map((name) => late(name).threshold),
      [300, 600, 3_600],
    );
    assert.deepEqual(late("projection-orders").dimensions, {
      "Cluster Name": "events-1234567",
      "Consumer Group": "projection",
      Topic: "orders",
    });
    assert.equal(recording.one(alarm, "events-projection-orders-consumer-backlog").inputs.threshold, 1_000);
    assert.ok(!alarms(recording).includes("events-search-orders-consumer-backlog"));
    assert.ok(alarms(recording).includes("events-search-orders-consumer-unreported"));
  });

  it("may be changed for one group", async () => {
    const changes = { "consumer-late": { severity: "ticket" } } as const;
    const recording = await made({
      topics: { orders: { partitions: 1 } },
      consumers: { reports: { orders: { within: "1 day", changes } } },
    });
    assert.deepEqual(recording.one(alarm, "events-reports-orders-consumer-late").inputs.alarmActions, ["arn:ticket"]);
  });
});
