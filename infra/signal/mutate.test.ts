import assert from "node:assert/strict";
import fc from "fast-check";
import { mutantsOf } from "./mutate";
import type { AlarmSpec } from "./spec";

const dimensions = { Broker: "broker", Queue: "queue" };
const metric = {
  namespace: "AWS/AmazonMQ",
  metric: "MessageCount",
  statistic: "Maximum",
  period: 60,
  dimensions,
} as const;
const plain: AlarmSpec = {
  metrics: { value: metric },
  comparison: "GreaterThanThreshold",
  threshold: 100,
  period: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  treatMissingData: "notBreaching",
};
const changes = (spec: AlarmSpec, unit: Parameters<typeof mutantsOf>[1] = "count") =>
  mutantsOf(spec, unit).map(({ change }) => change);
const starting = (all: readonly string[], start: string) =>
  all.filter((change) => change.startsWith(start)).map((change) => change.slice(start.length).trim());

describe("mutants of an alarm", () => {
  it("move the threshold by the smallest step of its unit either way, to twice and to half of it", () => {
    assert.deepEqual(starting(changes(plain), "threshold 100 ->"), ["101", "99", "200", "50"]);
    assert.deepEqual(starting(changes({ ...plain, threshold: 0.7 }, "percent"), "threshold 0.7 ->"), [
      "0.8",
      "0.6",
      "1.4",
      "0.35",
    ]);
  });

  it("say a threshold of 0 once each: its double and half are itself", () => {
    assert.deepEqual(starting(changes({ ...plain, threshold: 0 }), "threshold 0 ->"), ["1", "-1"]);
  });

  it("compare in each other way, those with a band with the other edges", () => {
    assert.deepEqual(starting(changes(plain), "comparison GreaterThanThreshold ->"), [
      "GreaterThanOrEqualToThreshold",
      "LessThanThreshold",
      "LessThanOrEqualToThreshold",
    ]);
    assert.deepEqual(
      starting(changes({ ...plain, comparison: "LessThanLowerThreshold" }), "comparison LessThanLowerThreshold ->"),
      ["GreaterThanUpperThreshold", "LessThanLowerOrGreaterThanUpperThreshold"],
    );
  });

  it("move M and N together and apart", () => {
    assert.deepEqual(starting(changes(plain), "window 2 of 3 ->"), [
      "3 of 4",
      "1 of 2",
      "2 of 4",
      "2 of 2",
      "3 of 3",
      "1 of 3",
    ]);
  });

  it("change the period of the alarm and of its metrics alike", () => {
    const longer = mutantsOf(plain, "count").find(({ change }) => change === "period 60 -> 120");
    assert.equal(longer?.spec.period, 120);
    assert.equal(longer?.spec.metrics.value?.period, 120);
  });

  it("misspell and leave out each dimension, and misspell metric and namespace", () => {
    const all = starting(changes(plain), "value:");
    for (const name of ["Broker", "Queue"]) {
      assert.ok(all.includes(`dimension ${name} misspelt`));
      assert.ok(all.includes(`dimension ${name} left out`));
    }
    assert.ok(all.includes("metric misspelt") && all.includes("namespace misspelt"));
  });

  it("change metric math and each of its metrics", () => {
    const spec: AlarmSpec = { ...plain, metrics: { bad: metric, all: metric }, expression: "bad / all" };
    const all = changes(spec);
    assert.ok(all.includes("expression -> bad * all"));
    assert.ok(all.includes("bad: metric misspelt") && all.includes("all: metric misspelt"));
  });

  it("are all different from the alarm and from each other, whatever its numbers", () => {
    const numbers = fc.record({
      threshold: fc.oneof(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
      ),
      n: fc.integer({ min: 1, max: 60 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(numbers, ({ threshold, n, share }) => {
        const m = Math.max(1, Math.round(n * share));
        const spec = { ...plain, threshold, evaluationPeriods: n, datapointsToAlarm: m };
        const mutants = mutantsOf(spec, "percent");
        const texts = mutants.map(({ spec: changed }) => JSON.stringify(changed));
        assert.ok(!texts.includes(JSON.stringify(spec)));
        assert.equal(new Set(mutants.map(({ change }) => change)).size, mutants.length);
      }),
    );
  });
});
