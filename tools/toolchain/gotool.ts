import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "./gobuild";
import { withLock } from "./lock";

const run = promisify(execFile);

/** A program of another project that this one runs: used where it is installed, else built from its pinned Go module. */
export interface GoTool {
  /** Name of the program, as on PATH. */
  readonly name: string;
  /** The pinned version, as "3.250.0". */
  readonly version: string;
  /** Folder of the go.mod and go.sum that pin and check every module. */
  readonly module: string;
  /** Import path of the program's main package. */
  readonly package: string;
  /** Linker flags, for the version that the program reports. */
  readonly ldflags: string;
  /** Build tags that leave out what is not needed. @default none */
  readonly tags?: readonly string[];
  /** Arguments that make the program print its version. */
  readonly versionArgs: readonly string[];
  /** How long a build takes with empty caches on two cores, in minutes, for the message. */
  readonly buildMinutes: number;
  /** Its own installer: puts `bin/<name>` below a folder. Tried before building; may fail. */
  readonly install?: (folder: string) => Promise<void>;
}

/** A program that was found, and where. */
export interface FoundTool {
  /** Absolute path of the program. */
  readonly path: string;
  readonly version: string;
  readonly from: "PATH" | "cache" | "installer" | "build";
}

/** Takes one line for a person; lines of a search that takes minutes come as it goes on. */
export type Log = (line: string) => void;

/** Where a search looks; the process's own where absent. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly log?: Log;
}

/** The first version number in a text, as in `v3.250.0` or `promtool, version 3.5.0 (branch: ...)`. */
export const versionIn = (text: string): string | undefined => /(?:^|[^\d.])v?(\d+\.\d+\.\d+)/.exec(text)?.[1];

/** Whether a version can stand in for the pinned one: the same major number, and not an older minor one. */
export function fits(version: string, pinned: string): boolean {
  const [major, minor, patch] = version.split(".").map(Number);
  const [pinnedMajor, pinnedMinor, pinnedPatch] = pinned.split(".").map(Number);
  if (major === undefined || minor === undefined || patch === undefined) return false;
  if (pinnedMajor === undefined || pinnedMinor === undefined || pinnedPatch === undefined) return false;
  if (major !== pinnedMajor) return false;
  return minor === pinnedMinor ? patch >= pinnedPatch : minor > pinnedMinor;
}

/** The folder of everything that is built or fetched once: VIGIA_CACHE, else `vigia` in XDG_CACHE_HOME or ~/.cache. */
export function cacheFolder(env: Surroundings["env"] = process.env): string {
  return env.VIGIA_CACHE || join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "vigia");
}

const isProgram = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

async function onPath(tool: GoTool, env: NonNullable<Surroundings["env"]>, log: Log): Promise<FoundTool | undefined> {
  for (const folder of (env.PATH ?? "").split(delimiter).filter(Boolean)) {
    const path = join(folder, tool.name);
    if (!(await isProgram(path))) continue;
    const version = await reported(tool, path, env);
    if (version && fits(version, tool.version)) return { path, version, from: "PATH" };
    const what = version ? `is version ${version}` : "does not say its version";
    log(`${path} ${what}; ${tool.version} or a later ${tool.version.split(".")[0]}.x is needed: looking further`);
    return undefined;
  }
  return undefined;
}

async function reported(
  tool: GoTool,
  path: string,
  env: NonNullable<Surroundings["env"]>,
): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(path, [...tool.versionArgs], {
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeout: 30_000,
    });
    return versionIn(stdout) ?? versionIn(stderr);
  } catch {
    return undefined;
  }
}

/** Puts a folder with the program in its final place at once, so that no other process sees half of it. */
async function settle(tool: GoTool, folder: string, place: string): Promise<void> {
  if (!(await isProgram(join(folder, "bin", tool.name)))) throw new Error(`there is no bin/${tool.name} in ${folder}`);
  if (await isProgram(join(place, "bin", tool.name))) return;
  await rm(place, { recursive: true, force: true });
  await rename(folder, place);
}

/**
 * Finds a tool: on PATH where its version fits, in the project's cache, from its installer, else built from its Go module
 * into the cache. Two processes at once share one build.
 *
 * @throws Error that says each thing that was tried, and the ways out
 */
export async function findTool(
  tool: GoTool,
  { env = process.env, log = toStderr }: Surroundings = {},
): Promise<FoundTool> {
  const installed = await onPath(tool, env, log);
  if (installed) return installed;

  const place = join(cacheFolder(env), tool.name, tool.version);
  const path = join(place, "bin", tool.name);
  const cached: FoundTool = { path, version: tool.version, from: "cache" };
  if (await isProgram(path)) return cached;

  await mkdir(dirname(place), { recursive: true });
  return withLock(`${place}.lock`, { log, what: `${tool.name} ${tool.version}` }, async () => {
    if (await isProgram(path)) return cached;
    const draft = `${place}.${process.pid}.tmp`;
    try {
      if (tool.install && (await tryInstall(tool, tool.install, draft, place, log)))
        return { ...cached, from: "installer" };
      await rm(draft, { recursive: true, force: true });
      await build(tool, join(draft, "bin", tool.name), env, log);
      await settle(tool, draft, place);
      return { ...cached, from: "build" };
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
}

async function tryInstall(
  tool: GoTool,
  install: NonNullable<GoTool["install"]>,
  draft: string,
  place: string,
  log: Log,
): Promise<boolean> {
  log(`installing ${tool.name} ${tool.version} into ${place}`);
  try {
    await install(draft);
    await settle(tool, draft, place);
    return true;
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error)
      .trim()
      .split("\n");
    log(`${tool.name} ${tool.version} could not be installed (${reason}): going on`);
    return false;
  }
}

/** The pinned version of a module, read from the go.mod that also builds it: it stands nowhere else. */
export async function pinnedIn(folder: string, module: string): Promise<string> {
  const file = join(folder, "go.mod");
  const lines = (await readFile(file, "utf8")).split("\n").map((line) => line.trim().replace(/^require\s+/, ""));
  const version = versionIn(lines.find((line) => line.startsWith(`${module} v`))?.slice(module.length) ?? "");
  if (!version) throw new Error(`${file} does not require ${module}`);
  return version;
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
