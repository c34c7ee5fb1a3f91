/** A piece of an expression. */
export interface Token {
  readonly kind: "number" | "text" | "name" | "sign" | "end";
  /** As written; of a text, what stands between the quotes. */
  readonly text: string;
  /** Characters before it. */
  readonly at: number;
}

/** An expression that cannot be read: says where, what was found and what was expected. */
export class ExpressionError extends SyntaxError {
  override readonly name = "ExpressionError";
}

const shapes =
  /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|"(?<text>(?:[^"\\]|\\.)*)"|(?<name>[A-Za-z_][A-Za-z0-9_:/.-]*)|(?<sign>&&|\|\||[=!<>]=|[-+*/^()[\],<>!%]))/y;
/** Names in metric math end where an operator begins. */
const mathShapes = new RegExp(shapes.source.replace("[A-Za-z0-9_:/.-]*", "[A-Za-z0-9_]*"), "y");

function tokensOf(text: string, pattern: RegExp): Token[] {
  const tokens: Token[] = [];
  const scan = new RegExp(pattern);
  const end = text.trimEnd().length;
  while (scan.lastIndex < end) {
    const from = scan.lastIndex;
    const groups = scan.exec(text)?.groups;
    const [kind, value] = Object.entries(groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    if (value === undefined || (kind !== "number" && kind !== "text" && kind !== "name" && kind !== "sign")) {
      const at = from + (text.slice(from).length - text.slice(from).trimStart().length);
      throw new ExpressionError(`"${text}", character ${at + 1}: "${text[at]}" belongs to no expression`);
    }
    const quotes = kind === "text" ? 2 : 0;
    tokens.push({
      kind,
      text: kind === "text" ? value.replace(/\\(.)/g, "$1") : value,
      at: scan.lastIndex - value.length - quotes,
    });
  }
  return [...tokens, { kind: "end", text: "", at: end }];
}

/** Walks over the pieces of an expression. */
export class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  /** @param names whether a name ends at an operator, or may hold `-`, `/`, `.` and `:` as an alarm's name does */
  constructor(
    readonly text: string,
    names: "ids" | "alarms",
  ) {
    this.#tokens = tokensOf(text, names === "ids" ? mathShapes : shapes);
  }

  /** The next piece, which stays. */
  get next(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", text: "", at: this.text.length };
  }

  /** Takes the next piece, whatever it is. */
  take(): Token {
    const token = this.next;
    this.#next += 1;
    return token;
  }

  /** Takes the next piece if it is one of these signs or names, and says which. */
  accept<const Text extends string>(...texts: readonly Text[]): Text | undefined {
    const { kind, text } = this.next;
    const found = kind === "sign" || kind === "name" ? texts.find((wanted) => wanted === text) : undefined;
    if (found !== undefined) this.take();
    return found;
  }

  /** Takes a sign or name that must come now. */
  expect(text: string): void {
    if (this.accept(text) === undefined) this.fail(`"${text}"`);
  }

  /** Throws: the next piece is not what was expected. */
  fail(expected: string, at: Token = this.next): never {
    const found = at.kind === "end" ? "the end" : `"${at.text}"`;
    throw new ExpressionError(`"${this.text}", character ${at.at + 1}: expected ${expected}, found ${found}`);
  }
}
