import assert from "node:assert/strict";
import fc from "fast-check";
import { ratios, spread, summary } from "./summary";

const run = (wall: number) => ({ wall, cpu: 2 * wall, memory: 1_000 * wall });

describe("a spread", () => {
  it("is the middle value with the limits, and the mean of the two in the middle", () => {
    assert.deepEqual(spread([9, 1, 5]), { median: 5, least: 1, most: 9 });
    assert.deepEqual(spread([4, 1, 3, 2]), { median: 2.5, least: 1, most: 4 });
    assert.throws(() => spread([]), RangeError);
  });

  it("has as many values below its median as above", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const { median, least, most } = spread(values);
        const below = values.filter((value) => value < median).length;
        const above = values.filter((value) => value > median).length;
        assert.ok(least <= median && median <= most);
        assert.ok(below <= values.length / 2 && above <= values.length / 2);
      }),
    );
  });
});

describe("runs in short", () => {
  it("spread each figure by itself", () => {
    assert.deepEqual(summary([run(3), run(1), run(2)]).cpu, { median: 4, least: 2, most: 6 });
  });

  it("are compared round by round, so that a slow round of both drops out", () => {
    const { wall } = ratios([run(1), run(50), run(1.2)], [run(2), run(100), run(2)]);
    assert.deepEqual(wall, { median: 0.5, least: 0.5, most: 0.6 });
  });
});
