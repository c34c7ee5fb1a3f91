import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Kind } from "../../infra/signal/kind";
import type { RuleTest } from "../../infra/signal/rule.proof";
import { root } from "../build.cjs";
import type { Surroundings } from "../toolchain/gotool";
import { promtool } from "../toolchain/promtool";
import { proveRules } from "./run";

/**
 * Which rules promtool has proven, by signal id: a hash of the very rules and the very test. A preview has no minutes to build promtool in; so it claims only what
 * stands here, and whatever changed since then has another hash. `npm run check` runs promtool on all of them and compares.
 */
export const provenFile = "generated/rules-proven.json";

/** What stands for the rules and the test of a signal, to the last character. */
export const fingerprint = ({ rules, test }: RuleTest): string =>
  createHash("sha256")
    .update(JSON.stringify([rules, test]))
    .digest("hex");

/** The tests of every rule of some kinds. */
export const ruleTestsOf = (kinds: readonly Kind[]): RuleTest[] =>
  kinds.flatMap((kind) => kind.signals.flatMap(({ id }) => kind.ruleTest(id) ?? []));

/** The text of {@link provenFile} for what promtool proved. Same input, same bytes. */
export const provenText = (tests: readonly RuleTest[]): string => {
  const entries = tests.map((test) => [test.id, fingerprint(test)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
};

/**
 * Has promtool prove the rules of some kinds, and gives the text of {@link provenFile}. Without any rule promtool is not even looked for.
 * @throws Error with all that the rules did wrong
 */
export async function proveKinds(kinds: readonly Kind[], surroundings?: Surroundings): Promise<string> {
  const tests = ruleTestsOf(kinds);
  if (tests.length === 0) return provenText([]);
  const { path } = await promtool(surroundings);
  const failures = [...(await proveRules(path, tests))].flatMap(([id, wrong]) => wrong.map((one) => `${id}: ${one}`));
  if (failures.length > 0) throw new Error(`promtool finds the rules not proven:\n  ${failures.join("\n  ")}`);
  return provenText(tests);
}

/** What a file has on record, by signal id: nothing where it is missing or cannot be read, as in the middle of a merge. */
export function recordIn(folder: string, file: string): Readonly<Record<string, unknown>> {
  const path = join(folder, file);
  if (!existsSync(path)) return {};
  try {
    const record: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(path, "utf8"));
    return record;
  } catch {
    return {};
  }
}

/** Looks up whether promtool has proven exactly this test. @param folder the project's, with its {@link provenFile} */
export function provenIn(folder: string = root): (test: RuleTest) => boolean {
  const proven = recordIn(folder, provenFile);
  return (test) => proven[test.id] === fingerprint(test);
}
