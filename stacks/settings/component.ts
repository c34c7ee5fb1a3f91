/** Rules between values are a component's own: a section asks it, and says what it says at the place in the settings. */
import type { z } from "zod";
import type { Mapping } from "./merge";

/** Nobody is told: what a component only checks, it does not watch. */
export const unwatched = { watcher: { actions: { page: [], ticket: [] }, runbooks: "" } };

/** One sentence of a component about its arguments. */
export interface Sentence {
  /** The sentence without the component's name. */
  readonly text: string;
  /** The path that it begins with, such as `replicas.max`: the first word of it where it begins with none. */
  readonly field: string;
  /** What follows the path, such as `must be 1 or more`; the whole sentence where there is no path. */
  readonly rule: string;
  /** The value that it is about, as JSON. */
  readonly got?: string;
}

/**
 * What a component says of its arguments; nothing where it takes them.
 * @param what it calls itself, before its name
 */
export function sentencesOf(what: string, check: () => unknown): readonly Sentence[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const own = new RegExp(`^${what} ".*?": `);
    return error.message.split("\n").map((line): Sentence => {
      const text = line.replace(own, "");
      const [, field = "", rule = text, got] = /^([\w.-]+):? (.*?)(?:, got (.*))?$/.exec(text) ?? [];
      return { text, field, rule, ...(got !== undefined && { got }) };
    });
  }
}

/** Settings that a component can check, with the fields that were refused before. */
export interface Completed<Settings> {
  readonly settings: Settings;
  readonly refused: readonly string[];
}

/** Puts stand-ins for refused values, so that the rules between the others still apply, and none fails because of them. */
export function completed<Settings>(
  fields: Readonly<Record<string, z.ZodType>>,
  given: Mapping,
  standIns: Mapping,
): Completed<Settings> {
  const read = Object.entries(fields).map(([field, schema]) => {
    const { success, data } = schema.safeParse(given[field]);
    return { field, success, value: success ? data : standIns[field] };
  });
  const settings = Object.fromEntries(read.map(({ field, value }) => [field, value])) as unknown as Settings;
  return { settings, refused: read.flatMap(({ field, success }) => (success ? [] : [field])) };
}
