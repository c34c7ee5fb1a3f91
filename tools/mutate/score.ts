import type { Catalogue } from "../../infra/signal/catalogue";
import type { Fate } from "../../infra/signal/mutate.fate";
import type { Backend } from "../../infra/signal/signal";
import type { Equivalents } from "./equivalents";

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
  readonly survivors: readonly string[];
  readonly equivalents: readonly Equivalent[];
}

/** The score of a catalogue. */
export interface Score extends Tally {
  readonly signals: readonly SignalScore[];
  /** What is wrong with it, each with the way out. None: the score is good. */
  readonly problems: readonly string[];
}

/** The largest share of mutants that may be named as equivalent, in percent. */
export const mostEquivalents = 2;

/** Percent with one digit, never rounded up to 100. */
export const share = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.floor((1_000 * part) / whole) / 10;

/** What became of the mutants of every CloudWatch alarm of a catalogue. */
export const mutatedAlarms = ({ kinds }: Pick<Catalogue, "kinds">): Mutated[] =>
  kinds.flatMap((kind) =>
    kind.signals.flatMap(({ id, backend }) => {
      const fates = kind.fates(id);
      return fates ? [{ id, kind: kind.name, backend, fates }] : [];
    }),
  );

/** How many mutants of some signals a person named as equivalent. */
export const namedOneByOne = (signals: readonly Pick<SignalScore, "equivalents">[]): number =>
  signals.flatMap(({ equivalents }) => equivalents).filter(({ byRule }) => !byRule).length;

const count = (fates: readonly Fate[], counts: (fate: Fate) => boolean) => fates.filter(counts).length;

function scoreOfSignal({ id, kind, backend, fates }: Mutated, named: Readonly<Record<string, string>>): SignalScore {
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

function problemsOfNamed(named: Equivalents, mutated: readonly Mutated[]): string[] {
  return Object.entries(named).flatMap(([id, changes]) => {
    const fates = mutated.find((one) => one.id === id)?.fates;
    if (!fates) return [`equivalents name the signal "${id}", which has no mutants: take it out`];
    return Object.entries(changes).flatMap(([change, reason]) => {
      const fate = fates.find((one) => one.change === change);
      const where = `equivalents name "${change}" of ${id}`;
      if (!fate) return [`${where}, which is no mutant of it (any more): take it out`];
      if (reason.trim() === "") return [`${where} without a reason: say why no series can tell it from the alarm`];
      const by = [...(fate.lint ? ["lint"] : []), ...(fate.proof ? ["proof"] : [])].join(" and ");
      if (by === "" && fate.equivalent !== undefined) return [`${where}, which a rule names already: take it out`];
      return by === "" ? [] : [`${where}, which ${by} catches: it is not equivalent, take it out`];
    });
  });
}

/** The score of signals, given the mutants that are known to be equivalent. */
export function scoreOf(mutated: readonly Mutated[], named: Equivalents): Score {
  const signals = mutated.map((one) => scoreOfSignal(one, named[one.id] ?? {}));
  const total = (key: keyof Tally) => signals.reduce((sum, signal) => sum + signal[key], 0);
  const tally: Tally = {
    mutants: total("mutants"),
    lint: total("lint"),
    proof: total("proof"),
    caught: total("caught"),
    equivalent: total("equivalent"),
    survived: total("survived"),
  };
  const survivors = signals.flatMap(({ id, survivors }) =>
    survivors.map(
      (change) =>
        `${id}: nothing objects to "${change}": give its proof a series that tells the two apart, or lint a rule, or name it in tools/mutate/equivalents.ts`,
    ),
  );
  const oneByOne = namedOneByOne(signals);
  const tooMany =
    100 * oneByOne > mostEquivalents * tally.mutants
      ? [
          `${oneByOne} of ${tally.mutants} mutants are named as equivalent, more than ${mostEquivalents} %: catch some of them`,
        ]
      : [];
  return { ...tally, signals, problems: [...survivors, ...problemsOfNamed(named, mutated), ...tooMany] };
}
