import { withStack } from "../engine/run";
import { knownStacks } from "../engine/settings";
import { readArguments, UsageError } from "./arguments";
import { type Io, writeResult } from "./output";
import { vigia } from "./project";
import { type Outcome, rehearsal, withUnprotect } from "./rehearsal";
import { painted, plain } from "./text";

function line({ step, seen, differs, durationMs }: Outcome, colours: boolean): string {
  const paint = colours ? painted : plain;
  const verdict = differs === undefined ? paint("green", "ok     ") : paint("red", "differs");
  const first = `${verdict}  ${step.padEnd(17)}  ${seen} (${(durationMs / 1000).toFixed(1)} s)`;
  return differs === undefined ? first : `${first}\n         ${differs.replaceAll("\n", "\n         ")}`;
}

/**
 * `npm run rehearse`: walks a stack through its life on the stand-in, one printed line a step, and keeps its state in out/<stack>/state.json.
 * @param argv what follows the command
 * @returns exit code: 0 fine, 1 a step differs from what must be, 2 wrong usage
 */
export async function rehearse(argv: readonly string[], io: Io, project = vigia): Promise<number> {
  try {
    const { stack } = readArguments("rehearse", argv, knownStacks(project.folder));
    const { program, unprotect } = withUnprotect(project.program);
    const outcomes: Outcome[] = [];
    const options = { stack, program, provider: "stand-in", pack: project.pack(), project: project.folder } as const;
    await withStack(options, async ({ engine, standIn, ...operations }) => {
      if (!standIn) throw new Error("a rehearsal is done on the stand-in only");
      io.out(`Rehearsal of ${stack}: Pulumi ${engine.version}, provider: ${engine.provider}\n`);
      const keep = (state: unknown) =>
        writeResult(project.folder, stack, "state.json", `${JSON.stringify(state, null, 2)}\n`);
      for await (const outcome of rehearsal({ stack: operations, cloud: standIn.cloud, keep, unprotect })) {
        outcomes.push(outcome);
        io.out(`${line(outcome, io.colours)}\n`);
      }
    });
    const ok = outcomes.every(({ differs }) => differs === undefined);
    const total = outcomes.reduce((sum, { durationMs }) => sum + durationMs, 0);
    io.out(
      `${ok ? "ok" : "differs"}: ${stack}: ${outcomes.length} steps in ${(total / 1000).toFixed(1)} s; stand-in\n`,
    );
    return ok ? 0 : 1;
  } catch (error) {
    // What ends a rehearsal before its first step: no CLI, an encrypted setting, a rule that does not compile.
    io.error(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}
