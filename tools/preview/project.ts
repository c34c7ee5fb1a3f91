import { createRequire } from "node:module";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { buildPack, root } from "../build.cjs";

/** What a command works on. */
export interface Project {
  /** Folder of Pulumi.yaml and Pulumi.<stack>.yaml; out/<stack>/ is made in it. */
  readonly folder: string;
  readonly program: PulumiFn;
  /** Loads the program without running it: while the engine starts, this process has nothing else to do. */
  readonly load?: () => unknown;
  /** Builds the policy pack where it must be, and answers its folder. */
  readonly pack: () => string;
}

/** The program by the entry that the official CLI takes: compiled when it is called, so that a mistake in it is the program's failure and not ours. */
const load = (): unknown => createRequire(join(root, "package.json"))("./stacks/main.cjs");
const program: PulumiFn = () => {
  const entry = load();
  if (typeof entry !== "function") throw new TypeError("stacks/index.ts has no default export that is a function");
  return entry();
};

/** This project. */
export const vigia: Project = { folder: root, program, load, pack: buildPack };
