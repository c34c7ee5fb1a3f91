import assert from "node:assert/strict";
import { type Recording, record } from "../kit/recorder";
import { Broker, watchBroker } from "./broker";
import type { BrokerArgs } from "./broker.args";
import { existing, expected, usual, withoutPrometheus } from "./broker.fixtures";
import { parseRules, type ReadRules } from "./broker.testing";

const broker = "aws:mq/broker:Broker";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";

const made = (args: Partial<BrokerArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Broker("messages", { ...usual, ...args }), mode);
const alarms = (recording: Recording) =>
  recording
    .ofType(alarm)
    .map(({ name }) => name.replace(/^[a-z]+-/, ""))
    .sort();
const ruled = (recording: Recording, name = "messages"): ReadRules =>
  parseRules(recording.one(rules, name).inputs.data);

const perNode = ["broker-channels", "broker-connections", "broker-cpu", "broker-disk", "broker-memory"];

describe("the watch of a broker", () => {
  for (const mode of ["update", "preview"] as const) {
    it(`has alarms for its nodes, made from its own name (${mode})`, async () => {
      const recording = await made({}, mode);
      assert.deepEqual(alarms(recording), [...perNode, "broker-queues", "broker-unreachable"].sort());
      for (const { name, madeFrom } of recording.ofType(alarm))
        assert.deepEqual(madeFrom.dimensions ?? madeFrom.metricQueries, ["messages"], name);
      const [watch] = recording.ofType("vigia:signal:Watch");
      assert.equal(watch?.parent, "messages");
    });
  }

  it("holds the worst node against the limits of its size", async () => {
    const recording = await made({ limits: { connections: 1_000 } });
    const memory = recording.one(alarm, "messages-broker-memory").inputs;
    assert.equal(memory.threshold, 3_693_671_874);
    assert.deepEqual(memory.metricQueries, [
      {
        id: "value",
        period: 60,
        returnData: true,
        expression:
          'SELECT MAX("RabbitMQMemUsed") FROM SCHEMA("AWS/AmazonMQ", "Broker", "Node") WHERE "Broker" = \'messages-1234567\'',
      },
    ]);
    assert.equal(recording.one(alarm, "messages-broker-connections").inputs.threshold, 800);
    assert.deepEqual(recording.one(alarm, "messages-broker-unreachable").inputs.dimensions, {
      Broker: "messages-1234567",
    });
  });

  it("has rules for its queues, known in a preview, with its name as the label of their series", async () => {
    const found = ruled(await made({ service: "shop" }, "preview"));
    assert.deepEqual(
      [...new Set(found.map(({ signal }) => signal))].sort(),
      [
        "broker-dead-letters",
        "broker-discarded",
        "broker-disk-alarm",
        "broker-file-descriptors",
        "broker-memory-alarm",
        "broker-node-missing",
        "broker-partitioned",
        "broker-queue-abandoned",
        "broker-queue-stuck",
        "broker-queue-waiting",
        "broker-quorum-lost",
        "broker-refused-logins",
        "broker-unroutable",
      ].sort(),
    );
    for (const { expr, service } of found) {
      assert.match(expr, /broker="messages"/);
      assert.equal(service, "shop");
    }
  });

  it("does not ask for a majority of a single node", async () => {
    const found = ruled(await made({ mode: "single" })).map(({ signal }) => signal);
    assert.ok(found.includes("broker-node-missing"));
    assert.ok(!found.includes("broker-quorum-lost") && !found.includes("broker-partitioned"));
  });

  it("tells the same symptoms by CloudWatch where nobody reads the endpoint, and none of them twice", async () => {
    const recording = await made({ scraped: false, watcher: withoutPrometheus });
    assert.deepEqual(
      alarms(recording),
      [
        ...perNode,
        "broker-disk-full",
        "broker-growing-backlog",
        "broker-memory-full",
        "broker-queues",
        "broker-unreachable",
        "broker-without-workers",
      ].sort(),
    );
    assert.deepEqual(recording.ofType(rules), []);
  });

  it("does not wait for clients of a broker that is not in use yet", async () => {
    assert.ok(!alarms(await made({ connections: 0 })).includes("broker-unreachable"));
  });

  it("takes what this broker does differently", async () => {
    const recording = await made({
      changes: { "broker-cpu": { threshold: "90 %" }, "broker-dead-letters": { off: "nobody uses them" } },
    });
    assert.equal(recording.one(alarm, "messages-broker-cpu").inputs.threshold, 90);
    assert.ok(!ruled(recording).some(({ signal }) => signal === "broker-dead-letters"));
  });
});

describe("a broker that exists already", () => {
  it("gets the same alarms and rules, and no other resource", async () => {
    const recording = await record(() => void watchBroker("old", existing(), expected));
    assert.deepEqual(alarms(recording), alarms(await made()));
    assert.deepEqual(recording.one(alarm, "old-broker-unreachable").inputs.dimensions, { Broker: "legacy" });
    assert.match(ruled(recording, "old")[0]?.expr ?? "", /broker="old"/);
    assert.deepEqual([...new Set(recording.resources.map(({ type }) => type))].sort(), [
      rules,
      alarm,
      broker,
      "vigia:signal:Watch",
    ]);
  });

  it("is checked like a new one", async () => {
    await assert.rejects(
      record(() => void watchBroker("old", existing(), { ...expected, connections: -1 })),
      new RangeError('broker "old": connections must be a whole number of 0 or more, got -1'),
    );
  });
});
