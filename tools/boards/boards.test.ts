import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { reader } from "../../boards/boards.fixtures";
import { root } from "../build.cjs";
import { tokensOf } from "./aws";
import { boards, type Means } from "./boards";
import type { Engine, Login } from "./engine";
import { type FakeGrafana, fakeGrafana, known } from "./fake";
import { targetOf } from "./outputs";
import { checkToken } from "./reach";
import { withToken } from "./tokens";

const outputs = { grafana: { ...known, url: "https://g-0123456789.grafana-workspace.eu-central-1.amazonaws.com" } };
const credentials = { accessKeyId: "a", secretAccessKey: "b" };
const tell = () => undefined;

describe("npm run boards", () => {
  let grafana: FakeGrafana;
  beforeEach(async () => {
    grafana = await fakeGrafana();
  });
  afterEach(() => grafana.close());

  const tokens = () => tokensOf(known, { endpoint: grafana.url, credentials, maxAttempts: 1 });
  const expire = async () => {
    await tokens().create("left behind", 3_600);
    grafana.later(3_601);
  };

  /** Runs the command. @param publish what the engine does while it has the token */
  async function run(
    publish: (login: Login, preview: boolean) => Promise<void>,
    argv: readonly string[] = ["dev"],
    given: unknown = outputs,
    secret = JSON.stringify(reader),
  ) {
    const said = { out: "", error: "" };
    const engine: Engine = {
      outputs: async () => given,
      publish: (_stack, login, preview) => publish(login, preview),
    };
    const means: Means = {
      engine: async () => engine,
      tokens,
      secret: async () => secret,
      stacks: () => ["dev", "prod"],
      url: () => grafana.url,
      now: grafana.now,
    };
    const io = {
      out: (text: string) => {
        said.out += text;
      },
      error: (text: string) => {
        said.error += text;
      },
      colours: false,
    };
    return { code: await boards(argv, io, means), ...said };
  }

  it("gives the engine a token that Grafana takes, for an hour, and deletes it after", async () => {
    let during = 0;
    const { code, out, error } = await run(async ({ url, key }) => {
      await checkToken(url, key);
      during = grafana.tokens.size;
      const [token] = grafana.tokens.values();
      assert.ok(token && token.expiresAt - grafana.now() <= 3_600_000);
      assert.match(token.name, /^boards-\d{14}-[0-9a-f]{8}$/);
    });
    assert.deepEqual([code, error, during, grafana.tokens.size], [0, "", 1, 0]);
    assert.match(out, /^ok: boards of dev are at http:/);
  });

  it("hands the login of Loki on where the stack has it, and to nobody else", async () => {
    const secretArn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs";
    const seen: unknown[] = [];
    const look = async (login: Login) => void seen.push(login.reader);
    await run(look);
    const { out } = await run(look, ["dev"], { grafana: { ...outputs.grafana, logs: { secretArn } } });
    assert.deepEqual(seen, [undefined, reader]);
    assert.doesNotMatch(out, /hunter/);
    const wrong = await run(look, ["dev"], { grafana: { ...outputs.grafana, logs: { secretArn } } }, '{"a":"hunter3"}');
    assert.deepEqual([wrong.code, wrong.error], [1, `the secret ${secretArn} is no JSON with username and password\n`]);
    assert.equal(grafana.tokens.size, 0);
  });

  it("only looks where that is asked", async () => {
    const { code, out } = await run(async (_login, preview) => assert.equal(preview, true), ["dev", "--preview"]);
    assert.equal(code, 0);
    assert.match(out, /compared with/);
  });

  it("works although an old token has expired, and removes it before it makes its own", async () => {
    await expire();
    const [old] = grafana.tokens.values();
    assert.ok(old);
    await assert.rejects(
      checkToken(grafana.url, old.key, async () => undefined),
      /refuses the token \(401\): it has expired/,
    );
    const { code } = await run(({ url, key }) => checkToken(url, key));
    assert.deepEqual([code, grafana.tokens.size], [0, 0]);
    const changes = grafana.asked.filter((line) => /^(POST|DELETE)/.test(line)).map((line) => line.split(" ")[0]);
    assert.deepEqual(changes, ["POST", "DELETE", "POST", "DELETE"]);
  });

  it("works where expired tokens have used the quota up", async () => {
    for (let left = 0; left < 100; left++) await tokens().create(`left ${left}`, 3_600);
    grafana.later(3_601);
    assert.equal((await run(async () => undefined)).code, 0);
    assert.equal(grafana.tokens.size, 0);
  });

  it("leaves a token that still lives to whoever made it", async () => {
    const { id } = await tokens().create("another run", 3_600);
    await run(async () => undefined);
    assert.deepEqual([...grafana.tokens.keys()], [id]);
  });

  it("deletes the token when the engine fails, and says why it failed", async () => {
    const { code, error } = await run(async () => {
      throw new Error("a board is refused");
    });
    assert.deepEqual([code, error, grafana.tokens.size], [1, "a board is refused\n", 0]);
  });

  it("tries again to delete it, and says so where that is not to be had", async () => {
    const twice = await run(async () => grafana.failDeletions(2));
    assert.deepEqual([twice.code, twice.error, grafana.tokens.size], [0, "", 0]);
    const never = await run(async () => grafana.failDeletions(9));
    assert.equal(never.code, 0);
    assert.match(never.error, /^token 2 could not be deleted, and ends by itself within the hour: not now\n$/);
  });

  it("waits for a token that Grafana does not know yet", async () => {
    const { key } = await tokens().create("slow", 3_600);
    const [token] = grafana.tokens.values();
    grafana.tokens.clear();
    let waited = 0;
    await checkToken(grafana.url, key, async () => {
      waited++;
      if (token && waited === 3) grafana.tokens.set(token.id, token);
    });
    assert.equal(waited, 3);
  });

  it("ends by a signal only after the token is gone", async () => {
    const child = spawn(process.execPath, ["-r", "tsx/cjs", join(root, "tools/boards/interrupted.ts"), grafana.url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    assert.equal(grafana.tokens.size, 1);
    child.kill("SIGINT");
    const [code] = await once(child, "exit");
    assert.deepEqual([code, grafana.tokens.size], [130, 0]);
  });

  it("asks before the engine starts whether Grafana is reached from here", async () => {
    const gone = await fakeGrafana();
    await gone.close();
    await assert.rejects(
      checkToken(gone.url, "x"),
      /is not reached from here \(.*\): vigia:grafana.prefixLists or vpcEndpoints must contain where this runs/,
    );
  });

  it("says that the workspace is not there", async () => {
    const other = tokensOf({ ...known, workspace: "g-gone" }, { endpoint: grafana.url, credentials });
    await assert.rejects(
      withToken(other, async () => undefined, tell),
      /there is no Grafana workspace g-gone with a service account 7 in eu-central-1: deploy the stack again/,
    );
  });

  const refused: readonly (readonly [
    what: string,
    argv: readonly string[],
    given: unknown,
    code: number,
    said: RegExp,
  ])[] = [
    ["no stack", [], outputs, 2, /^boards takes one stack, got none; usage: .*; stacks: dev, prod\n$/],
    ["two stacks", ["dev", "prod"], outputs, 2, /takes one stack, got dev prod/],
    ["an unknown stack", ["test"], outputs, 2, /there is no stack "test"/],
    ["an unknown option", ["dev", "--force"], outputs, 2, /boards has no option --force/],
    ["a value for an option", ["dev", "--preview=1"], outputs, 2, /--preview takes no value/],
    ["a stack without Grafana", ["dev"], {}, 1, /^stack dev has no Grafana workspace: set vigia:grafana.enabled/],
    [
      "outputs of another version",
      ["dev"],
      { grafana: { ...outputs.grafana, url: 7 } },
      1,
      /^stack dev was deployed by another version of this project: grafana.url of its outputs/,
    ],
  ];
  for (const [what, argv, given, code, said] of refused) {
    it(`refuses ${what} in one line, and makes no token`, async () => {
      const result = await run(async () => assert.fail("the engine ran"), argv, given);
      assert.equal(result.code, code);
      assert.match(result.error, said);
      assert.equal(result.error.split("\n").length, 2);
      assert.deepEqual(grafana.asked, []);
    });
  }

  it("reads where to write from the outputs of the stack", () => {
    assert.equal(targetOf("dev", outputs).workspace, known.workspace);
  });
});
