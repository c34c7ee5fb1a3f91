import { buildPack } from "../tools/build.cjs";
import type { Violation } from "../tools/engine/record";
import { type EngineStack, withStack } from "../tools/engine/run";

/** What the pack said of a program. */
export interface Judged {
  readonly violations: readonly Violation[];
  readonly failed: boolean;
}

/**
 * What the pack says of a program, on the real engine: in the preview of a new stack, in which outputs are unknown, or after an update.
 * @param program its resources; it must not fail
 */
export async function judge(when: "preview" | "update", program: () => Promise<void>): Promise<Judged> {
  const work = (stack: EngineStack) => (when === "preview" ? stack.preview() : stack.up());
  const config = { "aws:region": "eu-central-1" };
  const run = await withStack({ stack: "rules", provider: "stand-in", pack: buildPack(), config, program }, work);
  if (run.failed && run.violations.length === 0) throw new Error(`the program itself failed: ${run.cause?.message ?? "no cause"}`);
  return { violations: run.violations, failed: run.failed };
}
