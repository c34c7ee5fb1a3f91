import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { findLoki, type LiveLoki, refusedByLoki, startLoki } from "../../tools/live/loki";
import { freePort } from "../../tools/live/process";
import { findPrometheus, type LivePrometheus, queried, startPrometheus } from "../../tools/live/prometheus";
import { orSkipped } from "../../tools/live/unavailable";
import { deskOf } from "./desk.testing";
import { logsSignals } from "./logs.signals";
import { scrapedPods } from "./logs.watch";
import { type LokiSettings, lokiConfiguration, tenant } from "./loki.config";
import { recorded, recordingRules } from "./loki.rules";

const common = { retentionHours: 720, rate: 4 } as const;

/** Metrics that a Loki has only once something went wrong, or in a ring of several. */
const onlyAfterFailure = ["loki_discarded_samples_total", "loki_ingester_chunks_flush_failures_total"];

describe("a real Loki, with a real Prometheus in the place of AMP", function () {
  this.timeout(300_000);
  let program: string;
  let url: string;
  let loki: LiveLoki;
  let receiver: LivePrometheus;

  const push = (labels: Readonly<Record<string, string>>, lines: readonly string[], structured: object = {}) => {
    const now = Date.now();
    const values = lines.map((line, index) => [`${now}${String(index).padStart(6, "0")}`, line, structured]);
    return fetch(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-scope-orgid": tenant },
      body: JSON.stringify({ streams: [{ stream: labels, values }] }),
    });
  };

  before(async function () {
    await orSkipped(this, async () => {
      await findPrometheus(console.log);
      program = (await findLoki(console.log)).path;
    });
    receiver = await startPrometheus(console.log, { configuration: "{}" });
    const [http, grpc] = [await freePort(), await freePort()];
    url = `http://127.0.0.1:${http}`;
    loki = await startLoki(console.log, {
      url,
      tenant,
      rules: recordingRules("logs", "logs-gateway", "1s"),
      configuration: ({ data, rules }) =>
        lokiConfiguration({
          ...common,
          storage: { folder: `${data}/chunks` },
          copies: 1,
          members: [],
          remote: { url: `${receiver.url}/api/v1/write` },
          folders: { data, rules },
          desk: deskOf({ data, rules, http, grpc }),
        }),
    });
    console.log(`Loki ${loki.version}, Prometheus ${receiver.version}`);
  });

  after(async () => {
    await loki?.stop();
    await receiver?.stop();
  });

  async function until(query: string, right: (values: readonly number[]) => boolean): Promise<void> {
    const end = Date.now() + 60_000;
    for (;;) {
      const values = (await queried(receiver, query)).map(({ value }) => value);
      if (right(values)) return;
      if (Date.now() > end) assert.fail(`${query}: ${JSON.stringify(values)}`);
      await wait(500);
    }
  }

  it("takes the configuration of the pods, to the last word", async () => {
    const pods: LokiSettings = {
      ...common,
      storage: { s3: { bucket: "chunks", region: "eu-central-1" } },
      copies: 3,
      members: ["dns+logs-loki-members.logs.svc.cluster.local:7946"],
      remote: { url: "https://aps/workspaces/ws-1/api/v1/remote_write", region: "eu-central-1" },
    };
    assert.equal(await refusedByLoki(program, lokiConfiguration(pods)), undefined);
    const wrong = lokiConfiguration({ ...pods, desk: { limits_config: { retention_perod: "720h" } } });
    assert.match((await refusedByLoki(program, wrong)) ?? "", /retention_perod/);
  });

  it("makes of lines what alerts read, by service, and writes it", async () => {
    const errors = Array.from({ length: 120 }, () => "it failed");
    const labels = { cluster: "main", namespace: "shop", service: "api", container: "api" };
    assert.equal((await push(labels, errors, { level: "ERROR", trace_id: "t-1" })).status, 204);
    assert.equal((await push(labels, ["all is well"], { level: "info", trace_id: "t-2" })).status, 204);
    const refused = ['{"status":"401","path":"/loki/api/v1/query"}', '{"status":"200","path":"/loki/api/v1/query"}'];
    assert.equal((await push({ ...labels, namespace: "logs", service: "logs-gateway" }, refused)).status, 204);
    const of = (metric: string, workload: string) => `{__name__="${metric}", logs="logs", workload="${workload}"}`;
    await until(`max_over_time(${of(recorded.errors, "api")}[1m])`, (values) => values.length === 1 && values[0] === 2);
    await until(`max_over_time(${of(recorded.lines, "api")}[1m])`, (values) => (values[0] ?? 0) > 2);
    await until(`max_over_time(${of(recorded.bytes, "api")}[1m])`, (values) => (values[0] ?? 0) > 18);
    await until(`max_over_time(${of(recorded.refused, "logs-gateway")}[1m])`, (values) => values[0] === 1 / 60);
    // Owner and namespace are told; traces are not.
    const [series] = await queried(receiver, of(recorded.errors, "api"));
    assert.deepEqual(Object.keys(series?.metric ?? {}).sort(), ["__name__", "logs", "namespace", "workload"]);
  });

  it("lets nobody in without a tenant", async () => {
    assert.equal((await fetch(`${url}/loki/api/v1/labels`)).status, 401);
  });

  it("finds a line by its trace", async () => {
    const query = encodeURIComponent('{service="api"} | trace_id="t-2"');
    const answer = await fetch(`${url}/loki/api/v1/query_range?query=${query}`, {
      headers: { "x-scope-orgid": tenant },
    });
    assert.match(await answer.text(), /all is well/);
  });

  it("shows every metric that its rules read, and the collector keeps", async () => {
    await wait(3_000);
    const shown = await (await fetch(`${url}/metrics`)).text();
    const { loki: pods } = scrapedPods("logs", { namespace: "logs", shippers: "shippers" });
    const keep = new RegExp(`^(?:${pods.keep})$`);
    const read = Object.values(logsSignals)
      .filter(({ role }) => role === "loki")
      .flatMap(({ source }) => source.query.match(/\bloki_[a-z_]+(?=\{)/g) ?? []);
    const missing = read.filter((metric) => !new RegExp(`^${metric}[{ ]`, "m").test(shown));
    assert.deepEqual(
      missing.filter((metric) => !onlyAfterFailure.includes(metric)),
      [],
    );
    assert.deepEqual(
      read.filter((metric) => !keep.test(metric)),
      [],
    );
  });
});
