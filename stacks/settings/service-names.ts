import { nearest } from "../../infra/kit/nearest";
import { isMapping, type Mapping } from "./merge";
import type { SectionMistake } from "./section";

/** The names in a list that are of no service of the stack. What is no text has been answered already. */
export function unknownServices(list: unknown, all: Mapping, path: readonly PropertyKey[]): SectionMistake[] {
  const known = isMapping(all.services) ? Object.keys(all.services) : [];
  return (Array.isArray(list) ? list : []).flatMap((name: unknown, index): SectionMistake[] => {
    if (typeof name !== "string" || known.includes(name)) return [];
    const meant = nearest(name, known);
    return [
      {
        path: [...path, index],
        allowed: `a service of this stack${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
      },
    ];
  });
}
