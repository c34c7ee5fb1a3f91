import assert from "node:assert/strict";
import fc from "fast-check";
import type { StateTimeline, Transition } from "./alarm";
import { parseComposite } from "./composite";
import type { State } from "./state";
import { actionsOf } from "./suppressor";

const worth = (text: string, states: Record<string, State> = {}) => parseComposite(text).state(states);
const names = (count: number) => Array.from({ length: count }, (_, index) => `"alarm ${index}"`);

describe("composite alarm", () => {
  it("asks for a child's state by its name, quoted or not", () => {
    assert.equal(worth('ALARM("orders: too old")', { "orders: too old": "ALARM" }), "ALARM");
    assert.equal(worth("OK(orders-silent)", { "orders-silent": "ALARM" }), "OK");
    assert.equal(worth("INSUFFICIENT_DATA(a)", { a: "INSUFFICIENT_DATA" }), "ALARM");
    const arn = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders";
    assert.equal(worth(`ALARM(${arn})`, { [arn]: "ALARM" }), "ALARM");
    assert.equal(worth(String.raw`ALARM("say \"hi\"")`, { 'say "hi"': "ALARM" }), "ALARM");
  });

  it("binds NOT before AND, and AND before OR", () => {
    const states: Record<string, State> = { a: "ALARM", b: "OK", c: "OK" };
    assert.equal(worth("ALARM(a) OR ALARM(b) AND ALARM(c)", states), "ALARM");
    assert.equal(worth("(ALARM(a) OR ALARM(b)) AND ALARM(c)", states), "OK");
    assert.equal(worth("NOT ALARM(a) OR OK(b)", states), "ALARM");
    assert.equal(worth("NOT (ALARM(a) OR OK(b))", states), "OK");
    assert.equal(worth("NOT NOT TRUE"), "ALARM");
    assert.equal(worth("FALSE"), "OK");
  });

  it("counts children, in number and in percent rounded up", () => {
    const states: Record<string, State> = { a: "ALARM", b: "ALARM", c: "OK" };
    assert.equal(worth("AT_LEAST(2, ALARM, (a, b, c))", states), "ALARM");
    assert.equal(worth("AT_LEAST(3, ALARM, (a, b, c))", states), "OK");
    assert.equal(worth("AT_LEAST(66%, ALARM, (a, b, c))", states), "ALARM");
    assert.equal(worth("AT_LEAST(67%, ALARM, (a, b, c))", states), "OK");
    assert.equal(worth("AT_LEAST(1%, OK, (a, b, c)) AND ALARM(a)", states), "ALARM");
  });

  it("never ends in INSUFFICIENT_DATA", () => {
    assert.equal(worth("ALARM(a)", { a: "INSUFFICIENT_DATA" }), "OK");
  });

  it("lists each child once", () => {
    assert.deepEqual([...parseComposite("ALARM(a) AND (OK(b) OR NOT ALARM(a))").children], ["a", "b"]);
  });

  for (const [text, message] of [
    ["", /character 1: expected ALARM\("name"\)/],
    ["ALARM(a) ALARM(b)", /character 10: expected AND, OR or the end, found "ALARM"/],
    ["ALARM()", /character 7: expected the name of an alarm, in quotes/],
    ["ALARM(a", /expected "\)", found the end/],
    ["BROKEN(a)", /expected ALARM\("name"\).*found "BROKEN"/],
    ["AT_LEAST(0, ALARM, (a))", /expected 1 to 1/],
    ["AT_LEAST(3, ALARM, (a, b))", /expected 1 to 2 .*found "3"/],
    ["AT_LEAST(120%, ALARM, (a, b))", /up to 100 %/],
    ["AT_LEAST(1, BAD, (a))", /expected ALARM, OK, INSUFFICIENT_DATA, found "BAD"/],
    ["ALARM(a) & OK(b)", /"&" belongs to no expression/],
  ] as const) {
    it(`refuses "${text}", and says where`, () => assert.throws(() => parseComposite(text), message));
  }

  it("refuses a child without a state", () => {
    assert.throws(() => worth("ALARM(a)", { b: "OK" }), /the alarm "a" has no state/);
  });

  it("keeps AWS's limits of children, elements and characters", () => {
    const list = (count: number) => `AT_LEAST(1, ALARM, (${names(count).join(", ")}))`;
    assert.equal(parseComposite(list(100)).children.size, 100);
    assert.throws(() => parseComposite(list(101)), /at most 100 children, got 101/);
    const repeated = (count: number) => Array.from({ length: count }, () => "TRUE").join(" OR ");
    assert.equal(worth(repeated(500)), "ALARM");
    assert.throws(() => parseComposite(repeated(501)), /at most 500 elements, got 501/);
    const asked = (count: number) => Array.from({ length: count }, () => "ALARM(a)").join(" OR ");
    assert.equal(parseComposite(asked(166)).children.size, 1);
    assert.throws(() => parseComposite(asked(167)), /at most 500 elements, got 501/);
    assert.equal(worth(`TRUE${" ".repeat(10_236)}`), "ALARM");
    assert.throws(() => parseComposite(`TRUE${" ".repeat(10_240)}`), /at most 10240 characters, got 10244/);
  });

  it("follows De Morgan's laws", () => {
    const state = fc.constantFrom<State[]>("OK", "ALARM", "INSUFFICIENT_DATA");
    fc.assert(
      fc.property(state, state, (a, b) => {
        assert.equal(worth("NOT (ALARM(a) AND OK(b))", { a, b }), worth("NOT ALARM(a) OR NOT OK(b)", { a, b }));
        assert.equal(worth("AT_LEAST(1, ALARM, (a, b))", { a, b }), worth("ALARM(a) OR ALARM(b)", { a, b }));
        assert.equal(worth("AT_LEAST(100%, ALARM, (a, b))", { a, b }), worth("ALARM(a) AND ALARM(b)", { a, b }));
      }),
    );
  });
});

/** One state a minute: `o` is OK, `A` is ALARM. */
function timeline(text: string): StateTimeline {
  const judgements = [...text].map((sign, index) => ({
    at: 60 * (index + 1),
    state: sign === "A" ? ("ALARM" as const) : ("OK" as const),
  }));
  const transitions = judgements.flatMap(({ at, state }, index): Transition[] => {
    const from = judgements[index - 1]?.state ?? "INSUFFICIENT_DATA";
    return from === state ? [] : [{ at, from, state }];
  });
  return { judgements, transitions, final: judgements.at(-1)?.state ?? "INSUFFICIENT_DATA" };
}

describe("suppressed actions", () => {
  const actions = (composite: string, suppressor: string) =>
    actionsOf(timeline(composite), { suppressor: timeline(suppressor), wait: 120, extension: 120 })
      .map(({ at, state }) => `${at / 60} ${state}`)
      .slice(1);

  it("come after the wait when nothing suppresses them", () => {
    assert.deepEqual(actions("ooAAAAoo", "oooooooo"), ["5 ALARM", "7 OK"]);
  });

  it("do not come while the suppressor is in ALARM, even when it follows within the wait", () => {
    assert.deepEqual(actions("ooAAAooo", "oooAAAAA"), []);
  });

  it("do not come when the composite recovers within the extension", () => {
    assert.deepEqual(actions("ooAAAAoooo", "oAAAAooooo"), []);
  });

  it("come after the extension when the composite has not recovered", () => {
    assert.deepEqual(actions("ooAAAAAAAA", "oAAAoooooo"), ["7 ALARM"]);
  });

  it("come when the periods end, also between two evaluations", () => {
    const given = { suppressor: timeline("oooooooo"), wait: 90, extension: 30 };
    const waited = actionsOf(timeline("oAAAA"), given);
    assert.deepEqual(waited.at(-1), { at: 210, state: "ALARM" });
    const muted = actionsOf(timeline("oAAAAAA"), { ...given, suppressor: timeline("AAAAoo"), wait: 0 });
    assert.deepEqual(muted, [{ at: 330, state: "ALARM" }]);
  });

  it("do not come for a breach shorter than the wait", () => {
    assert.deepEqual(actions("ooAooo", "oooooo"), []);
  });
});
