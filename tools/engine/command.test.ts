import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, root } from "../build.cjs";
import { CommandFailed, type RunnerOptions, runner } from "./command";

describe("a command of the engine", () => {
  let folder: string;
  const script = (body: string): string => {
    const path = join(folder, "pulumi");
    writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    return path;
  };
  const run = (body: string, options: Partial<RunnerOptions> = {}) =>
    runner({
      cli: { path: script(body), version: "3.250.0" },
      env: { PATH: "/usr/bin:/bin" },
      onSignal: "end it",
      ...options,
    }).run(["preview"], folder, { MORE: "1" });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vigia-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("has the environment that it was given and nothing of this process's", async () => {
    const { stdout } = await run("env");
    const names = stdout.split("\n").map((line) => line.split("=")[0]);
    // What the shell itself sets is PWD and the like.
    assert.deepEqual(names.filter((name) => name && !/^(PWD|OLDPWD|SHLVL|_)$/.test(name)).sort(), [
      "MORE",
      "PATH",
      "PULUMI_AUTOMATION_API",
    ]);
  });

  it("that fails throws what it wrote and its exit code", async () => {
    await assert.rejects(run("echo out; echo 'error: no' >&2; exit 7"), (error) => {
      assert.ok(error instanceof CommandFailed);
      assert.deepEqual([error.exitCode, error.stdout, error.stderr], [7, "out\n", "error: no\n"]);
      return true;
    });
  });

  it("that is not there is an error, not a wait", async () => {
    const absent = runner({ cli: { path: join(folder, "absent"), version: "3.250.0" }, env: {}, onSignal: "end it" });
    await assert.rejects(absent.run([], folder, {}), /ENOENT/);
  });

  it("that shows no life is ended with all that it started", async () => {
    const note = join(folder, "late");
    await assert.rejects(
      run(`(sleep 3; echo late > ${note}) & echo dots; wait`, { idleLimit: 500 }),
      /no sign of life for 0\.5 s: ended/,
    );
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    assert.equal(existsSync(note), false);
  }).timeout(10_000);

  it("against an account gets the signal once, and the process ends when the command has written its state", async () => {
    const note = join(folder, "state");
    const cli = script(
      `trap 'sleep 0.3; echo interrupted >> ${note}; exit 1' INT; echo ready; while :; do sleep 0.05; done`,
    );
    const entry = join(folder, "entry.ts");
    const at = (name: string) => JSON.stringify(join(root, "tools", "engine", name));
    writeFileSync(
      entry,
      `import { runner } from ${at("command")};
runner({ cli: { path: ${JSON.stringify(cli)}, version: "3.250.0" }, env: { PATH: "/usr/bin:/bin" }, onSignal: "let it end" })
  .run(["up"], ".", {}, (text) => process.stdout.write(text))
  .catch(() => undefined);`,
    );
    const child = spawn(process.execPath, [compile(entry)], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.once("data", () => child.kill("SIGINT"));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    assert.equal(code, 130);
    assert.equal(readFileSync(note, "utf8"), "interrupted\n");
  });
});
