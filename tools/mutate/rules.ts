import { availableParallelism } from "node:os";
import type { Kind } from "../../infra/signal/kind";
import type { RuleTest } from "../../infra/signal/rule.proof";
import { proveRules } from "../promtool/run";
import type { Surroundings } from "../toolchain/gotool";
import { promtool } from "../toolchain/promtool";
import type { Mutated } from "./score";

/** Lets promtool run tests: the path of the program and what it shall run, to what the rules did wrong, by the id of the test. */
type Prover = (path: string, tests: readonly RuleTest[]) => Promise<ReadonlyMap<string, readonly string[]>>;

/** Proves in as many parts as there are cores, each with every so-manyth test, so that the long ones are spread. */
async function inParts(tests: readonly RuleTest[], prove: (part: readonly RuleTest[]) => ReturnType<Prover>) {
  const parts = Math.max(1, Math.min(availableParallelism(), tests.length));
  const all = Array.from({ length: parts }, (_, part) => prove(tests.filter((_, at) => at % parts === part)));
  return new Map((await Promise.all(all)).flatMap((wrong) => [...wrong]));
}

/**
 * What became of the mutants of every Prometheus rule of some kinds: all of them in one go. Without any rule promtool is not even looked for.
 * @throws Error where the rules as recorded do not stand their own proof: then every mutant would seem to be caught
 */
export async function mutatedRules(
  kinds: readonly Kind[],
  surroundings?: Surroundings,
  prove: Prover = proveRules,
): Promise<Mutated[]> {
  const ruled = kinds.flatMap((kind) =>
    kind.signals.flatMap(({ id, backend }) => {
      const [mutants, original] = [kind.ruleMutants(id), kind.ruleTest(id)];
      return mutants && original ? [{ id, kind: kind.name, backend, mutants, original }] : [];
    }),
  );
  if (ruled.length === 0) return [];
  const { path } = await promtool(surroundings);
  const tests = ruled.flatMap(({ mutants, original }) => [original, ...mutants.flatMap(({ test }) => test ?? [])]);
  const wrong = await inParts(tests, (part) => prove(path, part));
  const objections = ({ id }: RuleTest): readonly string[] => {
    const found = wrong.get(id);
    if (found) return found;
    throw new Error(`promtool said nothing of ${id}: run npm run mutate again`);
  };
  const unproven = ruled.flatMap(({ id, original }) => objections(original).map((one) => `${id}: ${one}`));
  if (unproven.length > 0)
    throw new Error(
      `rules that are not proven have no mutants, mend them first (npm test):\n  ${unproven.join("\n  ")}`,
    );
  return ruled.map(({ id, kind, backend, mutants }) => ({
    id,
    kind,
    backend,
    fates: mutants.map(({ change, lint, equivalent, test }) => ({
      change,
      lint,
      proof: !test || objections(test).length > 0,
      ...(equivalent !== undefined && { equivalent }),
    })),
  }));
}
