import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation";
// From its own file: the index lacks it where somebody in the same process loaded that file first.
import { LocalWorkspace } from "@pulumi/pulumi/automation/localWorkspace";
import { pulumiCommand } from "../toolchain/pulumi";
import type { Cloud } from "./cloud";
import { type StandIn, startStandIn } from "./index";

/** What the engine did, or plans to do, with one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  /** Paths of the changed arguments, with what happens to each, for example `delaySeconds: update`. */
  readonly diff: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The result of one run of the engine. */
export interface Result {
  readonly failed: boolean;
  /** Without the stack itself and the provider instances. */
  readonly steps: readonly Step[];
  /** Errors and warnings in words. */
  readonly said: string;
}

/** A stack on the real engine with a stand-in of its own; nothing outside a temporary folder is touched. */
export interface TestEngine {
  readonly stack: Stack;
  readonly standIn: StandIn;
  readonly cloud: Cloud;
  preview(program: PulumiFn): Promise<Result>;
  up(program: PulumiFn): Promise<Result>;
  refresh(): Promise<Result>;
  destroy(): Promise<Result>;
  close(): Promise<void>;
}

/** Outcomes of a step count, plans do not: an event that tells of a plan comes before each step. */
function collect(events: readonly EngineEvent[]): Pick<Result, "steps" | "said"> {
  const steps: Step[] = [];
  const said: string[] = [];
  for (const { resourcePreEvent, resOutputsEvent, diagnosticEvent } of events) {
    if (diagnosticEvent && ["error", "warning"].includes(diagnosticEvent.severity)) said.push(diagnosticEvent.message);
    const metadata = (resOutputsEvent ?? resourcePreEvent)?.metadata;
    if (!metadata || metadata.type.startsWith("pulumi:")) continue;
    const name = metadata.urn.split("::").at(-1) ?? "";
    const diff = Object.entries(metadata.detailedDiff ?? {}).map(([path, { diffKind }]) => `${path}: ${diffKind}`);
    const { inputs = {}, outputs = {}, parent = "" } = metadata.new ?? metadata.old ?? {};
    const step = {
      op: metadata.op,
      urn: metadata.urn,
      type: metadata.type,
      name,
      parent: parent.split("::").at(-1) ?? "",
      diff,
      inputs,
      outputs,
    };
    const before = steps.findIndex(
      ({ op, urn }) => urn === step.urn && (op === step.op || (resOutputsEvent && op === "refresh")),
    );
    if (before >= 0) steps[before] = { ...step, diff: diff.length > 0 ? diff : (steps[before]?.diff ?? []) };
    else steps.push(step);
  }
  return { steps, said: said.join("\n") };
}

/** Starts an engine with an empty stack `dev`. @param config settings such as `{ "aws:region": "eu-west-1" }`. */
export async function startEngine(
  config: Readonly<Record<string, string>> = { "aws:region": "eu-west-1" },
): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), "vigia-standin-"));
  await mkdir(join(folder, "state"));
  await writeFile(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "standin", runtime: "nodejs" }));
  await writeFile(join(folder, "Pulumi.dev.yaml"), JSON.stringify({ config }));
  const standIn = await startStandIn();
  const stack = await LocalWorkspace.createStack(
    { stackName: "dev", projectName: "standin", program: async () => {} },
    {
      workDir: folder,
      pulumiHome: join(folder, "home"),
      pulumiCommand: await pulumiCommand(),
      envVars: {
        PULUMI_BACKEND_URL: `file://${folder}/state`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_DEBUG_PROVIDERS: standIn.debugProviders,
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_EXPERIMENTAL: "true",
        PULUMI_SKIP_CHECKPOINTS: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    },
  );
  const run = async (act: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<Result> => {
    const events: EngineEvent[] = [];
    try {
      await act((event) => events.push(event));
      return { failed: false, ...collect(events) };
    } catch (error) {
      const { steps, said } = collect(events);
      return { failed: true, steps, said: said === "" && error instanceof Error ? error.message : said };
    }
  };
  return {
    stack,
    standIn,
    cloud: standIn.cloud,
    preview: (program) => run((onEvent) => stack.preview({ program, onEvent })),
    up: (program) => run((onEvent) => stack.up({ program, onEvent })),
    refresh: () => run((onEvent) => stack.refresh({ onEvent })),
    destroy: () => run((onEvent) => stack.destroy({ onEvent })),
    close: async () => {
      await standIn.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `op type name` of each step that changes something, with the type's last word. */
export const summary = (steps: readonly Step[]): string[] =>
  steps
    .filter(({ op }) => !["same", "read", "discard"].includes(op))
    .map(({ op, type, name }) => `${op} ${type.split(":").at(-1)} ${name}`);

/** Runs with an engine of its own, so that no test sees another's resources. */
export async function onEngine(test: (engine: TestEngine) => Promise<void>): Promise<void> {
  const engine = await startEngine();
  try {
    await test(engine);
  } finally {
    await engine.close();
  }
}
