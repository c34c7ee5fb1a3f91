import { specOf } from "./alarm";
import { lint } from "./lint";
import { mutantsOf } from "./mutate";
import { prove } from "./proof";
import type { AnyAlarmed } from "./signal";

/** What became of a mutant. One that neither objects to survives: the signal could be wrong in this way, and nobody would know. */
export interface Fate {
  /** What was changed, to what. */
  readonly change: string;
  readonly lint: boolean;
  readonly proof: boolean;
  /** Why nothing can tell it from the original, where that holds for such a change of every signal. */
  readonly equivalent?: string;
}

/** A part that throws objects too: it says that it cannot be so. */
function objects(judge: () => readonly unknown[]): boolean {
  try {
    return judge().length > 0;
  } catch {
    return true;
  }
}

/** Holds every mutant of a signal's alarm, at the size of its proof, against lint and against the proof of the original record. */
export function fatesOf<Size>(signal: AnyAlarmed<Size>): readonly Fate[] {
  const { unit, role, proof, alarm } = signal;
  return mutantsOf(specOf(signal, proof.size), unit).map(({ change, spec, equivalent }) => ({
    change,
    lint: objects(() => lint(spec, { unit, role })),
    proof: objects(() => prove(spec, proof, alarm.whenMissing)),
    ...(equivalent !== undefined && { equivalent }),
  }));
}
