import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildPack, root } from "../build.cjs";
import { type StandIn, startStandIn } from "../standin";
import { pulumiCli } from "../toolchain/pulumi";
import { CommandFailed, type Runner, runner } from "./command";
import { installOfficialPackRunner, type OfficialHost, startOfficialHost } from "./officialhost";
import { filesOf } from "./settings";
import { type TestProject, testProject } from "./testing";
import { openWorkspace, type Workspace } from "./workspace";

const program = (word: string) => `
import * as aws from "@pulumi/aws";
import { Config } from "@pulumi/pulumi";

export default async function program(): Promise<Record<string, unknown>> {
  const queue = new aws.sqs.Queue("orders");
  return { word: ${JSON.stringify(word)}, greeting: new Config().require("greeting"), url: queue.url };
}
`;

const pack = `
import { PolicyPack } from "@pulumi/policy";

new PolicyPack("test", {
  policies: [
    {
      name: "no-queues",
      description: "There are no queues.",
      enforcementLevel: "mandatory",
      validateStack: ({ resources }, report) => {
        for (const { type, name } of resources) if (type.includes("sqs/queue")) report(\`remove queue \${name}\`);
      },
    },
  ],
});
`;

describe("the official CLI's way into the program", () => {
  let project: TestProject;
  let workspace: Workspace;
  let standIn: StandIn;
  let host: OfficialHost;
  let cli: Runner;
  const pulumi = (...args: string[]) => cli.run([...args, "--color", "never"], project.folder, {});
  const outputs = async () => JSON.parse((await pulumi("stack", "output", "--json")).stdout);

  before(async () => {
    project = testProject({
      "Pulumi.dev.yaml": 'config:\n  vigia:greeting: "hello"\n  aws:region: eu-central-1\n',
      "stacks/index.ts": program("first"),
      "policies/index.ts": pack,
      "policies/PulumiPolicy.yaml": "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
      "policies/package.json": JSON.stringify({ name: "test", version: "0.0.1", main: "dist/index.js" }),
    });
    workspace = openWorkspace("dev", filesOf("vigia", {}));
    installOfficialPackRunner(workspace.home);
    standIn = await startStandIn();
    host = await startOfficialHost(workspace.env);
    cli = runner({
      cli: await pulumiCli(),
      env: {
        ...workspace.env,
        PULUMI_DEBUG_LANGUAGES: host.debugLanguages,
        PULUMI_DEBUG_PROVIDERS: standIn.debugProviders,
      },
      onSignal: "end it",
    });
    await pulumi("stack", "init", "dev");
  });

  after(async () => {
    host?.close();
    await standIn?.close();
    workspace?.remove();
    project?.remove();
  });

  it("previews and deploys the program by cmd/run, and an edited program is what the next update deploys", async () => {
    const { stdout } = await pulumi("preview");
    assert.match(stdout, /aws:sqs:Queue\s+orders\s+create/);
    await pulumi("up", "--yes", "--skip-preview");
    assert.deepEqual(await outputs(), {
      word: "first",
      greeting: "hello",
      url: standIn.cloud.resources()[0]?.outputs.url,
    });

    project.write("stacks/index.ts", program("second"));
    await pulumi("up", "--yes", "--skip-preview");
    assert.equal((await outputs()).word, "second");

    const [first] = host.started;
    assert.ok(first?.includes("--dry-run"));
    assert.equal(first?.at(-1), "main.cjs");
  });

  it("names the TypeScript line of a program that throws", async () => {
    project.write("stacks/index.ts", "export default async () => {\n  throw new Error('out of milk');\n};\n");
    await assert.rejects(pulumi("preview"), (error) => {
      assert.ok(error instanceof CommandFailed);
      assert.match(error.stdout, /out of milk/);
      assert.match(error.stdout, /stacks\/index\.ts:2:\d+/);
      return true;
    });
  });

  it("names file and line of a program that does not compile", async () => {
    project.write("stacks/index.ts", "export default async () => {\n  const = 1;\n};\n");
    await assert.rejects(pulumi("preview"), (error) => {
      assert.ok(error instanceof CommandFailed);
      assert.match(error.stdout, /stacks\/index\.ts:2:9/);
      return true;
    });
  });

  it("leaves the failures of a process alone that is not the host's", () => {
    const before = process.listenerCount("unhandledRejection");
    assert.equal(typeof createRequire(__filename)("../../stacks/main.cjs"), "function");
    assert.equal(process.listenerCount("unhandledRejection"), before);
  });

  it("runs the bundled policy pack by cmd/run-policy-pack", async () => {
    project.write("stacks/index.ts", program("third"));
    buildPack(join(project.folder, "policies"));
    await assert.rejects(pulumi("preview", "--policy-pack", "policies"), (error) => {
      assert.ok(error instanceof CommandFailed);
      assert.match(error.stdout, /remove queue orders/);
      return true;
    });
  });

  it("previews this project's own program under its own pack", async function () {
    // A thousand resources, and a busy machine.
    this.timeout(300_000);
    for (const part of ["infra", "stacks", "policies", "generated", "Pulumi.dev.yaml"]) {
      rmSync(join(project.folder, part), { recursive: true, force: true });
      cpSync(join(root, part), join(project.folder, part), { recursive: true });
    }
    buildPack(join(project.folder, "policies"));
    const { stdout } = await pulumi("preview", "--policy-pack", "policies");
    assert.match(stdout, /vigia:index:Queue|aws:sqs:Queue/);
    assert.match(stdout, /Policies:\s+✅ vigia/);
  });
});
