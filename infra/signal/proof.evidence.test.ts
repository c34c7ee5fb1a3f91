import assert from "node:assert/strict";
import { evidenceOf } from "./proof.evidence";
import { type AnyAlarmed, cloudwatch } from "./signal";

interface Size {
  readonly most: number;
}

const late: AnyAlarmed<Size> = {
  title: "Messages wait",
  golden: "latency",
  unit: "seconds",
  role: "source",
  source: cloudwatch("AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", { QueueName: "queue" }),
  alarm: { above: ({ most }) => most, for: "5 minutes", severity: "page", whenMissing: "ok" },
  proof: {
    size: { most: 600 },
    bad: [["601 for 5 minutes"]],
    fine: [["600 for 10 minutes"]],
    healed: ["0 for 5 minutes"],
  },
  runbook: { means: "It waits.", check: ["a", "b", "c"], fix: ["d"] },
};
const told = evidenceOf(late);

describe("what a verdict depends on", () => {
  const others: Readonly<Record<string, string>> = {
    "another limit in the record": evidenceOf({ ...late, alarm: { ...late.alarm, above: "11 minutes" } as never }),
    "another limit at the call site": evidenceOf(late, { threshold: "11 minutes" }),
    "another limit by the size": evidenceOf({ ...late, proof: { ...late.proof, size: { most: 601 } } }),
    "an endless limit": evidenceOf({ ...late, proof: { ...late.proof, size: { most: Number.POSITIVE_INFINITY } } }),
    "no limit at all": evidenceOf({ ...late, proof: { ...late.proof, size: { most: Number.NaN } } }),
    "another bad series": evidenceOf({ ...late, proof: { ...late.proof, bad: [["602 for 5 minutes"]] } }),
    "another fine series": evidenceOf({ ...late, proof: { ...late.proof, fine: [["599 for 10 minutes"]] } }),
    "another end": evidenceOf({ ...late, proof: { ...late.proof, healed: ["1 for 5 minutes"] } }),
    "another meaning of missing data": evidenceOf({ ...late, alarm: { ...late.alarm, whenMissing: "bad" } }),
    "another wait": evidenceOf({ ...late, alarm: { ...late.alarm, for: "6 minutes" } }),
    "another unit": evidenceOf({ ...late, unit: "count" }),
    "another role": evidenceOf({ ...late, role: "deadLetters" }),
    "another metric": evidenceOf({
      ...late,
      source: cloudwatch("AWS/SQS", "NumberOfMessagesSent", "Maximum", { QueueName: "queue" }),
    }),
    "something switched on": evidenceOf(late, {}, ["request metrics"]),
    "a precondition": evidenceOf({ ...late, when: { holds: () => true, otherwise: "it is not so" } }),
  };

  for (const [name, other] of Object.entries(others)) {
    it(`differs with ${name}`, () => assert.notEqual(other, told));
  }

  it("tells them all apart", () => assert.equal(new Set(Object.values(others)).size, Object.keys(others).length - 1));

  it("is the same for the same, whatever a person reads of it and whoever is told", () => {
    assert.equal(evidenceOf({ ...late, title: "Late", alarm: { ...late.alarm, severity: "ticket" } }), told);
    assert.equal(evidenceOf(late, { threshold: "10 minutes" }), told);
  });

  it("holds what is known of the metric and of its neighbours, which lint looks up", () => {
    assert.match(told, /"metric":"ApproximateAgeOfOldestMessage"/);
    assert.match(told, /"metric":"NumberOfMessagesReceived"/);
    assert.match(told, /"range":\[0,"Infinity"\]/);
    assert.doesNotMatch(told, /NumberOfNotificationsFailed/);
  });
});
