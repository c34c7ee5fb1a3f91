import assert from "node:assert/strict";
import { parse } from "yaml";
import type { Rule } from "./rule";
import { alertsIn, ruleDocument } from "./rule.document";

const rule = (alert: string, signal = "toy-backlog", description = "A toy: #1 'is' {broken}\nand loud"): Rule => ({
  alert,
  expr: 'up{job="a"} > 1',
  for: "5m",
  labels: { signal, severity: "page" },
  annotations: { description },
});

describe("the rule file of a component", () => {
  it("has a group for each interval, shortest first, with the rules as they came", () => {
    const text = ruleDocument("orders", [
      { interval: 60, rule: rule("B") },
      { interval: 30, rule: rule("C") },
      { interval: 60, rule: rule("A") },
    ]);
    assert.deepEqual(parse(text), {
      groups: [
        { name: "30s", interval: "30s", rules: [rule("C")] },
        { name: "1m", interval: "1m", rules: [rule("B"), rule("A")] },
      ],
    });
  });

  it("is refused when AMP would refuse it for its size", () => {
    const large = rule("A", "toy-backlog", "x".repeat(600_000));
    const planned = [1, 2].map(() => ({ interval: 60, rule: large }));
    assert.throws(
      () => ruleDocument("orders", planned),
      /the rules of "orders" take 1200\d+ bytes, and a rule file of AMP at most 1000000/,
    );
    assert.ok(ruleDocument("orders", planned.slice(1)).length > 600_000);
  });

  it("tells its alerts and their signals, whoever wrote it", () => {
    const ours = ruleDocument("orders", [{ interval: 60, rule: rule("ToyBacklog") }]);
    assert.deepEqual(alertsIn(ours), [{ alert: "ToyBacklog", signal: "toy-backlog" }]);
    const foreign = `
groups: # signal: not-this
  - {name: a, rules: [{alert: X, expr: up, labels: {signal: 'toy-failing'}}, {record: r, expr: up}]}
  - name: b
    rules:
      - alert: Y
        annotations: {signal: toy-odd}
`;
    assert.deepEqual(alertsIn(foreign), [{ alert: "X", signal: "toy-failing" }, { alert: "Y" }]);
  });

  it("that is none holds no alert", () => {
    for (const text of ["", "a: [", "groups: 3", "groups: [{rules: [1, null]}]", "just words"]) {
      assert.deepEqual(alertsIn(text), [], text);
    }
  });
});
