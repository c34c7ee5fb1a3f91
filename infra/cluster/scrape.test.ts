import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { promtool } from "../../tools/toolchain/promtool";
import { clusterKind } from "./cluster.kind";
import { clusterSignals } from "./cluster.signals";
import { namespaceSignals } from "./namespace.signals";
import { nodesSignals } from "./nodes.signals";
import { clusterJobs, scrapeConfiguration, scrapeInterval } from "./scrape";

interface Relabel {
  readonly source_labels?: readonly string[];
  readonly target_label?: string;
  readonly replacement?: string;
  readonly regex?: string;
}
interface Job {
  readonly job_name: string;
  readonly relabel_configs: readonly Relabel[];
  readonly metric_relabel_configs?: readonly Relabel[];
}
const text = scrapeConfiguration({ cluster: "main", namespaces: ["shop", "logs"] });
const configuration: { global: Record<string, string>; scrape_configs: readonly Job[] } = parse(text);
const jobs = configuration.scrape_configs;

describe("the configuration of a cluster's collector", () => {
  it("is one that Prometheus takes", async function () {
    this.timeout(300_000);
    const { path } = await promtool();
    const folder = await mkdtemp(join(tmpdir(), "vigia-scrape-"));
    try {
      const file = join(folder, "scrape.yaml");
      await writeFile(file, text);
      // The token that it names is in AMP's collector, not here.
      const { stdout } = await promisify(execFile)(path, ["check", "config", "--syntax-only", file]);
      assert.match(stdout, /SUCCESS/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("is scraped as often as AMP allows, and as the proofs assume", () => {
    assert.ok(scrapeInterval >= 30);
    assert.deepEqual(configuration.global, { scrape_interval: "60s", scrape_timeout: "20s" });
  });

  it("labels every series with its cluster", () => {
    for (const { job_name, relabel_configs } of jobs)
      assert.deepEqual(relabel_configs.at(-1), { target_label: "cluster", replacement: "main" }, job_name);
  });

  it("labels the series of our services with namespace, pod and service", () => {
    const own = jobs.find(({ job_name }) => job_name === "pods");
    const labels = own?.relabel_configs.map(({ target_label }) => target_label) ?? [];
    assert.deepEqual(
      ["namespace", "pod", "node", "service"].filter((label) => !labels.includes(label)),
      [],
    );
  });

  it("has the jobs that the signal of missing exporters counts", () => {
    assert.deepEqual(
      jobs.map(({ job_name }) => job_name),
      [...clusterJobs, "pods"],
    );
    assert.equal(clusterKind.signals.length, Object.keys(clusterSignals).length);
  });

  it("keeps every metric that a rule or a board asks for", () => {
    const patterns = jobs.flatMap(({ metric_relabel_configs = [] }) =>
      metric_relabel_configs.map(({ regex = "" }) => regex),
    );
    const queries = Object.values({ ...clusterSignals, ...nodesSignals, ...namespaceSignals }).flatMap(({ source }) =>
      source.from === "prometheus" ? [source.query] : [],
    );
    const asked = new Set(queries.flatMap((query) => query.match(/\b(node|kube|kubelet|container)_\w+/g) ?? []));
    assert.ok(asked.size > 40);
    assert.deepEqual(
      [...asked].filter((metric) => !patterns.some((pattern) => new RegExp(`^(?:${pattern})$`).test(metric))),
      [],
    );
  });
});
