import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { loki } from "../toolchain/loki";
import { lastWords, Unavailable } from "./rabbitmq";

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
export async function findLoki(log: (line: string) => void): Promise<{ path: string; version: string }> {
  try {
    return await loki({ log });
  } catch (error) {
    throw new Unavailable(`Loki cannot be had: ${lastWords(error instanceof Error ? error.message : String(error))}`);
  }
}

/** What Loki has against a configuration; nothing where it would start with it. */
export async function refusedByLoki(path: string, configuration: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  try {
    const file = join(folder, "loki.yaml");
    await writeFile(file, configuration);
    await run(path, [`-config.file=${file}`, "-verify-config"]);
    return undefined;
  } catch (error) {
    return lastWords(error instanceof Error ? error.message : String(error));
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
  const output = join(folder, "output");
  const file = await open(output, "a");
  const child = spawn("setpriv", ["--pdeathsig", "KILL", path, `-config.file=${join(folder, "loki.yaml")}`], {
    stdio: ["ignore", file.fd, file.fd],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    await file.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const end = Date.now() + 120_000;
  const ready = () =>
    fetch(`${args.url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await ready())) {
    if (child.exitCode !== null || Date.now() > end) {
      const said = lastWords(await readFile(output, "utf8"));
      await stop();
      throw new Error(`Loki did not start: ${said}`);
    }
    await wait(250);
  }
  return { version, stop };
}
