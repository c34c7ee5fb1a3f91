import type { Catalogue } from "../../infra/signal/catalogue";
import type { Equivalents } from "./equivalents";
import { type Mutated, type Scored, type SignalScore, scoreOfSignal, type Tally } from "./score.signal";

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

/** The score of signals together, given the mutants that are known to be equivalent. */
export function together(scored: readonly Scored[], named: Equivalents): Score {
  const signals = scored.map(({ score }) => score);
  const total = (key: keyof Tally) => signals.reduce((sum, signal) => sum + signal[key], 0);
  const tally: Tally = {
    mutants: total("mutants"),
    lint: total("lint"),
    proof: total("proof"),
    caught: total("caught"),
    equivalent: total("equivalent"),
    survived: total("survived"),
  };
  const ids = new Set(signals.map(({ id }) => id));
  const nobody = Object.keys(named)
    .filter((id) => !ids.has(id))
    .map((id) => `equivalents name the signal "${id}", which has no mutants: take it out`);
  const oneByOne = namedOneByOne(signals);
  const tooMany =
    100 * oneByOne > mostEquivalents * tally.mutants
      ? [
          `${oneByOne} of ${tally.mutants} mutants are named as equivalent, more than ${mostEquivalents} %: catch some of them`,
        ]
      : [];
  return { ...tally, signals, problems: [...scored.flatMap(({ problems }) => problems), ...nobody, ...tooMany] };
}

/** The score of signals, given the mutants that are known to be equivalent. */
export const scoreOf = (mutated: readonly Mutated[], named: Equivalents): Score =>
  together(
    mutated.map((one) => scoreOfSignal(one, named[one.id] ?? {})),
    named,
  );
