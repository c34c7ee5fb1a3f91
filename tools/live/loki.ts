import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loki } from "../toolchain/loki";
import { start } from "./process";
import { cannotBeHad, lastWordsOf } from "./unavailable";

const run = promisify(execFile);

/** Folders of a Loki on this machine. */
export interface LokiFolders {
  readonly data: string;
  readonly rules: string;
}

/** A Loki that runs on this machine, for as long as it is wanted. */
export interface LiveLoki {
  readonly version: string;
  stop(): Promise<void>;
}

/** The program, where it can be had. @throws Unavailable where not */
export const findLoki = (log: (line: string) => void): Promise<{ path: string; version: string }> =>
  loki({ log }).catch(cannotBeHad("Loki"));

/** What Loki has against a configuration; nothing where it would start with it. */
export async function refusedByLoki(path: string, configuration: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  try {
    const file = join(folder, "loki.yaml");
    await writeFile(file, configuration);
    await run(path, [`-config.file=${file}`, "-verify-config"]);
    return undefined;
  } catch (error) {
    return lastWordsOf(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts a Loki on loopback with folders of its own. It ends with `stop`, and also when this process ends. @throws Unavailable where it cannot be had */
export async function startLoki(
  log: (line: string) => void,
  args: {
    /** Where it answers. */
    readonly url: string;
    readonly tenant: string;
    /** The rules of the tenant, as YAML. */
    readonly rules: string;
    readonly configuration: (folders: LokiFolders) => string;
  },
): Promise<LiveLoki> {
  const { path, version } = await findLoki(log);
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  const folders = { data: join(folder, "data"), rules: join(folder, "rules") };
  await mkdir(join(folders.rules, args.tenant), { recursive: true });
  await writeFile(join(folders.rules, args.tenant, "rules.yaml"), args.rules);
  await writeFile(join(folder, "loki.yaml"), args.configuration(folders));
  const stop = await start("Loki", [path, `-config.file=${join(folder, "loki.yaml")}`], {
    folder,
    ready: `${args.url}/ready`,
    patience: 120_000,
  });
  return { version, stop };
}
