import type { Catalogue } from "../../infra/signal/catalogue";
import type { Change, Golden, Unit } from "../../infra/signal/signal";
import { root } from "../build.cjs";
import { provenIn } from "../promtool/proven";
import { alarmsProvenIn } from "./proofs.proven";
import type { ProofStep } from "./report";

/** What the report asks about signals. */
export interface SignalLookup {
  /** The proof steps that an alarm of that signal passes, with the change of an instance. None is "drilled" before a drill is recorded. */
  readonly proofsOf: (id: string, change?: Change<Unit>) => readonly ProofStep[];
  readonly goldenOf: (id: string) => Golden;
}

/**
 * Looks signals up in a catalogue. Alarms are proven by evaluating them, where their proof is not on record as it is now; rules only by their record.
 * @param folder the project's, with the records of what is proven
 */
export function lookupIn({ kinds }: Pick<Catalogue, "kinds">, folder: string = root): SignalLookup {
  const table = new Map(kinds.flatMap((kind) => kind.signals.map((info) => [info.id, { kind, info }] as const)));
  const steps = new Map<string, readonly ProofStep[]>();
  const find = (id: string) => {
    const found = table.get(id);
    if (!found)
      throw new Error(
        `the coverage names the signal "${id}", which the catalogue lacks: the policy pack is another version's`,
      );
    return found;
  };
  const proven = provenIn(folder);
  const alarmProven = alarmsProvenIn(folder);
  const prove = (id: string, change?: Change<Unit>): ProofStep[] => {
    const { kind } = find(id);
    const evidence = kind.evidence(id, change);
    if (evidence !== undefined && alarmProven(id, evidence)) return ["lint", "evaluated"];
    const test = kind.ruleTest(id, change);
    const verdict = kind.verdict(id, change);
    const lint = (test ?? verdict)?.lint.length === 0;
    const evaluated = test ? proven(test) : verdict?.failures.length === 0;
    return [...(lint ? ["lint" as const] : []), ...(evaluated ? ["evaluated" as const] : [])];
  };
  return {
    proofsOf(id, change) {
      // Who is told does not change what the alarm does.
      const { threshold } = change ?? {};
      const key = `${id} ${JSON.stringify(threshold)}`;
      const known = steps.get(key) ?? prove(id, threshold === undefined ? undefined : { threshold });
      steps.set(key, known);
      return known;
    },
    goldenOf: (id) => find(id).info.golden,
  };
}
