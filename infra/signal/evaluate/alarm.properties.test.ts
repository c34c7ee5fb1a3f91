import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluate } from "./alarm";
import { alarm } from "./fixtures";

describe("properties of an evaluation", () => {
  const points = fc.array(
    fc.option(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 3 }), { nil: undefined }),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  const spec = fc
    .record({
      n: fc.integer({ min: 1, max: 4 }),
      cut: fc.nat(3),
      period: fc.constantFrom(60, 120, 300),
      statistic: fc.constantFrom("Average" as const, "Maximum" as const, "Sum" as const, "p90" as const),
      treat: fc.constantFrom("missing" as const, "ignore" as const, "breaching" as const, "notBreaching" as const),
    })
    .map(({ n, cut, period, statistic, treat }) =>
      alarm(
        {
          evaluationPeriods: n,
          datapointsToAlarm: Math.max(1, n - cut),
          period,
          treatMissingData: treat,
          threshold: 0,
        },
        { statistic },
      ),
    );
  const data = (list: readonly (readonly number[] | undefined)[]) => ({ value: { step: 60, points: list } });

  it("a higher threshold of a greater-than alarm never adds time in ALARM", () => {
    fc.assert(
      fc.property(spec, points, fc.integer({ min: -20, max: 20 }), fc.nat(20), (base, list, threshold, more) => {
        const low = evaluate({ ...base, threshold }, data(list));
        const high = evaluate({ ...base, threshold: threshold + more }, data(list));
        high.judgements.forEach(({ state }, index) => {
          if (state === "ALARM") assert.equal(low.judgements[index]?.state, "ALARM");
        });
      }),
      { numRuns: 500 },
    );
  });

  it("what comes later changes nothing that was judged before", () => {
    fc.assert(
      fc.property(spec, points, points, (base, first, later) => {
        const whole = evaluate(base, data([...first, ...later])).judgements;
        const part = evaluate(base, data(first)).judgements;
        assert.deepEqual(whole.slice(0, part.length), part);
      }),
      { numRuns: 300 },
    );
  });

  it("an expression that only names a metric behaves like the metric", () => {
    fc.assert(
      fc.property(spec, points, (base, list) => {
        assert.deepEqual(evaluate({ ...base, expression: "value" }, data(list)), evaluate(base, data(list)));
      }),
      { numRuns: 300 },
    );
  });

  it("transitions are exactly the judgements that differ from the one before", () => {
    fc.assert(
      fc.property(spec, points, (base, list) => {
        const { judgements, transitions, final } = evaluate(base, data(list));
        const states = ["INSUFFICIENT_DATA", ...judgements.map(({ state }) => state)];
        const changes = judgements.flatMap(({ at, state }, index) =>
          state === states[index] ? [] : [{ at, from: states[index], state }],
        );
        assert.deepEqual(transitions, changes);
        assert.equal(final, states.at(-1));
      }),
      { numRuns: 300 },
    );
  });
});
