import assert from "node:assert/strict";
import type { Series } from "../signal";
import type { AlarmSpec } from "../spec";
import { breaches, evaluate, reached } from "./alarm";
import { alarm, metric } from "./fixtures";
import { parseSeries } from "./samples";

const run = (spec: AlarmSpec, series: Series, step: number | Record<string, number> = 60) =>
  evaluate(spec, parseSeries(series, step));

describe("evaluation of an alarm", () => {
  it("tells each change of state with its second", () => {
    const { transitions, final } = run(alarm(), ["10 for 3 minutes", "11 for 2 minutes", "10 for 1 minute"]);
    assert.deepEqual(transitions, [
      { at: 60, from: "INSUFFICIENT_DATA", state: "OK" },
      { at: 240, from: "OK", state: "ALARM" },
      { at: 360, from: "ALARM", state: "OK" },
    ]);
    assert.equal(final, "OK");
  });

  it("has reached a state when any of its evaluations is in it", () => {
    const timeline = run(alarm(), ["10 for 1 minute", "11 for 1 minute", "10 for 1 minute"]);
    assert.deepEqual(
      (["OK", "ALARM", "INSUFFICIENT_DATA"] as const).map((state) => reached(timeline, state)),
      [true, true, false],
    );
  });

  it("waits for M bad points among the newest N, which need not be neighbours", () => {
    const spec = alarm({ evaluationPeriods: 5, datapointsToAlarm: 3 });
    const series = [
      "0 for 5 minutes",
      "11 for 1 minute",
      "0 for 1 minute",
      "11 for 1 minute",
      "0 for 1 minute",
      "11 for 1 minute",
      "0 for 1 minute",
    ];
    const { transitions } = run(spec, series as Series);
    assert.deepEqual(
      transitions.map(({ at, state }) => [at, state]),
      [
        [300, "OK"],
        [600, "ALARM"],
        [660, "OK"],
      ],
    );
  });

  it("slides a window of five minutes by one minute", () => {
    const spec = alarm({ period: 300, threshold: 40 }, { statistic: "Sum" });
    const { transitions } = run(spec, ["0 for 7 minutes", "21 for 2 minutes", "0 for 8 minutes"]);
    assert.deepEqual(
      transitions.map(({ at, state }) => [at, state]),
      [
        [300, "OK"],
        [540, "ALARM"],
        [780, "OK"],
      ],
    );
  });

  it("looks every ten seconds at high resolution and every hour at a window over a day", () => {
    const fast = run(alarm({ period: 10, evaluationPeriods: 2, datapointsToAlarm: 2 }), ["11 for 1 minute"], 10);
    assert.deepEqual(
      fast.judgements.map(({ at }) => at),
      [20, 30, 40, 50, 60],
    );
    const slow = run(
      alarm({ period: 3_600, evaluationPeriods: 25, datapointsToAlarm: 25 }),
      ["11 for 27 hours"],
      3_600,
    );
    assert.deepEqual(
      slow.judgements.map(({ at }) => at / 3_600),
      [25, 26, 27],
    );
  });

  it("looks every minute at a window of exactly a day", () => {
    const { judgements } = run(
      alarm({ period: 3_600, evaluationPeriods: 24, datapointsToAlarm: 24 }),
      ["11 for 25 hours"],
      3_600,
    );
    assert.deepEqual([judgements[0]?.at, judgements[1]?.at], [86_400, 86_460]);
  });

  it("has no point in windows that begin between two points of the metric", () => {
    const spec = alarm({ period: 30 });
    const { judgements } = evaluate(spec, parseSeries(["11 for 3 minutes"]), "OK", 1);
    const states = judgements.map(({ at, state }) => `${at} ${state === "ALARM" ? "a" : "-"}`);
    assert.deepEqual(states.slice(0, 8), ["30 a", "40 -", "50 -", "60 -", "70 a", "80 a", "90 a", "100 -"]);
  });

  it("judges nothing before N whole periods lie in the data", () => {
    const { judgements, final } = run(
      alarm({ evaluationPeriods: 15, datapointsToAlarm: 15, treatMissingData: "breaching" }),
      ["11 for 14 minutes"],
    );
    assert.deepEqual(judgements, []);
    assert.equal(final, "INSUFFICIENT_DATA");
  });

  it("keeps seeing the last points for the rest of the range after a metric stops", () => {
    const spec = alarm({ treatMissingData: "notBreaching" });
    const { transitions } = run(spec, ["0 for 1 minute", "11 for 1 minute", "missing for 5 minutes"]);
    assert.deepEqual(
      transitions.map(({ at, state }) => [at, state]),
      [
        [60, "OK"],
        [120, "ALARM"],
        [300, "OK"],
      ],
    );
  });

  for (const [treat, final] of [
    ["missing", "INSUFFICIENT_DATA"],
    ["ignore", "OK"],
    ["breaching", "ALARM"],
    ["notBreaching", "OK"],
  ] as const) {
    it(`ends in ${final} when a healthy metric goes silent and missing is "${treat}"`, () => {
      const spec = alarm({ treatMissingData: treat, evaluationPeriods: 3, datapointsToAlarm: 3 });
      assert.equal(run(spec, ["0 for 10 minutes", "missing for 10 minutes"]).final, final);
    });
  }

  it("goes from the state that it is given when it has nothing to judge by", () => {
    const spec = alarm({ treatMissingData: "ignore" });
    assert.equal(evaluate(spec, parseSeries(["missing for 5 minutes"]), "ALARM").final, "ALARM");
  });

  it("judges metric math over the points of its metrics", () => {
    const spec = alarm({
      metrics: { failed: metric({ statistic: "Sum" }), total: metric({ statistic: "Sum" }) },
      expression: "IF(total >= 20, 100 * failed / total, 0)",
      threshold: 5,
    });
    const busy = { failed: ["1 for 5 minutes", "2 for 1 minute"], total: ["20 for 6 minutes"] } satisfies Series;
    assert.deepEqual(run(spec, busy).transitions.at(-1), { at: 360, from: "OK", state: "ALARM" });
    const quiet = { failed: ["1 for 5 minutes"], total: ["1 for 5 minutes"] } satisfies Series;
    assert.equal(reached(run(spec, quiet), "ALARM"), false);
  });

  it("has no point, and so no alarm, where the whole is zero", () => {
    const spec = alarm({
      metrics: { failed: metric(), total: metric() },
      expression: "100 * failed / total",
      treatMissingData: "notBreaching",
    });
    assert.equal(run(spec, { failed: ["5 for 5 minutes"], total: ["0 for 5 minutes"] }).final, "OK");
  });

  it("leaves the state alone while a percentile has too few samples, if so told", () => {
    const stat = { statistic: "p90" } as const;
    const ninetyNine = Array<string>(99).fill("500").join("/");
    const few = `${ninetyNine} for 5 minutes` as const;
    const enough = `${ninetyNine}/500 for 5 minutes` as const;
    assert.equal(run(alarm({ lowSamples: "ignore" }, stat), [few]).final, "INSUFFICIENT_DATA");
    assert.equal(run(alarm({ lowSamples: "ignore" }, stat), [enough]).final, "ALARM");
    assert.equal(run(alarm({ lowSamples: "evaluate" }, stat), [few]).final, "ALARM");
    assert.equal(run(alarm({ lowSamples: "ignore" }, { statistic: "p100" }), [few]).final, "ALARM");
  });

  it("leaves the state alone when one of its periods has too few samples, but not when one has none", () => {
    const hundred = Array<string>(100).fill("500").join("/");
    const spec = alarm(
      { lowSamples: "ignore", evaluationPeriods: 2, datapointsToAlarm: 1, treatMissingData: "notBreaching" },
      { statistic: "p90" },
    );
    assert.equal(run(spec, [`${hundred} for 1 minute`, "500 for 1 minute"]).final, "INSUFFICIENT_DATA");
    assert.equal(run(spec, [`${hundred} for 1 minute`, "missing for 1 minute"]).final, "ALARM");
    assert.equal(run(spec, ["missing for 2 minutes"]).final, "OK");
  });

  it("minds the number of samples only for percentiles", () => {
    assert.equal(run(alarm({ lowSamples: "ignore" }), ["11 for 2 minutes"]).final, "ALARM");
    assert.equal(run(alarm({ lowSamples: "ignore" }, { statistic: "p0" }), ["11 for 2 minutes"]).final, "ALARM");
  });

  it("needs ten over the share of samples for a percentile under the median", () => {
    const ninetyNine = Array<string>(99).fill("500").join("/");
    const spec = alarm({ lowSamples: "ignore" }, { statistic: "p10" });
    assert.equal(run(spec, [`${ninetyNine} for 2 minutes`]).final, "INSUFFICIENT_DATA");
    assert.equal(run(spec, [`${ninetyNine}/500 for 2 minutes`]).final, "ALARM");
  });

  it("compares with a band that its data gives", () => {
    const series = (value: "5 for 2 minutes" | "25 for 2 minutes"): Series => ({
      value: ["15 for 2 minutes", value],
      value_lower: ["10 for 4 minutes"],
      value_upper: ["20 for 4 minutes"],
    });
    const both = alarm({ comparison: "LessThanLowerOrGreaterThanUpperThreshold", threshold: 2 });
    const over = alarm({ comparison: "GreaterThanUpperThreshold", threshold: 2 });
    const under = alarm({ comparison: "LessThanLowerThreshold", threshold: 2 });
    assert.deepEqual(
      [both, over, under].map((spec) => [
        run(spec, series("5 for 2 minutes")).final,
        run(spec, series("25 for 2 minutes")).final,
      ]),
      [
        ["ALARM", "ALARM"],
        ["OK", "ALARM"],
        ["ALARM", "OK"],
      ],
    );
    assert.equal(run(both, ["15 for 4 minutes"]).final, "INSUFFICIENT_DATA");
    const lowerOnly: Series = { value: ["15 for 4 minutes"], value_lower: ["20 for 4 minutes"] };
    assert.equal(run(both, lowerOnly).final, "INSUFFICIENT_DATA");
  });

  it("finds the band of an expression under the id value", () => {
    const comparison = "GreaterThanUpperThreshold";
    const spec = alarm({ metrics: { a: metric() }, expression: "a * 2", comparison, threshold: 2 });
    assert.equal(run(spec, { a: ["11 for 2 minutes"], value_upper: ["20 for 2 minutes"] }).final, "ALARM");
    assert.equal(run(spec, { a: ["10 for 2 minutes"], value_upper: ["20 for 2 minutes"] }).final, "OK");
  });

  it("refuses a metric without data, another period and metrics without an expression", () => {
    assert.throws(
      () => run(alarm(), { other: ["1 for 1 minute"] }),
      /metric "value" has no data: the data names other/,
    );
    assert.throws(
      () => run(alarm({}, { period: 300 }), ["1 for 1 minute"]),
      /"value" has a period of 300 seconds, its alarm of 60/,
    );
    assert.throws(
      () => run(alarm({ metrics: { a: metric(), b: metric() } }), { a: ["1 for 1 minute"], b: ["1 for 1 minute"] }),
      /add an expression/,
    );
  });
});

describe("comparison", () => {
  for (const [comparison, below, equal, above] of [
    ["GreaterThanThreshold", false, false, true],
    ["GreaterThanOrEqualToThreshold", false, true, true],
    ["LessThanThreshold", true, false, false],
    ["LessThanOrEqualToThreshold", true, true, false],
  ] as const) {
    it(`${comparison} is exact at the threshold`, () => {
      assert.deepEqual(
        [9, 10, 11].map((value) => breaches(comparison, value, 10)),
        [below, equal, above],
      );
    });
  }

  it("with a band leaves its edges alone", () => {
    const band = { lower: 1, upper: 2 };
    assert.deepEqual(
      [1, 2].map((value) => breaches("LessThanLowerOrGreaterThanUpperThreshold", value, 0, band)),
      [false, false],
    );
    assert.equal(breaches("GreaterThanUpperThreshold", 2, 0, band), false);
    assert.equal(breaches("LessThanLowerThreshold", 1, 0, band), false);
  });
});
