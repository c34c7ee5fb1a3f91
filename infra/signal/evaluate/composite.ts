import { ExpressionError, Reader } from "./reader";
import type { State } from "./state";

const states = ["ALARM", "OK", "INSUFFICIENT_DATA"] as const satisfies readonly State[];

/** Limits of a rule ("Create a composite alarm", CloudWatch User Guide, 2026-11). An element is a child, TRUE, FALSE or a parenthesis. */
export const compositeLimits = { characters: 10_240, children: 100, elements: 500 } as const;

type Rule =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "child"; readonly state: State; readonly name: string }
  | { readonly kind: "not"; readonly of: Rule }
  | { readonly kind: "and" | "or"; readonly left: Rule; readonly right: Rule }
  | { readonly kind: "atLeast"; readonly count: number; readonly state: State; readonly names: readonly string[] };

/** The rule of a composite alarm. */
export interface CompositeRule {
  readonly text: string;
  /** Names (or ARNs) of the alarms that it asks for, once each. */
  readonly children: ReadonlySet<string>;
  /**
   * ALARM when the rule holds, else OK: a composite alarm is in INSUFFICIENT_DATA only right after its creation.
   * @throws ExpressionError when a child has no state
   */
  state(children: Readonly<Record<string, State>>): Exclude<State, "INSUFFICIENT_DATA">;
}

class Parser {
  readonly #reader: Reader;
  readonly children = new Set<string>();
  elements = 0;

  constructor(text: string) {
    this.#reader = new Reader(text, "alarms");
  }

  rule(): Rule {
    const rule = this.#or();
    if (this.#reader.next.kind !== "end") this.#reader.fail("AND, OR or the end");
    return rule;
  }

  #or(): Rule {
    let left = this.#and();
    while (this.#reader.accept("OR")) left = { kind: "or", left, right: this.#and() };
    return left;
  }

  #and(): Rule {
    let left = this.#not();
    while (this.#reader.accept("AND")) left = { kind: "and", left, right: this.#not() };
    return left;
  }

  #not(): Rule {
    return this.#reader.accept("NOT") ? { kind: "not", of: this.#not() } : this.#term();
  }

  #open(): void {
    this.#reader.expect("(");
    this.elements += 1;
  }

  #close(): void {
    this.#reader.expect(")");
    this.elements += 1;
  }

  #name(): string {
    const token = this.#reader.next;
    if ((token.kind !== "text" && token.kind !== "name") || token.text === "")
      this.#reader.fail("the name of an alarm, in quotes");
    this.#reader.take();
    this.children.add(token.text);
    this.elements += 1;
    return token.text;
  }

  #term(): Rule {
    const reader: Reader = this.#reader;
    if (reader.next.text === "(" && reader.next.kind === "sign") {
      this.#open();
      const inner = this.#or();
      this.#close();
      return inner;
    }
    const constant = reader.accept("TRUE", "FALSE");
    if (constant) {
      this.elements += 1;
      return { kind: "constant", value: constant === "TRUE" };
    }
    if (reader.accept("AT_LEAST")) return this.#atLeast();
    const state = reader.accept(...states);
    if (!state) reader.fail('ALARM("name"), OK("name"), INSUFFICIENT_DATA("name"), AT_LEAST, NOT, TRUE, FALSE or (');
    this.#open();
    const name = this.#name();
    this.#close();
    return { kind: "child", state, name };
  }

  #atLeast(): Rule {
    const reader: Reader = this.#reader;
    this.#open();
    const amount = reader.next;
    if (amount.kind !== "number") reader.fail("a number of alarms or a percentage");
    reader.take();
    const percent = reader.accept("%") !== undefined;
    reader.expect(",");
    const state = reader.accept(...states);
    if (!state) reader.fail(states.join(", "));
    reader.expect(",");
    this.#open();
    const names = [this.#name()];
    while (reader.accept(",")) names.push(this.#name());
    this.#close();
    this.#close();
    const value = Number(amount.text);
    if (percent ? !(value > 0 && value <= 100) : !(Number.isInteger(value) && value >= 1 && value <= names.length)) {
      reader.fail(`1 to ${names.length} (the alarms in its list), or a percentage over 0 % up to 100 %`, amount);
    }
    return { kind: "atLeast", count: percent ? Math.ceil((value * names.length) / 100 - 1e-9) : value, state, names };
  }
}

function holds(rule: Rule, stateOf: (name: string) => State): boolean {
  switch (rule.kind) {
    case "constant":
      return rule.value;
    case "child":
      return stateOf(rule.name) === rule.state;
    case "not":
      return !holds(rule.of, stateOf);
    case "and":
      return holds(rule.left, stateOf) && holds(rule.right, stateOf);
    case "or":
      return holds(rule.left, stateOf) || holds(rule.right, stateOf);
    case "atLeast":
      return rule.names.filter((name) => stateOf(name) === rule.state).length >= rule.count;
  }
}

/**
 * Reads the rule of a composite alarm ("PutCompositeAlarm", CloudWatch API Reference, 2026-11). NOT binds tighter than AND, and AND tighter than OR
 * (assumed: AWS says to write parentheses).
 * @throws ExpressionError that names the character and what was expected, or the limit that the rule breaks
 */
export function parseComposite(text: string): CompositeRule {
  const refuse = (what: string, got: number, most: number): never => {
    throw new ExpressionError(
      `a composite rule has at most ${most} ${what}, got ${got}: put some alarms into a composite of their own`,
    );
  };
  if (text.length > compositeLimits.characters) refuse("characters", text.length, compositeLimits.characters);
  const parser = new Parser(text);
  const rule = parser.rule();
  const { children, elements } = parser;
  if (children.size > compositeLimits.children) refuse("children", children.size, compositeLimits.children);
  if (elements > compositeLimits.elements) refuse("elements", elements, compositeLimits.elements);
  return {
    text,
    children,
    state(given) {
      for (const name of children) {
        if (!Object.hasOwn(given, name))
          throw new ExpressionError(`"${text}": the alarm "${name}" has no state: give each child one`);
      }
      return holds(rule, (name) => given[name] ?? "INSUFFICIENT_DATA") ? "ALARM" : "OK";
    },
  };
}
