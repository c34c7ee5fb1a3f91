import assert from "node:assert/strict";
import fc from "fast-check";
import { statistic } from "./samples";
import { Totals } from "./totals";

const points = fc.array(
  fc.option(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 3 }), { nil: undefined }),
);

describe("totals of samples", () => {
  it("give what adding up gives, in every window", () => {
    fc.assert(
      fc.property(points, fc.nat(40), fc.nat(40), (given, from, length) => {
        const totals = Totals.of({ step: 60, points: given });
        const samples = given.slice(from, from + length).flatMap((point) => point ?? []);
        for (const kind of ["Sum", "SampleCount", "Average"] as const)
          assert.equal(totals?.between(60 * from, 60 * (from + length), kind), statistic(samples, kind));
      }),
    );
  });

  it("are of whole numbers only: of fractions a difference is not exact", () => {
    assert.equal(Totals.of({ step: 60, points: [[1], [0.5]] }), undefined);
    assert.equal(Totals.of({ step: 60, points: [[2 ** 53], [2 ** 53]] }), undefined);
    assert.equal(Totals.has("p90"), false);
  });
});
