import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretsManager } from "./clients";
import { bucketExports } from "./exports";

interface Asked {
  readonly what: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

describe("the clients of AWS, which speak to a server of this test", () => {
  const servers: Server[] = [];
  const asked: Asked[] = [];

  /** Settings of a client whose every request gets this answer. */
  async function answering(status: number, body: object | string, headers: Record<string, string> = {}) {
    asked.length = 0;
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const target = request.headers["x-amz-target"] ?? `${request.method} ${request.url}`;
        asked.push({ what: String(target), body: Buffer.concat(parts).toString(), headers: request.headers });
        response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    return { endpoint: `http://127.0.0.1:${port}`, region: "eu-central-1", credentials, maxAttempts: 1 };
  }
  const secrets = async (status: number, body: object) =>
    secretsManager(new SecretsManagerClient(await answering(status, body)));

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it("describe a secret by its last rotation, and before the first one by when it was made", async () => {
    const versions = { v1: ["AWSCURRENT"] };
    const never = { RotationEnabled: true, CreatedDate: 1_000, VersionIdsToStages: versions };
    assert.deepEqual(await (await secrets(200, never)).describe("s"), { rotated: true, versions, since: 1_000_000 });
    const once = { ...never, LastRotatedDate: 2_000 };
    assert.equal((await (await secrets(200, once)).describe("s")).since, 2_000_000);
    assert.deepEqual(await (await secrets(200, {})).describe("s"), { rotated: false, versions: {} });
  });

  it("read just the version that is meant, and nothing where there is none yet", async () => {
    assert.equal(await (await secrets(200, { SecretString: "value" })).read("s", "AWSPENDING", "v2"), "value");
    assert.deepEqual(JSON.parse(asked[0]?.body ?? ""), { SecretId: "s", VersionStage: "AWSPENDING", VersionId: "v2" });
    assert.equal(
      await (await secrets(400, { __type: "ResourceNotFoundException" })).read("s", "AWSPENDING"),
      undefined,
    );
    await assert.rejects(
      (await secrets(400, { __type: "AccessDeniedException" })).read("s", "AWSCURRENT"),
      /AccessDenied/,
    );
  });

  it("add a value that is pending, and move AWSCURRENT to it", async () => {
    await (await secrets(200, {})).addPending("s", "0123456789abcdef0123456789abcdef", "value");
    const { ClientRequestToken, VersionStages } = JSON.parse(asked[0]?.body ?? "");
    assert.deepEqual([ClientRequestToken, VersionStages], ["0123456789abcdef0123456789abcdef", ["AWSPENDING"]]);
    await (await secrets(200, {})).promote("s", "new", "old");
    assert.deepEqual(JSON.parse(asked[0]?.body ?? ""), {
      SecretId: "s",
      VersionStage: "AWSCURRENT",
      MoveToVersionId: "new",
      RemoveFromVersionId: "old",
    });
  });

  const bucket = async (status: number, headers: Record<string, string> = {}) =>
    bucketExports(
      "backups",
      "definitions/b.json",
      new S3Client({ ...(await answering(status, "", headers)), forcePathStyle: true }),
    );

  it("know the newest export by its hash, and that there is none", async () => {
    assert.equal(await (await bucket(200, { "x-amz-meta-sha256": "abc" })).newest(), "abc");
    assert.equal(asked[0]?.what, "HEAD /backups/definitions/b.json");
    assert.equal(await (await bucket(404)).newest(), undefined);
    await assert.rejects((await bucket(403)).newest());
  });

  it("keep an export with its hash", async () => {
    await (await bucket(200)).put("{}", "abc");
    assert.equal(asked[0]?.headers["x-amz-meta-sha256"], "abc");
    assert.match(asked[0]?.what ?? "", /^PUT \/backups\/definitions\/b\.json/);
  });
});
