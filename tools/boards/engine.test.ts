import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation/localWorkspace";
import { reader, shown } from "../../boards/boards.fixtures";
import { root } from "../build.cjs";
import { type StandIn, startStandIn } from "../standin";
import { pulumiCommand } from "../toolchain/pulumi";
import { tokensOf } from "./aws";
import { boards } from "./boards";
import { userEngine } from "./engine";
import { type FakeGrafana, fakeGrafana, known } from "./fake";

const credentials = { accessKeyId: "a", secretAccessKey: "b" };

describe("npm run boards with the user's own Pulumi", function () {
  this.timeout(180_000);
  const before = { ...process.env };
  let folder: string;
  let standIn: StandIn;
  let grafana: FakeGrafana;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "vigia-boards-"));
    for (const part of ["state", "home", "stack", "boards"]) mkdirSync(join(folder, part));
    // The CLI looks whether the entry is there, and the program is given to it directly.
    for (const file of ["Pulumi.yaml", "main.cjs"]) cpSync(join(root, "boards", file), join(folder, "boards", file));
    [standIn, grafana] = await Promise.all([startStandIn(), fakeGrafana()]);
    Object.assign(process.env, {
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${folder}/state`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_DEBUG_PROVIDERS: standIn.debugProviders,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
  });
  afterEach(async () => {
    for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
    Object.assign(process.env, before);
    await Promise.all([standIn.close(), grafana.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function deployed(): Promise<void> {
    const url = "https://g-0123456789.grafana-workspace.eu-central-1.amazonaws.com";
    const outputs = { ...shown, grafana: { ...shown.grafana, ...known, url } };
    const stack = await LocalWorkspace.createStack(
      { stackName: "dev", projectName: "vigia", program: async () => outputs },
      { workDir: join(folder, "stack"), pulumiCommand: await pulumiCommand() },
    );
    await stack.up();
  }

  async function run(...argv: string[]) {
    const said = { out: "", error: "" };
    const code = await boards(
      argv,
      {
        out: (text) => {
          said.out += text;
        },
        error: (text) => {
          said.error += text;
        },
        colours: false,
      },
      {
        engine: (log) => userEngine(log, join(folder, "boards")),
        tokens: () => tokensOf(known, { endpoint: grafana.url, credentials }),
        secret: async () => JSON.stringify(reader),
        stacks: () => ["dev"],
        url: () => grafana.url,
        now: grafana.now,
      },
    );
    return { code, ...said };
  }

  it("looks, writes, and finds nothing to do a day later; no token is in its state or settings", async () => {
    await deployed();
    const look = await run("dev", "--preview");
    assert.deepEqual([look.code, look.error], [0, ""]);
    assert.equal(standIn.cloud.resources().length, 0);

    const made = await run("dev");
    assert.deepEqual([made.code, made.error], [0, ""]);
    assert.ok(standIn.cloud.resources().length > 30);

    grafana.later(86_400);
    const again = await run("dev");
    assert.deepEqual([again.code, again.error], [0, ""]);
    assert.doesNotMatch(again.out, /\b(created|updated|replaced)\b/);
    assert.equal(grafana.tokens.size, 0);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      assert.doesNotMatch(readFileSync(file, "utf8"), /glsa_|hunter2/, file);
    }
  });

  it("says in one line that there is no such stack, and asks for no token", async () => {
    const { code, error } = await run("dev");
    assert.equal(code, 1);
    assert.match(error, /no stack named 'dev' found/);
    assert.deepEqual(grafana.asked, []);
  });
});
