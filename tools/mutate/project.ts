import type { Kind } from "../../infra/signal/kind";
import { alarmsFollowFrom, rulesFollowFrom, sealed, stillHolds } from "./digest";
import type { Equivalents } from "./equivalents";
import { mutatedRules, type Ruled, ruledOf } from "./rules";
import { type Score, together } from "./score";
import { type Mutated, type Scored, type SignalScore, scoreOfSignal } from "./score.signal";

/** What was found before, and who is told how far it has come. */
export interface Before {
  /** Scores of another time. One that still holds is taken as it is. */
  readonly recorded: readonly SignalScore[];
  /** Takes one line for a person. */
  readonly progress: (line: string) => void;
}

/** A signal whose mutants are counted. */
interface Subject {
  readonly id: string;
  readonly followsFrom: string;
  /** Its kind, with an alarm of CloudWatch; or its rules. */
  readonly of: { readonly alarm: Kind } | { readonly rules: Ruled };
}

async function subjectsOf(kinds: readonly Kind[], named: Equivalents): Promise<Subject[]> {
  const ofAlarm = alarmsFollowFrom();
  const ofRules = await rulesFollowFrom();
  const alarms = kinds.flatMap((kind) =>
    kind.signals
      .filter(({ id }) => kind.evidence(id) !== undefined)
      .map(({ id }) => ({ id, followsFrom: ofAlarm(kind, id, named[id] ?? {}), of: { alarm: kind } })),
  );
  const rules = ruledOf(kinds).map((ruled) => ({
    id: ruled.id,
    followsFrom: ofRules(ruled, named[ruled.id] ?? {}),
    of: { rules: ruled },
  }));
  return [...alarms, ...rules];
}

function mutatedAlarm(kind: Kind, id: string): Mutated[] {
  const fates = kind.fates(id);
  return fates ? [{ id, kind: kind.name, backend: "cloudwatch", fates }] : [];
}

/** The score of the signals of some kinds; only mutants of those run whose recorded score no longer holds. */
export async function scoreOfKinds(
  kinds: readonly Kind[],
  named: Equivalents,
  { recorded, progress }: Before,
  run: typeof mutatedRules = mutatedRules,
): Promise<Score> {
  const subjects = await subjectsOf(kinds, named);
  const known = new Map(recorded.map((score) => [score.id, score]));
  const holding = new Map(
    subjects.flatMap(({ id, followsFrom }): [string, Scored][] => {
      const score = known.get(id);
      return score && stillHolds(score, followsFrom) ? [[id, { score, problems: [] }]] : [];
    }),
  );
  const rest = subjects.filter(({ id }) => !holding.has(id));
  if (rest.length > 0) progress(`${holding.size} of ${subjects.length} signals are as they were, ${rest.length} run`);
  let count = 0;
  const done = (id: string, mutants: number) => progress(`${++count} of ${rest.length}: ${id}, ${mutants} mutants`);
  const alarms = rest.flatMap(({ id, of }) => {
    const mutated = "alarm" in of ? mutatedAlarm(of.alarm, id) : [];
    for (const { fates } of mutated) done(id, fates.length);
    return mutated;
  });
  const rules = await run(
    rest.flatMap(({ of }) => ("rules" in of ? [of.rules] : [])),
    { done: ({ id, mutants }) => done(id, mutants.length) },
  );
  const found = new Map([...alarms, ...rules].map((one) => [one.id, scoreOfSignal(one, named[one.id] ?? {})]));
  const scored = subjects.flatMap(({ id, followsFrom }): Scored[] => {
    const one = holding.get(id) ?? found.get(id);
    if (!one) return [];
    return [one.problems.length > 0 ? one : { ...one, score: sealed(one.score, followsFrom) }];
  });
  return together(scored, named);
}
