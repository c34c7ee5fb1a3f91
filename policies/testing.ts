import { join } from "node:path";
import { buildPack } from "../tools/build.cjs";
import type { Run, Violation } from "../tools/engine/record";
import { type EngineStack, withStack } from "../tools/engine/run";

/** What the pack said of a program. */
export interface Judged {
  readonly violations: readonly Violation[];
  readonly failed: boolean;
}

/** The waivers of the tests, and the day on which the first is in force for the last time. */
const environment = { VIGIA_WAIVERS: join(__dirname, "programs", "waivers.yaml"), VIGIA_TODAY: "2027-01-15" };

/** What runs the pack reads its environment from this process; whatever was set before stands again afterwards. */
async function within<T>(settings: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/**
 * Runs a program with the pack on the real engine: in the preview of a new stack, in which outputs are unknown, or in an update.
 * @param settings environment of the pack
 */
export function runPack(
  when: "preview" | "update",
  program: () => void,
  settings: Readonly<Record<string, string>> = environment,
): Promise<Run> {
  const work = (stack: EngineStack) => (when === "preview" ? stack.preview() : stack.up());
  const config = { "aws:region": "eu-central-1" };
  const options = { stack: "rules", provider: "stand-in", pack: buildPack(), config } as const;
  return within(settings, () => withStack({ ...options, program: async () => program() }, work));
}

/** What the pack says of a program, which must not fail by itself. */
export async function judge(when: "preview" | "update", program: () => void): Promise<Judged> {
  const run = await runPack(when, program);
  const { violations, failed, cause } = run;
  if (failed && violations.length === 0) throw new Error(`the program itself failed: ${cause?.message ?? "no cause"}`);
  return { violations, failed };
}

/** The runs that the tests of all rules share. */
export interface Runs {
  readonly good: Judged;
  readonly bad: Judged;
}

/** What a rule said of the resource with that name in the program that fails. */
export const saidOf = ({ bad }: Runs, policy: string, name: string): readonly string[] =>
  bad.violations.flatMap((one) => (one.policy === policy && one.urn?.endsWith(`::${name}`) ? [one.message] : []));

/** Names of the resources of which a rule said anything in the program that passes. */
export const objectedTo = ({ good }: Runs, policy: string): readonly string[] =>
  good.violations
    .filter((one) => one.policy === policy)
    .map(({ urn, message }) => `${urn?.split("::").at(-1)}: ${message}`);
