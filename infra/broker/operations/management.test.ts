import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Management, ManagementError } from "./management";

const login = { username: "admin", password: "very secret" };
const times = { request: 100, pause: 1 };

describe("the management API", () => {
  let server: Server | undefined;
  const asked: string[] = [];

  async function broker(answer: RequestListener): Promise<Management> {
    asked.length = 0;
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      answer(request, response);
    });
    await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    return new Management(`http://127.0.0.1:${port}/`, times);
  }
  const saying =
    (status: number, body: unknown): RequestListener =>
    (_request, response) =>
      response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it("asks with the user's name and password", async () => {
    await (await broker(saying(200, { vhosts: [] }))).definitions(login);
    assert.deepEqual(asked, [`GET /api/definitions Basic ${Buffer.from("admin:very secret").toString("base64")}`]);
  });

  it("tries again what passes: a node that restarts", async () => {
    let times = 0;
    const management = await broker((request, response) =>
      saying(++times < 3 ? 503 : 200, { ok: true })(request, response),
    );
    assert.deepEqual(await management.definitions(login), { ok: true });
    assert.equal(asked.length, 3);
  });

  it("gives up after three tries, with status and reason and without the password", async () => {
    const management = await broker(saying(500, { reason: "no quorum" }));
    await assert.rejects(management.addDefinitions(login, {}), (error: Error) => {
      assert.ok(error instanceof ManagementError);
      assert.equal(error.message, "POST /api/definitions: HTTP 500, no quorum");
      return true;
    });
    assert.equal(asked.length, 3);
  });

  it("does not try again what will not pass", async () => {
    const management = await broker(saying(400, { reason: "bad_request" }));
    await assert.rejects(
      management.putUser(login, { username: "a/b", password: "p" }, []),
      /PUT \/api\/users\/a%2Fb: HTTP 400, bad_request/,
    );
    assert.equal(asked.length, 1);
  });

  it("repeats no page of a proxy", async () => {
    const management = await broker(saying(403, "<html>denied: very secret</html>"));
    await assert.rejects(management.definitions(login), /^ManagementError: GET \/api\/definitions: HTTP 403$/);
  });

  it("says that a broker does not answer in time", async () => {
    const management = await broker(() => {});
    await assert.rejects(
      management.definitions(login),
      /GET \/api\/definitions: the broker cannot be reached \(.*timeout/,
    );
  });

  it("says that nobody listens", async () => {
    const management = await broker(saying(200, {}));
    await new Promise<void>((done) => server?.close(() => done()));
    await assert.rejects(management.definitions(login), /cannot be reached \(.*ECONNREFUSED/);
  });

  it("follows no redirection with a password", async () => {
    const management = await broker((_request, response) =>
      response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    );
    await assert.rejects(management.definitions(login), /cannot be reached/);
  });

  const answers: readonly (readonly [what: string, status: number, body: unknown, expected: boolean])[] = [
    ["a user with a tag", 200, { name: "monitoring" }, true],
    [
      "a user without tag, whose password is right",
      401,
      { error: "not_authorised", reason: "Not management user" },
      true,
    ],
    ["a wrong password, as RabbitMQ 3 says it", 401, { error: "not_authorised", reason: "Login failed" }, false],
    ["a wrong password, as RabbitMQ 4 says it", 401, { error: "not_authorized", reason: "Not_Authorized" }, false],
  ];
  for (const [what, status, body, expected] of answers) {
    it(`tells whether it lets in ${what}`, async () => {
      assert.equal(await (await broker(saying(status, body))).letsIn(login), expected);
    });
  }

  it("does not guess what an unknown refusal means", async () => {
    await assert.rejects(
      (await broker(saying(401, "<html>"))).letsIn(login),
      /GET \/api\/whoami: HTTP 401, no reason given/,
    );
  });

  it("counts the connections of one user", async () => {
    const management = await broker(saying(200, [{ user: "app-a" }, { user: "app-b" }, { user: "app-a" }, {}]));
    assert.equal(await management.connectionsOf(login, "app-a"), 2);
  });
});
