import assert from "node:assert/strict";
import { Problems } from "../kit/problems";
import { checkChanges } from "./changes";

/** What is said of changes. */
function said(changes?: Parameters<typeof checkChanges>[1], where?: string): string[] {
  const problems = new Problems('queue "orders"');
  checkChanges(problems, changes, where);
  try {
    problems.throwIfAny();
  } catch (error) {
    return String(error).split("\n");
  }
  return [];
}

describe("what one instance does differently", () => {
  it("takes another threshold or severity, and silence with a reason", () => {
    assert.deepEqual(said(), []);
    assert.deepEqual(said({}), []);
    assert.deepEqual(said({ "queue-late": undefined, "queue-in-flight": { off: "a test fills it" } }), []);
    assert.deepEqual(said({ "queue-late": {} }), []);
  });

  it("refuses each silence without a reason, behind the name of the part", () => {
    assert.deepEqual(said({ "queue-late": { off: "" }, "queue-in-flight": { off: " \t" } }, "namespaces.orders: "), [
      'RangeError: queue "orders": namespaces.orders: changes: "queue-late" is off without a reason: say why in words',
      'queue "orders": namespaces.orders: changes: "queue-in-flight" is off without a reason: say why in words',
    ]);
  });
});
