import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type ChannelModel, connect } from "amqplib";
import { stringify } from "yaml";
import { freePort } from "../../tools/live/process";
import { findPrometheus, type LivePrometheus, queried, startPrometheus } from "../../tools/live/prometheus";
import { type LiveBroker, startRabbitMq } from "../../tools/live/rabbitmq";
import { orSkipped } from "../../tools/live/unavailable";
import { brokerSignals } from "../broker/broker.signals";
import { readBrokerSecret } from "../broker/credentials";
import { importTopology } from "../broker/operations/import";
import { Management } from "../broker/operations/management";
import { newPassword } from "../broker/operations/secrets";
import { ids, MemorySecrets, small } from "../broker/operations/testing";
import { definitionsOf } from "../broker/topology";
import { databaseSignals } from "../database/database.signals";
import { collectorSignals } from "./collector.signals";
import { agentConfiguration, replicaVariable } from "./scrape";
import { exposed, names, pacedForLoopback, type Recorded, selectorsOf } from "./series.testing";

const quiet = () => {};

/**
 * What no single node of RabbitMQ 4.0 on loopback has: links to other nodes. Whether those series carry the label can only be seen on a cluster.
 */
const onlyInCluster = ["erlang_vm_dist_node_state"];

describe("the agents on a real RabbitMQ, with a real Prometheus in the place of AMP", function () {
  this.timeout(600_000);
  let broker: LiveBroker;
  let receiver: LivePrometheus;
  let client: ChannelModel | undefined;
  let exporter: Server | undefined;
  let folder: string;
  let passwordFile: string;
  let password: string;
  const agents: LivePrometheus[] = [];

  /** A topology as the operations make it, with a message that was taken, one that waits and one that is dead. */
  async function fill(): Promise<void> {
    const secrets = new MemorySecrets();
    secrets.put(ids.admin, broker.admin);
    secrets.put(ids.application, { username: "app-a", password: newPassword() });
    password = newPassword();
    secrets.put(ids.monitoring, { username: "monitoring", password });
    const management = new Management(broker.consoleUrl);
    await importTopology({ management, secrets, ids, declared: definitionsOf(small), log: quiet });
    const login = readBrokerSecret((await secrets.read(ids.application, "AWSCURRENT")) ?? "");
    client = await connect(`amqp://${login.username}:${encodeURIComponent(login.password)}@${broker.amqp}/shop`);
    client.on("error", quiet);
    const channel = await client.createConfirmChannel();
    for (const fate of ["taken", "dead", "waits"]) {
      channel.publish("orders", "order.placed", Buffer.from(fate), { persistent: true });
      await channel.waitForConfirms();
    }
    let seen = 0;
    await channel.consume("orders", (message) => {
      if (!message) return;
      seen++;
      if (message.content.toString() === "taken") channel.ack(message);
      if (message.content.toString() === "dead") channel.reject(message, false);
    });
    while (seen < 3) await wait(50);
  }

  /** What postgres_exporter would answer: the series of the rules' proofs, without the labels that a scrape brings. */
  async function serveExporter(): Promise<number> {
    const text = exposed(Object.values<Recorded>(databaseSignals), ["database", "instance", "job"]);
    const served = createServer((_, response) => {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(text);
    });
    exporter = served;
    await new Promise<void>((resolve) => served.listen(0, "127.0.0.1", resolve));
    const address = served.address();
    return typeof address === "object" && address ? address.port : 0;
  }

  before(async function () {
    await orSkipped(this, async () => {
      await findPrometheus(console.log);
      broker = await startRabbitMq(console.log);
    });
    folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
    passwordFile = join(folder, "broker");
    await fill();
    await writeFile(passwordFile, password);
    receiver = await startPrometheus(console.log, {
      // Two replicas write the same at odds in time; AMP would drop one of them.
      configuration: stringify({ storage: { tsdb: { out_of_order_time_window: "10m" } } }),
    });
    const ports = [await freePort(), await freePort()];
    const configuration = pacedForLoopback(
      agentConfiguration({
        collector: "agents",
        agents: ports.map((port) => `127.0.0.1:${port}`),
        remote: { url: `${receiver.url}/api/v1/write` },
        brokers: { broker: { targets: [broker.metrics], passwordFile } },
        databases: { shop: `127.0.0.1:${await serveExporter()}` },
        probes: {},
        prober: "127.0.0.1:1",
        pods: {},
      }),
    );
    for (const [index, port] of ports.entries())
      agents.push(
        await startPrometheus(console.log, {
          configuration,
          agent: true,
          port,
          env: { [replicaVariable]: `agents-${index}` },
        }),
      );
    console.log(`RabbitMQ ${broker.version}, Prometheus ${receiver.version}`);
  });

  after(async () => {
    for (const agent of agents) await agent.stop();
    await receiver?.stop();
    await client?.close().catch(quiet);
    exporter?.close();
    await broker?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** Waits until a query has an answer that is right. */
  async function until(query: string, right: (values: readonly number[]) => boolean): Promise<void> {
    const end = Date.now() + 60_000;
    for (;;) {
      const values = (await queried(receiver, query)).map(({ value }) => value);
      if (right(values)) return;
      if (Date.now() > end) assert.fail(`${query}: ${JSON.stringify(values)}`);
      await wait(500);
    }
  }
  const there = (values: readonly number[]) => values.length > 0;

  /** The selectors of some rules that find nothing of what was written. */
  async function lost(table: Readonly<Record<string, Recorded>>, owner: string, name: string): Promise<string[]> {
    const found = await Promise.all(
      selectorsOf(Object.values(table), owner, name).map(async (selector) =>
        there((await queried(receiver, `last_over_time(${selector}[5m])`)).map(({ value }) => value)) ? [] : [selector],
      ),
    );
    return found.flat();
  }

  it("get in with the password in the file, and nobody does without", async () => {
    assert.equal((await fetch(`http://${broker.metrics}/metrics`)).status, 401);
    await until('up{broker="broker"}', (values) => values.length === 4 && values.every((value) => value === 1));
  });

  it("write what every rule of a broker selects", async () => {
    await until('rabbitmq_detailed_queue_messages_acked_total{broker="broker"}', there);
    const missing = (await lost(brokerSignals, "broker", "broker")).filter(
      (selector) => !onlyInCluster.some((metric) => selector.startsWith(metric)),
    );
    assert.deepEqual(missing, []);
    await until('rabbitmq_detailed_queue_messages_ready{broker="broker", queue="orders.dead"}', (values) =>
      values.includes(1),
    );
  });

  it("write what every rule of a database selects", async () => {
    await until('pg_up{database="shop"}', there);
    assert.deepEqual(await lost(databaseSignals, "database", "shop"), []);
  });

  it("write what the rules of the agents themselves select", async () => {
    const probes = names(Object.values<Recorded>(collectorSignals)).filter((metric) => metric.startsWith("probe_"));
    await until('prometheus_remote_storage_samples_total{collector="agents"}', there);
    const missing = (await lost(collectorSignals, "collector", "agents")).filter(
      (selector) =>
        !probes.some((metric) => selector.startsWith(metric)) && !/up\{.*(job!=|__replica__)/.test(selector),
    );
    assert.deepEqual(missing, []);
  });

  it("are told apart by replica and alike by cluster, which is what AMP goes by", async () => {
    await until('count by (__replica__) (up{cluster="agents", broker="broker"})', (values) => values.length === 2);
    const written = await queried(receiver, 'group by (cluster, __replica__) ({collector="agents"})');
    assert.deepEqual(written.map(({ metric }) => `${metric.cluster} ${metric.__replica__}`).sort(), [
      "agents agents-0",
      "agents agents-1",
    ]);
    // A receiver that knows nothing of pairs keeps both, and that is what the rule sees.
    await until('count(up{collector="agents", __replica__=~".+"})', (values) => (values[0] ?? 0) >= 1);
  });

  it("go on when one of them is gone, and the other tells of it", async () => {
    const [first] = agents;
    assert.ok(first);
    await first.stop();
    await until('up{collector="agents", job="collector", __replica__="agents-1"}', (values) => {
      return values.length === 2 && values.includes(0) && values.includes(1);
    });
  });

  it("follow a password that was changed, without a start", async () => {
    await writeFile(passwordFile, "wrong");
    await until('up{broker="broker", __replica__="agents-1"}', (values) => values.every((value) => value === 0));
    await writeFile(passwordFile, password);
    await until('up{broker="broker", __replica__="agents-1"}', (values) => values.every((value) => value === 1));
  });
});
