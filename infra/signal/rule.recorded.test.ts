import assert from "node:assert/strict";
import { Queue } from "@pulumi/aws/sqs/queue.js";
import { record } from "../kit/recorder";
import { ruleMutants } from "./mutate.rule";
import { recordingsOf } from "./rule";
import { ruleDocument } from "./rule.document";
import { type ToySize, toySignals, toySize } from "./rule.fixtures";
import { lintRule } from "./rule.lint";
import { ruleTest } from "./rule.proof";
import { memoryThrough } from "./rule.query";
import type { RecordedQuery } from "./rule.record";
import { runbookPage } from "./runbook";
import { type AnyRuled, prometheus, signals } from "./signal";
import { Watch, type Watcher } from "./watch";

const arriving: RecordedQuery<ToySize> = {
  record: "toy:arrived:rate",
  query: 'sum(rate(toy_arrived_total{queue="{queue}"}[{window}m]))',
  labels: { queue: "{queue}" },
  parameters: { window: ({ window }) => window },
  provenBy: "toy-recorded",
};
const backlog: AnyRuled<ToySize> = toySignals["toy-backlog"];
const recorded: AnyRuled<ToySize> = {
  ...backlog,
  source: prometheus('sum_over_time(toy:arrived:rate{queue="{queue}"}[1h])', undefined, [arriving]),
};
const texts = { queue: "orders" };
const rulesFor = (records: readonly RecordedQuery<ToySize>[], given: Readonly<Record<string, string>> = texts) =>
  recordingsOf("toy-recorded", { ...recorded.source, records }, { size: toySize, texts: given });
const text = (records: readonly RecordedQuery<ToySize>[]) => ruleDocument("orders", rulesFor(records));

describe("what is recorded for a signal", () => {
  it("is filled as its query is, and labelled", () => {
    assert.deepEqual(rulesFor([arriving]), [
      {
        interval: 60,
        rule: {
          record: "toy:arrived:rate",
          expr: 'sum(rate(toy_arrived_total{queue="orders"}[10m]))',
          labels: { queue: "orders" },
        },
      },
    ]);
    assert.throws(() => rulesFor([{ ...arriving, query: "up" }], {}), /toy:arrived:rate asks for \{queue\} in a label/);
  });

  it("stands once in a rule file, before whatever reads it, and in the group of its own interval", () => {
    const alert = { alert: "A", expr: "up == 0", for: "1m", labels: {}, annotations: {} };
    const document = ruleDocument("orders", [
      { interval: 60, rule: alert },
      ...rulesFor([arriving, arriving, { ...arriving, record: "toy:slow", every: "5 minutes" }]),
    ]);
    assert.deepEqual(document.match(/(?:record|alert|name): \S+/g), [
      "name: 1m",
      "record: toy:arrived:rate",
      "alert: A",
      "name: 5m",
      "record: toy:slow",
    ]);
  });

  it("is refused where two queries would be one series", () => {
    assert.throws(
      () => text([arriving, { ...arriving, query: "vector(1)" }]),
      /record two queries, or two intervals, as one series: \["toy:arrived:rate"/,
    );
    assert.throws(() => text([arriving, { ...arriving, every: "5 minutes" }]), /as one series/);
    assert.doesNotThrow(() => text([arriving, { ...arriving, labels: { queue: "other" } }]));
    assert.throws(() => text([{ ...arriving, every: "10 seconds" }]), /too often/);
  });

  it("is remembered for as long as what it is made from, one after the other", () => {
    const chain = [
      { record: "a:one", expr: "rate(x[5m]) / rate(y[5m])" },
      { record: "a:two", expr: "sum_over_time(a:one[1h])" },
    ];
    assert.equal(memoryThrough("a:two", chain), 300 + (300 + 3_600 + (300 + 300)));
    assert.equal(memoryThrough("rate(x[5m])", chain), 600);
    assert.equal(memoryThrough("max_over_time(a:one[1h:1m])", chain), 300 + 3_660 + (300 + 300));
  });

  it("is part of the proof, of lint, of mutation and of the runbook", () => {
    const test = ruleTest("toy-recorded", "toy", recorded);
    assert.match(test.rules, /record: toy:arrived:rate[\s\S]*alert: ToyRecorded/);
    const tooShort = { ...recorded, source: { ...recorded.source, records: [{ ...arriving, query: "rate(x[1m])" }] } };
    assert.match(lintRule(tooShort, toySize).join(), /a range of 60 seconds holds fewer than 4 scrapes/);
    const changes = ruleMutants("toy-recorded", "toy", recorded).map(({ change }) => change);
    assert.ok(changes.includes('toy:arrived:rate -> sum(irate(toy_arrived_total{queue="queue-1.a"}[10m]))'));
    // Another signal's proof is held against it.
    assert.ok(!ruleMutants("toy-other", "toy", recorded).some(({ change }) => change.startsWith("toy:arrived")));
    const mutant = ruleMutants("toy-recorded", "toy", recorded).find(({ change }) => change.includes("irate"));
    assert.match(mutant?.test?.rules ?? "", /expr: sum\(irate\(/);
    assert.match(
      runbookPage("toy-recorded", "toy", recorded),
      /What it reads is recorded:\n\n```promql\ntoy:arrived:rate =/,
    );
  });

  it("comes with a watch, also for information that nobody is called for", async () => {
    const watcher: Watcher = {
      actions: { page: [], ticket: [] },
      runbooks: "https://example.com",
      prometheus: { workspaceId: "ws-1" },
    };
    const table = signals<"toy", "queue", ToySize>()({
      "toy-recorded": recorded as (typeof toySignals)["toy-backlog"],
      "toy-told": {
        title: "What arrives",
        golden: "traffic",
        unit: "count/second",
        role: "toy",
        source: prometheus('toy:told{queue="{queue}"}', undefined, [{ ...arriving, record: "toy:told" }]),
        runbook: { means: "How much there is to do." },
      },
    });
    const recording = await record(() => {
      const resource = new Queue("orders");
      const part = {
        resource,
        kind: "toy",
        signals: table,
        role: "toy",
        size: toySize,
        subjects: { queue: resource.name },
      };
      new Watch("orders", [{ ...part, texts, changes: {} }], watcher);
    });
    const data = String(recording.ofType("aws:amp/ruleGroupNamespace:RuleGroupNamespace")[0]?.inputs.data);
    assert.deepEqual(data.match(/(?:record|alert): \S+/g), [
      "record: toy:arrived:rate",
      "record: toy:told",
      "alert: ToyRecorded",
      "alert: ToyRecordedMissing",
    ]);
  });
});
