import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { cortex } from "../toolchain/cortex";
import type { KnownAlert } from "./alertmanager";
import { type Sample, writeRequest } from "./cortex.write";
import { freePort, start } from "./process";
import { cannotBeHad } from "./unavailable";

/** Whose data it is: every request says so, as AMP's URL says the workspace. */
const tenant = { "X-Scope-OrgID": "vigia" } as const;

/** What was said to a document: nothing against it, or why not. */
export type Answer =
  | { readonly taken: true }
  | { readonly taken: false; readonly status: number; readonly why: string };

/** A group of rules as it was evaluated. */
export interface KnownGroup {
  readonly name: string;
  readonly file: string;
  readonly rules: readonly {
    readonly name: string;
    readonly health: string;
    readonly lastError?: string;
    readonly state?: string;
  }[];
}

/** Cortex on this machine, with ruler and alert manager, for as long as it is wanted. */
export interface LiveCortex {
  readonly version: string;
  /** Gives it the alert manager's definition, in the form of AMP. */
  define(definition: string): Promise<Answer>;
  /** Gives it one group of rules. AMP takes a namespace with all its groups at once. */
  setGroup(namespace: string, group: unknown): Promise<Answer>;
  deleteNamespace(namespace: string): Promise<void>;
  /** Samples by remote write, oldest first for each series. */
  write(samples: readonly Sample[]): Promise<void>;
  groups(): Promise<readonly KnownGroup[]>;
  /** What its alert manager knows. */
  alerts(): Promise<readonly KnownAlert[]>;
  stop(): Promise<void>;
}

/**
 * All of it in one process, with its files in a folder. Limits are AMP's, where Cortex has the same ("Amazon Managed Service for Prometheus service quotas",
 * AMP User Guide, 2026-11); the delay of evaluations, a minute there, is nothing here.
 */
function configuration(folder: string, http: number, grpc: number): string {
  const ring = { kvstore: { store: "inmemory" }, instance_addr: "127.0.0.1" };
  const files = (name: string) => ({ backend: "filesystem", filesystem: { dir: join(folder, name) } });
  return stringify({
    target: "all,alertmanager",
    auth_enabled: true,
    server: {
      http_listen_address: "127.0.0.1",
      http_listen_port: http,
      grpc_listen_address: "127.0.0.1",
      grpc_listen_port: grpc,
      log_level: "warn",
    },
    distributor: { ring, shard_by_all_labels: true },
    ingester: {
      lifecycler: {
        address: "127.0.0.1",
        join_after: "0s",
        min_ready_duration: "0s",
        final_sleep: "0s",
        num_tokens: 16,
        ring: { kvstore: ring.kvstore, replication_factor: 1 },
      },
    },
    compactor: { data_dir: join(folder, "compactor"), sharding_ring: ring },
    store_gateway: { sharding_ring: ring },
    blocks_storage: {
      ...files("blocks"),
      tsdb: { dir: join(folder, "tsdb") },
      bucket_store: { sync_dir: join(folder, "sync") },
    },
    querier: { query_ingesters_within: "2h" },
    frontend_worker: { match_max_concurrent: true },
    ruler: {
      enable_api: true,
      poll_interval: "1s",
      rule_path: join(folder, "rules-read"),
      alertmanager_url: `http://127.0.0.1:${http}/alertmanager`,
      resend_delay: "1s",
      ring,
    },
    ruler_storage: files("rules"),
    alertmanager: {
      enable_api: true,
      data_dir: join(folder, "alertmanager"),
      external_url: `http://127.0.0.1:${http}/alertmanager`,
      poll_interval: "1s",
      cluster: { listen_address: "" },
    },
    alertmanager_storage: files("alerts"),
    limits: {
      max_label_names_per_series: 150,
      max_labels_size_bytes: 7 * 1024,
      max_query_length: `${95 * 24}h`,
      // Rules of a workspace; here groups, for a group has at least one.
      ruler_max_rule_groups_per_tenant: 2_000,
      alertmanager_max_config_size_bytes: 1_000_000,
      alertmanager_max_templates_count: 100,
      alertmanager_max_dispatcher_aggregation_groups: 1_000,
      alertmanager_max_alerts_count: 1_000,
      alertmanager_max_alerts_size_bytes: 20_000_000,
    },
  });
}

async function answer(response: Response): Promise<Answer> {
  const { ok, status } = response;
  return ok ? { taken: true } : { taken: false, status, why: (await response.text()).trim() };
}

/**
 * Starts Cortex on loopback with a folder of its own. It ends with `stop`, and also when this process ends.
 * @throws Unavailable where it cannot be had on this machine
 */
export async function startCortex(log: (line: string) => void): Promise<LiveCortex> {
  const found = await cortex({ log }).catch(cannotBeHad("Cortex"));
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  // It makes neither itself.
  for (const name of ["rules-read", join("alerts", "alerts")]) await mkdir(join(folder, name), { recursive: true });
  const http = await freePort();
  const file = join(folder, "cortex.yaml");
  await writeFile(file, configuration(folder, http, await freePort()));
  const url = `http://127.0.0.1:${http}`;
  const stop = await start("Cortex", [found.path, `-config.file=${file}`], {
    folder,
    ready: `${url}/ready`,
    headers: tenant,
  });
  const post = async (path: string, text: string) =>
    answer(
      await fetch(`${url}${path}`, {
        method: "POST",
        headers: { ...tenant, "content-type": "application/yaml" },
        body: text,
      }),
    );
  const read = async (path: string): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, { headers: tenant });
    if (!response.ok) throw new Error(`Cortex, ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return {
    version: found.version,
    define: (definition) => post("/api/v1/alerts", definition),
    setGroup: (namespace, group) =>
      post(
        `/api/v1/rules/${encodeURIComponent(namespace)}`,
        stringify(group, { lineWidth: 0, aliasDuplicateObjects: false }),
      ),
    async deleteNamespace(namespace) {
      const path = `${url}/api/v1/rules/${encodeURIComponent(namespace)}`;
      const response = await fetch(path, { method: "DELETE", headers: tenant });
      if (!response.ok) throw new Error(`Cortex did not delete ${namespace}: ${await response.text()}`);
    },
    async write(samples) {
      const said = await answer(
        await fetch(`${url}/api/v1/push`, {
          method: "POST",
          headers: {
            ...tenant,
            "content-type": "application/x-protobuf",
            "content-encoding": "snappy",
            "x-prometheus-remote-write-version": "0.1.0",
          },
          body: writeRequest(samples),
        }),
      );
      if (!said.taken) throw new Error(`Cortex refused the samples: ${said.why}`);
    },
    async groups() {
      const { data } = (await read("/prometheus/api/v1/rules")) as { data: { groups: readonly KnownGroup[] } };
      return data.groups;
    },
    async alerts() {
      return (await read("/alertmanager/api/v2/alerts")) as readonly KnownAlert[];
    },
    stop,
  };
}
