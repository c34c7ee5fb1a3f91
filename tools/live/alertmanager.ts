import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { alertmanager } from "../toolchain/alertmanager";
import { freePort, lastWords, Unavailable } from "./rabbitmq";

type Log = (line: string) => void;

const patience = 30_000;

/** What this machine has set for the real AWS (credentials, a bundle of certificates) is not for an emulator. */
const withoutAws = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));

/** A program on loopback. It ends with `stop`, and also when this process ends. */
export async function start(
  what: string,
  command: readonly [string, ...string[]],
  {
    ready,
    headers = {},
    env = {},
  }: {
    /** Address that answers well once it may be used. */
    readonly ready: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
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

/** An alert as a person or a rule posts it. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** It ended. @default it fires */
  readonly ended?: boolean;
}

/** What an Alertmanager knows of an alert. */
export interface KnownAlert {
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: {
    readonly state: string;
    /** Fingerprints. */
    readonly inhibitedBy: readonly string[];
    readonly mutedBy?: readonly string[];
  };
}

/** An Alertmanager that runs on this machine, for as long as it is wanted. */
export interface LiveAlertmanager {
  readonly version: string;
  post(...alerts: readonly PostedAlert[]): Promise<void>;
  alerts(): Promise<readonly KnownAlert[]>;
  stop(): Promise<void>;
}

/**
 * Starts Alertmanager on loopback.
 * @param files by name: `alertmanager.yml` and its templates
 * @throws Unavailable where it cannot be had on this machine
 */
export async function startAlertmanager(log: Log, files: Readonly<Record<string, string>>): Promise<LiveAlertmanager> {
  const found = await alertmanager({ log }).catch((error: unknown) => {
    throw new Unavailable(`Alertmanager cannot be had: ${lastWords(String(error))}`);
  });
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const url = `http://127.0.0.1:${await freePort()}`;
  const stop = await start(
    "Alertmanager",
    [
      found.path,
      `--config.file=${join(folder, "alertmanager.yml")}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=${new URL(url).host}`,
      "--cluster.listen-address=",
    ],
    { ready: `${url}/-/ready`, env: { AWS_EC2_METADATA_DISABLED: "true" } },
  );
  return {
    version: found.version,
    async post(...alerts) {
      const now = Date.now();
      const body = alerts.map(({ labels, annotations = {}, ended = false }) => ({
        labels,
        annotations,
        endsAt: new Date(ended ? now : now + 3_600_000).toISOString(),
      }));
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${url}/api/v2/alerts`, { method: "POST", headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`Alertmanager refused the alerts: ${await answer.text()}`);
    },
    async alerts() {
      return (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly KnownAlert[];
    },
    async stop() {
      await stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
