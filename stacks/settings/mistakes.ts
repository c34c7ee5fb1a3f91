/** One mistake in the settings of a stack. */
export interface Mistake {
  /** Full key: `vigia:queues.orders.retention`. */
  readonly key: string;
  /** What is wrong with it, and what is allowed: ` = "20 days": 60 seconds to 14 days`. */
  readonly text: string;
}

/** Every mistake in the settings of a stack, at once. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  /** Sorted by key. */
  readonly mistakes: readonly Mistake[];

  constructor(stack: string, mistakes: readonly Mistake[]) {
    const sorted = [...mistakes].sort((a, b) => compare(a.key, b.key) || compare(a.text, b.text));
    const count = sorted.length === 1 ? "1 mistake" : `${sorted.length} mistakes`;
    super([`Pulumi.${stack}.yaml has ${count}:`, ...sorted.map(({ key, text }) => `  ${key}${text}`)].join("\n"));
    this.mistakes = sorted;
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Longest value that a message repeats, in characters. */
const longestShown = 80;

/** What follows the host of an address, and who stands before it: a key may be in either, and messages end in public logs. */
const beyondHost = /(https?:\/\/)(?:[^/"\s]*@)?([^/?#"\s]*)[/?#][^"\s]*/g;

/** A value as a message shows it, on one line. */
export function shown(value: unknown): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(beyondHost, "$1$2/...");
  return text.length > longestShown ? `${text.slice(0, longestShown)}...` : text;
}

/** A key below another, as Pulumi writes paths: `vigia:paging` and `page`, 0, `a.b` are `vigia:paging.page[0]["a.b"]`. */
export const keyOf = (top: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>((key, part) => {
    const name = String(part);
    if (typeof part === "number") return `${key}[${name}]`;
    return /^[\w-]+$/.test(name) ? `${key}.${name}` : `${key}[${JSON.stringify(name)}]`;
  }, top);

/** A value that is not allowed; undefined is a value that is missing. */
export const wrong = (key: string, value: unknown, allowed: string): Mistake => ({
  key,
  text: value === undefined ? ` is missing: ${allowed}` : ` = ${shown(value)}: ${allowed}`,
});
