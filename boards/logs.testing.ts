/** A real Loki, configured as that of a stack, with a few lines of two services, for tests. */
import assert from "node:assert/strict";
import { deskOf } from "../infra/logs/desk.testing";
import { lokiConfiguration, tenant } from "../infra/logs/loki.config";
import { startLoki } from "../tools/live/loki";
import { freePort } from "../tools/live/process";

/** A stream or a series that Loki found. */
export interface Found {
  readonly stream?: Readonly<Record<string, string>>;
  readonly metric?: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [nanoseconds: string, text: string])[];
}

export interface Logs {
  /** What it finds of the last ten minutes. */
  ask(query: string): Promise<readonly Found[]>;
  stop(): Promise<void>;
}

/** Service, line, and what the shipper keeps beside it: ids of JSON lines. */
export const lines = [
  ["shop", '{"level":"error","request_id":"r-1","msg":"no stock"}', { request_id: "r-1" }],
  ["shop", '{"level":"info","request_id":"r-2","msg":"sold"}', { request_id: "r-2" }],
  ["production-planning-and-scheduling", "INFO request_id=r-1 planned", {}],
] as const;

const headers = { "content-type": "application/json", "x-scope-orgid": tenant };

/** Starts it and gives it the lines. @throws Unavailable where it cannot be had */
export async function startLogs(log: (line: string) => void): Promise<Logs> {
  const [http, grpc] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${http}`;
  const loki = await startLoki(log, {
    url,
    tenant,
    rules: "groups: []\n",
    configuration: ({ data, rules }) =>
      lokiConfiguration({
        storage: { folder: `${data}/chunks` },
        copies: 1,
        members: [],
        retentionHours: 720,
        rate: 4,
        remote: { url: "http://127.0.0.1:1/api/v1/write" },
        folders: { data, rules },
        desk: deskOf({ data, rules, http, grpc }),
      }),
  });
  const now = BigInt(Date.now()) * 1_000_000n;
  const streams = lines.map(([service, line, structured], index) => ({
    stream: { cluster: "main", namespace: "platform", service, container: service },
    values: [[String(now + BigInt(index)), line, structured]],
  }));
  const pushed = await fetch(`${url}/loki/api/v1/push`, { method: "POST", headers, body: JSON.stringify({ streams }) });
  assert.equal(pushed.status, 204);
  return {
    async ask(asked) {
      const time = Date.now();
      const query = new URLSearchParams({
        query: asked,
        start: `${time - 600_000}000000`,
        end: `${time + 60_000}000000`,
        step: "15",
      });
      const answer = await fetch(`${url}/loki/api/v1/query_range?${query}`, { headers });
      assert.equal(answer.status, 200, `${asked}: ${await answer.clone().text()}`);
      const { data } = (await answer.json()) as { readonly data: { readonly result: readonly Found[] } };
      return data.result;
    },
    stop: loki.stop,
  };
}
