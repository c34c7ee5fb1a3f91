import { type MathExpression, type MathNode, type Operator, partsOf } from "./math";

/** The least and the largest value that something can have. */
export type Bounds = readonly [least: number, largest: number];

/** Bounds of nothing that is known. */
export const anything: Bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
const zero: Bounds = [0, 0];
const yesOrNo: Bounds = [0, 1];

/** A number is exact; a series may lack points, and counts as 0 where another series has one. */
interface Part {
  readonly bounds: Bounds;
  readonly series: boolean;
}

const hull = (...all: readonly Bounds[]): Bounds => [
  Math.min(...all.map(([least]) => least)),
  Math.max(...all.map(([, most]) => most)),
];
const product = (left: number, right: number): number => (left === 0 || right === 0 ? 0 : left * right);
const corners = ([a, b]: Bounds, [c, d]: Bounds, apply: (left: number, right: number) => number): Bounds => {
  const all = [apply(a, c), apply(a, d), apply(b, c), apply(b, d)];
  return all.some(Number.isNaN) ? anything : [Math.min(...all), Math.max(...all)];
};

/** One divided by bounds that may reach 0 at one end: a division by 0 gives no point. */
function inverse([least, most]: Bounds): Bounds {
  if (least < 0 && most > 0) return anything;
  const far = least < 0 || most <= 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const ends = [least === 0 ? far : 1 / least, most === 0 ? far : 1 / most];
  return [Math.min(...ends), Math.max(...ends)];
}

function combine(operator: Operator, left: Bounds, right: Bounds): Bounds {
  switch (operator) {
    case "+":
      return [left[0] + right[0], left[1] + right[1]];
    case "-":
      return [left[0] - right[1], left[1] - right[0]];
    case "*":
      return corners(left, right, product);
    case "/":
      if (right[0] === 0 && right[1] === 0) return anything;
      if (right[0] > 0 && Number.isFinite(right[1])) return corners(left, right, (one, other) => one / other);
      return corners(left, inverse(right), product);
    case "^":
      return left[0] >= 0 && right[0] >= 0 ? corners(left, right, (one, other) => one ** other) : anything;
    default:
      return yesOrNo;
  }
}

/** How many points a sum may add up. */
const several: Bounds = [1, Number.POSITIVE_INFINITY];
const folds: readonly string[] = ["MAX", "MIN", "SUM", "AVG"];

/** Whether a node is worth several series. */
const isList = (node: MathNode): boolean =>
  node.kind === "array" ||
  node.kind === "metrics" ||
  (!(node.kind === "call" && folds.includes(node.name)) && partsOf(node).some(isList));
/** Whether each of its series is one part, so that they can be counted. */
const isCounted = (node: MathNode): boolean =>
  node.kind === "metrics" || (node.kind === "array" && node.items.every((item) => isCounted(item) || !isList(item)));

/** Bounds of a rounding or another function that never turns an order round. */
const rising = ([least, most]: Bounds, apply: (value: number) => number): Bounds => [apply(least), apply(most)];

/**
 * The bounds of what an expression can be worth, never too narrow: parts count as independent of each other.
 * @param of bounds by metric id; an id that it lacks may be anything
 * @param period seconds in a point
 */
export function boundsOf(expression: MathExpression, of: Readonly<Record<string, Bounds>>, period: number): Bounds {
  const ids = Object.keys(of);
  const many = (nodes: readonly MathNode[]): Part[] => nodes.flatMap((node) => parts(node));
  const parts = (node: MathNode): Part[] => {
    if (node.kind === "array") return many(node.items);
    if (node.kind === "metrics") {
      return ids.filter((id) => id.includes(node.filter)).map((id) => ({ bounds: of[id] ?? anything, series: true }));
    }
    return [part(node)];
  };
  const fold = (name: "MAX" | "MIN" | "SUM" | "AVG", arg: MathNode | undefined): Part => {
    const all = arg ? parts(arg).map(({ bounds }) => bounds) : [];
    if (!arg || all.length === 0) return { bounds: anything, series: true };
    const series = isList(arg);
    const each = hull(...all);
    if (name === "MAX" || name === "MIN") return { bounds: each, series };
    if (series && isCounted(arg)) {
      const sum = all.reduce((total, one) => combine("+", total, hull(one, zero)), zero);
      return { bounds: name === "SUM" ? sum : combine("/", sum, [all.length, all.length]), series };
    }
    const average = series ? hull(each, zero) : each;
    return { bounds: name === "SUM" ? hull(zero, combine("*", each, several)) : average, series };
  };
  const part = (node: MathNode): Part => {
    switch (node.kind) {
      case "number":
        return { bounds: [node.value, node.value], series: false };
      case "id":
        return { bounds: of[node.id] ?? anything, series: true };
      case "negative": {
        const inner = hullOf(parts(node.of));
        return { bounds: combine("-", zero, inner.bounds), series: inner.series };
      }
      case "binary": {
        const [left, right] = [hullOf(parts(node.left)), hullOf(parts(node.right))];
        const both = left.series && right.series;
        const bounds = combine(
          node.operator,
          both ? hull(left.bounds, zero) : left.bounds,
          both ? hull(right.bounds, zero) : right.bounds,
        );
        return { bounds, series: left.series || right.series };
      }
      case "call":
        return call(node.name, node.args);
      default:
        return { bounds: anything, series: true };
    }
  };
  const hullOf = (all: readonly Part[]): Part => ({
    bounds: all.length > 0 ? hull(...all.map(({ bounds }) => bounds)) : anything,
    series: all.some(({ series }) => series) || all.length === 0,
  });
  const call = (name: string, [first, second, third]: readonly MathNode[]): Part => {
    const one = (): Part => (first ? hullOf(parts(first)) : { bounds: anything, series: true });
    switch (name) {
      case "IF": {
        const chosen = [second, third].flatMap((node) => (node ? [part(node)] : []));
        const mayBeZero = chosen[0]?.series ? [zero] : [];
        return { bounds: hull(...chosen.map(({ bounds }) => bounds), ...mayBeZero), series: true };
      }
      case "FILL":
        return {
          bounds: second && second.kind !== "filler" ? hull(one().bounds, part(second).bounds) : one().bounds,
          series: true,
        };
      case "MAX":
      case "MIN":
      case "SUM":
      case "AVG":
        return fold(name, first);
      case "ABS": {
        const [least, most] = one().bounds;
        return {
          bounds: least >= 0 ? [least, most] : [most < 0 ? -most : 0, Math.max(-least, Math.abs(most))],
          series: true,
        };
      }
      case "CEIL":
        return { bounds: rising(one().bounds, Math.ceil), series: true };
      case "FLOOR":
        return { bounds: rising(one().bounds, Math.floor), series: true };
      case "TIME_SERIES":
        return { bounds: one().bounds, series: true };
      case "PERIOD":
        return { bounds: [period, period], series: false };
      case "DIFF_TIME":
        return { bounds: [period, Number.POSITIVE_INFINITY], series: true };
      default: {
        const [least, most] = one().bounds;
        const spread = most - least;
        const change = Number.isFinite(spread) ? spread : Number.POSITIVE_INFINITY;
        return { bounds: name === "RATE" ? [-change / period, change / period] : [-change, change], series: true };
      }
    }
  };
  return hullOf(parts(expression.root)).bounds;
}
