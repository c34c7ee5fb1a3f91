import assert from "node:assert/strict";
import fc from "fast-check";
import type { Stretch } from "../signal";
import { durationOf, join, parseSeries, parseStretches, percentileOf, statistic } from "./samples";

const points = (stretch: string, step = 60) => parseStretches([stretch as Stretch], step).points;

describe("texts of a series", () => {
  it("become one point for each step of the metric", () => {
    assert.deepEqual(points("7 for 3 minutes"), [[7], [7], [7]]);
    assert.deepEqual(points("7 for 1 day", 86_400), [[7]]);
    assert.deepEqual(points("7 for 30 seconds", 10), [[7], [7], [7]]);
  });

  it("may give several samples a point, and none", () => {
    assert.deepEqual(points("0/1 for 2 minutes"), [
      [0, 1],
      [0, 1],
    ]);
    assert.deepEqual(points("missing for 2 minutes"), [undefined, undefined]);
  });

  it("convert typed values to seconds, bytes and percent of 100", () => {
    assert.deepEqual(points("20 minutes for 1 minute"), [[1_200]]);
    assert.deepEqual(points("7.5 days for 1 minute"), [[648_000]]);
    assert.deepEqual(points("256 KiB for 1 minute"), [[262_144]]);
    assert.deepEqual(points("80 %/81.5 % for 1 minute"), [[80, 81.5]]);
    assert.deepEqual(points("-2 minutes for 1 minute"), [[-120]]);
  });

  it("take decimals, exponents and negative numbers", () => {
    assert.deepEqual(points("-1.5/0.25/1e6 for 1 minute"), [[-1.5, 0.25, 1_000_000]]);
  });

  it("are refused with the text and how to write it", () => {
    assert.throws(() => points("7 minutes"), /series "7 minutes": write "20 for 5 minutes"/);
    assert.throws(() => points("seven for 5 minutes"), /series "seven for 5 minutes": "seven" is not a value; write/);
    assert.throws(() => points("7 for 5"), /series "7 for 5": write/);
    assert.throws(
      () => points("7 for 90 seconds"),
      /90 seconds is no whole number of points; this metric has one every 60 seconds/,
    );
    assert.throws(() => points("7 for 0 minutes"), /no whole number of points/);
    assert.throws(() => points("1/2 minutes for 5 minutes"), /give every sample its unit, or none/);
    assert.throws(() => points("1//2 for 5 minutes"), /"" is not a value/);
  });

  it("of one alarm must last equally long", () => {
    assert.throws(
      () => parseSeries({ a: ["1 for 2 minutes"], b: ["1 for 3 minutes"] }),
      /got a 120 seconds, b 180 seconds/,
    );
    const { a, b } = parseSeries({ a: ["1 for 1 hour"], b: ["1 for 1 hour"] }, { b: 300 });
    assert.deepEqual([a?.points.length, b?.points.length], [60, 12]);
  });

  it("follow each other when they are joined", () => {
    const joined = join(parseSeries(["1 for 2 minutes"]), parseSeries(["missing for 1 minute"]));
    assert.deepEqual(joined, { value: { step: 60, points: [[1], [1], undefined] } });
    assert.throws(
      () => join(parseSeries(["1 for 2 minutes"]), parseSeries({ other: ["1 for 1 minute"] })),
      /series of "value": both parts/,
    );
    assert.throws(
      () => join(parseSeries(["1 for 5 minutes"]), parseSeries(["1 for 5 minutes"], 300)),
      /at the same step/,
    );
  });

  it("last as long as their stretches together", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 6 }), (minutes) => {
        const raw = parseStretches(
          minutes.map((count): Stretch => `1 for ${count} minutes`),
          60,
        );
        assert.equal(durationOf(raw), 60 * minutes.reduce((total, count) => total + count, 0));
      }),
    );
  });
});

describe("statistic of a period", () => {
  const samples = [4, 1, 3, 2];

  it("is the five simple ones", () => {
    assert.deepEqual(
      (["Average", "Minimum", "Maximum", "Sum", "SampleCount"] as const).map((kind) => statistic(samples, kind)),
      [2.5, 1, 4, 10, 4],
    );
  });

  it("is missing without samples, whatever it is", () => {
    for (const kind of ["Average", "Minimum", "Maximum", "Sum", "SampleCount", "p50"] as const)
      assert.equal(statistic([], kind), undefined);
  });

  it("is the sample at the nearest rank for a percentile", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual(
      (["p0", "p1", "p50", "p90", "p99", "p99.9", "p100"] as const).map((kind) => statistic(hundred, kind)),
      [1, 1, 50, 90, 99, 100, 100],
    );
    assert.equal(statistic([10, 20], "p50"), 10);
    assert.equal(statistic([10, 20], "p51"), 20);
  });

  it("lies between the least and the largest sample, and rises with the percentile", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.nat(100), fc.nat(100), (values, one, other) => {
        const [low, high] = [
          statistic(values, `p${Math.min(one, other)}`),
          statistic(values, `p${Math.max(one, other)}`),
        ];
        assert.ok(low !== undefined && high !== undefined && low <= high);
        assert.equal(statistic(values, "p0"), statistic(values, "Minimum"));
        assert.equal(statistic(values, "p100"), statistic(values, "Maximum"));
      }),
    );
  });

  it("does not change the samples", () => {
    const given = [3, 1, 2];
    statistic(given, "p90");
    assert.deepEqual(given, [3, 1, 2]);
  });

  it("refuses a percentile that there is not", () => {
    assert.throws(() => percentileOf("p101"), /"p101" is not a percentile: write p0 to p100/);
    assert.throws(() => percentileOf("p-1"), /is not a percentile/);
    assert.equal(percentileOf("p50"), 0.5);
    assert.equal(percentileOf("Maximum"), undefined);
  });
});
