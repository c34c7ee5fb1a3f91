import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation/localWorkspace";
import { startEngine, summary, type TestEngine } from "../tools/standin/testing";
import { pulumiCommand } from "../tools/toolchain/pulumi";
import { reader, shown } from "./boards.fixtures";
import program from "./index";
import { loginVariable } from "./login";

const login = {
  GRAFANA_URL: "https://g-0123456789.example.com",
  GRAFANA_AUTH: "glsa_first",
  [loginVariable]: JSON.stringify(reader),
};

describe("the project of boards", () => {
  let engine: TestEngine;
  let folder: string;
  const before = { ...process.env };
  const withToken = (token: string) => Object.assign(process.env, { ...login, GRAFANA_AUTH: token });

  /** Deploys a stack of vigia with these outputs, in the same backend. */
  async function deployed(outputs: Readonly<Record<string, unknown>>): Promise<void> {
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "dev", projectName: "vigia", program: async () => ({ ...outputs }) },
      { workDir: folder, pulumiCommand: await pulumiCommand(), envVars: { ...engine.stack.workspace.envVars } },
    );
    await stack.up();
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigia-boards-"));
    engine = await startEngine({});
    withToken("glsa_first");
  });
  afterEach(async () => {
    for (const key of Object.keys(login)) delete process.env[key];
    Object.assign(process.env, before);
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("shows what the stack of the same name deployed, and finds nothing to do with another token", async () => {
    await deployed(shown);
    const made = await engine.up(program);
    assert.equal(made.failed, false, made.said);
    const of = (type: string) => made.steps.filter(({ type: found }) => found === type);
    const workspace = "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1";
    const asked = of("grafana:oss/dataSource:DataSource").map(({ inputs: { type, url } }) => [type, url]);
    assert.deepEqual(Object.fromEntries(asked), {
      "grafana-amazonprometheus-datasource": workspace,
      cloudwatch: undefined,
      alertmanager: `${workspace}/alertmanager`,
      loki: "https://logs.internal.example.com",
    });
    assert.equal(of("grafana:oss/folder:Folder").length, 3);
    assert.ok(of("grafana:oss/dashboard:Dashboard").length > 20);

    withToken("glsa_second");
    assert.deepEqual(summary((await engine.up(program)).steps), []);
    const refreshed = await engine.refresh();
    assert.equal(refreshed.failed, false, refreshed.said);
    const state = JSON.stringify(await engine.stack.exportStack());
    assert.doesNotMatch(state, /glsa_|g-0123456789/);
    // An export shows secrets in clear, and says so; what is kept is encrypted (tools/boards/engine.test.ts).
    assert.match(
      state,
      /"secureJsonDataEncoded":\{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270"/,
    );
  });

  it("changes the boards that show a promise and no other, and takes away what a stack no longer has", async () => {
    await deployed(shown);
    await engine.up(program);
    const { logs: _, services, ...grafana } = shown.grafana;
    const promised = { ...services, shop: { ...services.shop, availability: 99 } };
    await deployed({ ...shown, grafana: { ...shown.grafana, services: promised } });
    assert.deepEqual(summary((await engine.preview(program)).steps).sort(), [
      "update Dashboard vigia-home",
      "update Dashboard vigia-service-shop",
    ]);
    await deployed({ ...shown, grafana: { ...grafana, services: { shop: { availability: 99 } } } });
    const changes = summary((await engine.preview(program)).steps).sort();
    assert.deepEqual(
      changes.filter((line) => line.startsWith("delete")),
      [
        "delete Dashboard vigia-requests",
        "delete Dashboard vigia-service-production-planni-f8d78591",
        "delete DataSource loki",
      ],
    );
    assert.deepEqual(
      changes.filter((line) => line.startsWith("create") || line.startsWith("replace")),
      [],
    );
  });

  it("says in one line how to run it where the login of Loki is not to be had", async () => {
    await deployed(shown);
    for (const [given, why] of [
      [undefined, /VIGIA_LOGS_LOGIN is not set: run `npm run boards -- <stack>`/],
      ['{"username":"grafana"}', /VIGIA_LOGS_LOGIN is no JSON with username and password/],
    ] as const) {
      delete process.env[loginVariable];
      if (given) process.env[loginVariable] = given;
      const { failed, said } = await engine.preview(program);
      assert.equal(failed, true);
      assert.match(said, why);
    }
  });

  it("says in one line that the stack is of another version", async () => {
    await deployed({ prometheus: shown.prometheus });
    const { failed, said } = await engine.preview(program);
    assert.equal(failed, true);
    assert.match(
      said,
      /the outputs of stack organization\/vigia\/dev lack paging, grafana, or have it in another form/,
    );
  });
});
