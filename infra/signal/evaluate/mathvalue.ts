import { nearest } from "../../kit/nearest";
import type { FunctionName, MathExpression, MathNode, Operator } from "./math";
import { each, finite, folds, linear, operations, pairwise, real, steps, type TimeSeries } from "./series";

/** What an expression is worth: a number (NaN when it comes from a series without points), one series or several. */
type Value = number | { readonly series: TimeSeries } | { readonly list: readonly TimeSeries[] };

/** What an expression is evaluated on. */
export interface MathInput {
  /** By metric id, all of the same length. */
  readonly series: Readonly<Record<string, TimeSeries>>;
  /** Seconds in a point. */
  readonly period: number;
}

/** An expression that can be read, but not evaluated: says which part, and the way out. */
export class MathError extends TypeError {
  override readonly name = "MathError";
}

const isSeries = (value: Value): value is { readonly series: TimeSeries } =>
  typeof value === "object" && "series" in value;
const isList = (value: Value): value is { readonly list: readonly TimeSeries[] } =>
  typeof value === "object" && "list" in value;
const perSeries = (value: Value, apply: (series: TimeSeries) => TimeSeries, name: string): Value => {
  if (isSeries(value)) return { series: apply(value.series) };
  if (isList(value)) return { list: value.list.map(apply) };
  throw new MathError(`${name} takes a series or an array of them, got the number ${value}: put a metric into it`);
};

function combine(operator: Operator, left: Value, right: Value): Value {
  const apply = operations[operator];
  if (typeof left === "number" && typeof right === "number") return apply(left, right);
  if (typeof right === "number")
    return perSeries(left, (series) => each(series, (point) => apply(point, right)), operator);
  if (typeof left === "number")
    return perSeries(right, (series) => each(series, (point) => apply(left, point)), operator);
  if (isSeries(left) && isSeries(right)) return { series: pairwise(left.series, right.series, apply) };
  if (isList(left) && isList(right) && left.list.length !== right.list.length) {
    throw new MathError(
      `${operator} needs arrays of the same length, got ${left.list.length} and ${right.list.length}`,
    );
  }
  const [lefts, rights] = [listOf(left), listOf(right)];
  const longer = lefts.length >= rights.length ? lefts : rights;
  return {
    list: longer.map((_, i) =>
      pairwise(lefts[lefts.length > 1 ? i : 0] ?? [], rights[rights.length > 1 ? i : 0] ?? [], apply),
    ),
  };
}

const listOf = (value: Value): readonly TimeSeries[] => {
  if (isList(value)) return value.list;
  if (isSeries(value)) return [value.series];
  throw new MathError(`an array holds series, got the number ${value}: write TIME_SERIES(${value})`);
};

/**
 * Of one series: a number. Of an array: a series. The average over an array takes a missing value as 0, as AWS documents; the largest and smallest pass over
 * it (assumed).
 */
function fold(name: keyof typeof folds, value: Value): Value {
  if (isSeries(value)) {
    const points = real(value.series);
    return points.length === 0 ? Number.NaN : folds[name](points);
  }
  const list = listOf(value);
  const [first = []] = list;
  const series = first.map((_, index) => {
    const points = list.flatMap((one) => one[index] ?? []);
    return points.length === 0 ? undefined : folds[name](points, list.length);
  });
  return { series };
}

/** Nothing stands before the first value to repeat, and no gap is closed that is open at one end (assumed). */
function fill(value: Value, filler: MathNode, input: MathInput): Value {
  const of = (series: TimeSeries): TimeSeries => {
    if (filler.kind === "filler" && filler.how === "LINEAR") return linear(series);
    if (filler.kind === "filler") {
      let last: number | undefined;
      return series.map((point) => (last = point ?? last));
    }
    const other = worth(filler, input);
    if (isList(other))
      throw new MathError("FILL takes a number, a series, REPEAT or LINEAR to fill with, not an array");
    return series.map((point, index) => point ?? (isSeries(other) ? other.series[index] : finite(other)));
  };
  return perSeries(value, of, "FILL");
}

/** Where the condition is true and its value missing, the result is 0; where it is false and its value missing, there is none. */
function choose([condition, whenTrue, whenFalse]: readonly Value[]): Value {
  if (condition === undefined || whenTrue === undefined) throw new MathError("IF needs a condition and a value");
  if ([condition, whenTrue, whenFalse].some((value) => value !== undefined && isList(value))) {
    throw new MathError("IF takes single series and numbers, not arrays: choose inside SUM, MAX, MIN or AVG");
  }
  const at = (value: Value | undefined, index: number) => {
    if (typeof value === "number") return finite(value);
    return value && isSeries(value) ? value.series[index] : undefined;
  };
  if (typeof condition === "object" && isSeries(condition)) {
    const series = condition.series.map((point, index) => {
      const chosen = point === undefined ? undefined : point !== 0 ? (at(whenTrue, index) ?? 0) : at(whenFalse, index);
      return typeof chosen === "number" ? chosen : undefined;
    });
    return { series };
  }
  const chosen = Number.isNaN(condition) ? undefined : condition !== 0 ? whenTrue : whenFalse;
  if (typeof whenTrue === "number" && (whenFalse === undefined || typeof whenFalse === "number")) {
    throw new MathError("IF with a constant condition and constant values is no series: compare a metric");
  }
  if (chosen !== undefined) return chosen;
  return typeof whenTrue === "object" && isSeries(whenTrue)
    ? { series: whenTrue.series.map(() => undefined) }
    : whenTrue;
}

function callOf(name: FunctionName, args: readonly MathNode[], input: MathInput): Value {
  const [first, second] = args;
  if (first === undefined) throw new MathError(`${name} needs an argument`);
  const values = () => args.map((arg) => worth(arg, input));
  const value = () => worth(first, input);
  switch (name) {
    case "IF":
      return choose(values());
    case "FILL":
      if (second === undefined) throw new MathError("FILL needs what to fill with");
      return fill(value(), second, input);
    case "PERIOD":
      if (first.kind !== "id") throw new MathError("PERIOD takes the id of a metric, not an expression");
      value();
      return input.period;
    case "TIME_SERIES": {
      const scalar = value();
      if (typeof scalar !== "number") throw new MathError("TIME_SERIES takes a number");
      return { series: Array<number | undefined>(lengthOf(input)).fill(finite(scalar)) };
    }
    case "ABS":
      return perSeries(value(), (series) => each(series, Math.abs), name);
    case "CEIL":
      return perSeries(value(), (series) => each(series, Math.ceil), name);
    case "FLOOR":
      return perSeries(value(), (series) => each(series, Math.floor), name);
    case "DIFF":
      return perSeries(value(), (series) => steps(series, (change) => change), name);
    case "DIFF_TIME":
      return perSeries(value(), (series) => steps(series, (_, periods) => periods * input.period), name);
    case "RATE":
      return perSeries(
        value(),
        (series) => steps(series, (change, periods) => change / (periods * input.period)),
        name,
      );
    default:
      return fold(name, value());
  }
}

const lengthOf = ({ series }: MathInput): number => Math.max(0, ...Object.values(series).map(({ length }) => length));

function worth(node: MathNode, input: MathInput): Value {
  switch (node.kind) {
    case "number":
      return node.value;
    case "id": {
      const series = input.series[node.id];
      if (series) return { series };
      const ids = Object.keys(input.series);
      const like = nearest(node.id, ids);
      throw new MathError(
        `no metric has the id "${node.id}"${like ? `; did you mean "${like}"?` : `: the ids are ${ids.join(", ")}`}`,
      );
    }
    case "metrics":
      return {
        list: Object.entries(input.series).flatMap(([id, series]) => (id.includes(node.filter) ? [series] : [])),
      };
    case "array":
      return { list: node.items.flatMap((item) => listOf(worth(item, input))) };
    case "negative":
      return combine("-", 0, worth(node.of, input));
    case "binary":
      return combine(node.operator, worth(node.left, input), worth(node.right, input));
    case "call":
      return callOf(node.name, node.args, input);
    case "filler":
      throw new MathError(`${node.how} stands only in FILL`);
  }
}

/**
 * The single series that an alarm watches. Missing points count as AWS documents: as 0 in arithmetic and comparisons where the other side has a value; a
 * division by zero gives no point.
 * @throws MathError when the result is a number or several series
 */
export function evaluateMath(expression: MathExpression, input: MathInput): TimeSeries {
  const value = worth(expression.root, input);
  if (isSeries(value)) return value.series;
  const [only, ...more] = isList(value) ? value.list : [];
  if (only && more.length === 0) return only;
  const got = isList(value) ? `${value.list.length} series` : "a number";
  throw new MathError(
    `"${expression.text}" gives ${got}, but an alarm watches one series: use a metric, or SUM, MAX, MIN or AVG of an array`,
  );
}
