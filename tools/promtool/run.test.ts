import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../infra/signal/catalogue";
import { type Rule, rulesOf } from "../../infra/signal/rule";
import { type ToySize, toyKind, toySignals, toySize } from "../../infra/signal/rule.fixtures";
import { type RuleTest, testOf } from "../../infra/signal/rule.proof";
import type { AnyRuled } from "../../infra/signal/signal";
import { root } from "../build.cjs";
import { promtool } from "../toolchain/promtool";
import { provenFile, provenText, ruleTestsOf } from "./proven";
import { failuresIn, proveRules } from "./run";

const signals: Readonly<Record<string, AnyRuled<ToySize>>> = {
  "toy-backlog": toySignals["toy-backlog"],
  "toy-failing": toySignals["toy-failing"],
};

/** The rules of a toy with one thing changed, held against the proof of the record. */
const broken: Readonly<Record<string, readonly [id: string, change: (rule: Rule) => Rule]>> = {
  "a threshold one step higher": ["toy-backlog", (rule) => ({ ...rule, expr: rule.expr.replace("> 100", "> 101") })],
  "a threshold one step lower": ["toy-backlog", (rule) => ({ ...rule, expr: rule.expr.replace("> 100", "> 99") })],
  "another comparison": ["toy-backlog", (rule) => ({ ...rule, expr: rule.expr.replace("> 100", "< 100") })],
  "a shorter wait": ["toy-backlog", (rule) => ({ ...rule, for: "3m" })],
  "a longer wait": ["toy-backlog", (rule) => ({ ...rule, for: "10m" })],
  "another aggregation": ["toy-backlog", (rule) => ({ ...rule, expr: rule.expr.replace(/^\(sum/, "(max") })],
  "a metric misspelt": ["toy-backlog", (rule) => ({ ...rule, expr: rule.expr.replace("toy_messages", "toy_message") })],
  "a matcher left out": ["toy-backlog", (rule) => ({ ...rule, expr: rule.expr.replace(/\{[^}]*\}/, "") })],
  "another signal's label": ["toy-backlog", (rule) => ({ ...rule, labels: { ...rule.labels, signal: "toy-odd" } })],
  "an alert that stops at once": ["toy-failing", ({ keep_firing_for: _, ...rule }) => rule],
  "an alert that never stops": ["toy-failing", (rule) => ({ ...rule, keep_firing_for: "3h" })],
  "a range twice as long": ["toy-failing", (rule) => ({ ...rule, expr: rule.expr.replace("[10m]", "[30m]") })],
  "a rule that does not parse": ["toy-failing", (rule) => ({ ...rule, expr: "sum(" })],
  "a function that does not exist": ["toy-failing", (rule) => ({ ...rule, expr: "rates(x[5m]) > 1" })],
};

function mutant(name: string, [id, change]: readonly [string, (rule: Rule) => Rule]): RuleTest {
  const signal = signals[id];
  assert.ok(signal, id);
  const texts = { queue: "queue-1.a" };
  const rules = rulesOf(id, signal, { component: "proof", kind: "toy", size: toySize, texts, runbooks: "x" });
  const { rules: text, test } = testOf(id, signal, rules.map(change));
  assert.notEqual(text, testOf(id, signal, rules).rules, `${name} changes nothing`);
  // Each in files of its own, beside the others.
  return { id: name, lint: [], rules: text, test: test.replaceAll(`${id}.rules.yaml`, `${name}.rules.yaml`) };
}

describe("promtool", () => {
  let path: string;
  before(async function () {
    this.timeout(900_000);
    ({ path } = await promtool());
  });

  it("proves the rules of the catalogue, and the record of what is proven says so", async function () {
    this.timeout(300_000);
    const tests = ruleTestsOf(catalogue.kinds);
    // Of objectives, whose proofs take days of virtual time and a minute of ours, only the pace that is evaluated most often: `npm run check` proves all of them again.
    const slow = /^objective-.*-(6h|1d|3d)$/;
    const quick = tests.filter(({ id }) => !slow.test(id));
    assert.equal(tests.length - quick.length, 6);
    const failures = [...(await proveRules(path, quick))].filter(([, wrong]) => wrong.length > 0);
    assert.deepEqual(failures, []);
    const file = join(root, provenFile);
    assert.equal(
      existsSync(file) ? readFileSync(file, "utf8") : provenText([]),
      provenText(tests),
      `run npm run generate: ${provenFile} is not what promtool proved`,
    );
    assert.deepEqual(
      tests.flatMap(({ id, lint }) => lint.map((problem) => `${id}: ${problem}`)),
      [],
    );
  });

  it("proves rules that fire, rest, clear, and treat missing data as recorded", async () => {
    const tests = ruleTestsOf([toyKind]);
    assert.deepEqual(
      tests.map(({ id }) => id),
      ["toy-backlog", "toy-failing"],
    );
    assert.deepEqual(
      await proveRules(path, tests),
      new Map([
        ["toy-backlog", []],
        ["toy-failing", []],
      ]),
    );
  });

  it("finds each thing that is changed in a rule, in one go and without mixing them up", async () => {
    const outcomes = await proveRules(path, [
      ...Object.entries(broken).map(([name, how]) => mutant(name, how)),
      ...ruleTestsOf([toyKind]),
    ]);
    const unnoticed = [...outcomes].filter(([, failures]) => failures.length === 0).map(([name]) => name);
    assert.deepEqual(unnoticed, ["toy-backlog", "toy-failing"]);
    assert.match(
      outcomes.get("a rule that does not parse")?.join() ?? "",
      /^promtool refuses its rules: .*parse error/s,
    );
    assert.match(
      outcomes.get("a longer wait")?.join() ?? "",
      /^bad series 1, healed: .*exp: \{\} 1E\+00 got: \{\} 0E\+00/,
    );
  });

  it("is not taken for content when it is no promtool", async () => {
    await assert.rejects(proveRules(join(root, "no-such-program"), ruleTestsOf([toyKind])), /ENOENT/);
  });
});

describe("a report of promtool", () => {
  it("tells failures by file and case, with its text in plain letters", () => {
    const report = `<testsuites><testsuite name="a.yaml" tests="2"><testcase name="one &amp; only"><failure> exp: &#34;1&#34;&#xA;  got &lt;2&gt;</failure></testcase><testcase name="two"></testcase></testsuite><testsuite name="b.yaml" tests="1"><testcase name="x"/></testsuite><testsuite name="c.yaml" tests="0"></testsuite></testsuites>`;
    assert.deepEqual(
      failuresIn(report),
      new Map([
        ["a.yaml", ['one & only: exp: "1" got <2>']],
        ["b.yaml", []],
      ]),
    );
  });
});
