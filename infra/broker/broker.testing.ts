import { parse } from "yaml";

/** What tests read of a rule. */
export interface ReadRule {
  readonly expr: string;
  readonly signal: string;
  readonly service?: string;
}
/** The rules of a namespace. */
export type ReadRules = readonly ReadRule[];

interface Document {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly expr: string;
      readonly labels: { readonly signal: string; readonly service?: string };
    }[];
  }[];
}

/** The rules in the data of a namespace. */
export function parseRules(data: unknown): ReadRules {
  if (typeof data !== "string") throw new TypeError("the rules are not known");
  const { groups }: Document = parse(data);
  return groups.flatMap(({ rules }) => rules.map(({ expr, labels }) => ({ expr, ...labels })));
}
