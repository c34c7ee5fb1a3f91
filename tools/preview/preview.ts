import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "../../infra/signal/catalogue";
import type { Coverage } from "../../infra/signal/coverage";
import { undoAtEnd } from "../engine/cleanup";
import { type EngineStack, withStack } from "../engine/run";
import { knownStacks } from "../engine/settings";
import { standInVersion } from "../standin";
import { pinnedVersion } from "../toolchain/pulumi";
import { type PreviewArguments, readArguments, UsageError } from "./arguments";
import { markdownPage } from "./markdown";
import { type Io, writeResult } from "./output";
import { type Project, vigia } from "./project";
import { lookupIn } from "./proofs";
import { type ObservedRun, type PreviewReport, reportOf } from "./report";
import { terminalPage } from "./terminal";
import { painted, plain } from "./text";

/** What a preview of the project saw. */
interface Seen {
  readonly engine: PreviewReport["engine"];
  readonly run: ObservedRun;
  readonly coverage?: Coverage;
  readonly replacementNotKnown?: PreviewReport["replacementNotKnown"];
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Has the rule `watched` write what it finds, for as long as `work` takes. */
async function withCoverageFile<T>(work: (read: () => Coverage | undefined) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vigia-coverage-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const forget = undoAtEnd(remove);
  const file = join(folder, "coverage.json");
  process.env.VIGIA_COVERAGE_FILE = file;
  try {
    return await work(() => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Coverage) : undefined));
  } finally {
    delete process.env.VIGIA_COVERAGE_FILE;
    remove();
    forget();
  }
}

async function observe({ stack, aws }: PreviewArguments, { folder, program, load, pack }: Project): Promise<Seen> {
  const provider = aws ? "aws" : "stand-in";
  const look = async ({ engine, standIn, preview }: EngineStack) => {
    const run = await preview();
    const unsure = standIn?.replacementNotKnown().map(({ urn, type, changed }) => ({ urn, type, keys: changed }));
    return { engine, run, replacementNotKnown: unsure };
  };
  return withCoverageFile(async (read) => {
    const seen = await withStack({ stack, program, load, provider, pack: pack(), project: folder }, look);
    return { ...seen, coverage: read() };
  });
}

/** A run that ended before the engine began: no CLI, an encrypted setting, a rule that does not compile. */
async function neverRan(error: unknown, { aws }: PreviewArguments): Promise<Seen> {
  const version = await pinnedVersion();
  const cause = { kind: "other" as const, message: messageOf(error) };
  return {
    engine: { version, provider: aws ? "aws" : standInVersion() },
    run: {
      resources: [],
      violations: [],
      diagnostics: [],
      changes: {},
      outputs: {},
      durationMs: 0,
      failed: true,
      cause,
    },
  };
}

/**
 * `npm run preview`: previews a stack on the real engine, writes out/<stack>/preview.json and preview.md, and prints the report.
 * @param argv what follows the command
 * @returns exit code: 0 fine, 1 a mandatory rule is broken or the program failed, 2 wrong usage
 */
export async function preview(argv: readonly string[], io: Io, project = vigia): Promise<number> {
  const started = performance.now();
  try {
    const asked = readArguments("preview", argv, knownStacks(project.folder));
    const seen = await observe(asked, project).catch((error: unknown) => neverRan(error, asked));
    const run = { ...seen.run, durationMs: performance.now() - started };
    const report = reportOf({ ...seen, run, stack: asked.stack, ...lookupIn(catalogue) });
    const files = [
      writeResult(project.folder, asked.stack, "preview.json", `${JSON.stringify(report, null, 2)}\n`),
      writeResult(project.folder, asked.stack, "preview.md", markdownPage(report)),
    ];
    io.out(terminalPage(report, { all: asked.all, paint: io.colours ? painted : plain }));
    io.out(`${files.join("  ")}\n`);
    return report.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.error(`${error.message}\n`);
    return 2;
  }
}
