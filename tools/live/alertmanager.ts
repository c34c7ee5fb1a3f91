import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alertmanager } from "../toolchain/alertmanager";
import { freePort, start } from "./process";
import { cannotBeHad } from "./unavailable";

type Log = (line: string) => void;

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
  const found = await alertmanager({ log }).catch(cannotBeHad("Alertmanager"));
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
    { folder, ready: `${url}/-/ready`, env: { AWS_EC2_METADATA_DISABLED: "true" } },
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
    stop,
  };
}
