import assert from "node:assert/strict";
import { type LivePostgres, startPostgres } from "../../../tools/live/postgres";
import { orSkipped } from "../../../tools/live/unavailable";
import { connected } from "./connection";
import { ensureAll } from "./work";

describe("users of a real PostgreSQL", function () {
  this.timeout(60_000);
  let server: LivePostgres;

  before(async function () {
    server = await orSkipped(this, () => startPostgres());
    console.log(`PostgreSQL ${server.version}`);
  });
  after(() => server?.stop());

  const place = () => ({ host: server.host, port: server.port, database: server.database, secret: "arn:secret" });
  const ensure = async (services: readonly string[] = ["shop", "crm-two"], log: string[] = []) => {
    const results = await ensureAll(
      { shop: place() },
      { shop: { monitor: "monitor", services } },
      {
        secret: async () => JSON.stringify(server.login),
        connected: (where, login, work) => connected(where, login, server.ca, work),
        token: () => assert.fail("its password is refused"),
        log: (line) => void log.push(line),
      },
    );
    return { ...results.shop, log };
  };

  it("are made by the first user, over TLS, with its password", async () => {
    assert.deepEqual((await ensure()).done, [
      "made the user monitor",
      "granted pg_monitor to monitor",
      "granted rds_iam to monitor",
      "made the user shop",
      "made the schema shop",
      "granted the schema shop to its service",
      "granted rds_iam to shop",
      "made the user crm-two",
      "made the schema crm-two",
      "granted the schema crm-two to its service",
      "granted rds_iam to crm-two",
    ]);
  });

  it("are left alone a second time, by a first user whose password is still asked for", async () => {
    assert.deepEqual(await ensure(), { done: [], unknown: [], log: [] });
  });

  it("are mended where somebody took something away", async () => {
    await server.asked('revoke rds_iam from shop granted by dba; revoke create on schema "crm-two" from "crm-two"');
    assert.deepEqual((await ensure()).done, ["granted rds_iam to shop", "granted the schema crm-two to its service"]);
  });

  it("make tables in their own schema, by its plain name, and nowhere else", async () => {
    await server.asked("set role shop; create table orders (id int); insert into orders values (1)");
    const [table] = await server.asked(
      "select schemaname as name, tableowner as owner from pg_tables where tablename = 'orders'",
    );
    assert.deepEqual({ ...table }, { name: "shop", owner: "shop" });
    for (const forbidden of [
      'create table "crm-two".x (id int)',
      "create table public.x (id int)",
      "create schema mine",
      "create role mine",
      "select * from pg_authid",
    ])
      await assert.rejects(server.asked(`set role shop; ${forbidden}`), /permission denied/, forbidden);
    await assert.rejects(server.asked('set role "crm-two"; select * from shop.orders'), /permission denied/);
  });

  it("let the monitor read statistics of all, and no table", async () => {
    const [seen] = await server.asked("select pg_has_role('monitor', 'pg_read_all_stats', 'usage') as stats");
    assert.equal(seen?.stats, true);
    await assert.rejects(server.asked("set role monitor; select * from shop.orders"), /permission denied/);
  });

  it("are let in by IAM only: a password does not help them", async () => {
    await server.asked("alter role shop password 'guessed'");
    const login = { username: "shop", password: "guessed" };
    await assert.rejects(
      connected(place(), login, server.ca, (session) => session.rows("select 1")),
      /pg_hba\.conf rejects/,
    );
  });

  it("name who may log in by IAM although nobody declared it, and take nobody away", async () => {
    const { unknown, log } = await ensure(["shop"]);
    assert.deepEqual(unknown, ["crm-two"]);
    assert.match(log.join("\n"), /shop: user crm-two may log in by IAM, and is not declared/);
    assert.equal((await server.asked("select 1 from pg_roles where rolname = 'crm-two'")).length, 1);
  });

  it("are made all or not at all", async () => {
    await server.asked("create role taken; create schema late authorization taken; revoke all on schema late from dba");
    await assert.rejects(ensure(["early", "late"]), /^Error: shop: permission denied for schema late|shop: .*late/);
    assert.equal((await server.asked("select 1 from pg_roles where rolname = 'early'")).length, 0);
  });

  it("are not made where the certificate is another one", async () => {
    const other = server.ca.replace(/\n[A-Za-z0-9+/=]{64}\n/, `\n${"A".repeat(64)}\n`);
    await assert.rejects(
      connected(place(), server.login, other, (session) => session.rows("select 1")),
      /certificate|PEM|asn1|ASN1|bad base64|self-signed/i,
    );
  });

  it("are made at the same time by two runs, once", async () => {
    await Promise.all([ensure(["shop", "both"]), ensure(["shop", "both"])]);
    assert.equal((await server.asked("select 1 from pg_roles where rolname = 'both'")).length, 1);
  });
});
