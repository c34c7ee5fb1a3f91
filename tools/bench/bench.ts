import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { buildPack, compile, root } from "../build.cjs";
import { undoAtEnd } from "../engine/cleanup";
import { UsageError } from "../preview/arguments";
import { type Io, writeResult } from "../preview/output";
import { painted, plain } from "../preview/text";
import { pulumiCli } from "../toolchain/pulumi";
import { readArguments } from "./arguments";
import { aims, type Candidate, candidates, checkRun, type Programs } from "./candidates";
import { type Measurement, measure } from "./measure";
import { installPeers, type Versions } from "./peers";
import { type Machine, type Result, reportOf, terminalReport } from "./report";

const cache = join(root, "node_modules", ".cache", "vigia");

const machine = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? "an unknown processor",
  cores: cpus().length,
  memory: totalmem(),
  system: `${type()} ${release()}`,
  node: process.versions.node,
  load: loadavg()[0] ?? 0,
});

/** Versions of what the programs are made with. */
function versions(peers: Versions): Versions {
  const own = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/policy"].map((name): [string, string] => {
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(root, "node_modules", name, "package.json"), "utf8"),
    );
    return [name, version];
  });
  return { ...Object.fromEntries(own), ...peers };
}

/** Compiles ahead, so that no compiler is measured. The pack is a copy: one in its place refuses to run when a source changes during the bench. */
function prepared(folder: string): Programs {
  const pack = buildPack();
  for (const part of ["PulumiPolicy.yaml", "package.json", "dist"]) {
    cpSync(join(pack, part), join(folder, part), { recursive: true });
  }
  return {
    register: compile("tools/bench/programs/register.ts"),
    preview: compile("tools/bench/programs/preview.ts"),
    cdk: join(root, "tools", "bench", "programs", "cdk.cjs"),
    pack: folder,
  };
}

/** Runs each program once in each round, and starts each round with another one: what the machine does besides hits all alike. */
async function measured(
  all: readonly Candidate[],
  { queues, rounds }: { queues: number; rounds: number },
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const runs = new Map<string, Measurement[]>(all.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const at of all.keys()) {
      const candidate = all[(at + round) % all.length];
      if (!candidate) continue;
      const { args, more = [], id } = candidate;
      const { stdout, ...taken } = await measure(process.execPath, [...args, String(queues), ...more], root);
      checkRun(candidate, queues, stdout);
      runs.get(id)?.push(taken);
      say(
        `round ${round + 1} of ${rounds}: ${id} ${taken.wall.toFixed(1)} s, processor ${taken.cpu.toFixed(1)} s, ${(taken.memory / 2 ** 20).toFixed(0)} MiB`,
      );
    }
  }
  return all.map((candidate) => ({ candidate, runs: runs.get(candidate.id) ?? [] }));
}

/**
 * `npm run bench`: measures the project's queues side by side with a public peer and with a program of Pulumi alone, writes
 * out/bench.json, and prints the comparison. It says whether an aim was met; a miss is no failure, because machines differ.
 * @param argv what follows the command
 * @returns exit code: 0 measured, 2 wrong usage
 * @throws Error where a program fails, or no longer makes what the others make
 */
export async function bench(argv: readonly string[], io: Io): Promise<number> {
  try {
    const { queues, rounds, parts, all } = readArguments(argv);
    const say = (line: string) => io.error(`${line}\n`);
    const peers = await installPeers(say);
    await pulumiCli({ log: say });
    const folder = mkdtempSync(join(cache, "bench-pack-"));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    const forget = undoAtEnd(remove);
    try {
      const chosen = candidates(prepared(folder)).filter(({ part, extra }) => parts.includes(part) && (all || !extra));
      const about = { date: new Date().toISOString(), machine: machine(), versions: versions(peers), queues, rounds };
      const report = reportOf(await measured(chosen, { queues, rounds }, say), aims, about);
      io.out(terminalReport(report, io.colours ? painted : plain));
      io.out(`${writeResult(root, ".", "bench.json", `${JSON.stringify(report, null, 2)}\n`)}\n`);
      return 0;
    } finally {
      remove();
      forget();
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.error(`${error.message}\n`);
    return 2;
  }
}
