import assert from "node:assert/strict";
import fc from "fast-check";
import { alertName, intervalOf, type Rule, type RuleInstance, rulesOf } from "./rule";
import { type ToySize, toySignals, toySize } from "./rule.fixtures";
import { fill, memoryOf, promDuration, rangesIn } from "./rule.query";
import type { AnyRuled } from "./signal";

const backlog: AnyRuled<ToySize> = toySignals["toy-backlog"];
const failing: AnyRuled<ToySize> = toySignals["toy-failing"];
const instance: RuleInstance<ToySize> = {
  component: "orders",
  kind: "toy",
  service: "shop",
  size: toySize,
  texts: { queue: "orders" },
  runbooks: "https://example.com/runbooks",
};
const made = (id: string, signal: AnyRuled<ToySize>, more: Partial<RuleInstance<ToySize>> = {}): readonly Rule[] =>
  rulesOf(id, signal, { ...instance, ...more });

describe("the rules of a signal", () => {
  it("compare the query with the threshold of the instance's size, and say whom it concerns", () => {
    const [rule] = made("toy-backlog", backlog, { size: { ...toySize, waiting: 250 } });
    assert.deepEqual(rule, {
      alert: "ToyBacklog",
      expr: '(sum by (queue) (toy_messages{queue="orders"})) > 250',
      for: "5m",
      labels: { severity: "page", signal: "toy-backlog", kind: "toy", component: "orders", service: "shop" },
      annotations: {
        summary: "Too much is waiting: orders",
        description: "A toy is broken.",
        runbook_url: "https://example.com/runbooks/toy-backlog.md",
      },
    });
  });

  it("have a second one where a missing value is bad, with the same labels and a name of its own", () => {
    const [bad, missing, ...others] = made("toy-backlog", backlog);
    assert.deepEqual(others, []);
    assert.equal(missing?.alert, "ToyBacklogMissing");
    assert.equal(missing?.expr, 'absent(sum by (queue) (toy_messages{queue="orders"}))');
    assert.deepEqual(missing?.labels, bad?.labels);
    assert.equal(missing?.for, bad?.for);
  });

  it("keep firing where a missing value keeps the state, and else have one rule without more", () => {
    const [rule, ...others] = made("toy-failing", failing);
    assert.deepEqual(others, []);
    assert.equal(rule?.keep_firing_for, "30m");
    for (const whenMissing of ["ok", "unknown"] as const) {
      const { keepFiringFor: _, ...alarm } = failing.alarm;
      const rules = made("toy-failing", { ...failing, alarm: { ...alarm, whenMissing } } as AnyRuled<ToySize>);
      assert.deepEqual(
        rules.map(({ alert, keep_firing_for }) => [alert, keep_firing_for]),
        [["ToyFailing", undefined]],
      );
    }
  });

  it("follow what the instance changed", () => {
    const [rule, missing] = made("toy-backlog", backlog, { change: { threshold: 7, severity: "ticket" } });
    assert.match(rule?.expr ?? "", / > 7$/);
    assert.deepEqual([rule?.labels.severity, missing?.labels.severity], ["ticket", "ticket"]);
  });

  it("have no service where none is known", () => {
    assert.equal("service" in (made("toy-backlog", backlog, { service: undefined })[0]?.labels ?? {}), false);
  });

  it("hold no template that a text could smuggle in", () => {
    const [rule] = made("toy-backlog", { ...backlog, title: "Use {{ $labels.x }}" });
    assert.equal(rule?.annotations.summary, 'Use {{ "{{" }} $labels.x }}: orders');
  });

  it("are refused for a text that is not known, a limit that is no number, and an interval that AMP does not take", () => {
    assert.throws(
      () => made("toy-backlog", backlog, { texts: { other: "x" } }),
      /asks for \{queue\}, and only other is known: give its text, or a parameter/,
    );
    assert.throws(
      () => made("toy-backlog", backlog, { size: { ...toySize, waiting: Number.NaN } }),
      /the threshold of signal "toy-backlog" is NaN: it must be a finite number/,
    );
    assert.throws(() => intervalOf("toy-backlog", "20 seconds"), /every 20 seconds is too often.*every 30 seconds/);
    assert.equal(intervalOf("toy-backlog", "30 seconds"), 30);
    assert.equal(intervalOf("toy-backlog"), 60);
  });

  it("are named in CamelCase", () => {
    assert.deepEqual(["queue-dead-letters", "up", "broker-3xx_late"].map(alertName), [
      "QueueDeadLetters",
      "Up",
      "Broker3xxLate",
    ]);
  });
});

describe("a query", () => {
  const none = { parameters: {} };

  it("takes a text as it is, in a string and in a pattern", () => {
    const texts = { queue: 'a"b\\c.d' };
    assert.equal(fill('x{q="{queue}"}', none, {}, texts), 'x{q="a\\"b\\\\c.d"}');
    assert.equal(
      fill('x{q=~"{queue}|z", r="{queue}"}', none, {}, texts),
      'x{q=~"a\\"b\\\\\\\\c\\\\.d|z", r="a\\"b\\\\c.d"}',
    );
    assert.equal(fill('x{q!~"y|{queue}"}', none, {}, { queue: "a+" }), 'x{q!~"y|a\\\\+"}');
  });

  it("keeps repetitions and empty matchers, and goes on one line", () => {
    assert.equal(fill('sum(x{q=~"a{2}"})\n  / sum({})\n', none, {}, {}), 'sum(x{q=~"a{2}"}) / sum({})');
  });

  it("takes numbers from the size", () => {
    const window = { parameters: { window: ({ waiting }: ToySize) => waiting * 2 } };
    assert.equal(fill("rate(x[{window}m])", window, toySize, {}), "rate(x[200m])");
    assert.throws(
      () => fill("rate(x[{window}m])", window, { ...toySize, waiting: 1 / 0 }, {}),
      /parameter \{window\} of "rate.*" is Infinity/,
    );
  });

  it("of any text stays one string of the query", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const filled = fill('x{q="{queue}"}', none, {}, { queue: text.replace(/\n/g, "") });
        assert.match(filled, /^x\{q="(?:[^"\\]|\\.)*"\}$/su);
      }),
    );
  });

  it("says how far it looks back", () => {
    assert.deepEqual(rangesIn('rate(x[5m]) / max_over_time(y{a="[3m]"}[1h30m:1m] offset 1d)'), [300, 180, 5_400]);
    assert.equal(memoryOf("max_over_time(y[1h30m:1m] offset 1d)"), 5_400 + 60 + 86_400);
    assert.equal(memoryOf("up"), 0);
  });

  it("has lengths of time in the largest unit that fits", () => {
    assert.deepEqual([0, 1, 90, 120, 5_400, 7_200, 86_400].map(promDuration), [
      "0s",
      "1s",
      "90s",
      "2m",
      "90m",
      "2h",
      "1d",
    ]);
    assert.throws(() => promDuration(0.5), /whole seconds/);
  });
});
