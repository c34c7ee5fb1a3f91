import assert from "node:assert/strict";
import { Problems } from "../../infra/kit/problems";
import { completed, sentencesOf } from "./component";
import { text, whole } from "./values";

const saying = (...sentences: readonly (readonly [said: string, got?: unknown])[]) =>
  sentencesOf("queue", () => {
    const problems = new Problems('queue "orders"');
    for (const [said, got] of sentences) problems.unless(false, said, got);
    problems.throwIfAny();
  });

describe("what a component says of a stack's settings", () => {
  it("is nothing where it takes them", () => {
    assert.deepEqual(saying(), []);
  });

  it("is cut into the place, the rule and the value", () => {
    assert.deepEqual(saying(["retention must be 60 seconds to 14 days", "20 days"], ["users.max: 3 at most"]), [
      {
        text: 'retention must be 60 seconds to 14 days, got "20 days"',
        field: "retention",
        rule: "must be 60 seconds to 14 days",
        got: '"20 days"',
      },
      { text: "users.max: 3 at most", field: "users.max", rule: "3 at most" },
    ]);
  });

  it("is told whole where it is about no place", () => {
    const [said] = saying(['"orders" has no key']);
    assert.deepEqual(said, { text: '"orders" has no key', field: "", rule: '"orders" has no key' });
  });

  it("is no excuse for a mistake in the component", () => {
    const broken = () => {
      throw new TypeError("undefined is not a function");
    };
    assert.throws(() => sentencesOf("queue", broken), TypeError);
  });

  it("goes on where a value was refused, with another in its place", () => {
    const fields = { owner: text("a name", (given) => given !== ""), size: whole(1, 3) };
    assert.deepEqual(completed(fields, { owner: "shop", size: "7" }, { owner: "nobody", size: 1 }), {
      settings: { owner: "shop", size: 1 },
      refused: ["size"],
    });
  });
});
