import assert from "node:assert/strict";
import { parseMath } from "./evaluate/math";
import { ExpressionError } from "./evaluate/reader";
import { expressionMutants } from "./mutate.expression";

describe("mutants of metric math", () => {
  it("put each operator in the place of its neighbours", () => {
    assert.deepEqual(
      expressionMutants("a >= b").filter((text) => /a \S+ b/.test(text)),
      ["a > b", "a < b", "a <= b"],
    );
    assert.ok(expressionMutants("a + b").includes("a - b"));
    assert.ok(expressionMutants("a > 1 AND b > 1").includes("a > 1 OR b > 1"));
  });

  it("move each number one up and down, to twice and to half of it, and write a negative one so that it can be read", () => {
    assert.deepEqual(expressionMutants("a * 4"), ["a / 4", "a * 5", "a * 3", "a * 8", "a * 2"]);
    assert.deepEqual(expressionMutants("a * 0"), ["a / 0", "a * 1", "a * (-1)"]);
  });

  it("take one metric for another, each place apart", () => {
    const mutants = expressionMutants("sent - deleted");
    assert.ok(mutants.includes("deleted - deleted") && mutants.includes("sent - sent"));
  });

  it("change only the operator and not the same sign elsewhere", () => {
    assert.ok(expressionMutants("(a - b) / (a - b)").includes("(a - b) / (a + b)"));
  });

  it("leave out the filling of gaps, whatever stands around and within it", () => {
    assert.ok(expressionMutants("IF(a > 0, FILL(b, 0), 1)").includes("IF(a > 0, b, 1)"));
    assert.ok(expressionMutants("FILL(FILL(a, 0) + 1, 2)").includes("FILL(a, 0) + 1"));
    assert.ok(expressionMutants("FILL(MAX([a, b]), REPEAT)").includes("MAX([a, b])"));
  });

  it("can all be read, and differ from the expression and from each other", () => {
    for (const text of [
      "IF(waiting > 1042, sent - deleted, 0)",
      "IF(whole >= 20, 100 * part / whole, 0)",
      "MAX([a, b]) - MIN([a, b]) ^ 2",
      "SUM(METRICS())",
    ]) {
      const mutants = expressionMutants(text);
      assert.ok(mutants.length > 0, text);
      assert.ok(!mutants.includes(text));
      assert.equal(new Set(mutants).size, mutants.length);
      for (const mutant of mutants) parseMath(mutant);
    }
  });

  it("are refused for a text that is no expression", () => {
    assert.throws(() => expressionMutants("a § b"), ExpressionError);
  });
});
