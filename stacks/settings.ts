/** The settings of a stack: the only place where Pulumi's configuration is read. */
import { getStack, runtime } from "@pulumi/pulumi";
import type { z } from "zod";
import { nearest } from "../infra/kit/nearest";
import { region } from "./settings/general";
import { frozen, isMapping, type Mapping, merge } from "./settings/merge";
import { keyOf, type Mistake, SettingsError, wrong } from "./settings/mistakes";
import { defaults, keysAt, type Sectioned, schema, sections } from "./settings/schema";
import type { Section } from "./settings/section";

export { SettingsError };

/** Name of the project: the namespace of its settings. */
const project = "vigia";
const regionKey = "aws:region";

/** The settings of a stack, checked, with every default in place. */
export interface Settings extends Sectioned {
  /** Name of the stack. */
  readonly environment: string;
  /** AWS region. */
  readonly region: string;
}

/** What else is known of a configuration. */
export interface Source {
  /** Name of the stack. */
  readonly stack: string;
  /** Full keys of the values that are encrypted. @default none */
  readonly secretKeys?: readonly string[];
}

/** Whether a value of a settings file is, or holds, an encrypted one. */
const holdsSecret = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (("secure" in value && typeof value.secure === "string") || Object.values(value).some(holdsSecret));

/** Mappings and lists arrive as JSON. What is no JSON stays a text, and is refused as one. */
function structured(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** What is at a path, own properties only. */
const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((from, key) => {
    const holder: unknown = from;
    if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) return undefined;
    return Object.getOwnPropertyDescriptor(holder, key)?.value;
  }, value);

/** A key that is no setting, and the one that was probably meant. */
function unknownKey(path: readonly PropertyKey[], key: string): Mistake {
  const keys = keysAt(path) ?? [];
  const below = (name: string) =>
    path.length === 0 ? `${project}:${name}` : keyOf(`${project}:${String(path[0])}`, [...path.slice(1), name]);
  if (path.length === 0 && key === "region")
    return { key: below(key), text: ` is not a setting: did you mean ${regionKey}?` };
  const meant = nearest(key, keys);
  const hint = meant === undefined ? `allowed are ${[...keys].sort().join(", ")}` : `did you mean ${below(meant)}?`;
  return { key: below(key), text: ` is not a setting: ${hint}` };
}

function toMistakes(issue: z.core.$ZodIssue, given: unknown): Mistake[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(issue.path, key));
  const [section, name] = issue.path;
  const mistake = wrong(
    keyOf(`${project}:${String(section)}`, issue.path.slice(1)),
    at(given, issue.path),
    issue.message,
  );
  // A name that only the stack has may be one of ours misspelt: then it lacks what ours has.
  const ours = defaults[String(section)];
  const known = isMapping(ours) && name !== undefined && !Object.hasOwn(ours, name) ? Object.keys(ours) : [];
  const misspelt = at(given, issue.path) === undefined ? nearest(String(name), known) : undefined;
  return [misspelt === undefined ? mistake : { ...mistake, text: `${mistake.text}; or did you mean ${misspelt}?` }];
}

/** Rules between values, as each section knows them. */
function rulesBetween(given: Mapping): Mistake[] {
  return Object.entries<Section<unknown>>(sections).flatMap(([name, { mistakes }]) =>
    (mistakes?.(given[name], given) ?? []).map(({ path, allowed, byDefault, aside }): Mistake => {
      const key = keyOf(`${project}:${name}`, path);
      if (aside) return { key, text: `: ${allowed}` };
      return byDefault === undefined
        ? wrong(key, at(given[name], path), allowed)
        : { key, text: ` = ${byDefault} (by default): ${allowed}` };
    }),
  );
}

function regionOf(config: Mapping): { region: string; mistakes: Mistake[] } {
  const { success, data, error } = region.safeParse(config[regionKey]);
  if (success) return { region: data, mistakes: [] };
  const mistake = wrong(regionKey, config[regionKey], error.issues[0]?.message ?? "");
  const meant = Object.keys(config).find((key) => key !== regionKey && nearest(key, [regionKey]) !== undefined);
  return {
    region: "",
    mistakes: [meant === undefined ? mistake : { ...mistake, text: `${mistake.text}; did you mean it with ${meant}?` }],
  };
}

/** The project's part of a configuration, by key without namespace, and the full keys of what is encrypted, which is left out. */
function readable(config: Mapping, secretKeys: readonly string[]): { given: Mapping; encrypted: readonly string[] } {
  const own = Object.entries(config).filter(([key, value]) => key.startsWith(`${project}:`) && value !== "");
  const values = own.map(([key, value]) => ({ key, value: structured(value) }));
  const isEncrypted = ({ key, value }: { key: string; value: unknown }) =>
    secretKeys.includes(key) || holdsSecret(value);
  return {
    given: Object.fromEntries(
      values.filter((entry) => !isEncrypted(entry)).map(({ key, value }) => [key.slice(project.length + 1), value]),
    ),
    encrypted: values.filter(isEncrypted).map(({ key }) => key),
  };
}

/** Whether a key is another, or below it. */
const isWithin = (key: string, other: string) =>
  key === other || key.startsWith(`${other}.`) || key.startsWith(`${other}[`);

/**
 * Checks a configuration and fills in the defaults.
 * @param config full keys (`vigia:queues`, `aws:region`) to values: structured, or JSON as Pulumi hands it to a program. It is not changed.
 * An empty text, which is what the CLI makes of a key without value, counts as nothing.
 * @returns frozen settings
 * @throws SettingsError with every mistake
 */
export function parseSettings(config: Mapping, { stack, secretKeys = [] }: Source): Settings {
  const { given, encrypted } = readable(config, secretKeys);
  const merged = merge(defaults, given);
  const complete = isMapping(merged) ? merged : {};
  const place = regionOf(config);
  const parsed = schema.safeParse(complete);
  const refused = (parsed.error?.issues ?? []).flatMap((issue) => toMistakes(issue, complete));
  const found = [...refused, ...rulesBetween({ ...complete, region: place.region })];
  const mistakes = [
    ...encrypted.map((key) => ({
      key,
      text: " is encrypted: keep the secret in Secrets Manager, and its name in the settings",
    })),
    ...place.mistakes,
    ...found.filter(({ key }) => !encrypted.some((secret) => isWithin(key, secret))),
  ];
  if (mistakes.length > 0 || !parsed.success) throw new SettingsError(stack, mistakes);
  return frozen({ environment: stack, region: place.region, ...parsed.data });
}

/** The SDK knows which keys are encrypted, but leaves that out of its types. */
const isSecretKey = (key: string): boolean =>
  "isConfigSecret" in runtime && typeof runtime.isConfigSecret === "function" && runtime.isConfigSecret(key) === true;

/**
 * The settings of the stack that is being run.
 * @throws SettingsError with every mistake
 */
export function readSettings(): Settings {
  const config = runtime.allConfig();
  return parseSettings(config, { stack: getStack(), secretKeys: Object.keys(config).filter(isSecretKey) });
}
