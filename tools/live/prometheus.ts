import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { prometheus } from "../toolchain/prometheus";
import { promtool } from "../toolchain/promtool";
import { freePort, start } from "./process";
import { cannotBeHad } from "./unavailable";

/** A Prometheus that runs on this machine, for as long as it is wanted. */
export interface LivePrometheus {
  readonly version: string;
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** How one is started. */
export interface LivePrometheusArgs {
  /** Its configuration, as YAML. */
  readonly configuration: string;
  /** Reads and writes elsewhere, and keeps nothing. @default false */
  readonly agent?: boolean;
  /** What it has in store from the start, in the text format of OpenMetrics with a time in each line. @default nothing */
  readonly samples?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The program, where it can be had. @throws Unavailable where not */
export const findPrometheus = (log: (line: string) => void): Promise<{ path: string; version: string }> =>
  prometheus({ log }).catch(cannotBeHad("Prometheus"));

/**
 * Starts a Prometheus on loopback with a folder of its own. One that keeps what it gets takes remote writes too. It ends with `stop`, and also when this process ends.
 * @throws Unavailable where it cannot be had on this machine
 */
export async function startPrometheus(
  log: (line: string) => void,
  { configuration, agent = false, samples, port: wanted, env = {} }: LivePrometheusArgs,
): Promise<LivePrometheus> {
  const { path, version } = await findPrometheus(log);
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  const port = wanted ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  await writeFile(join(folder, "prometheus.yaml"), configuration);
  const data = join(folder, "data");
  if (samples !== undefined) await store(samples, folder, data, log);
  const mode = agent
    ? ["--agent", `--storage.agent.path=${data}`]
    : [`--storage.tsdb.path=${data}`, "--web.enable-remote-write-receiver"];
  const args = [`--config.file=${join(folder, "prometheus.yaml")}`, `--web.listen-address=127.0.0.1:${port}`, ...mode];
  const stop = await start("Prometheus", [path, ...args], { folder, ready: `${url}/-/ready`, env });
  return { version, url, stop };
}

/** Writes samples as blocks of Prometheus' own store. */
async function store(samples: string, folder: string, data: string, log: (line: string) => void): Promise<void> {
  const { path } = await promtool({ log });
  const file = join(folder, "samples");
  await writeFile(file, samples);
  await promisify(execFile)(path, ["tsdb", "create-blocks-from", "openmetrics", file, data], {
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** What a Prometheus answers to a query now: the value and the labels of each series. */
export async function queried(
  { url }: LivePrometheus,
  query: string,
): Promise<readonly { readonly metric: Readonly<Record<string, string>>; readonly value: number }[]> {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data, error } = (await answer.json()) as {
    readonly data?: { readonly result: readonly { metric: Record<string, string>; value: [number, string] }[] };
    readonly error?: string;
  };
  if (!data) throw new Error(`${query}: ${error}`);
  return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
}

/** What a Prometheus answers to a panel: each series with its values by time, in seconds. */
export async function queriedOver(
  { url }: LivePrometheus,
  query: string,
  over: { readonly start: number; readonly end: number; readonly step: number },
): Promise<
  readonly {
    readonly metric: Readonly<Record<string, string>>;
    readonly values: readonly (readonly [time: number, value: number])[];
  }[]
> {
  const asked = { query, start: String(over.start), end: String(over.end), step: String(over.step) };
  const answer = await fetch(`${url}/api/v1/query_range`, { method: "POST", body: new URLSearchParams(asked) });
  const { data, error } = (await answer.json()) as {
    readonly data?: { readonly result: readonly { metric: Record<string, string>; values: [number, string][] }[] };
    readonly error?: string;
  };
  if (!data) throw new Error(`${query}: ${error}`);
  return data.result.map(({ metric, values }) => ({
    metric,
    values: values.map(([time, value]) => [time, Number(value)] as const),
  }));
}
