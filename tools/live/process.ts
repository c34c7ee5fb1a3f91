import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { lastWords } from "./unavailable";

/** A port on loopback that nobody listens on. */
export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });

/** What this machine has set for the real AWS (credentials, a bundle of certificates) is not for an emulator. */
const withoutAws = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));

/** How a program is started. */
export interface ProcessArgs {
  /** Folder of its own, in which it runs. It goes with the program. */
  readonly folder: string;
  /** Address that answers well once it may be used. */
  readonly ready: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it must be ready. @default 30000 */
  readonly patience?: number;
}

/** A program on loopback. It ends with what is answered, and also when this process ends. */
export async function start(
  what: string,
  command: readonly [string, ...string[]],
  { folder, ready, headers = {}, env = {}, patience = 30_000 }: ProcessArgs,
): Promise<() => Promise<void>> {
  const output = join(folder, "output");
  const file = await open(output, "a");
  const child: ChildProcess = spawn("setpriv", ["--pdeathsig", "KILL", ...command], {
    cwd: folder,
    stdio: ["ignore", file.fd, file.fd],
    env: { ...withoutAws, ...env },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    await file.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const end = Date.now() + patience;
  const isReady = () =>
    fetch(ready, { headers }).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null || Date.now() > end) {
      const said = lastWords(await readFile(output, "utf8"));
      await stop();
      throw new Error(`${what} did not start: ${said}`);
    }
    await wait(100);
  }
  return stop;
}
