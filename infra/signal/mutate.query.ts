import { promDuration, rangesIn } from "./rule.query";

interface Token {
  readonly kind: "string" | "number" | "duration" | "name" | "sign";
  readonly text: string;
  readonly at: number;
}

/** What PromQL is made of ("Querying basics", Prometheus documentation, 2026-11), in the order in which it is tried. */
const lexemes = {
  string: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/,
  number: /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/,
  duration: /(?:\d+(?:ms|[smhdwy]))+/,
  name: /[A-Za-z_][\w:]*/,
  sign: /=~|!~|==|!=|>=|<=|[-+*/%^<>=(){}[\],:@]/,
} as const;
const kinds = Object.keys(lexemes) as Token["kind"][];
const lexeme = new RegExp(kinds.map((kind) => `(?<${kind}>${lexemes[kind].source})`).join("|"), "g");

const tokensOf = (query: string): Token[] =>
  [...query.matchAll(lexeme)].map(({ 0: text, index: at, groups = {} }) => ({
    kind: kinds.find((kind) => groups[kind] !== undefined) ?? "sign",
    text,
    at,
  }));

/** Each word of a line is mistaken for every other of that line. */
const families: readonly (readonly string[])[] = [
  ["sum", "avg", "max", "min", "count"],
  ["rate", "irate", "increase"],
  ["delta", "deriv"],
  ["avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "last_over_time", "count_over_time"],
  ["changes", "resets"],
  ["ceil", "floor"],
  ["clamp_min", "clamp_max"],
  ["+", "-"],
  ["*", "/"],
  [">", ">=", "<", "<="],
  ["==", "!="],
  ["and", "or", "unless"],
];
const othersThan = (text: string): readonly string[] => {
  const word = text.toLowerCase();
  return families.flatMap((family) => (family.includes(word) ? family.filter((other) => other !== word) : []));
};

/** Words before a list of labels. */
const listed: ReadonlySet<string> = new Set(["by", "without", "on", "ignoring", "group_left", "group_right"]);
/** Words that are no metric although nothing is called by them. */
const words: ReadonlySet<string> = new Set([...listed, "bool", "and", "or", "unless", "atan2", "offset", "inf", "nan"]);

/** A piece of the query, and what it is changed to. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const end = ({ at, text }: Token): number => at + text.length;
const instead = (token: Token, texts: readonly string[]): Edit[] =>
  texts.map((text) => ({ from: token.at, to: end(token), text }));

const numbers = (text: string): string[] => {
  const value = Number(text);
  return [value + 1, value - 1, value * 2, value / 2].map((other) => {
    // A sum of tenths is no exact tenth: the record's number would be written the nearer way.
    const exact = Number(other.toPrecision(12));
    return exact < 0 ? `(${exact})` : String(exact);
  });
};

/** Twice and half as long, in whole seconds. */
const durations = (text: string): string[] =>
  rangesIn(`[${text}]`).flatMap((range) =>
    [range * 2, Math.floor(range / 2)].filter(Number.isInteger).map(promDuration),
  );

const opposite: Readonly<Record<string, string>> = { "=": "!=", "!=": "=", "=~": "!~", "!~": "=~" };

/** A string with each of its alternatives left out in turn; a pattern with groups is left alone. */
function fewerAlternatives(value: string): string[] {
  const parts = value.slice(1, -1).split("|");
  const quote = value.slice(0, 1);
  if (parts.length < 2 || /[()[\]]/.test(value)) return [];
  return parts.map((_, left) => `${quote}${parts.filter((_, i) => i !== left).join("|")}${quote}`);
}

/**
 * Each matcher of a selector with another label, value or operator, or left out.
 * @param braces from `{` to `}`
 * @param named whether a metric's name stands before them: without one, Prometheus wants a condition that no empty label meets
 */
function matcherEdits(braces: readonly Token[], named: boolean): Edit[] {
  const labels = braces.flatMap((label, at) => {
    const [operator, value, after] = [braces[at + 1], braces[at + 2], braces[at + 3]];
    return label.kind === "name" && operator && value && after ? [{ label, operator, value, after, at }] : [];
  });
  return labels.flatMap(({ label, operator, value, after, at }) => {
    const before = braces[at - 1] ?? label;
    const whole = after.text === "," ? { from: label.at, to: end(after) } : { from: end(before), to: after.at };
    const leftOut = before.text === "," && after.text !== "," ? { from: before.at, to: after.at } : whole;
    const other = [
      ...instead(label, [`${label.text}s`]),
      ...instead(value, ['"misspelt"', ...(operator.text.endsWith("~") ? fewerAlternatives(value.text) : [])]),
    ];
    if (!named) return other;
    return [...other, ...instead(operator, [opposite[operator.text] ?? operator.text]), { ...leftOut, text: "" }];
  });
}

/** Labels that each selector with conditions has one value for: the result has no more rows with them than without. */
function pinned(query: string): (label: string) => boolean {
  const selectors = [...query.matchAll(/\{(?:"(?:[^"\\]|\\.)*"|[^}"])*\}/g)].map(([selector]) => selector);
  return (label) => selectors.length > 0 && selectors.every((one) => new RegExp(`[{,]\\s*${label}\\s*="`).test(one));
}

const closing = (tokens: readonly Token[], from: number, sign: string): number => {
  const at = tokens.findIndex(({ text, kind }, i) => i > from && kind === "sign" && text === sign);
  return at < 0 ? tokens.length - 1 : at;
};

/** What is changed at a word: what it calls, the list that it begins, or the metric that it is. */
function wordEdits(tokens: readonly Token[], at: number, isPinned: (label: string) => boolean): Edit[] {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (!token) return [];
  const { text } = token;
  if (text === "by" || text === "without") {
    const close = closing(tokens, at, ")");
    const labels = tokens.slice(at + 2, close).filter(({ kind }) => kind === "name");
    if (text === "by" && labels.every((label) => isPinned(label.text))) return [];
    return [{ from: token.at, to: end(tokens[close] ?? token), text: "" }];
  }
  const isCall = next?.text === "(" || next?.text === "by" || next?.text === "without";
  if (isCall || words.has(text.toLowerCase())) return instead(token, othersThan(text));
  return instead(token, [`${text}s`]);
}

function editsOf(query: string): Edit[] {
  const tokens = tokensOf(query);
  const isPinned = pinned(query);
  const edits: Edit[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) continue;
    if (token.text === "{") {
      const close = closing(tokens, at, "}");
      edits.push(...matcherEdits(tokens.slice(at, close + 1), tokens[at - 1]?.kind === "name"));
      at = close;
    } else if (token.kind === "name") {
      edits.push(...wordEdits(tokens, at, isPinned));
      if (listed.has(token.text) && tokens[at + 1]?.text === "(") at = closing(tokens, at, ")");
    } else if (token.kind === "number") edits.push(...instead(token, numbers(token.text)));
    else if (token.kind === "duration") edits.push(...instead(token, durations(token.text)));
    else if (token.kind === "sign") edits.push(...instead(token, othersThan(token.text)));
  }
  return edits;
}

/**
 * PromQL with one thing changed: an aggregation, a function of a range or a counter, an operator, a number, a range or offset, a metric's name, a grouping left
 * out, and of a matcher its label, its value, its operator, one of its alternatives, or all of it. A grouping by labels that all conditions pin to one value
 * stays: without it the query gives the same.
 */
export function queryMutants(query: string): string[] {
  const changed = editsOf(query).map(({ from, to, text }) => `${query.slice(0, from)}${text}${query.slice(to)}`);
  return [...new Set(changed)].filter((other) => other !== query);
}
