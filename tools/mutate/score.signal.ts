import type { Fate } from "../../infra/signal/mutate.fate";
import type { Backend } from "../../infra/signal/signal";

/** A signal and what became of its mutants, whatever evaluates it. */
export interface Mutated {
  readonly id: string;
  readonly kind: string;
  readonly backend: Backend;
  readonly fates: readonly Fate[];
}

/** How many mutants were caught by what. One that both catch counts for both. */
export interface Tally {
  readonly mutants: number;
  readonly lint: number;
  readonly proof: number;
  /** Caught by one of them at least. */
  readonly caught: number;
  /** Equivalent, named one by one or by a rule, and nothing catches them. */
  readonly equivalent: number;
  /** Neither caught nor named. */
  readonly survived: number;
}

/** A mutant that nothing can catch, and why. */
export interface Equivalent {
  readonly change: string;
  readonly reason: string;
  /** It follows from what the signal is, for every signal of its sort: nobody had to name it, and it does not count for {@link mostEquivalents}. */
  readonly byRule?: true;
}

/** The score of one signal. */
export interface SignalScore extends Tally {
  readonly id: string;
  readonly kind: string;
  readonly backend: Backend;
  /** Stands for this score and all that it follows from. Absent where something is wrong with it: then it is found again each time. */
  readonly digest?: string;
  readonly survivors: readonly string[];
  readonly equivalents: readonly Equivalent[];
}

/** A score, and what is wrong with it, each with the way out. */
export interface Scored {
  readonly score: SignalScore;
  readonly problems: readonly string[];
}

/** Mutants of one signal that are known to be equivalent: what was changed, to the reason. */
type Named = Readonly<Record<string, string>>;

const count = (fates: readonly Fate[], counts: (fate: Fate) => boolean) => fates.filter(counts).length;

function tallied({ id, kind, backend, fates }: Mutated, named: Named): SignalScore {
  const uncaught = fates.filter(({ lint, proof }) => !lint && !proof);
  const equivalents = uncaught.flatMap(({ change, equivalent }): Equivalent[] => {
    if (equivalent !== undefined) return [{ change, reason: equivalent, byRule: true }];
    const reason = Object.hasOwn(named, change) ? named[change] : undefined;
    return reason === undefined ? [] : [{ change, reason }];
  });
  const survivors = uncaught
    .map(({ change }) => change)
    .filter((change) => !equivalents.some((equivalent) => equivalent.change === change));
  return {
    id,
    kind,
    backend,
    mutants: fates.length,
    lint: count(fates, ({ lint }) => lint),
    proof: count(fates, ({ proof }) => proof),
    caught: fates.length - uncaught.length,
    equivalent: equivalents.length,
    survived: survivors.length,
    survivors,
    equivalents,
  };
}

function problemsOfNamed({ id, fates }: Mutated, named: Named): string[] {
  return Object.entries(named).flatMap(([change, reason]) => {
    const fate = fates.find((one) => one.change === change);
    const where = `equivalents name "${change}" of ${id}`;
    if (!fate) return [`${where}, which is no mutant of it (any more): take it out`];
    if (reason.trim() === "") return [`${where} without a reason: say why no series can tell it from the alarm`];
    const by = [...(fate.lint ? ["lint"] : []), ...(fate.proof ? ["proof"] : [])].join(" and ");
    if (by === "" && fate.equivalent !== undefined) return [`${where}, which a rule names already: take it out`];
    return by === "" ? [] : [`${where}, which ${by} catches: it is not equivalent, take it out`];
  });
}

/** The score of one signal. @param named its mutants that are known to be equivalent */
export function scoreOfSignal(mutated: Mutated, named: Named): Scored {
  const score = tallied(mutated, named);
  const survivors = score.survivors.map(
    (change) =>
      `${score.id}: nothing objects to "${change}": give its proof a series that tells the two apart, or lint a rule, or name it in tools/mutate/equivalents`,
  );
  return { score, problems: [...survivors, ...problemsOfNamed(mutated, named)] };
}
