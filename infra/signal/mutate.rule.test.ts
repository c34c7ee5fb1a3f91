import assert from "node:assert/strict";
import { parse } from "yaml";
import { ruleMutants } from "./mutate.rule";
import { type ToySize, toyKind, toySignals } from "./rule.fixtures";
import { rulesFile } from "./rule.proof";
import { type AnyRuled, prometheus } from "./signal";

const backlog: AnyRuled<ToySize> = toySignals["toy-backlog"];
const failing: AnyRuled<ToySize> = toySignals["toy-failing"];
const changesOf = (signal: AnyRuled<ToySize>, start: string) =>
  ruleMutants("toy", "toy", signal)
    .map(({ change }) => change)
    .filter((change) => change.startsWith(start))
    .map((change) => change.slice(start.length).trim());
const mutant = (signal: AnyRuled<ToySize>, change: string) => {
  const found = ruleMutants("toy", "toy", signal).find((one) => one.change === change);
  assert.ok(found, change);
  return found;
};
const alerts = (signal: AnyRuled<ToySize>, change: string): { alert: string; expr: string; for: string }[] =>
  parse(mutant(signal, change).test?.rules ?? "").groups[0].rules;
const limited = (query: string, limit: { above: number } | { below: number }): AnyRuled<ToySize> => ({
  ...backlog,
  source: prometheus(query, {}),
  alarm: { for: "5 minutes", severity: "page", whenMissing: "ok", ...limit } as AnyRuled<ToySize>["alarm"],
});

const brief: AnyRuled<ToySize> = {
  ...backlog,
  alarm: { above: 1, for: "1 minute", severity: "page", whenMissing: "ok" },
};

describe("mutants of a rule", () => {
  it("move the threshold by the smallest step of its unit either way, to twice and to half of it", () => {
    assert.deepEqual(changesOf(backlog, "threshold 100 ->"), ["101", "99", "200", "50"]);
    assert.deepEqual(changesOf(failing, "threshold 0.5 ->"), ["0.6", "0.4", "1", "0.25"]);
    assert.match(alerts(backlog, "threshold 100 -> 99")[0]?.expr ?? "", / > 99$/);
  });

  it("compare in each other way", () => {
    assert.deepEqual(changesOf(backlog, "comparison above ->"), ["atLeast", "below", "atMost"]);
    assert.match(alerts(backlog, "comparison above -> atMost")[0]?.expr ?? "", / <= 100$/);
  });

  it("wait one evaluation more or less, twice and half as many, in both alerts", () => {
    assert.deepEqual(changesOf(backlog, "for 300 ->"), ["360", "240", "600", "120"]);
    assert.deepEqual(changesOf(failing, "for 120 ->"), ["150", "90", "240", "60"]);
    assert.deepEqual(
      alerts(backlog, "for 300 -> 240").map((rule) => rule.for),
      ["4m", "4m"],
    );
    assert.deepEqual(changesOf(brief, "for 60 ->"), ["120", "0"]);
  });

  it("keep the alert longer, shorter and not at all, or where it was not kept", () => {
    assert.deepEqual(changesOf(failing, "keep_firing_for"), ["1800 -> 3600", "1800 -> 900", "1800 -> none"]);
    assert.deepEqual(changesOf(backlog, "keep_firing_for"), ["none -> 300"]);
  });

  it("leave out the alert for missing data, or add it", () => {
    assert.deepEqual(
      alerts(backlog, "alert for missing data left out").map(({ alert }) => alert),
      ["Toy"],
    );
    assert.deepEqual(
      alerts(failing, "alert for missing data added").map(({ alert }) => alert),
      ["Toy", "ToyMissing"],
    );
  });

  it("change the query in both alerts, with subjects and parameters as its proof has them", () => {
    const query = 'sum by (queue) (toy_messages{queue="misspelt"})';
    assert.deepEqual(
      alerts(backlog, `query -> ${query}`).map(({ expr }) => expr),
      [`(${query}) > 100`, `absent(${query})`],
    );
    assert.ok(changesOf(failing, "query ->").some((one) => one.endsWith('{queue=~"queue-1\\\\.a|spare"}[20m]))')));
  });

  it("are each held against the proof of the original, in files of their own", () => {
    const original = toyKind.ruleTest("toy-backlog");
    const mutants = toyKind.ruleMutants("toy-backlog") ?? [];
    assert.ok(mutants.length > 15);
    assert.equal(new Set(mutants.map(({ change }) => change)).size, mutants.length);
    assert.equal(new Set(mutants.map(({ test }) => test?.id)).size, mutants.length);
    const { rule_files: _, ...proof } = JSON.parse(original?.test ?? "");
    for (const { test, change } of mutants) {
      assert.ok(test, change);
      assert.notEqual(test.rules, original?.rules, change);
      assert.deepEqual(JSON.parse(test.test), { ...proof, rule_files: [rulesFile(test.id)] });
    }
  });

  it("are caught by lint where they can never fire or their range is too short", () => {
    assert.equal(mutant(limited("rate(x[5m])", { below: 1 }), "threshold 1 -> 0").lint, true);
    assert.equal(mutant(limited("rate(x[5m])", { below: 1 }), "query -> rate(x[150s])").lint, true);
    assert.equal(mutant(backlog, "threshold 100 -> 99").lint, false);
  });

  it("are equivalent where only the last bit of an extrapolated value could tell them apart", () => {
    const reason = (signal: AnyRuled<ToySize>, change: string) => mutant(signal, change).equivalent;
    assert.match(reason(failing, "comparison atLeast -> above") ?? "", /extrapolates/);
    assert.equal(reason(failing, "comparison atLeast -> below"), undefined);
    assert.equal(reason(backlog, "comparison above -> atLeast"), undefined);
    assert.equal(reason(limited("rate(x[5m])", { above: 0 }), "comparison above -> atLeast"), undefined);
  });

  it("are of rules only", () => {
    assert.equal(toyKind.ruleMutants("toy-odd"), undefined);
    assert.equal(toyKind.ruleMutants("nothing"), undefined);
    assert.equal(toyKind.fates("toy-backlog"), undefined);
  });
});
