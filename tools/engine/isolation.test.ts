import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { compile, root } from "../build.cjs";
import { type StandIn, startStandIn } from "../standin";
import { cacheFolder } from "../toolchain/gotool";
import { pulumiCli } from "../toolchain/pulumi";
import { runner } from "./command";
import { withStack } from "./run";
import { type TestProject, testProject } from "./testing";
import { withoutPulumi } from "./workspace";

/** Path to hash of each file below a folder. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const hash = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
  return Object.fromEntries(
    files.map(({ parentPath, name }) => join(parentPath, name)).map((file) => [file, hash(file)]),
  );
}

/** Sets variables of this process while the work runs. */
async function withEnv<T>(env: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const before = Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]]));
  Object.assign(process.env, env);
  try {
    return await work();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

describe("a run of the engine", () => {
  let project: TestProject;
  let user: string;
  beforeEach(() => {
    project = testProject({ "Pulumi.dev.yaml": "config:\n  aws:region: eu-central-1\n" });
    rmSync(join(project.folder, "node_modules"));
    user = mkdtempSync(join(tmpdir(), "vigia-test-"));
  });
  afterEach(() => {
    project.remove();
    rmSync(user, { recursive: true, force: true });
  });

  it("against the stand-in reads and writes nothing of the user's Pulumi and of the project; two at once do not meet", async () => {
    const home = join(user, ".pulumi");
    mkdirSync(join(home, "plugins", "resource-aws-v7.48.0"), { recursive: true });
    writeFileSync(join(home, "plugins", "resource-aws-v7.48.0", "pulumi-resource-aws"), "#!/bin/sh\nexit 1\n", {
      mode: 0o755,
    });
    writeFileSync(join(home, "credentials.json"), '{ "current": "https://example.invalid" }\n');
    const before = { user: contents(user), project: contents(project.folder) };
    const env = {
      HOME: user,
      VIGIA_CACHE: cacheFolder(),
      PULUMI_HOME: home,
      PULUMI_ACCESS_TOKEN: "pul-0123",
      PULUMI_BACKEND_URL: "https://example.invalid",
      PULUMI_STACK: "other",
      PULUMI_CONFIG_PASSPHRASE: "theirs",
    };
    const works: string[] = [];
    const one = (name: string) =>
      withStack(
        {
          stack: "dev",
          provider: "stand-in",
          packages: ["aws"],
          project: project.folder,
          program: async () => void new aws.sqs.Queue(name),
        },
        async (stack) => {
          const up = await stack.up();
          works.push(...readdirSync(tmpdir()).filter((entry) => /^vigia-\w{6}$/.test(entry)));
          assert.deepEqual([up.failed, up.cause?.message], [false, undefined]);
          return stack.standIn?.cloud.resources().map(({ urn }) => urn.split("::").at(-1));
        },
      );
    const found = await withEnv(env, () => Promise.all([one("left"), one("right")]));
    assert.deepEqual(found, [["left"], ["right"]]);
    assert.deepEqual({ user: contents(user), project: contents(project.folder) }, before);
    assert.ok(works.length > 0);
  });

  it("that is ended by a signal ends its engine and leaves no folder", async () => {
    const entry = join(project.folder, "entry.ts");
    const from = JSON.stringify(join(root, "tools", "engine", "run"));
    writeFileSync(
      entry,
      `import { withStack } from ${from};
const program = () => new Promise<void>(() => { process.stdout.write("running\\n"); });
withStack({ stack: "dev", provider: "stand-in", packages: ["aws"], config: {}, program }, (stack) => stack.preview());`,
    );
    const temporary = join(user, "tmp");
    mkdirSync(temporary);
    const child = spawn(process.execPath, [compile(entry)], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TMPDIR: temporary },
    });
    const made = new Promise<string[]>((resolve) => child.stdout.once("data", () => resolve(readdirSync(temporary))));
    const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
    assert.equal((await made).filter((name) => name.startsWith("vigia-")).length, 1);
    child.kill("SIGTERM");
    assert.equal(await closed, 143);
    assert.deepEqual(
      readdirSync(temporary).filter((name) => name.startsWith("vigia-")),
      [],
    );
  });

  describe("against AWS", () => {
    let standIn: StandIn;
    let env: Record<string, string>;
    const pulumi = async (...args: string[]) => {
      const own = { ...withoutPulumi(process.env), ...env };
      return runner({ cli: await pulumiCli(), env: own, onSignal: "end it" }).run(args, project.folder, {});
    };
    // Only its program and its backend are the user's here: the account is the stand-in's.
    const preview = () =>
      withEnv(env, () =>
        withStack(
          {
            stack: "dev",
            provider: "aws",
            project: project.folder,
            program: async () => void new aws.sqs.Queue("orders"),
          },
          (stack) => stack.preview(),
        ),
      );

    beforeEach(async () => {
      standIn = await startStandIn(["aws"]);
      mkdirSync(join(user, "state"));
      env = {
        PULUMI_HOME: join(user, "home"),
        PULUMI_BACKEND_URL: `file://${join(user, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "theirs",
        PULUMI_DEBUG_PROVIDERS: standIn.debugProviders,
        PULUMI_SKIP_UPDATE_CHECK: "true",
      };
    });
    afterEach(() => standIn.close());

    it("uses the user's backend, never makes a stack, and says how to", async () => {
      const { failed, cause } = await preview();
      assert.equal(failed, true);
      assert.deepEqual(cause, {
        kind: "no-stack",
        message: 'your Pulumi backend has no stack "dev": make it with `pulumi stack init dev`',
      });
      assert.equal(existsSync(join(user, "state", ".pulumi", "stacks", "vigia", "dev.json")), false);
    });

    it("previews the user's stack, and the one that the user has selected stays selected", async () => {
      await pulumi("stack", "init", "dev");
      await pulumi("stack", "init", "other");
      const { failed, cause, changes } = await preview();
      assert.deepEqual([failed, cause?.message], [false, undefined]);
      assert.deepEqual(changes, { create: 2 });
      assert.equal((await pulumi("stack", "--show-name")).stdout.trim(), "other");
    });
  });
});
