import { type ResourceTransform, runtime } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { Run, Step } from "../engine/record";
import type { EngineStack } from "../engine/run";
import type { Cloud, CloudResource } from "../standin";
import { count } from "./text";
import { changesText } from "./tree";

/** What one step of a rehearsal showed. */
export interface Outcome {
  readonly step: string;
  /** What was seen, with its figure. */
  readonly seen: string;
  /** How that differs from what must be; absent where it does not. */
  readonly differs?: string;
  readonly durationMs: number;
}

/** What a rehearsal is done on. */
export interface Stage {
  readonly stack: Pick<EngineStack, "up" | "preview" | "refresh" | "destroy" | "exportStack">;
  readonly cloud: Cloud;
  /** Keeps the exported state; answers where. */
  readonly keep: (state: unknown) => string;
  /** From now on the program's resources are not protected. */
  readonly unprotect: () => void;
}

type Found = Omit<Outcome, "step" | "durationMs">;

/** The part of a stack export that a rehearsal reads. */
interface State {
  readonly deployment: {
    readonly resources?: readonly {
      readonly urn: string;
      readonly id?: string;
      readonly protect?: boolean;
      readonly retainOnDelete?: boolean;
    }[];
  };
}

const names = (steps: readonly { readonly name: string }[]) => steps.map(({ name }) => name).join(", ");
const changed = ({ resources }: Run): Step[] =>
  resources.filter(({ op }) => op !== "same" && op !== "read" && op !== "refresh");

/** A failed run differs from every expectation. */
const told = (run: Run, differs?: string): Found => ({
  seen: changesText(run.changes, run.action !== "preview"),
  ...(run.failed
    ? { differs: run.cause?.message ?? "the engine gave no reason" }
    : differs !== undefined && { differs }),
});

/** A run that must change nothing. */
function still(run: Run): Found {
  const found = changed(run);
  return told(run, found.length > 0 ? `must change nothing, but changes ${names(found)}` : undefined);
}

/** A run that must change one resource, and nothing else. */
function onlyThat(run: Run, urn: string): Found {
  const found = changed(run);
  const right = found.length === 1 && found[0]?.urn === urn && found[0].op === "update";
  return told(
    run,
    right ? undefined : `must change ${urn.split("::").pop()} alone, but changes ${names(found) || "nothing"}`,
  );
}

/** One change that a person could make in the console: a number of one resource, an alarm's threshold where there is one. */
export interface Drift {
  readonly resource: CloudResource;
  readonly property: string;
  readonly before: number;
  readonly after: number;
}

/** Chooses what drifts: always the same for the same resources. Undefined where no resource was given a number. */
export function driftIn(resources: readonly CloudResource[]): Drift | undefined {
  const numbers = resources.flatMap((resource) =>
    Object.entries(resource.inputs).flatMap(([property, before]) =>
      typeof before === "number" ? [{ resource, property, before, after: before + 1 }] : [],
    ),
  );
  numbers.sort((a, b) => (a.resource.urn < b.resource.urn ? -1 : 1));
  return numbers.find(({ property }) => property === "threshold") ?? numbers[0];
}

/** A transform that takes the protection from all resources of a program, as a person who means to destroy it would. */
const unprotected: ResourceTransform = ({ props, opts }) => ({ props, opts: { ...opts, protect: false } });

/** A program whose resources lose their protection when the switch is on. */
export function withUnprotect(program: PulumiFn): { program: PulumiFn; unprotect: () => void } {
  let on = false;
  return {
    program: async () => {
      if (on) runtime.registerResourceTransform(unprotected);
      return program();
    },
    unprotect: () => {
      on = true;
    },
  };
}

async function exported({ stack, cloud, keep }: Stage): Promise<Found> {
  const state = (await stack.exportStack()) as State;
  const resources = state.deployment.resources ?? [];
  const ids = new Set(resources.map(({ id }) => id));
  const lacking = cloud.resources().filter(({ id }) => !ids.has(id));
  return {
    seen: `${count(resources.length, "resource")} in ${keep(state)}`,
    ...(lacking.length > 0 && { differs: `the state lacks ${lacking.map(({ urn }) => urn).join(", ")}` }),
  };
}

async function emptied({ stack, cloud }: Stage): Promise<Found> {
  const retained = new Set(
    ((await stack.exportStack()) as State).deployment.resources
      ?.filter(({ retainOnDelete }) => retainOnDelete)
      .map(({ urn }) => urn),
  );
  const run = await stack.destroy();
  const after = (await stack.exportStack()) as State;
  const left = [
    ...(after.deployment.resources ?? []).map(({ urn }) => `${urn} in the state`),
    ...cloud.resources().flatMap(({ urn }) => (retained.has(urn) ? [] : [`${urn} in the account`])),
  ];
  const kept = retained.size > 0 ? `, ${retained.size} retained as the program says` : "";
  const found = told(run, left.length > 0 ? `must leave nothing, but leaves ${left.join(", ")}` : undefined);
  return { ...found, seen: `${found.seen}${kept}` };
}

/**
 * The life of a stack on the stand-in, step by step; it ends after the first step that differs, because the later ones build on it.
 * @returns each step as it ends
 */
export async function* rehearsal(stage: Stage): AsyncGenerator<Outcome> {
  const { stack, cloud } = stage;
  let drift: Drift | undefined;
  const drifted = () => drift?.resource.urn ?? "";
  const steps: Readonly<Record<string, () => Promise<Found | undefined>>> = {
    "first update": async () => told(await stack.up()),
    "second update": async () => still(await stack.up()),
    refresh: async () => still(await stack.refresh()),
    drift: async () => {
      drift = driftIn(cloud.resources());
      if (!drift)
        return { seen: "no resource has a number that could drift", differs: "one injected drift must be reported" };
      const { resource, property, before, after } = drift;
      cloud.drift(resource.urn, { [property]: after });
      return { seen: `${property} of ${resource.urn.split("::").pop()}: ${before} became ${after}` };
    },
    "drift is found": async () => onlyThat(await stack.refresh(), drifted()),
    "drift is reported": async () => onlyThat(await stack.preview(), drifted()),
    "drift is undone": async () => {
      const found = onlyThat(await stack.up(), drifted());
      const value = cloud.resources().find(({ urn }) => urn === drifted())?.inputs[drift?.property ?? ""];
      return value === drift?.before || found.differs
        ? found
        : { ...found, differs: `${drift?.property} is ${String(value)}` };
    },
    export: () => exported(stage),
    unprotect: async () => {
      const state = (await stack.exportStack()) as State;
      const guarded = state.deployment.resources?.filter(({ protect }) => protect) ?? [];
      if (guarded.length === 0) return undefined;
      stage.unprotect();
      const run = await stack.up();
      return {
        ...still(run),
        seen: `${count(guarded.length, "resource")} lost protection, as a person would do first`,
      };
    },
    destroy: () => emptied(stage),
  };
  for (const [step, take] of Object.entries(steps)) {
    const started = performance.now();
    const found = await take();
    if (!found) continue;
    yield { step, ...found, durationMs: performance.now() - started };
    if (found.differs !== undefined) return;
  }
}
