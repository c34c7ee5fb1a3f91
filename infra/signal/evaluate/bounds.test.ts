import assert from "node:assert/strict";
import fc from "fast-check";
import { boundsOf } from "./bounds";
import { parseMath } from "./math";
import { evaluateMath } from "./mathvalue";

const share = [0, 100] as const;
const counted = [0, Number.POSITIVE_INFINITY] as const;
const bounds = (text: string, of: Record<string, readonly [number, number]>) => boundsOf(parseMath(text), of, 60);

describe("bounds of an expression", () => {
  for (const [text, least, most] of [
    ["cpu / 7", 0, 100 / 7],
    ["100 - cpu", 0, 100],
    ["-cpu", -100, 0],
    ["cpu + cpu", 0, 200],
    ["cpu * 0.5", 0, 50],
    ["100 * part / whole", 0, Number.POSITIVE_INFINITY],
    ["part - whole", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["IF(whole >= 20, cpu, 0)", 0, 100],
    ["IF(whole >= 20, cpu + 5, 7)", 0, 105],
    ["cpu > 80 AND part > 1", 0, 1],
    ["AVG([cpu, cpu])", 0, 100],
    ["SUM([cpu, cpu])", 0, 200],
    ["MAX([cpu, TIME_SERIES(120)])", 0, 120],
    ["FILL(cpu, -1)", -1, 100],
    ["ABS(cpu - 50)", 0, 50],
    ["RATE(cpu)", -100 / 60, 100 / 60],
    ["CEIL(cpu / 7)", 0, 15],
    ["(1 + TIME_SERIES(1)) ^ 3", 8, 8],
    ["(cpu / 100) ^ (1 + cpu / 50)", 0, 1],
    ["100 / (100 - cpu)", 1, Number.POSITIVE_INFINITY],
    ["10 / TIME_SERIES(4)", 2.5, 2.5],
    ["SUM(-[cpu, cpu])", Number.NEGATIVE_INFINITY, 0],
    ["SUM([-cpu, cpu])", -100, 100],
    ["AVG(1 + [cpu, cpu])", 0, 101],
    ["MAX(1 + [cpu, cpu])", 1, 101],
    ["AVG(cpu) + part", 0, Number.POSITIVE_INFINITY],
    ["FILL(TIME_SERIES(5), REPEAT)", 5, 5],
    ["ABS(TIME_SERIES(-5))", 5, 5],
    ["IF(cpu > 5, TIME_SERIES(7), 7)", 0, 7],
    ["10 / (cpu - 50)", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["10 / -cpu", Number.NEGATIVE_INFINITY, -0.1],
    ["10 / (cpu + 1)", 10 / 101, 10],
    ["(cpu - 50) ^ 2", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["2 ^ (cpu - 50)", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["FLOOR(1.5 * TIME_SERIES(3))", 4, 4],
    ["cpu / PERIOD(cpu)", 0, 100 / 60],
  ] as const) {
    it(`of ${text} are ${least} to ${most}`, () => {
      assert.deepEqual(bounds(text, { cpu: share, part: counted, whole: counted }), [least, most]);
    });
  }

  it("hold every value that the expression can be worth", () => {
    const leaf = fc.constantFrom("a", "b", "c", "c", "2", "0.5");
    const { tree } = fc.letrec<Record<"tree" | "binary" | "call" | "choice", string>>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, leaf, tie("binary"), tie("call"), tie("choice")),
      binary: fc
        .tuple(tie("tree"), fc.constantFrom("+", "-", "*", "/", ">", "<=", "AND"), tie("tree"))
        .map((parts) => `(${parts.join(" ")})`),
      call: fc
        .tuple(
          fc.constantFrom(
            "ABS(c + #)",
            "CEIL(c + #)",
            "FILL(c + #, 1)",
            "-#",
            "MAX([a, b - #])",
            "AVG([a, b - #])",
            "AVG(2 + [c, c + #])",
            "SUM([b, -[c, c + #]])",
            "SUM([b, c + #])",
            "DIFF(c + #)",
          ),
          tie("tree"),
        )
        .map(([shape, inner]) => shape.replace("#", inner)),
      choice: fc
        .tuple(tie("tree"), tie("tree"), tie("tree"))
        .map(([test, yes, no]) => `IF(c * ${test}, b + ${yes}, ${no})`),
    }));
    const point = (least: number, most: number) => fc.option(fc.integer({ min: least, max: most }), { nil: undefined });
    const series = (least: number, most: number) => fc.array(point(least, most), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(tree, series(-3, 5), series(1, 9), series(2, 6), (text, a, b, c) => {
        const expression = parseMath(/[abc]/.test(text) ? `TIME_SERIES(0) + ${text}` : `c * ${text}`);
        const [least, most] = boundsOf(expression, { a: [-3, 5], b: [1, 9], c: [2, 6] }, 60);
        for (const value of evaluateMath(expression, { series: { a, b, c }, period: 60 })) {
          if (value !== undefined)
            assert.ok(value >= least - 1e-9 && value <= most + 1e-9, `${value} is not in ${least} to ${most}`);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
