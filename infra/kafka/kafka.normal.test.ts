import assert from "node:assert/strict";
import fc from "fast-check";
import { record } from "../kit/recorder";
import { Kafka, watchKafka } from "./kafka";
import type { KafkaArgs } from "./kafka.args";
import { existing, read, usual, watcher } from "./kafka.fixtures";
import { isKraftVersion, normalizeConsumer, normalizeKafka } from "./kafka.normal";
import { brokerClasses } from "./kafka.size";

const refused = (args: Partial<KafkaArgs>, ...messages: string[]) =>
  assert.throws(() => normalizeKafka("events", { ...usual, ...args }), {
    name: "RangeError",
    message: messages.map((message) => `kafka "events": ${message}`).join("\n"),
  });

describe("the arguments of a Kafka cluster", () => {
  it("have defaults for production", () => {
    assert.deepEqual(normalizeKafka("events", { ...usual, ...read }).plan, {
      brokers: 3,
      brokerClass: "kafka.m7g.large",
      replication: 3,
      minInSync: 2,
      zones: 3,
      storage: 100,
      maxStorage: 1_024,
      topics: {
        orders: { partitions: 12, compact: false, replication: 3, minInSync: 2, retention: 1_209_600 },
        stock: { partitions: 6, compact: true, replication: 3, minInSync: 2, retention: 604_800 },
      },
      consumers: {
        projection: { orders: { within: 300, backlog: 1_000 } },
        search: { orders: { within: 600, backlog: 0 }, stock: { within: 3_600, backlog: 0 } },
      },
    });
  });

  const rows: readonly (readonly [what: string, args: Partial<KafkaArgs>, message: string])[] = [
    [
      "no multiple of the zones",
      { brokers: 4 },
      "brokers: a multiple of the 3 zones, because MSK spreads brokers evenly, got 4",
    ],
    ["a single zone", { subnets: ["a"] }, "subnets: two or three subnets, each in another zone, got 1"],
    ["more brokers than KRaft takes", { brokers: 63 }, "brokers must be a whole number from 2 to 60, got 63"],
    [
      "Express brokers",
      { brokerClass: "express.m7g.large" },
      'brokerClass must be one of Standard brokers, because Express brokers need other storage, other settings and other alarms: watch an Express cluster by watchKafka, got "express.m7g.large"',
    ],
    [
      "burstable brokers",
      { brokerClass: "kafka.t3.small" },
      'brokerClass must not be a burstable one: Kafka 4 on MSK does not take kafka.t3, and its credits end when load is highest, got "kafka.t3.small"',
    ],
    [
      "an unknown class",
      { brokerClass: "kafka.m7g.tiny" },
      'brokerClass must be kafka.m7g or kafka.m5 from large on, such as "kafka.m7g.large", got "kafka.m7g.tiny"',
    ],
    [
      "ZooKeeper",
      { version: "3.9.x" },
      'version must be one in KRaft mode from "3.9.x.kraft" on, such as "4.1.x.kraft", got "3.9.x"',
    ],
    ["no security group", { securityGroups: [] }, "securityGroups must name at least one"],
    ["an account that is none", { account: "12" }, 'account must be the twelve digits of an AWS account id, got "12"'],
    [
      "days that CloudWatch Logs does not know",
      { logDays: 31 },
      "logDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 31",
    ],
    [
      "storage that shrinks",
      { storage: "2 TiB" },
      "maxStorage: at least the storage that each broker begins with (2048 GiB)",
    ],
    ["parts of a GiB", { storage: "1.5 GiB" }, 'storage: whole GiB from "1 GiB" to "16384 GiB"'],
    [
      "a latency of nothing",
      { produceWithin: "0 seconds" },
      'produceWithin must be longer than nothing, got "0 seconds"',
    ],
    [
      "Prometheus without a workspace",
      { scraped: true },
      "scraped needs a watcher with a workspace of Prometheus (prometheus: { workspaceId })",
    ],
    [
      "a signal that is off without a reason",
      { changes: { "kafka-disk": { off: " " } } },
      'changes: "kafka-disk" is off without a reason: say why in words',
    ],
    [
      "half a partition",
      { topics: { orders: { partitions: 0.5 } } },
      "topics.orders.partitions must be a whole number of 1 or more, got 0.5",
    ],
    [
      "an internal topic",
      { topics: { __offsets: { partitions: 1 } } },
      'topics.__offsets: name of Kafka topic "__offsets": not allowed are names of dots alone, and names that begin with "__", which are for Kafka itself; choose another name',
    ],
    [
      "a group of nobody",
      { consumers: { a: { orders: { within: "1 minute" } } } },
      "consumers.a.orders: no such topic: declare it among the topics",
    ],
    [
      "a group that may wait for no time",
      { topics: { orders: { partitions: 1 } }, consumers: { a: { orders: { within: "0 seconds" } } } },
      'consumers.a.orders.within must be at least 1 second, got "0 seconds"',
    ],
  ];
  for (const [what, args, message] of rows) it(`are refused with a sentence: ${what}`, () => refused(args, message));

  it("tell every mistake at once", () => {
    refused(
      { version: "4.1", minInSync: 3, retention: "soon" as never },
      'version must be one in KRaft mode from "3.9.x.kraft" on, such as "4.1.x.kraft", got "4.1"',
      'retention: "soon" is not a length of time: write "30 seconds", "10 minutes", "6 hours" or "14 days"',
      "minInSync: less than the 3 copies, or nobody can write while a broker restarts, got 3",
    );
  });

  it("are checked before anything is registered", async () => {
    const recording = await record(() => {
      assert.throws(() => new Kafka("events", { ...usual, brokers: 4 }));
      assert.throws(() => new Kafka("events!", usual), /name of Kafka cluster "events!"/);
    });
    assert.deepEqual(recording.resources, []);
  });

  it("take any class for production, with as many zones as brokers or half of them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...brokerClasses),
        fc.integer({ min: 2, max: 3 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 16_384 }),
        (brokerClass, zones, perZone, storage) => {
          const subnets = Array.from({ length: zones }, (_, index) => `subnet-${index}`);
          const copies = Math.min(3, zones * perZone);
          const { plan, size } = normalizeKafka("events", {
            ...usual,
            subnets,
            brokerClass,
            brokers: zones * perZone,
            replication: copies,
            minInSync: copies - 1,
            storage: `${storage} GiB`,
            maxStorage: "16 TiB",
          });
          assert.equal(plan.storage, storage);
          assert.equal(size.scales, storage < 16_384);
        },
      ),
    );
  });
});

describe("the version of a Kafka cluster", () => {
  it("is one in KRaft mode that can go on to Kafka 4", () => {
    for (const version of ["3.9.x.kraft", "4.0.x.kraft", "4.1.x.kraft", "4.2.x.kraft"])
      assert.ok(isKraftVersion(version));
    for (const version of ["3.8.x.kraft", "3.9.x", "4.1.1.kraft", "4.1.x", "x4.1.x.kraft"])
      assert.ok(!isKraftVersion(version));
  });
});

describe("what is expected of what exists already", () => {
  it("is checked like what is new", async () => {
    await record(() => {
      assert.throws(() => watchKafka("old", existing(), { brokers: 0, brokerClass: "big", watcher }), {
        message:
          'kafka "old": brokers must be a whole number of 1 or more, got 0\nkafka "old": brokerClass must be written as "kafka.m7g.large", got "big"',
      });
    });
    assert.throws(() => normalizeConsumer('consumer "a"', { within: "0 seconds", backlog: -1 }), {
      message:
        'consumer "a": within must be at least 1 second, got "0 seconds"\nconsumer "a": backlog must be a whole number of 0 or more, got -1',
    });
  });
});
