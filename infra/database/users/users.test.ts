import assert from "node:assert/strict";
import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { output, unknown } from "@pulumi/pulumi";
import { SignatureV4 } from "@smithy/signature-v4";
import { place, record } from "../../kit/recorder";
import { quoted, type Session } from "./ensure";
import { readPlaces, readUsers } from "./environment";
import { credentialsOf, loginToken } from "./token";
import { DatabaseUsers } from "./users";
import type { DatabaseUsersArgs, UsedDatabase } from "./users.args";
import { ensureAll, loginOf, type World } from "./work";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const secretArn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1";
const shop: UsedDatabase = {
  address: "shop.rds.amazonaws.com",
  port: 5_432,
  databaseName: "shop",
  secretArn,
  secretKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1",
  loginArn: "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-1/dba",
  monitor: "monitor",
  services: ["shop", "crm"],
};
const args = (given: Partial<DatabaseUsersArgs> = {}): DatabaseUsersArgs => ({
  databases: { shop },
  network: { subnets: ["subnet-a", "subnet-b"], securityGroups: ["sg-functions"] },
  place,
  watcher,
  ...given,
});
const made = (given: Partial<DatabaseUsersArgs> = {}, mode?: "preview" | "update") =>
  record(() => new DatabaseUsers("database-users", args(given)), mode);
const invocation = "aws:lambda/invocation:Invocation";

describe("the users of databases", () => {
  it("are made by one function in the VPC, at a deployment and every hour", async () => {
    const recording = await made();
    const lambda = recording.one("aws:lambda/function:Function", "database-users").inputs;
    assert.deepEqual(lambda.vpcConfig, { subnetIds: ["subnet-a", "subnet-b"], securityGroupIds: ["sg-functions"] });
    const { environment } = lambda;
    assert.match(JSON.stringify(environment), /shop\.rds\.amazonaws\.com.*5432/);
    assert.doesNotMatch(JSON.stringify(environment), /password/);
    assert.deepEqual(recording.one(invocation, "database-users").madeFrom.functionName, ["database-users"]);
    assert.equal(recording.ofType("aws:scheduler/schedule:Schedule").length, 1);
    assert.ok(recording.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").length > 0);
  });

  it("need no more than the secrets, their keys, and a login as the first user", async () => {
    const recording = await made();
    const { Statement } = recording.document("aws:iam/rolePolicy:RolePolicy", "database-users", "policy") as {
      Statement: { Sid: string; Action: unknown; Resource: unknown }[];
    };
    const own = Statement.filter(({ Sid }) => ["Secrets", "LogIn", "SecretsKeys"].includes(Sid));
    assert.deepEqual(
      own.map(({ Action, Resource }) => [Action, Resource]),
      [
        [["secretsmanager:GetSecretValue"], [secretArn]],
        [["rds-db:connect"], [shop.loginArn]],
        [["kms:Decrypt"], [shop.secretKeyArn]],
      ],
    );
  });

  it("are made anew when they or the places change, and shown in a preview that knows no address", async () => {
    const hash = async (services: readonly string[]) =>
      (await made({ databases: { shop: { ...shop, services } } })).one(invocation, "database-users").inputs.triggers;
    assert.notDeepEqual(await hash(["shop"]), await hash(["shop", "crm"]));
    const address = output(unknown).apply(String);
    const recording = await made({ databases: { shop: { ...shop, address } } }, "preview");
    assert.equal(recording.ofType(invocation).length, 1);
  });

  const refused: readonly (readonly [what: string, given: Partial<DatabaseUsersArgs>, message: RegExp])[] = [
    ["no database", { databases: {} }, /databases must be 1 to 10, got 0/],
    [
      "too many",
      { databases: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`d${n}`, shop])) },
      /1 to 10, got 11/,
    ],
    ["no security group", { network: { subnets: [], securityGroups: [] } }, /network needs a security group/],
    ["another account", { place: { ...place, account: "1" } }, /account must be the twelve digits/],
    ...["pg_monitor", "rds_iam", "dba", "Shop", "a b", "x".repeat(64), ""].map(
      (name) =>
        [
          `a service called "${name}"`,
          { databases: { shop: { ...shop, services: [name] } } },
          /databases\.shop: a user has up to 63/,
        ] as const,
    ),
    [
      "a monitor that is a service",
      { databases: { shop: { ...shop, monitor: "crm" } } },
      /monitor must not be a service, got "crm"/,
    ],
    ["a service twice", { databases: { shop: { ...shop, services: ["a", "a"] } } }, /services must name each once/],
  ];
  for (const [what, given, message] of refused)
    it(`refuse ${what} before anything is made`, () => assert.rejects(made(given), message));
});

describe("the work of the function", () => {
  const where = (host: string) => ({ host, port: 5_432, database: "shop", secret: secretArn });
  const users = { monitor: "monitor", services: [] };
  const there: Session = {
    rows: async (text) =>
      /rolname = \$1$/.test(text) && !text.includes("pg_auth_members") ? [{ name: "monitor" }] : [],
  };
  const world = (given: Partial<World>, log: string[] = []): World => ({
    secret: async () => JSON.stringify({ username: "dba", password: "p" }),
    connected: async (_place, _login, work) => work(there),
    token: () => assert.fail("not asked for"),
    log: (line) => void log.push(line),
    ...given,
  });
  const failure = (code: string, message: string) => Object.assign(new Error(message), { code });

  it("goes on with the other databases when one is away, and fails with all that failed", async () => {
    const asked: string[] = [];
    await assert.rejects(
      ensureAll(
        { a: where("a"), b: where("b"), c: where("c") },
        { a: users, b: users, c: users },
        world({
          connected: async ({ host }, _login, work) => {
            asked.push(host);
            if (host !== "b") throw failure("ECONNREFUSED", `no way to ${host}`);
            return work(there);
          },
        }),
      ),
      { name: "AggregateError", message: "a: no way to a; c: no way to c" },
    );
    assert.deepEqual(asked, ["a", "b", "c"]);
  });

  it("logs in by IAM where the password is refused, and says so", async () => {
    for (const code of ["28000", "28P01"]) {
      const log: string[] = [];
      const passwords: string[] = [];
      await ensureAll(
        { shop: where("shop") },
        { shop: users },
        world(
          {
            token: ({ host }, username) => `token of ${username} at ${host}`,
            connected: async (_place, { password }, work) => {
              passwords.push(password);
              if (password === "p") throw failure(code, "PAM authentication failed");
              return work(there);
            },
          },
          log,
        ),
      );
      assert.deepEqual(passwords, ["p", "token of dba at shop"]);
      assert.match(log.join("\n"), /shop lets dba in by IAM only/);
    }
  });

  it("does not try IAM where something else is wrong", async () => {
    const connected = async () => Promise.reject(failure("42501", "permission denied"));
    await assert.rejects(
      ensureAll({ shop: where("shop") }, { shop: users }, world({ connected })),
      /permission denied/,
    );
  });

  it("says which secret is none, and nothing of what it holds", () => {
    for (const text of ["hunter2", '{"username": "hunter2"}', '{"username": 1, "password": "hunter2"}'])
      assert.throws(() => loginOf(text, "arn:x"), { message: "secret arn:x holds no JSON with username and password" });
  });

  it("refuses files and places of another deployment", async () => {
    await assert.rejects(ensureAll({ shop: where("shop") }, {}, world({})), /two deployments/);
    assert.throws(() => readPlaces(undefined), /no environment variable DATABASES/);
    assert.throws(() => readPlaces('{"shop": {"host": "a"}}'), /DATABASES\.shop lacks host, database or secret/);
    assert.throws(() => readUsers('{"shop": {"monitor": "m"}}'), /shop lacks monitor or services/);
    assert.deepEqual(readUsers('{"shop": {"monitor": "m", "services": ["a"]}}'), {
      shop: { monitor: "m", services: ["a"] },
    });
  });

  it("quotes names", () => {
    assert.equal(quoted('a"; drop role dba; --'), '"a""; drop role dba; --"');
  });
});

describe("a login by IAM", () => {
  const credentials = {
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "secret/with+signs",
    sessionToken: "to/ken+with=signs*(1)",
  };
  const now = new Date("2026-11-21T17:00:00.123Z");

  type Data = string | ArrayBuffer | ArrayBufferView;
  const bytes = (data: Data): Buffer => {
    if (typeof data === "string") return Buffer.from(data);
    return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
  };
  /** SHA-256 as the signer of the SDK wants it. */
  class Sha256 {
    readonly #made: Hash | Hmac;
    constructor(key?: Data) {
      this.#made = key === undefined ? createHash("sha256") : createHmac("sha256", bytes(key));
    }
    update(data: Data): void {
      this.#made.update(bytes(data));
    }
    async digest(): Promise<Uint8Array> {
      return this.#made.digest();
    }
    reset(): void {}
  }

  it("is signed as AWS's own signer signs it", async () => {
    const [host, port] = ["shop.abc.eu-central-1.rds.amazonaws.com", 5_432];
    const signer = new SignatureV4({
      service: "rds-db",
      region: "eu-central-1",
      credentials,
      sha256: Sha256,
      applyChecksum: false,
    });
    const { query = {} } = await signer.presign(
      {
        method: "GET",
        protocol: "https:",
        hostname: host,
        port,
        path: "/",
        query: { Action: "connect", DBUser: "dba" },
        headers: { host: `${host}:${port}` },
      },
      { expiresIn: 900, signingDate: now },
    );
    const token = loginToken({ host, port, username: "dba", region: "eu-central-1" }, credentials, now);
    const ours = new URL(`https://${token}`).searchParams;
    assert.deepEqual(
      Object.fromEntries([...ours].sort()),
      Object.fromEntries(
        Object.entries(query)
          .map(([name, value]) => [name, String(value)])
          .sort(),
      ),
    );
    assert.ok(token.startsWith(`${host}:${port}/?Action=connect&DBUser=dba&`));
  });

  it("needs the role of a function", () => {
    assert.throws(() => credentialsOf({ AWS_ACCESS_KEY_ID: "x" }), /no credentials of a role/);
  });
});
