import assert from "node:assert/strict";
import fc from "fast-check";
import { parseMath } from "./math";
import { evaluateMath } from "./mathvalue";
import type { TimeSeries } from "./series";

const none = undefined;
const worth = (text: string, series: Record<string, TimeSeries>, period = 60): TimeSeries =>
  evaluateMath(parseMath(text), { series, period });
/** The value of an expression over one point of `m`. */
const at = (text: string, m: number): number | undefined => worth(text, { m: [m] })[0];

describe("metric math", () => {
  it("binds operators in the usual order", () => {
    assert.equal(at("m + 2 * 3 ^ 2", 1), 19);
    assert.equal(at("(m + 2) * 3", 1), 9);
    assert.equal(at("m - 2 - 3", 10), 5);
    assert.equal(at("m / 2 / 5", 100), 10);
    assert.equal(at("2 ^ 3 ^ 2 * m", 1), 512);
    assert.equal(at("-m ^ 2", 3), -9);
    assert.equal(at("m - -2", 3), 5);
    assert.equal(at("m * 2 ^ -1", 3), 1.5);
    assert.equal(at("m > 1 AND m < 5 OR m == 9", 9), 1);
    assert.equal(at("m == 9 || m > 1 && m < 5", 9), 1);
    assert.equal(at("m + 1 > 3 * 2", 6), 1);
  });

  it("compares to 0 and 1", () => {
    const verdicts = (m: number) => ["==", "!=", "<", ">", "<=", ">="].map((sign) => at(`m ${sign} 2`, m));
    assert.deepEqual(verdicts(1), [0, 1, 1, 0, 1, 0]);
    assert.deepEqual(verdicts(2), [1, 0, 0, 0, 1, 1]);
    assert.deepEqual(verdicts(3), [0, 1, 0, 1, 0, 1]);
  });

  it("reads AWS's worked comparisons, where a missing value counts as 0 beside one that is there", () => {
    const series = { metric1: [30, 20, 0, 0], metric2: [20, none, 20, none] };
    assert.deepEqual(worth("(metric1 < metric2)", series), [0, 0, 1, 0]);
    assert.deepEqual(worth("(metric1 >= 30)", series), [1, 0, 0, 0]);
    assert.deepEqual(worth("(metric1 > 15 AND metric2 > 15)", series), [1, 0, 0, 0]);
  });

  it("reads AWS's worked IF tables", () => {
    const series = { metric1: [1, 1, 0, 0, none], metric2: [30, none, 0, 0, 30], metric3: [0, 0, 20, none, 20] };
    assert.deepEqual(worth("IF(metric1, metric2, metric3)", series), [30, 0, 20, none, none]);
    assert.deepEqual(worth("IF(metric1, 5, metric3)", series), [5, 5, 20, none, none]);
    assert.deepEqual(worth("IF(metric1, metric2, 5)", series), [30, 0, 5, 5, none]);
    assert.deepEqual(worth("IF(metric1, metric2)", series), [30, 0, none, none, none]);
    assert.deepEqual(worth("IF(1, metric2, metric3)", series), series.metric2);
    assert.deepEqual(worth("IF(0, metric2, metric3)", series), series.metric3);
    assert.deepEqual(worth("IF(0, 5, metric3)", series), series.metric3);
    assert.deepEqual(worth("IF(0, metric2)", series), [none, none, none, none, none]);
  });

  it("takes a missing operand as 0, but gives no point where all operands are missing", () => {
    const series = { a: [1, none, none], b: [2, 3, none] };
    assert.deepEqual(worth("a + b", series), [3, 3, none]);
    assert.deepEqual(worth("b - a", series), [1, 3, none]);
    assert.deepEqual(worth("5 * a", series), [5, none, none]);
    assert.deepEqual(worth("-a", series), [-1, none, none]);
  });

  it("drops a point that divides by zero, missing divisors included", () => {
    const series = { a: [1, 1, 0], b: [0, none, 0] };
    assert.deepEqual(worth("a / b", series), [none, none, none]);
    assert.deepEqual(worth("a / 0", series), [none, none, none]);
    assert.deepEqual(worth("a * (1 / 0)", series), [none, none, none]);
  });

  it("fills with a number, another series, the last value or a line", () => {
    const m = [none, 2, none, none, 8, none];
    assert.deepEqual(worth("FILL(m, 0)", { m }), [0, 2, 0, 0, 8, 0]);
    assert.deepEqual(worth("FILL(m, REPEAT)", { m }), [none, 2, 2, 2, 8, 8]);
    assert.deepEqual(worth("FILL(m, LINEAR)", { m }), [none, 2, 4, 6, 8, none]);
    assert.deepEqual(worth("FILL(m, MIN(m))", { m }), [2, 2, 2, 2, 8, 2]);
    assert.deepEqual(worth("FILL(m, o)", { m, o: [1, 1, 1, none, 1, 1] }), [1, 2, 1, none, 8, 1]);
    assert.deepEqual(worth("SUM(FILL(METRICS(), 0))", { m: [1, none], n: [none, none] }), [1, 0]);
  });

  it("folds an array point by point, and one series to a number", () => {
    const series = { a: [1, none, none], b: [3, 4, none] };
    assert.deepEqual(worth("SUM([a, b])", series), [4, 4, none]);
    assert.deepEqual(worth("AVG([a, b])", series), [2, 2, none]);
    assert.deepEqual(worth("MAX([a, b])", series), [3, 4, none]);
    assert.deepEqual(worth("MIN([a, b])", series), [1, 4, none]);
    assert.deepEqual(worth("b / MAX(b)", series), [0.75, 1, none]);
    assert.deepEqual(worth("b - AVG(b)", series), [-0.5, 0.5, none]);
    assert.deepEqual(worth("b - MAX(a)", { a: [none], b: [3] }), [none]);
  });

  it("lets METRICS choose by a part of the id, in arithmetic too", () => {
    const series = { errors4xx: [1], errors5xx: [2], total: [10] };
    assert.deepEqual(worth('100 * SUM(METRICS("errors")) / total', series), [30]);
    assert.deepEqual(worth('SUM([METRICS("4xx"), METRICS("5xx")])', series), [3]);
    assert.deepEqual(worth("SUM(METRICS() / 2)", series), [6.5]);
    assert.deepEqual(worth("SUM(METRICS() / total)", series), [1.3]);
  });

  it("takes absolute value, ceiling, floor and period", () => {
    assert.deepEqual(worth("ABS(m)", { m: [-1.5] }), [1.5]);
    assert.deepEqual(worth("CEIL(m)", { m: [1.2] }), [2]);
    assert.deepEqual(worth("FLOOR(m)", { m: [1.8] }), [1]);
    assert.deepEqual(worth("m / PERIOD(m)", { m: [600] }, 300), [2]);
    assert.deepEqual(worth("TIME_SERIES(5) - m", { m: [1, none] }), [4, 5]);
  });

  it("measures change against the last point that has a value", () => {
    const m = [none, 10, none, 40, 40];
    assert.deepEqual(worth("DIFF(m)", { m }), [none, none, none, 30, 0]);
    assert.deepEqual(worth("RATE(m)", { m }), [none, none, none, 0.25, 0]);
    assert.deepEqual(worth("DIFF_TIME(m)", { m }), [none, none, none, 120, 60]);
  });

  it("works on arrays pair by pair, or on each with one series", () => {
    const series = { a: [1], b: [10], c: [100], d: [1000] };
    assert.deepEqual(worth("SUM([a, b] * [c, d])", series), [10_100]);
    assert.deepEqual(worth("SUM([a, b] * c)", series), [1_100]);
    assert.deepEqual(worth("SUM(c / [a, b])", series), [110]);
    assert.deepEqual(worth("MAX(-[a, b])", series), [-1]);
  });

  for (const name of [
    "MAX",
    "MIN",
    "SUM",
    "AVG",
    "ABS",
    "CEIL",
    "FLOOR",
    "RATE",
    "DIFF",
    "DIFF_TIME",
    "PERIOD",
    "TIME_SERIES",
  ]) {
    it(`takes one argument for ${name}`, () => {
      assert.throws(() => parseMath(`1 + ${name}(a, b)`), new RegExp(`character 5: ${name} takes 1 arguments, got 2`));
    });
  }

  it("drops every point that a number without a value would make", () => {
    assert.deepEqual(worth("TIME_SERIES(MAX(m))", { m: [none, none] }), [none, none]);
    assert.deepEqual(worth("IF(MAX(m), o, o)", { m: [none], o: [1] }), [none]);
    assert.deepEqual(worth("o + SUM(m)", { m: [none], o: [1] }), [none]);
    assert.deepEqual(worth("MAX(m) + o", { m: [7, none], o: [1, 1] }), [8, 8]);
  });

  it("lists the ids that it uses", () => {
    assert.deepEqual([...parseMath("IF(total >= 20, 100 * part / total, 0)").ids()], ["total", "part"]);
    assert.deepEqual([...parseMath('SUM(METRICS("a")) - b').ids(["a1", "a2", "c"])], ["a1", "a2", "b"]);
  });

  for (const [text, message] of [
    ["a +", /"a \+", character 4: expected a number, an id, a function, \( or \[, found the end/],
    ["a b", /character 3: expected an operator or the end, found "b"/],
    ["(a", /character 3: expected "\)", found the end/],
    ["a < b < c", /character 7: expected an operator or the end, found "<"/],
    ["a & b", /character 3: "&" belongs to no expression/],
    [
      "!a",
      /character 1: expected a value \(CloudWatch has no NOT: compare with 0 instead, as in \(x == 0\)\), found "!"/,
    ],
    ["Total", /character 1: expected an id, which starts with a lower-case letter, found "Total"/],
    ["MAXX([a, b])", /the function MAXX cannot be used: did you mean MAX\?/],
    ["SEARCH('x')", /belongs to no expression/],
    ['SEARCH("x")', /an alarm cannot use SEARCH, because it returns many series: name each metric/],
    ["ANOMALY_DETECTION_BAND(m1)", /compare with a band by the alarm's comparison/],
    ["IF(a)", /IF takes 2 or 3 arguments, got 1/],
    ["ABS(a, b)", /ABS takes 1 arguments, got 2/],
    ["MAX(a, REPEAT)", /expected an id, which starts with a lower-case letter, found "REPEAT"/],
    ["", /character 1: expected a number/],
  ] as const) {
    it(`cannot be read as "${text}", and says where`, () => assert.throws(() => parseMath(text), message));
  }

  for (const [text, message] of [
    ["waitng + 1", /no metric has the id "waitng"; did you mean "waiting"\?/],
    ["zzz + 1", /no metric has the id "zzz": the ids are waiting, sent/],
    ["5 + 5", /gives a number, but an alarm watches one series/],
    ["AVG(waiting)", /gives a number/],
    ["METRICS()", /gives 2 series, but an alarm watches one series: use a metric, or SUM/],
    ["MAX([waiting, 0])", /an array holds series, got the number 0: write TIME_SERIES\(0\)/],
    ["ABS(5)", /ABS takes a series or an array of them, got the number 5/],
    ["PERIOD(waiting + 1) * sent", /PERIOD takes the id of a metric/],
    ["IF(METRICS(), 1, 0)", /IF takes single series and numbers, not arrays/],
    ["IF(1, 2, 3)", /compare a metric/],
    ["[waiting, sent] + [waiting, sent, sent]", /arrays of the same length, got 2 and 3/],
  ] as const) {
    it(`gives no series for "${text}", and says why`, () => {
      assert.throws(() => worth(text, { waiting: [1], sent: [2] }), message);
    });
  }

  it("computes what the same arithmetic does in JavaScript", () => {
    const leaf = fc.oneof(fc.integer({ min: 0, max: 9 }).map(String), fc.constantFrom("a", "b"));
    const { tree } = fc.letrec<{ tree: string; node: string }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, leaf, tie("node")),
      node: fc
        .tuple(tie("tree"), fc.constantFrom("+", "-", "*"), tie("tree"), fc.boolean())
        .map(([left, sign, right, group]) => (group ? `(${left} ${sign} ${right})` : `${left} ${sign} ${right}`)),
    }));
    fc.assert(
      fc.property(tree, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (text, a, b) => {
        const expected: unknown = new Function("a", "b", `return ${text} + 0 * a`)(a, b);
        assert.equal(Number(worth(`${text} + 0 * a`, { a: [a], b: [b] })[0]) + 0, Number(expected) + 0);
      }),
      { numRuns: 300 },
    );
  });

  it("fails on any text only with an error that names its place", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "a",
            "1",
            "(",
            ")",
            "[",
            "]",
            ",",
            "+",
            "-",
            "/",
            "<",
            "IF",
            "MAX",
            "FILL",
            "AND",
            "!",
            '"',
            " ",
            "REPEAT",
          ),
        ),
        (parts) => {
          const text = parts.join("");
          try {
            parseMath(text);
          } catch (error) {
            assert.match(String(error), /^ExpressionError: .*character \d+/s);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
