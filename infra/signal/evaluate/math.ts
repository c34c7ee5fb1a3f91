import { nearest } from "../../kit/nearest";
import { ExpressionError, Reader } from "./reader";

const binarySigns = ["+", "-", "*", "/", "^", "==", "!=", "<", ">", "<=", ">=", "AND", "OR"] as const;
/** An operator between two values. */
export type Operator = (typeof binarySigns)[number];

/** The functions that are understood, with how many arguments each takes. */
const functions = {
  IF: [2, 3],
  FILL: [2, 2],
  MAX: [1, 1],
  MIN: [1, 1],
  SUM: [1, 1],
  AVG: [1, 1],
  ABS: [1, 1],
  CEIL: [1, 1],
  FLOOR: [1, 1],
  RATE: [1, 1],
  DIFF: [1, 1],
  DIFF_TIME: [1, 1],
  PERIOD: [1, 1],
  TIME_SERIES: [1, 1],
} as const;
/** The name of a function of metric math. */
export type FunctionName = keyof typeof functions;
const functionNames = Object.keys(functions) as FunctionName[];

/** An expression as a tree. */
export type MathNode =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "metrics" /** What an id must contain. */; readonly filter: string }
  | { readonly kind: "filler"; readonly how: "REPEAT" | "LINEAR" }
  | { readonly kind: "array"; readonly items: readonly MathNode[] }
  | { readonly kind: "negative"; readonly of: MathNode }
  | { readonly kind: "binary"; readonly operator: Operator; readonly left: MathNode; readonly right: MathNode }
  | { readonly kind: "call"; readonly name: FunctionName; readonly args: readonly MathNode[] };

/** A parsed expression. */
export interface MathExpression {
  readonly text: string;
  readonly root: MathNode;
  /**
   * The ids that it uses.
   * @param declared ids of metrics, among which `METRICS()` chooses
   */
  ids(declared?: readonly string[]): ReadonlySet<string>;
}

const refused: Readonly<Record<string, string>> = {
  SEARCH: "an alarm cannot use SEARCH, because it returns many series: name each metric",
  ANOMALY_DETECTION_BAND:
    "compare with a band by the alarm's comparison (GreaterThanUpperThreshold), not in its expression",
};

function refuseFunction(name: string, reader: Reader, at: number): never {
  const like = nearest(name, [...functionNames, "METRICS"]);
  const wayOut =
    refused[name] ?? `${like ? `did you mean ${like}? ` : ""}known are ${functionNames.join(", ")}, METRICS`;
  throw new ExpressionError(`"${reader.text}", character ${at + 1}: the function ${name} cannot be used: ${wayOut}`);
}

const isFunction = (name: string): name is FunctionName => Object.hasOwn(functions, name);

function call(reader: Reader, name: string, at: number): MathNode {
  reader.expect("(");
  if (name === "METRICS") {
    const filter = reader.next.kind === "text" ? reader.take().text : "";
    reader.expect(")");
    return { kind: "metrics", filter };
  }
  if (!isFunction(name)) refuseFunction(name, reader, at);
  const args: MathNode[] = [];
  do {
    const how = name === "FILL" && args.length === 1 ? reader.accept("REPEAT", "LINEAR") : undefined;
    args.push(how ? { kind: "filler", how } : or(reader));
  } while (reader.accept(","));
  reader.expect(")");
  const [least, most] = functions[name];
  if (args.length < least || args.length > most) {
    const count = least === most ? `${least}` : `${least} or ${most}`;
    throw new ExpressionError(
      `"${reader.text}", character ${at + 1}: ${name} takes ${count} arguments, got ${args.length}`,
    );
  }
  return { kind: "call", name, args };
}

function primary(reader: Reader): MathNode {
  const token = reader.next;
  if (reader.accept("(")) {
    const inner = or(reader);
    reader.expect(")");
    return inner;
  }
  if (reader.accept("[")) {
    const items = [or(reader)];
    while (reader.accept(",")) items.push(or(reader));
    reader.expect("]");
    return { kind: "array", items };
  }
  if (token.kind === "sign" && token.text === "!") {
    reader.fail("a value (CloudWatch has no NOT: compare with 0 instead, as in (x == 0))");
  }
  if (token.kind !== "number" && token.kind !== "name") reader.fail("a number, an id, a function, ( or [");
  reader.take();
  if (token.kind === "number") return { kind: "number", value: Number(token.text) };
  if (reader.next.kind === "sign" && reader.next.text === "(") return call(reader, token.text, token.at);
  if (!/^[a-z]/.test(token.text)) reader.fail("an id, which starts with a lower-case letter", token);
  return { kind: "id", id: token.text };
}

function power(reader: Reader): MathNode {
  const left = primary(reader);
  return reader.accept("^") ? { kind: "binary", operator: "^", left, right: unary(reader) } : left;
}

function unary(reader: Reader): MathNode {
  return reader.accept("-") ? { kind: "negative", of: unary(reader) } : power(reader);
}

function chain(
  reader: Reader,
  operand: (reader: Reader) => MathNode,
  signs: Readonly<Record<string, Operator>>,
): MathNode {
  let left = operand(reader);
  for (;;) {
    const operator = signs[reader.accept(...Object.keys(signs)) ?? ""];
    if (!operator) return left;
    left = { kind: "binary", operator, left, right: operand(reader) };
  }
}

const product = (reader: Reader): MathNode => chain(reader, unary, { "*": "*", "/": "/" });
const sum = (reader: Reader): MathNode => chain(reader, product, { "+": "+", "-": "-" });

function comparison(reader: Reader): MathNode {
  const left = sum(reader);
  const operator = reader.accept("==", "!=", "<=", ">=", "<", ">");
  return operator ? { kind: "binary", operator, left, right: sum(reader) } : left;
}

const and = (reader: Reader): MathNode => chain(reader, comparison, { AND: "AND", "&&": "AND" });
const or = (reader: Reader): MathNode => chain(reader, and, { OR: "OR", "||": "OR" });

/** The parts of a node. */
export function partsOf(node: MathNode): readonly MathNode[] {
  switch (node.kind) {
    case "array":
      return node.items;
    case "negative":
      return [node.of];
    case "binary":
      return [node.left, node.right];
    case "call":
      return node.args;
    default:
      return [];
  }
}

function collect(node: MathNode, declared: readonly string[], into: Set<string>): Set<string> {
  if (node.kind === "id") into.add(node.id);
  if (node.kind === "metrics") for (const id of declared.filter((one) => one.includes(node.filter))) into.add(id);
  for (const part of partsOf(node)) collect(part, declared, into);
  return into;
}

/**
 * Reads metric math as alarms use it ("Using math expressions with CloudWatch metrics", CloudWatch User Guide, 2026-11). CloudWatch does not document how
 * tightly operators bind: this takes the usual order, OR, AND, comparison, sum, product, sign, power (assumed).
 * @throws ExpressionError that names the character and what was expected
 */
export function parseMath(text: string): MathExpression {
  const reader = new Reader(text, "ids");
  const root = or(reader);
  if (reader.next.kind !== "end") reader.fail("an operator or the end");
  return { text, root, ids: (declared = []) => collect(root, declared, new Set()) };
}
