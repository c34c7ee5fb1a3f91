import { Reader, type Token } from "./evaluate/reader";

/** What an operator is mistaken for. */
const operators: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "^": ["*"],
  ">": [">=", "<", "<="],
  ">=": [">", "<", "<="],
  "<": ["<=", ">", ">="],
  "<=": ["<", ">", ">="],
  "==": ["!="],
  "!=": ["=="],
  AND: ["OR"],
  OR: ["AND"],
  "&&": ["||"],
  "||": ["&&"],
};

/** What a function of several values is mistaken for; those not listed have no neighbour that takes the same. */
const functions: Readonly<Record<string, readonly string[]>> = {
  MAX: ["MIN"],
  MIN: ["MAX"],
  SUM: ["AVG"],
  AVG: ["SUM"],
  CEIL: ["FLOOR"],
  FLOOR: ["CEIL"],
};

function tokensOf(text: string): Token[] {
  const reader = new Reader(text, "ids");
  const tokens: Token[] = [];
  while (reader.next.kind !== "end") tokens.push(reader.take());
  return tokens;
}

function othersFor({ kind, text }: Token, ids: ReadonlySet<string>): readonly string[] {
  if (kind === "number") {
    const value = Number(text);
    return [value + 1, value - 1, value * 2, value / 2]
      .filter((other) => other !== value)
      .map((other) => (other < 0 ? `(${other})` : String(other)));
  }
  if (ids.has(text)) return [...ids].filter((id) => id !== text);
  return operators[text] ?? functions[text] ?? [];
}

/** The text with each `FILL(series, value)` in turn left to `series`. */
function unfilled(text: string, tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, index) => {
    if (token.kind !== "name" || token.text !== "FILL") return [];
    let depth = 0;
    let comma: Token | undefined;
    for (const inner of tokens.slice(index + 1)) {
      if (inner.text === "(" || inner.text === "[") depth += 1;
      if (inner.text === ")" || inner.text === "]") depth -= 1;
      if (depth === 1 && inner.text === ",") comma ??= inner;
      if (depth > 0 || comma === undefined) continue;
      const series = text.slice((tokens[index + 1]?.at ?? token.at) + 1, comma.at);
      return [`${text.slice(0, token.at)}${series}${text.slice(inner.at + 1)}`];
    }
    return [];
  });
}

/**
 * Metric math with one operator, number, id or function put in the place of another, or one filling of gaps left out.
 * @throws ExpressionError for a text that is none
 */
export function expressionMutants(expression: string): string[] {
  const tokens = tokensOf(expression);
  const ids = new Set(tokens.flatMap(({ kind, text }) => (kind === "name" && /^[a-z]/.test(text) ? [text] : [])));
  const changed = tokens.flatMap((token) =>
    othersFor(token, ids).map(
      (other) => `${expression.slice(0, token.at)}${other}${expression.slice(token.at + token.text.length)}`,
    ),
  );
  return [...new Set([...changed, ...unfilled(expression, tokens)])].filter((other) => other !== expression);
}
