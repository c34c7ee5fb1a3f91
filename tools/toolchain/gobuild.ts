import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { GoTool, Log } from "./gotool";

const run = promisify(execFile);
type Env = Readonly<Record<string, string | undefined>>;

/** Milliseconds between two lines of a build that goes on. */
const progressEvery = 15_000;

/**
 * Builds a Go tool with exactly the modules that its go.sum checks.
 *
 * @throws Error with the ways out where Go is missing or too old, or with the end of Go's own output
 */
export async function build(tool: GoTool, output: string, env: Env, log: Log): Promise<void> {
  await assertGo(tool, env);
  await mkdir(dirname(output), { recursive: true });
  const what = `building ${tool.name} ${tool.version} from source, about ${tool.buildMinutes} minutes, once`;
  log(`${what} (with warm Go caches: seconds)`);
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const progress = setInterval(() => log(`${what}: ${seconds()} s ...`), progressEvery);
  try {
    const tags = tool.tags ? ["-tags", tool.tags.join(",")] : [];
    await run("go", ["build", "-o", output, ...tags, "-ldflags", tool.ldflags, tool.package], {
      cwd: tool.module,
      env: { ...env, GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off", GOTOOLCHAIN: "local" },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const told = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    const end = told.trim().split("\n").slice(-12).join("\n  ");
    throw new Error(
      `${tool.name} ${tool.version} could not be built with Go in ${tool.module}:\n  ${end}\n${waysOut(tool)}`,
    );
  } finally {
    clearInterval(progress);
  }
  log(`built ${tool.name} ${tool.version} in ${seconds()} s`);
}

async function assertGo(tool: GoTool, env: Env): Promise<void> {
  const needed = /^go (\d+\.\d+(?:\.\d+)?)/m.exec(await readFile(join(tool.module, "go.mod"), "utf8"))?.[1] ?? "1.21";
  let found: string;
  try {
    // Outside of any module: inside of one an old Go answers for the version that the module asks for.
    const { stdout } = await run("go", ["env", "GOVERSION"], { cwd: tmpdir(), env: { ...env, GOTOOLCHAIN: "local" } });
    found = /go(\d+\.\d+(?:\.\d+)?)/.exec(stdout)?.[1] ?? "0.0";
  } catch {
    throw new Error(
      `${tool.name} ${tool.version} is not here, and there is no Go to build it with.\n${waysOut(tool, needed)}`,
    );
  }
  if (older(found, needed)) {
    throw new Error(
      `${tool.name} ${tool.version} is not here, and Go ${found} is too old to build it.\n${waysOut(tool, needed)}`,
    );
  }
}

function older(version: string, needed: string): boolean {
  const [a, b] = [version, needed].map((text) => text.split(".").map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const waysOut = (tool: GoTool, go?: string): string =>
  [
    "Ways out:",
    `  - install ${tool.name} ${tool.version} and put it on PATH`,
    go ? `  - install Go ${go} or newer (https://go.dev/dl), and run the command again` : undefined,
    "  - set VIGIA_CACHE to a cache of another machine of the same kind",
  ]
    .filter((line) => line !== undefined)
    .join("\n");
