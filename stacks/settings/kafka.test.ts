import assert from "node:assert/strict";
import { kafkaSection } from "./kafka";
import { answers, least, mistakesIn, parsed } from "./testing";

const kafka = (given: object) => ({ "vigia:kafka": given });
const topics = (given: object) => kafka({ topics: given });
const consumers = (given: object) => kafka({ consumers: given });

describe("a mistake in the Kafka cluster is answered with key, value and what is allowed", () => {
  answers([
    ["fewer than two brokers", kafka({ brokers: 1 }), "vigia:kafka.brokers = 1: a whole number from 2 to 60"],
    [
      "a class of Express brokers",
      kafka({ brokerClass: "express.m7g.large" }),
      'vigia:kafka.brokerClass = "express.m7g.large": a class of Standard brokers for production, kafka.m7g or kafka.m5 from large on, such as "kafka.m7g.large"',
    ],
    [
      "a burstable class",
      kafka({ brokerClass: "kafka.t3.small" }),
      'vigia:kafka.brokerClass = "kafka.t3.small": a class of Standard brokers for production, kafka.m7g or kafka.m5 from large on, such as "kafka.m7g.large"',
    ],
    [
      "a version with ZooKeeper",
      kafka({ version: "3.9.x" }),
      'vigia:kafka.version = "3.9.x": a version in KRaft mode from "3.9.x.kraft" on, such as "4.1.x.kraft"',
    ],
    [
      "storage beyond what MSK gives",
      kafka({ maxStorage: "17 TiB" }),
      'vigia:kafka.maxStorage = "17 TiB": whole GiB from "1 GiB" to "16384 GiB"',
    ],
    [
      "storage in parts of a GiB",
      kafka({ storage: "100 MiB" }),
      'vigia:kafka.storage = "100 MiB": whole GiB from "1 GiB" to "16384 GiB"',
    ],
    [
      "storage that would have to shrink",
      kafka({ storage: "2 TiB" }),
      'vigia:kafka.maxStorage = "1 TiB": at least the storage that each broker begins with (2048 GiB)',
    ],
    [
      "an unknown level of monitoring",
      kafka({ monitoring: "PER_TOPIC" }),
      'vigia:kafka.monitoring = "PER_TOPIC": "DEFAULT" or "PER_BROKER" or "PER_TOPIC_PER_BROKER" or "PER_TOPIC_PER_PARTITION"',
    ],
    [
      "more copies than brokers",
      kafka({ replication: 4 }),
      "vigia:kafka.replication = 4: at most one copy on each of the 3 brokers",
    ],
    [
      "a single copy",
      kafka({ replication: 1 }),
      "vigia:kafka.replication = 1: 2 or more copies, or a restart of one broker takes partitions offline",
    ],
    [
      "as many copies in sync as there are",
      kafka({ minInSync: 3 }),
      "vigia:kafka.minInSync = 3: less than the 3 copies, or nobody can write while a broker restarts",
    ],
    [
      "a topic with more copies than brokers",
      topics({ "stock-levels": { replication: 5 } }),
      "vigia:kafka.topics.stock-levels.replication = 5: at most one copy on each of the 3 brokers",
    ],
    [
      "a topic of as few copies as must be in sync, which the cluster says",
      topics({ "stock-levels": { replication: 2 } }),
      "vigia:kafka.topics.stock-levels.minInSync = 2 (by default): less than the 2 copies, or nobody can write while a broker restarts",
    ],
    [
      "a topic that Kafka cannot name",
      topics({ "stock levels": { partitions: 1 } }),
      'vigia:kafka.topics["stock levels"]: name of Kafka topic "stock levels": use only letters, digits, dots, underscores and hyphens',
    ],
    [
      "more partitions than the brokers should hold",
      topics({ "machine-readings": { partitions: 1_000 } }),
      "vigia:kafka.topics: at most 3000 partitions with their copies on 3 brokers kafka.m7g.large, not 3072: use fewer, or a larger class",
    ],
    [
      "a group with a colon in its name",
      consumers({ "shop:projection": { "order-history": { within: "1 minute" } } }),
      'vigia:kafka.consumers["shop:projection"]: leave colons out of the name of a group: MSK shows no lag of it',
    ],
    [
      "a group with a letter beyond ASCII",
      consumers({ größe: { "order-history": { within: "1 minute" } } }),
      'vigia:kafka.consumers["größe"]: use only letters of ASCII in the name of a group: CloudWatch shows no lag of others',
    ],
    [
      "a topic that nobody declared",
      consumers({ "orders-projection": { "order-histori": { within: "1 minute" } } }),
      "vigia:kafka.consumers.orders-projection.order-histori: no such topic: did you mean order-history?",
    ],
    [
      "a group that may be further behind than messages are kept",
      consumers({ "production-analytics": { "machine-readings": { within: "3 days" } } }),
      'vigia:kafka.consumers.production-analytics.machine-readings.within = "3 days": shorter than the topic keeps its messages, or they are lost before anybody hears of it',
    ],
    [
      "a latency without its unit",
      kafka({ produceWithin: 200 }),
      'vigia:kafka.produceWithin = 200: a length of time, written like "0.2 seconds"',
    ],
    [
      "a misspelt signal",
      kafka({ changes: { "kafka-discs": { off: "none" } } }),
      "vigia:kafka.changes.kafka-discs is not a setting: did you mean vigia:kafka.changes.kafka-disk?",
    ],
  ]);

  it("two copies on three brokers are told once, though every topic has them from the cluster", () => {
    assert.deepEqual(mistakesIn({ ...least, ...kafka({ replication: 2 }) }), [
      "vigia:kafka.minInSync = 2: less than the 2 copies, or nobody can write while a broker restarts",
    ]);
  });

  it("brokers that do not spread over the zones of the network", () => {
    const found = kafkaSection.mistakes?.({ brokers: 4 }, { network: { zones: ["a", "b", "c"] } });
    assert.deepEqual(
      found?.map(({ path, allowed }) => [path, allowed]),
      [[["brokers"], "a multiple of the 3 zones, because MSK spreads brokers evenly"]],
    );
  });
});

describe("the Kafka cluster of a stack", () => {
  it("is that of the platform, with what the stack changes", () => {
    const { kafka: given } = parsed({
      "vigia:kafka": { brokers: 6, topics: { clicks: { partitions: 3 } }, consumers: { "search-index": null } },
    });
    assert.equal(given.enabled, true);
    assert.equal(given.brokers, 6);
    assert.deepEqual(Object.keys(given.topics).sort(), ["clicks", "machine-readings", "order-history", "stock-levels"]);
    assert.deepEqual(Object.keys(given.consumers).sort(), ["orders-projection", "production-analytics"]);
  });

  it("takes topics that are compacted for ever, whatever a reader's patience", () => {
    assert.deepEqual(
      mistakesIn({ ...least, ...consumers({ "search-index": { "stock-levels": { within: "20 days" } } }) }),
      [],
    );
  });
});
