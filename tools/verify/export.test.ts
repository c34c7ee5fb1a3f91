import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../build.cjs";
import { runner } from "../engine/command";
import { withoutPulumi } from "../engine/workspace";
import { pulumiCli } from "../toolchain/pulumi";
import { exportState } from "./export";
import { readState } from "./state";

const quiet = () => undefined;

describe("the state by the Pulumi CLI", function () {
  this.timeout(60_000);
  let folder: string;
  let env: Record<string, string>;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "vigia-verify-"));
    for (const name of ["home", "state"]) mkdirSync(join(folder, name));
    cpSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    env = {
      ...withoutPulumi(process.env),
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("says that there is no such stack", async () => {
    await assert.rejects(
      exportState("dev", quiet, folder, env),
      /^Error: stack dev was never deployed: your Pulumi backend has no stack "dev": make it with `pulumi stack init dev`$/,
    );
  });

  it("says that nobody is logged in", async () => {
    const { PULUMI_BACKEND_URL: _, ...loggedOut } = env;
    await assert.rejects(
      exportState("dev", quiet, folder, loggedOut),
      /^Error: you are not logged in to a Pulumi backend/,
    );
  });

  it("is read without the passphrase, and tells of a stack to which nothing was deployed", async () => {
    const pulumi = runner({ cli: await pulumiCli({ log: quiet }), env, onSignal: "end it" });
    await pulumi.run(["stack", "init", "dev"], folder, {});
    const { PULUMI_CONFIG_PASSPHRASE: _, ...locked } = env;
    const text = await exportState("dev", quiet, folder, locked);
    assert.throws(
      () => readState("dev", text, "the state of dev"),
      /^Error: stack dev has no resources: it was never deployed/,
    );
  });

  it("leaves what it reads as it was", async () => {
    const settings = join(folder, "Pulumi.dev.yaml");
    writeFileSync(settings, readFileSync(settings));
    const before = readFileSync(settings, "utf8");
    await exportState("dev", quiet, folder, env);
    assert.equal(readFileSync(settings, "utf8"), before);
  });
});
