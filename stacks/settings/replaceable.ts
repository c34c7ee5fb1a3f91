import { nearest } from "../../infra/kit/nearest";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { list, text } from "./values";

/** Sections of which every entry keeps data that cannot be made again. */
const keepers = ["databases", "buckets"] as const;
/** Sections that keep such data as a whole. */
const wholes = ["network", "broker", "kafka", "cluster", "logs", "prometheus", "recovery"] as const;

/** What may be protected, as it is named in the list: `databases.shop`, `broker`. */
export type Keeper = `${(typeof keepers)[number]}.${string}` | (typeof wholes)[number];

/** Everything of a stack that keeps data, by those names. */
export function keepersOf(all: Mapping): string[] {
  const entries = keepers.flatMap((key) => {
    const given = all[key];
    return Object.keys(isMapping(given) ? given : {}).map((name) => `${key}.${name}`);
  });
  return [...entries, ...wholes].sort();
}

const replaceable = list(
  text('what keeps data, written like "databases.shop" or "broker"', (given) => given !== ""),
  'what keeps data, such as "databases.shop"',
).describe(
  "What the next update may delete or replace although it keeps data that cannot be made again. Empty but for that one update: everything else is protected, and the engine refuses in the preview.",
);

/** Names of nothing that the stack has: a protection that stays although somebody meant to lift it. */
function mistakes(given: unknown, all: Mapping): SectionMistake[] {
  const known = keepersOf(all);
  return (Array.isArray(given) ? given : []).flatMap((name: unknown, at): SectionMistake[] => {
    if (typeof name !== "string" || known.includes(name)) return [];
    const meant = nearest(name, known);
    return [{ path: [at], allowed: meant === undefined ? `one of ${known.join(", ")}` : `did you mean "${meant}"?` }];
  });
}

/** What may be deleted or replaced by the next update. */
export const replaceableSection = section<readonly string[]>({ schema: replaceable, defaults: [], mistakes });

/** Whether the engine must refuse to delete or replace something that keeps data. */
export const isProtected = ({ replaceable }: { readonly replaceable: readonly string[] }, keeper: Keeper): boolean =>
  !replaceable.includes(keeper);
