import { createHash } from "node:crypto";
import type { Kind } from "../../infra/signal/kind";
import { root } from "../build.cjs";
import { recordIn } from "../promtool/proven";
import { codeDigest } from "./proofs.code";

/**
 * Which alarms of CloudWatch lint and their proof found right, by signal id: a digest of all that this depends on. A preview believes what stands here and
 * evaluates the rest; whatever changed since then has another digest. `npm run generate` evaluates them all.
 */
export const alarmsProvenFile = "generated/alarms-proven.json";

/** How the metric catalogue is imported by what judges alarms. It is data, which stands in the evidence as far as it matters. */
export const metricCatalogue = ["./metrics", "../metrics"];

const judging = () => codeDigest(["infra/signal/proof.ts"], { apart: metricCatalogue });

/** What stands for an alarm with its proof, and for the code that judges it. */
const fingerprint = (code: string, evidence: string): string =>
  createHash("sha256")
    .update(JSON.stringify([code, evidence]))
    .digest("hex");

/** Evaluates every alarm of some kinds, and gives the text of {@link alarmsProvenFile} for those that are proven. Same input, same bytes. */
export function alarmsProvenText(kinds: readonly Pick<Kind, "signals" | "evidence" | "verdict">[]): string {
  const code = judging();
  const entries = kinds.flatMap((kind) =>
    kind.signals.flatMap(({ id }): [string, string][] => {
      const evidence = kind.evidence(id);
      const verdict = kind.verdict(id);
      const proven = verdict && verdict.lint.length + verdict.failures.length === 0;
      return proven && evidence !== undefined ? [[id, fingerprint(code, evidence)]] : [];
    }),
  );
  return `${JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`;
}

/** Looks up whether an alarm was proven with exactly this evidence, by the code as it is now. @param folder the project's, with its {@link alarmsProvenFile} */
export function alarmsProvenIn(folder: string = root): (id: string, evidence: string) => boolean {
  const proven = recordIn(folder, alarmsProvenFile);
  let code: string | undefined;
  return (id, evidence) => {
    if (!Object.hasOwn(proven, id)) return false;
    code ??= judging();
    return proven[id] === fingerprint(code, evidence);
  };
}
