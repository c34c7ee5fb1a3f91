import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build.cjs";

const runner = "pulumi-analyzer-policy-nodejs";

/**
 * Puts the program that starts a policy pack where the engine looks for it when there is no language host: the plugin folder
 * of a Pulumi home. The pack is compiled and serves itself, so that Node is all it needs. The engine starts it in the pack's
 * folder.
 */
export function installPackRunner(home: string): void {
  writeRunner(join(home, "plugins", "analyzer-policy-nodejs-v0.0.0"));
}

/** The same in any folder, which then must stand on PATH: for a Pulumi home that is not ours to write to. */
export function writeRunner(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const lazy = join(root, "tools", "engine", "lazy.cjs");
  const command = [process.execPath, "-r", lazy, "."].map(quoted).join(" ");
  writeFileSync(join(folder, runner), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
}

/** A word of a shell's command line. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
