import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { undoAtEnd } from "./cleanup";
import type { EngineFiles } from "./settings";

/** A run's own place: nothing in it outlives the run, and nothing of the user's Pulumi is in it. */
export interface Workspace {
  /** Folder of the copies of Pulumi.yaml and Pulumi.<stack>.yaml. */
  readonly work: string;
  /** PULUMI_HOME of the run: its plugins, its credentials. */
  readonly home: string;
  /** The whole environment of the engine. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes everything. */
  remove(): void;
}

/**
 * Makes the place of a run against the stand-in, in the system's folder of temporary files. It goes with `remove`, and when
 * the process ends before.
 */
export function openWorkspace(stack: string, files: EngineFiles): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "vigia-"));
  const forget = undoAtEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const [work, home, state] = [join(folder, "work"), join(folder, "home"), join(folder, "state")] as const;
  for (const path of [work, home, state]) mkdirSync(path);
  // The engine writes its own debug log, compressed, into a folder of this name, which nobody reads here and which took a third of its
  // processor time (CLI 3.250). There is no setting against it; where the folder cannot be made it goes on without.
  writeFileSync(join(home, "logs"), "");
  writeFileSync(join(work, "Pulumi.yaml"), files.project);
  writeFileSync(join(work, `Pulumi.${stack}.yaml`), files.stack);
  return {
    work,
    home,
    env: {
      ...withoutPulumi(process.env),
      PULUMI_HOME: home,
      PULUMI_CREDENTIALS_PATH: home,
      PULUMI_BACKEND_URL: `file://${state}`,
      // Nothing secret is in a stand-in's state. Set and empty: unset, the engine would ask for it.
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // A missing plugin is an error at once instead of a download.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // The file backend else writes the whole state after each resource; for a state that is thrown away, the end is enough.
      PULUMI_EXPERIMENTAL: "true",
      PULUMI_SKIP_CHECKPOINTS: "true",
    },
    remove() {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      forget();
    },
  };
}

/** An environment without any of the user's Pulumi settings: login, backend, stack, token, debugging. */
export function withoutPulumi(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !name.startsWith("PULUMI_")) kept[name] = value;
  }
  return kept;
}
