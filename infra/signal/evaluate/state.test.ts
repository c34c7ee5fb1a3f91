import assert from "node:assert/strict";
import fc from "fast-check";
import type { MissingData } from "../spec";
import { type State, state, type Verdict } from "./state";

const signs = { "0": "ok", X: "bad", "-": "missing" } as const;
const read = (text: string): Verdict[] =>
  text.split(" ").map((sign) => {
    if (sign === "0" || sign === "X" || sign === "-") return signs[sign];
    throw new TypeError(`"${sign}" is no point`);
  });

const treatments = ["missing", "ignore", "breaching", "notBreaching"] as const;
/** Where the table says that the state is kept. */
const keep = "kept";

/** "Configuring how CloudWatch alarms treat missing data", CloudWatch User Guide, 2026-11: N = 3, five points in the range. */
const worked: readonly [m: number, points: string, ...expected: (State | typeof keep)[]][] = [
  [3, "0 - X - X", "OK", "OK", "OK", "OK"],
  [3, "0 - - - -", "OK", "OK", "OK", "OK"],
  [3, "- - - - -", "INSUFFICIENT_DATA", keep, "ALARM", "OK"],
  [3, "0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [3, "- - X - -", "ALARM", keep, "ALARM", "OK"],
  [2, "0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [2, "0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [2, "0 - X - -", "OK", "OK", "ALARM", "OK"],
  [2, "- - - - 0", "OK", "OK", "ALARM", "OK"],
  [2, "- - - X -", "ALARM", keep, "ALARM", "OK"],
];

const verdict = fc.constantFrom<Verdict[]>("ok", "bad", "missing");
const anyState = fc.constantFrom<State[]>("OK", "ALARM", "INSUFFICIENT_DATA");
const counting = fc
  .record({ n: fc.integer({ min: 1, max: 5 }), extra: fc.integer({ min: 0, max: 3 }), cut: fc.nat(4) })
  .map(({ n, extra, cut }) => ({ n, m: Math.max(1, n - cut), range: n + extra }));
const treatment = fc.constantFrom<MissingData[]>(...treatments);
const history = fc.array(verdict, { minLength: 1, maxLength: 10 });

/** The states after each point, as an alarm keeps them. */
const run = (points: readonly Verdict[], how: { n: number; m: number; range: number }, treat: MissingData): State[] => {
  const states: State[] = [];
  for (let end = 1; end <= points.length; end += 1) {
    states.push(state(points.slice(0, end), { ...how, treat }, states.at(-1) ?? "INSUFFICIENT_DATA"));
  }
  return states;
};

describe("state of an alarm", () => {
  for (const [m, points, ...expected] of worked) {
    treatments.forEach((treat, column) => {
      it(`of ${points} is ${expected[column]} with ${m} of 3 when a missing point is "${treat}"`, () => {
        for (const previous of ["OK", "ALARM", "INSUFFICIENT_DATA"] as const) {
          const wanted = expected[column] === keep ? previous : expected[column];
          assert.equal(state(read(points), { n: 3, m, range: 5, treat }, previous), wanted);
        }
      });
    });
  }

  it("is not raised at once by a single fresh bad point when the others are missing", () => {
    for (const previous of ["OK", "INSUFFICIENT_DATA"] as const) {
      assert.equal(state(read("- - - - X"), { n: 3, m: 3, range: 5, treat: "missing" }, previous), previous);
      assert.equal(state(read("- - - X -"), { n: 3, m: 3, range: 5, treat: "missing" }, previous), previous);
    }
  });

  it("uses no point older than the range", () => {
    assert.equal(state(read("X - - - - -"), { n: 1, m: 1, range: 5, treat: "notBreaching" }, "ALARM"), "OK");
    assert.equal(state(read("X - - - -"), { n: 1, m: 1, range: 5, treat: "notBreaching" }, "OK"), "ALARM");
  });

  it("counts bad points that are not neighbours", () => {
    assert.equal(state(read("X 0 0 0 X"), { n: 5, m: 2, range: 5, treat: "missing" }, "OK"), "ALARM");
    assert.equal(state(read("X 0 0 0 X"), { n: 5, m: 3, range: 5, treat: "missing" }, "ALARM"), "OK");
  });

  it("needs no more than M bad points when the others are filled", () => {
    const sparse = read("- - - - X");
    assert.equal(state(sparse, { n: 3, m: 1, range: 5, treat: "notBreaching" }, "OK"), "ALARM");
    assert.equal(state(sparse, { n: 3, m: 2, range: 5, treat: "notBreaching" }, "ALARM"), "OK");
    assert.equal(state(read("- - - - 0"), { n: 3, m: 3, range: 5, treat: "breaching" }, "ALARM"), "OK");
  });

  it("never leaves ALARM because one more point is bad", () => {
    fc.assert(
      fc.property(history, fc.nat(), counting, treatment, anyState, (points, at, how, treat, previous) => {
        if (state(points, { ...how, treat }, previous) !== "ALARM") return;
        const worse = points.with(at % points.length, "bad");
        assert.equal(state(worse, { ...how, treat }, previous), "ALARM");
      }),
      { numRuns: 2000 },
    );
  });

  it("is never ALARM where it was not, when points that were bad are fine, over a whole history", () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
        counting,
        treatment,
        (points, mended, how, treat) => {
          const better = points.map((point, index): Verdict => (point === "bad" && mended[index] ? "ok" : point));
          const before = run(points, how, treat);
          run(better, how, treat).forEach((now, index) => {
            if (now === "ALARM") assert.equal(before[index], "ALARM");
          });
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("alarms with notBreaching only where it does with missing, and with missing only where it does with breaching", () => {
    fc.assert(
      fc.property(history, counting, (points, how) => {
        const [strict, plain, lax] = (["breaching", "missing", "notBreaching"] as const).map((treat) =>
          run(points, how, treat),
        );
        points.forEach((_, index) => {
          if (lax?.[index] === "ALARM") assert.equal(plain?.[index], "ALARM");
          if (plain?.[index] === "ALARM") assert.equal(strict?.[index], "ALARM");
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("is never INSUFFICIENT_DATA once judged with notBreaching or breaching, whatever is missing", () => {
    fc.assert(
      fc.property(
        history,
        counting,
        fc.constantFrom("notBreaching" as const, "breaching" as const),
        (points, how, treat) => {
          assert.ok(!run(points, how, treat).includes("INSUFFICIENT_DATA"));
        },
      ),
    );
  });

  it("does not depend on the missing-data setting where N real points exist", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Verdict[]>("ok", "bad"), { minLength: 5, maxLength: 8 }),
        counting,
        (points, how) => {
          const states = new Set(treatments.map((treat) => state(points, { ...how, treat }, "OK")));
          assert.equal(states.size, 1);
        },
      ),
    );
  });
});
