import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { nearest } from "../infra/kit/nearest";
import { Problems } from "../infra/kit/problems";
import { fieldsOf, fits } from "./alarms";

/** A rule that may be broken for now. */
export interface Waiver {
  readonly rule: string;
  /** Name or URN of a resource; `*` stands for any characters. */
  readonly resource: string;
  readonly reason: string;
  /** Who sees to it that it is not needed any more. */
  readonly owner: string;
  /** The last day on which it counts, as `2027-03-31`. */
  readonly expires: string;
}

const keys = ["rule", "resource", "reason", "owner", "expires"] as const satisfies readonly (keyof Waiver)[];

/** Whether a text is a day of the calendar: `2027-02-28`, but not `2027-02-30`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * The day by which waivers are judged, in UTC: VIGIA_TODAY where it is set, else the clock's.
 * @throws RangeError for a setting that is no day
 */
export function today(env: Readonly<Record<string, string | undefined>> = process.env, now = Date.now()): string {
  const set = env.VIGIA_TODAY;
  if (set === undefined || set === "") return new Date(now).toISOString().slice(0, 10);
  if (!isDay(set))
    throw new RangeError(`VIGIA_TODAY is "${set}", which is no day: write it like 2027-03-31, or unset it`);
  return set;
}

function meant(name: string, names: readonly string[]): string {
  const like = nearest(name, names);
  return like ? `; did you mean "${like}"?` : `: there are ${names.join(", ")}`;
}

function checkWaiver(given: unknown, where: string, rules: readonly string[], problems: Problems): Waiver {
  const fields = fieldsOf(given);
  for (const key of Object.keys(fields).filter((name) => !keys.some((known) => known === name))) {
    problems.unless(false, `${where}: "${key}" is not a part of a waiver${meant(key, keys)}`);
  }
  const text = (key: keyof Waiver) => {
    const value = fields[key];
    const written = typeof value === "string" && value.trim() !== "";
    problems.unless(written, `${where}: ${key} is missing: ${keys.join(", ")} must each be written out`);
    return written ? value : "";
  };
  const [rule, resource, reason, owner, expires] = [
    text("rule"),
    text("resource"),
    text("reason"),
    text("owner"),
    text("expires"),
  ];
  problems.unless(rule === "" || rules.includes(rule), `${where}: there is no rule "${rule}"${meant(rule, rules)}`);
  problems.unless(
    expires === "" || isDay(expires),
    `${where}: expires is "${expires}"; write the last day on which it counts like 2027-03-31`,
  );
  return { rule, resource, reason, owner, expires };
}

/**
 * Reads a file of waivers.
 * @param file its path, for messages
 * @param rules the rules that there are
 * @throws an error with every mistake in it
 */
export function readWaivers(text: string, file: string, rules: readonly string[]): readonly Waiver[] {
  const problems = new Problems(file);
  const list: unknown = problems.read("this is no YAML", () => parse(text)) ?? [];
  problems.unless(Array.isArray(list), "waivers are a list: begin each with a dash");
  const waivers = Array.isArray(list)
    ? list.map((given, index) => checkWaiver(given, `waiver ${index + 1}`, rules, problems))
    : [];
  problems.throwIfAny();
  return waivers;
}

/**
 * The waivers of a file; none where it does not exist.
 * @throws an error with every mistake in one line: of a pack that does not start the engine tells no more
 */
export function waiversIn(file: string, rules: readonly string[]): readonly Waiver[] {
  try {
    return existsSync(file) ? readWaivers(readFileSync(file, "utf8"), file, rules) : [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RangeError(
      message
        .trim()
        .split(/\s*\n\s*/)
        .join("; "),
    );
  }
}

const nameIn = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/** Whether a waiver is about that resource. */
export const isAbout = ({ resource }: Waiver, urn: string): boolean =>
  resource.startsWith("urn:") ? fits(urn, resource) : fits(nameIn(urn), resource);
