import { createHash } from "node:crypto";
import type { Kind } from "../../infra/signal/kind";
import type { RuleTest } from "../../infra/signal/rule.proof";
import { codeDigest } from "../preview/proofs.code";
import { metricCatalogue } from "../preview/proofs.proven";
import { promtoolTool } from "../toolchain/promtool";
import type { Ruled } from "./rules";
import type { SignalScore } from "./score.signal";

/** Mutants of one signal that are known to be equivalent. */
type Named = Readonly<Record<string, string>>;

const sha256 = (...parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");

const scoring = "tools/mutate/score.signal.ts";

/** A rule file without what a person reads of an alert: promtool tests none of it, and whether it takes it is what the proof of the original shows. */
const wordless = ({ rules, ...test }: RuleTest): RuleTest => ({
  ...test,
  rules: rules.replace(/^( *)annotations:\n(?:\1 .*\n|\n)*/gm, ""),
});

/** What the score of an alarm of CloudWatch follows from: the code that makes, judges and counts its mutants, and what that code is given. */
export function alarmsFollowFrom(): (kind: Pick<Kind, "evidence">, id: string, named: Named) => string {
  const code = codeDigest(["infra/signal/mutate.fate.ts", scoring], { apart: metricCatalogue });
  return (kind, id, named) => sha256(code, kind.evidence(id), named);
}

/**
 * What the score of a signal with rules follows from: the very rules and tests of all its mutants, the promtool that runs them, and the code that reads what it says.
 * Which code made the mutants does not matter then.
 */
export async function rulesFollowFrom(): Promise<(ruled: Ruled, named: Named) => string> {
  const { version } = await promtoolTool();
  const code = codeDigest(["tools/promtool/run.ts", "tools/mutate/rules.fates.ts", scoring]);
  return ({ original, mutants }, named) => {
    const changed = mutants.map(({ test, ...mutant }) => ({ ...mutant, ...(test && { test: wordless(test) }) }));
    return sha256(code, version, wordless(original), changed, named);
  };
}

/** A score with a digest of it and of what it follows from: one that was changed by hand, or put together from two by a merge, has another. */
export function sealed({ digest: _, ...score }: SignalScore, followsFrom: string): SignalScore {
  const { id, kind, backend, ...rest } = score;
  return { id, kind, backend, digest: sha256(followsFrom, score), ...rest };
}

/** Whether a score is what it was sealed as, and still follows from the same. */
export const stillHolds = (score: SignalScore, followsFrom: string): boolean =>
  score.digest !== undefined && score.digest === sealed(score, followsFrom).digest;
