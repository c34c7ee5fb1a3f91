import assert from "node:assert/strict";
import { answers, parsed } from "./testing";

describe("what the next update may replace", () => {
  it("is nothing where a stack says nothing", () => assert.deepEqual(parsed({}).replaceable, []));

  it("is named as the settings name it", () => {
    assert.deepEqual(parsed({ "vigia:replaceable": ["broker", "databases.shop"] }).replaceable, [
      "broker",
      "databases.shop",
    ]);
  });

  answers([
    [
      "a thing that the stack lacks",
      { "vigia:replaceable": ["databases.shpo"] },
      'vigia:replaceable[0] = "databases.shpo": did you mean "databases.shop"?',
    ],
    [
      "a text instead of a list",
      { "vigia:replaceable": "broker" },
      'vigia:replaceable = "broker": a list of what keeps data, such as "databases.shop"',
    ],
  ]);
});
