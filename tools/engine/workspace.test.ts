import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, root } from "../build.cjs";
import { filesOf } from "./settings";
import { openWorkspace, withoutPulumi } from "./workspace";

describe("the workspace of a run", () => {
  it("has its own home, credentials, backend and passphrase, and nothing of the user's Pulumi", () => {
    const before = process.env.PULUMI_ACCESS_TOKEN;
    process.env.PULUMI_ACCESS_TOKEN = "pul-secret";
    const workspace = openWorkspace("dev", filesOf("shop", { "aws:region": "eu-central-1" }));
    try {
      const { env, home, work } = workspace;
      assert.equal(env.PULUMI_ACCESS_TOKEN, undefined);
      assert.equal(env.PULUMI_CONFIG_PASSPHRASE, "");
      assert.equal(env.PULUMI_HOME, home);
      assert.equal(env.PULUMI_CREDENTIALS_PATH, home);
      assert.equal(env.PULUMI_BACKEND_URL, `file://${join(work, "..", "state")}`);
      assert.equal(env.PATH, process.env.PATH);
      assert.equal(readFileSync(join(work, "Pulumi.dev.yaml"), "utf8"), "config:\n  aws:region: eu-central-1\n");
    } finally {
      workspace.remove();
      if (before === undefined) delete process.env.PULUMI_ACCESS_TOKEN;
      else process.env.PULUMI_ACCESS_TOKEN = before;
    }
    assert.equal(existsSync(workspace.work), false);
  });

  it("takes no variable of the user's Pulumi, whatever its name", () => {
    assert.deepEqual(withoutPulumi({ PATH: "/bin", PULUMI_STACK: "x", PULUMI_ANYTHING: "y", NO: undefined }), {
      PATH: "/bin",
    });
  });

  describe("in a process that ends early", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "vigia-test-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    const ends = async (
      how: string,
      signal?: NodeJS.Signals,
    ): Promise<{ code: number | null; work: string; error: string }> => {
      const entry = join(folder, "entry.ts");
      const from = JSON.stringify(join(root, "tools", "engine", "workspace"));
      writeFileSync(
        entry,
        `import { openWorkspace } from ${from};
const { work } = openWorkspace("dev", { project: "name: x", stack: "" });
process.stdout.write(work);
setTimeout(() => { ${how} }, 50);`,
      );
      const child = spawn(process.execPath, [compile(entry)], { stdio: ["ignore", "pipe", "pipe"] });
      let [work, error] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        work += text;
        if (signal) child.kill(signal);
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        error += text;
      });
      const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
      return { code, work, error };
    };

    const cases: readonly [what: string, how: string, code: number, signal?: NodeJS.Signals][] = [
      ["by an exception", "throw new Error('milk');", 1],
      ["by process.exit", "process.exit(3);", 3],
      ["by Ctrl-C", "setTimeout(() => {}, 60000)", 130, "SIGINT"],
      ["by SIGTERM", "setTimeout(() => {}, 60000)", 143, "SIGTERM"],
    ];
    for (const [what, how, expected, signal] of cases) {
      it(`is removed ${what}, and the exit code stays`, async () => {
        const { code, work, error } = await ends(how, signal);
        assert.equal(code, expected, error);
        assert.match(work, /vigia-\w+\/work$/);
        assert.equal(existsSync(join(work, "..")), false);
        assert.equal(error.includes("milk"), what === "by an exception");
      });
    }
  });
});
