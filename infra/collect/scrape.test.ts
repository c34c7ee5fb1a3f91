import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { prometheusTool } from "../../tools/toolchain/prometheus";
import { promtool, promtoolTool } from "../../tools/toolchain/promtool";
import { databaseSignals } from "../database/database.signals";
import { kafkaSignals } from "../kafka/kafka.signals";
import { collectorSignals } from "./collector.signals";
import { defaultImages, pinnedImage } from "./images";
import { kafkaConfiguration } from "./kafka.scrape";
import { probeModules } from "./probes";
import { type AgentSettings, agentConfiguration, replicaVariable } from "./scrape";
import { names, type Recorded } from "./series.testing";

const run = promisify(execFile);

const settings: AgentSettings = {
  collector: "agents",
  agents: ["agents-0.agents.monitoring.svc:9090", "agents-1.agents.monitoring.svc:9090"],
  remote: { url: "https://aps.example.com/api/v1/remote_write", region: "eu-central-1" },
  brokers: { broker: { targets: ["b-1:16001"], passwordFile: "/run/secrets/brokers/broker" } },
  databases: { shop: "agents-shop.monitoring.svc:9187", crm: "agents-crm.monitoring.svc:9187" },
  probes: { gateway: { url: "https://api.example.com/" } },
  prober: "127.0.0.1:9115",
  pods: { loki: { service: "loki.logs.svc", port: 3_100, keep: "loki_.+", labels: { logs: "logs" } } },
};
const configured = (given: Partial<AgentSettings> = {}) => parse(agentConfiguration({ ...settings, ...given }));

describe("the configuration of the agents", () => {
  it("names both of the pair for AMP: alike by cluster, apart by replica, whatever a series brings", () => {
    const { global, remote_write } = configured();
    assert.deepEqual(global.external_labels, { cluster: "agents", __replica__: `\${${replicaVariable}}` });
    assert.deepEqual(remote_write[0].write_relabel_configs, [{ target_label: "cluster", replacement: "agents" }]);
    assert.deepEqual(remote_write[0].sigv4, { region: "eu-central-1" });
  });

  it("reads both agents more often than AMP waits for one of them", () => {
    const [agents] = configured().scrape_configs;
    assert.equal(agents.job_name, "collector");
    assert.deepEqual(agents.static_configs, [{ targets: settings.agents }]);
    assert.ok(Number.parseInt(agents.scrape_interval, 10) < 30);
  });

  it("gives every job its collector, a limit of samples, and owners the label that their rules select", () => {
    const jobs = configured().scrape_configs;
    assert.deepEqual(
      jobs.map((job: { job_name: string }) => job.job_name),
      ["collector", "broker-nodes", "broker-queues", "postgres-exporter", "probe", "loki"],
    );
    for (const job of jobs) {
      assert.deepEqual(job.relabel_configs.at(-1), { target_label: "collector", replacement: "agents" }, job.job_name);
      assert.ok(job.sample_limit > 0, job.job_name);
      assert.notEqual(job.honor_labels, true, job.job_name);
    }
    const [, nodes, queues, databases, probes, loki] = jobs;
    for (const job of [nodes, queues]) {
      assert.deepEqual(job.static_configs, [{ targets: ["b-1:16001"], labels: { broker: "broker" } }]);
      assert.deepEqual(job.basic_auth, { username: "monitoring", password_file: "/run/secrets/brokers/broker" });
      assert.equal(job.scheme, "https");
    }
    assert.deepEqual(databases.static_configs, [
      { targets: ["agents-shop.monitoring.svc:9187"], labels: { database: "shop" } },
      { targets: ["agents-crm.monitoring.svc:9187"], labels: { database: "crm" } },
    ]);
    assert.deepEqual(probes.static_configs, [{ targets: ["https://api.example.com/"], labels: { probe: "gateway" } }]);
    assert.deepEqual(loki.relabel_configs[0], { target_label: "logs", replacement: "logs" });
  });

  it("has no job without a target", () => {
    const jobs = configured({ brokers: {}, databases: {}, probes: {}, pods: {} }).scrape_configs;
    assert.deepEqual(
      jobs.map((job: { job_name: string }) => job.job_name),
      ["collector"],
    );
  });

  it("probes over TLS only, with a module for each address", () => {
    const { modules } = parse(probeModules({ gateway: {}, grafana: { status: [302] } }));
    assert.deepEqual(Object.keys(modules), ["gateway", "grafana"]);
    assert.deepEqual(modules.gateway.http.valid_status_codes, [200]);
    assert.deepEqual(modules.grafana.http.valid_status_codes, [302]);
    assert.equal(modules.gateway.http.fail_if_not_ssl, true);
  });

  it("finds all brokers of Kafka by name, and marks them", () => {
    const { scrape_configs } = parse(kafkaConfiguration("events", ["b-1.events", "b-2.events"]));
    for (const [index, port] of [11_001, 11_002].entries()) {
      const { dns_sd_configs, relabel_configs } = scrape_configs[index];
      assert.deepEqual(dns_sd_configs, [{ names: ["b-1.events", "b-2.events"], type: "A", port }]);
      assert.deepEqual(relabel_configs, [
        { source_labels: ["__meta_dns_name"], target_label: "instance" },
        { target_label: "kafka", replacement: "events" },
      ]);
    }
  });

  it("runs in the version whose promtool checks it", async () => {
    assert.equal(defaultImages.prometheus.split(":v")[1], (await promtoolTool()).version);
    assert.equal((await prometheusTool()).version, (await promtoolTool()).version);
    for (const image of Object.values(defaultImages)) assert.match(image, pinnedImage);
    for (const loose of ["prometheus", "quay.io/prometheus/prometheus", "quay.io/prometheus/prometheus:latest"])
      assert.doesNotMatch(loose, pinnedImage);
  });
});

interface Found {
  readonly dns_sd_configs?: readonly { readonly names: readonly string[]; readonly port: number }[];
}

/** The same configuration with its targets found: the promtool of the tests is built without any discovery, which is most of its code. */
function discovered(text: string): string {
  const configuration: { readonly scrape_configs: readonly Found[] } = parse(text);
  const jobs = configuration.scrape_configs.map(({ dns_sd_configs: found, ...job }) => ({
    ...job,
    ...(found && {
      static_configs: found.map(({ names, port }) => ({ targets: names.map((name) => `${name}:${port}`) })),
    }),
  }));
  return stringify({ ...configuration, scrape_configs: jobs });
}

describe("promtool", function () {
  this.timeout(900_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigia-test-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const refusal = async (text: string, agent: readonly string[] = []): Promise<string> => {
    const { path } = await promtool({ log: () => undefined });
    const file = join(folder, "prometheus.yaml");
    await writeFile(file, discovered(text));
    try {
      await run(path, ["check", "config", "--syntax-only", ...agent, file]);
      return "";
    } catch (error) {
      return error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    }
  };

  it("takes the configuration of the agents, with all and with nothing to read", async () => {
    const none = { brokers: {}, databases: {}, probes: {}, pods: {} };
    assert.equal(await refusal(agentConfiguration(settings), ["--agent"]), "");
    assert.equal(await refusal(agentConfiguration({ ...settings, ...none }), ["--agent"]), "");
    // It is looked at as one of an agent: rules are not for it.
    assert.match(await refusal(`${agentConfiguration(settings)}rule_files: [a.yaml]\n`, ["--agent"]), /agent mode/);
  });

  it("takes the configuration of Kafka's collector", async () => {
    assert.equal(await refusal(kafkaConfiguration("events", ["b-1.events", "b-2.events"])), "");
    assert.match(await refusal(kafkaConfiguration("events", ["b-1"]).replace("keep", "kept")), /kept/);
  });
});

describe("what the agents keep", () => {
  const kept = (text: string, job: string): RegExp => {
    const jobs: readonly { job_name: string; metric_relabel_configs?: readonly { regex: string }[] }[] =
      parse(text).scrape_configs;
    const pattern = jobs.find(({ job_name }) => job_name === job)?.metric_relabel_configs?.[0]?.regex ?? ".*";
    return new RegExp(`^(?:${pattern})$`);
  };
  /** Prometheus makes these of every scrape, and drops none of them. */
  const ofScrapes = /^(up|scrape_.+)$/;

  for (const [what, table, pattern] of [
    ["databases", databaseSignals, kept(agentConfiguration(settings), "postgres-exporter")],
    ["Kafka", kafkaSignals, kept(kafkaConfiguration("events", ["b-1"]), "msk-jmx")],
    ["the agents", collectorSignals, kept(agentConfiguration(settings), "collector")],
  ] as const) {
    it(`is all that rules of ${what} read`, () => {
      const read = names(Object.values<Recorded>(table)).filter(
        (metric) => !/^probe_/.test(metric) && !ofScrapes.test(metric),
      );
      assert.ok(read.length > 0);
      assert.deepEqual(
        read.filter((metric) => !pattern.test(metric)),
        [],
      );
    });
  }
});
