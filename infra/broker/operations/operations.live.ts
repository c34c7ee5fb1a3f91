import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { type ChannelModel, connect } from "amqplib";
import { type LiveBroker, startRabbitMq } from "../../../tools/live/rabbitmq";
import { orSkipped } from "../../../tools/live/unavailable";
import { readBrokerSecret } from "../credentials";
import { deadQueueOf, definitionsOf } from "../topology";
import { compareTopology } from "./compare";
import { importTopology } from "./import";
import { type Login, Management } from "./management";
import { type RotationEvent, rotate } from "./rotate";
import { newPassword } from "./secrets";
import { ids, MemoryExports, MemorySecrets, recordedMetrics, rotationSteps, small, until } from "./testing";

const declared = definitionsOf(small);
const quiet = () => {};

describe("the operations on a real RabbitMQ", function () {
  this.timeout(300_000);
  let broker: LiveBroker;
  let management: Management;
  let secrets: MemorySecrets;
  const clients: ChannelModel[] = [];

  before(async function () {
    broker = await orSkipped(this, () => startRabbitMq(console.log));
    console.log(`RabbitMQ ${broker.version} on ${broker.amqp}`);
    management = new Management(broker.consoleUrl);
    secrets = new MemorySecrets();
    secrets.put(ids.admin, broker.admin);
    secrets.put(ids.application, { username: "app-a", password: newPassword() });
    secrets.put(ids.monitoring, { username: "monitoring", password: newPassword() });
    await importTopology({ management, secrets, ids, declared, log: quiet });
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close().catch(quiet);
  });

  after(() => broker?.stop());

  const inUse = async (id = ids.application): Promise<Login> => {
    const { username, password } = readBrokerSecret((await secrets.read(id, "AWSCURRENT")) ?? "");
    return { username, password };
  };

  async function client({ username, password }: Login): Promise<ChannelModel> {
    const opened = await connect(`amqp://${username}:${encodeURIComponent(password)}@${broker.amqp}/shop`);
    opened.on("error", quiet);
    clients.push(opened);
    return opened;
  }

  /** The management API as a person would use it. */
  async function api(method: string, path: string, body?: unknown, login: Login = broker.admin): Promise<unknown> {
    const authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
    const headers = { authorization, "content-type": "application/json" };
    const answer = await fetch(`${broker.consoleUrl}/api/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    const text = await answer.text();
    return text === "" ? undefined : JSON.parse(text);
  }

  const reimport = () => importTopology({ management, secrets, ids, declared, log: quiet });
  const compare = async (exports = new MemoryExports(), lines: string[] = []) => {
    const emit = recordedMetrics();
    const log = (line: string) => void lines.push(line);
    return {
      ...(await compareTopology({ management, secrets, ids, declared, exports, emit, log, now: Date.now })),
      emit,
    };
  };

  async function rotation(id: string, parts = { management, secrets, ids, log: quiet }): Promise<void> {
    const ClientRequestToken = secrets.begin(id);
    for (const Step of rotationSteps) {
      const event: RotationEvent = { SecretId: id, ClientRequestToken, Step };
      await rotate(parts, event);
      // Secrets Manager may say a step again.
      await rotate(parts, event);
    }
  }

  it("imports the topology, and changes nothing the second time", async () => {
    assert.deepEqual(await reimport(), { changed: 0, unknown: [] });
    assert.equal((await compare()).differences, 0);
  });

  it("keeps an export only when something changed, without a hash of a password", async () => {
    const exports = new MemoryExports();
    assert.equal((await compare(exports)).exported, true);
    assert.equal((await compare(exports)).exported, false);
    assert.equal(exports.kept.length, 1);
    assert.doesNotMatch(exports.kept[0]?.text ?? "", /password_hash|hashing_algorithm/);
  });

  it("finds what was changed by hand, and mends it without deleting anything", async () => {
    await api("PUT", "queues/shop/by-hand", { durable: true, arguments: { "x-queue-type": "quorum" } });
    await api("DELETE", "bindings/shop/e/orders/q/orders/order.%2A");
    await api("DELETE", "policies/shop/customers");
    await api("PUT", "policies/shop/orders", {
      pattern: "^orders$",
      "apply-to": "queues",
      definition: { "max-length": 1 },
    });
    await api("PUT", "permissions/shop/app-a", { configure: ".*", write: ".*", read: ".*" });
    const lines: string[] = [];
    const { differences, emit } = await compare(undefined, lines);
    assert.deepEqual(lines.sort(), [
      "binding shop: orders -> orders (order.*) is missing",
      "permission of app-a in shop is changed (configure)",
      "policy shop/customers is missing",
      "policy shop/orders is changed (apply-to, definition, priority)",
      "queue shop/by-hand is unknown",
    ]);
    assert.equal(differences, 5);
    assert.ok(emit.told.includes("differences 5"));
    assert.deepEqual(await reimport(), { changed: 4, unknown: ["queue shop/by-hand"] });
    await api("DELETE", "queues/shop/by-hand");
    assert.equal((await compare()).differences, 0);
  });

  it("says which queue it cannot change in place, and leaves it and its messages alone", async () => {
    await api("DELETE", "queues/shop/customers");
    await api("PUT", "queues/shop/customers", { durable: true, arguments: { "x-queue-type": "quorum" } });
    await assert.rejects(reimport(), /queue shop\/customers is changed \(arguments\)/);
    await api("DELETE", "queues/shop/customers");
    assert.equal((await reimport()).changed, 3);
  });

  it("rotates under load: no connection is lost, no message, and the old user still gets in", async () => {
    const before = await inUse();
    const working = await client(before);
    const closed: unknown[] = [];
    working.on("close", (error) => closed.push(error));
    const publishing = await working.createConfirmChannel();
    const consuming = await working.createChannel();
    let received = 0;
    await consuming.consume("orders", (message) => {
      if (!message) return;
      received++;
      consuming.ack(message);
    });
    let sent = 0;
    let going = true;
    const load = (async () => {
      while (going) {
        publishing.publish("orders", "order.new", Buffer.from(String(sent++)), { mandatory: true, deliveryMode: 2 });
        if (sent % 50 === 0) await publishing.waitForConfirms();
        await wait(1);
      }
      await publishing.waitForConfirms();
    })();
    await wait(500);
    await rotation(ids.application);
    const after = await inUse();
    assert.notEqual(after.username, before.username);
    const fresh = await client(after);
    await (await fresh.createChannel()).checkQueue("orders");
    await (await client(before)).close();
    await wait(500);
    going = false;
    await load;
    await until(() => received >= sent);
    assert.deepEqual(closed, []);
    assert.ok(sent > 50, `only ${sent} messages were sent`);
    assert.equal(received, sent);
  });

  it("takes the turn of the first user again, once nobody uses it", async () => {
    const { username } = await inUse();
    const left = await client({ ...(await inUse()) });
    await rotation(ids.application);
    assert.notEqual((await inUse()).username, username);
    // The one connection is of the user whose turn is next now.
    await until(async () => (await management.connectionsOf(broker.admin, username)) > 0);
    await assert.rejects(rotation(ids.application), new RegExp(`${username} still has open connections \\(1\\)`));
    await left.close();
    await until(async () => (await management.connectionsOf(broker.admin, username)) === 0);
    await rotation(ids.application);
    assert.equal((await inUse()).username, username);
  });

  it("rotates the scraper's password, which then reads metrics and nothing else", async () => {
    const before = await inUse(ids.monitoring);
    await rotation(ids.monitoring);
    const after = await inUse(ids.monitoring);
    assert.equal(await management.letsIn(after), true);
    assert.equal(await management.letsIn(before), false);
    await api("GET", "nodes", undefined, after);
    await assert.rejects(api("PUT", "users/mine", { password: "no", tags: "" }, after), /401|403/);
    assert.equal((await compare()).differences, 0);
  });

  it("leaves the user in use alone when a rotation fails half way", async () => {
    const before = await inUse();
    const refusing = new Management(broker.consoleUrl);
    refusing.putUser = () => Promise.reject(new Error("the broker is being updated"));
    await assert.rejects(
      rotation(ids.application, { management: refusing, secrets, ids, log: quiet }),
      /being updated/,
    );
    assert.deepEqual(await inUse(), before);
    await (await client(before)).close();
    await rotation(ids.application);
    assert.notEqual((await inUse()).username, before.username);
  });

  it("gives a message up after its delivery limit, into the dead-letter queue", async () => {
    const opened = await client(await inUse());
    const channel = await opened.createConfirmChannel();
    channel.publish("orders", "order.poison", Buffer.from("poison"), { deliveryMode: 2 });
    await channel.waitForConfirms();
    let deliveries = 0;
    await channel.consume("orders", (message) => {
      if (!message) return;
      deliveries++;
      channel.nack(message, false, true);
    });
    const depth = async () => (await channel.checkQueue(deadQueueOf("orders"))).messageCount;
    await until(async () => (await depth()) > 0);
    assert.equal(await depth(), 1);
    // Once, and again as often as the limit says.
    assert.equal(deliveries, 3);
    const dead = await channel.get(deadQueueOf("orders"));
    assert.ok(dead);
    assert.equal(dead.content.toString(), "poison");
    const [death] = dead.properties.headers?.["x-death"] ?? [];
    assert.deepEqual([death?.queue, death?.reason], ["orders", "delivery_limit"]);
    // However often somebody looks at it, it stays.
    channel.nack(dead, false, true);
    for (let look = 0; look < 30; look++) {
      const again = await channel.get(deadQueueOf("orders"));
      if (again) channel.nack(again, false, true);
    }
    await until(async () => (await depth()) > 0);
    assert.equal(await depth(), 1);
  });

  it("does not let a service declare what the topology does not have", async () => {
    const channel = await (await client(await inUse())).createChannel();
    channel.on("error", quiet);
    await assert.rejects(channel.assertQueue("mine", { durable: true }), /ACCESS_REFUSED/);
  });
});
