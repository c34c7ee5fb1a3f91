import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { LocalWorkspace } from "@pulumi/pulumi/automation/localWorkspace";
import type { Stack } from "@pulumi/pulumi/automation/stack";
import { root, sourceLines } from "../build.cjs";
import { type StandIn, startStandIn } from "../standin";
import type { FoundTool, Log } from "../toolchain/gotool";
import { pulumiCli } from "../toolchain/pulumi";
import { causeOf } from "./cause";
import { undoAtEnd } from "./cleanup";
import { CommandFailed, type Runner, runner } from "./command";
import { installPackRunner, writeRunner } from "./packrunner";
import { type Action, type Gathered, gatherer, type Run } from "./record";
import { engineFiles, filesOf } from "./settings";
import { openWorkspace } from "./workspace";

/** What to run the engine on. */
export interface StackOptions {
  readonly stack: string;
  /** The program; what it returns are the stack's outputs. It is called once for each preview and update. */
  readonly program: PulumiFn;
  /** Loads what the program needs, while the engine starts. What it throws is left to the program to meet again. */
  readonly load?: () => unknown;
  /** `stand-in`: no account, nothing of the user's is read or written. `aws`: the user's own backend, login and plugins. */
  readonly provider: "stand-in" | "aws";
  /** Folder of a built policy pack. */
  readonly pack?: string;
  /** Folder of Pulumi.yaml and Pulumi.<stack>.yaml. @default this project */
  readonly project?: string;
  /** Settings instead of the project's files, for a program that is not this project's; with the stand-in only. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Packages that the stand-in serves. @default all that it knows */
  readonly packages?: readonly string[];
  /** After how many milliseconds without a sign of life a run against the stand-in is ended. @default 120000 */
  readonly idleLimit?: number;
  /** Takes one line for a person, while the Pulumi CLI is looked for. @default standard error */
  readonly log?: Log;
}

/** A stack on the engine. */
export interface EngineStack {
  /** Which engine and which providers, for a report. */
  readonly engine: { readonly version: string; readonly provider: string };
  /** The pretended account; absent against AWS. */
  readonly standIn?: StandIn;
  /** None of these throws for a failure of the program, a rule, a resource or the engine: see `Run.failed`. */
  preview(): Promise<Run>;
  up(): Promise<Run>;
  refresh(): Promise<Run>;
  destroy(): Promise<Run>;
  /** What `pulumi stack export` writes: secrets stay encrypted. */
  exportStack(): Promise<unknown>;
}

/** Where and with what the commands run. */
interface Place {
  readonly cli: FoundTool;
  readonly runner: Runner;
  readonly work: string;
  readonly provider: string;
  readonly standIn?: StandIn;
  close(): Promise<void>;
}

/**
 * Runs the real engine on a program, in this process, and tidies up whatever happens.
 *
 * @throws Error before the engine starts where there is no such stack, a setting is encrypted or there is no Pulumi CLI; and
 * whatever `work` throws
 */
export async function withStack<T>(options: StackOptions, work: (stack: EngineStack) => Promise<T>): Promise<T> {
  const place = options.provider === "aws" ? await onAws(options) : await onStandIn(options);
  try {
    const made = LocalWorkspace[options.provider === "aws" ? "selectStack" : "createStack"](
      { stackName: options.stack, projectName: "vigia", program: options.program },
      { workDir: place.work, pulumiCommand: place.runner },
    );
    const [stack] = await Promise.all([made, loaded(options.load)]);
    return await work(engineStack(options, place, stack));
  } finally {
    await place.close();
  }
}

async function loaded(load: StackOptions["load"]): Promise<void> {
  // Loading holds up this process: the command that runs meanwhile must have been started.
  await new Promise((resolve) => setTimeout(resolve, 10));
  try {
    await load?.();
  } catch {
    // The program loads the same, and its failure has a place to be told.
  }
}

async function onStandIn(options: StackOptions): Promise<Place> {
  const { stack, project = root, config, idleLimit = 120_000 } = options;
  const files = config ? filesOf("vigia", config) : engineFiles(project, stack);
  const [cli, standIn] = await Promise.all([pulumiCli({ log: options.log }), startStandIn(options.packages)]);
  const workspace = openWorkspace(stack, files);
  installPackRunner(workspace.home);
  return {
    cli,
    runner: runner({
      cli,
      env: { ...workspace.env, PULUMI_DEBUG_PROVIDERS: standIn.debugProviders },
      idleLimit,
      onSignal: "end it",
      answer: answerFromEvents,
    }),
    work: workspace.work,
    provider: standIn.version,
    standIn,
    async close() {
      workspace.remove();
      await standIn.close();
    },
  };
}

async function onAws(options: StackOptions): Promise<Place> {
  if (options.config) throw new Error("settings in place of the project's files are for the stand-in only");
  const cli = await pulumiCli({ log: options.log });
  const folder = mkdtempSync(join(tmpdir(), "vigia-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const forget = undoAtEnd(remove);
  writeRunner(folder);
  const env = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    cli,
    runner: runner({
      cli,
      // Last on PATH: where the official language host is installed, the engine takes that one.
      env: { ...Object.fromEntries(env), PATH: `${process.env.PATH ?? ""}${delimiter}${folder}` },
      onSignal: "let it end",
      // Each command names its stack: the one that the user has selected stays selected.
      answer: (args) => (args[0] === "stack" && args[1] === "select" ? "" : answerFromEvents(args)),
    }),
    work: options.project ?? root,
    provider: "aws",
    async close() {
      remove();
      forget();
    },
  };
}

/** After an update the API asks three times more for what the events have told already; each time starts the CLI. */
function answerFromEvents(args: readonly string[]): string | undefined {
  if (args[0] !== "stack") return undefined;
  if (args[1] === "output") return "{}";
  if (args[1] === "history") return "[]";
  return undefined;
}

function engineStack(options: StackOptions, place: Place, stack: Stack): EngineStack {
  const policyPacks = options.pack ? [options.pack] : undefined;
  const run = (action: Action, operate: (onEvent: ReturnType<typeof gatherer>["onEvent"]) => Promise<unknown>) =>
    recorded(action, options.stack, place.runner, operate);
  return {
    engine: { version: place.cli.version, provider: place.provider },
    standIn: place.standIn,
    preview: () => run("preview", (onEvent) => stack.preview({ policyPacks, onEvent, color: "never" })),
    up: () => run("up", (onEvent) => stack.up({ policyPacks, onEvent, color: "never", suppressProgress: true })),
    refresh: () => run("refresh", (onEvent) => stack.refresh({ onEvent, color: "never", suppressProgress: true })),
    destroy: () => run("destroy", (onEvent) => stack.destroy({ onEvent, color: "never", suppressProgress: true })),
    async exportStack() {
      // Not the API's: that one asks for the secrets in clear.
      const { stdout } = await place.runner.run(["stack", "export", "--stack", options.stack], place.work, {});
      return JSON.parse(stdout);
    },
  };
}

async function recorded(
  action: Action,
  stack: string,
  { alive }: Runner,
  operate: (onEvent: ReturnType<typeof gatherer>["onEvent"]) => Promise<unknown>,
): Promise<Run> {
  const { onEvent, gathered } = gatherer(action);
  const started = performance.now();
  const whole = (told: Gathered) => ({ action, stack, ...told, durationMs: Math.round(performance.now() - started) });
  try {
    await operate((event) => {
      alive();
      onEvent(event);
    });
    return { ...whole(gathered()), failed: false };
  } catch (error) {
    const told = gathered();
    const said = error instanceof CommandFailed ? `${error.stderr}\n${error.stdout}` : String(error);
    const cause = causeOf({
      stack,
      text: sourceLines(said),
      diagnostics: told.diagnostics,
      violations: told.violations,
    });
    return { ...whole(told), failed: true, cause };
  }
}
