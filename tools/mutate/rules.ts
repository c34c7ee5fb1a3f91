import { availableParallelism } from "node:os";
import type { Kind } from "../../infra/signal/kind";
import type { RuleMutant } from "../../infra/signal/mutate.rule";
import type { RuleTest } from "../../infra/signal/rule.proof";
import type { Backend } from "../../infra/signal/signal";
import { proveRules } from "../promtool/run";
import type { Surroundings } from "../toolchain/gotool";
import { promtool } from "../toolchain/promtool";
import { fatesOfRules, unproven } from "./rules.fates";
import type { Mutated } from "./score.signal";

/** Lets promtool run tests: the path of the program and what it shall run, to what the rules did wrong, by the id of the test. */
type Prover = (path: string, tests: readonly RuleTest[]) => Promise<ReadonlyMap<string, readonly string[]>>;

/** A signal with rules, its mutants, and what promtool must run for them. */
export interface Ruled {
  readonly id: string;
  readonly kind: string;
  readonly backend: Backend;
  readonly mutants: readonly RuleMutant[];
  readonly original: RuleTest;
}

/** The signals of some kinds that have rules. */
export const ruledOf = (kinds: readonly Kind[]): Ruled[] =>
  kinds.flatMap((kind) =>
    kind.signals.flatMap(({ id, backend }) => {
      const [mutants, original] = [kind.ruleMutants(id), kind.ruleTest(id)];
      return mutants && original ? [{ id, kind: kind.name, backend, mutants, original }] : [];
    }),
  );

/** Few enough that the last part to end is a short one: proofs of weeks take seconds for each mutant. */
const testsInPart = 8;

const partsOf = (ruled: Ruled): { readonly ruled: Ruled; readonly tests: readonly RuleTest[] }[] => {
  const tests = [ruled.original, ...ruled.mutants.flatMap(({ test }) => test ?? [])];
  return Array.from({ length: Math.ceil(tests.length / testsInPart) }, (_, part) => ({
    ruled,
    tests: tests.slice(part * testsInPart, (part + 1) * testsInPart),
  }));
};

/** Does what is to be done in as many lanes as there are cores, each taking the next. What fails stops them all. */
async function inLanes<Task>(tasks: readonly Task[], perform: (task: Task) => Promise<void>): Promise<void> {
  const left = [...tasks];
  const lane = async () => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) {
      await perform(task).catch((error: unknown) => {
        left.length = 0;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}

/**
 * What became of the mutants of signals with rules. Without any promtool is not even looked for.
 * @param done told of each signal whose mutants were all run
 * @throws Error where rules as recorded do not stand their own proof: then every mutant would seem to be caught
 */
export async function mutatedRules(
  ruled: readonly Ruled[],
  {
    surroundings,
    prove = proveRules,
    done = () => undefined,
  }: { surroundings?: Surroundings; prove?: Prover; done?: (signal: Ruled) => void } = {},
): Promise<Mutated[]> {
  if (ruled.length === 0) return [];
  const { path } = await promtool(surroundings);
  const parts = ruled.flatMap(partsOf);
  const wrong = new Map<string, readonly string[]>();
  const objections = ({ id }: RuleTest) => wrong.get(id);
  const left = new Map(ruled.map(({ id }) => [id, parts.filter((part) => part.ruled.id === id).length]));
  await inLanes(parts, async ({ ruled: signal, tests }) => {
    for (const [id, said] of await prove(path, tests)) wrong.set(id, said);
    const more = (left.get(signal.id) ?? 0) - 1;
    left.set(signal.id, more);
    if (more === 0) done(signal);
  });
  const problems = ruled.flatMap(({ original }) => unproven(original, objections));
  if (problems.length > 0)
    throw new Error(
      `rules that are not proven have no mutants, mend them first (npm test):\n  ${problems.join("\n  ")}`,
    );
  return ruled.map(({ id, kind, backend, mutants }) => ({
    id,
    kind,
    backend,
    fates: fatesOfRules(mutants, objections),
  }));
}
