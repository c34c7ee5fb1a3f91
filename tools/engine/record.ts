import type { DiffKind, EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/events";
import type { OpMap, OpType } from "@pulumi/pulumi/automation/stack";
import { sourceLines } from "../build.cjs";
import type { Cause } from "./cause";

/** What the engine does in a run. */
export type Action = "preview" | "up" | "refresh" | "destroy";

/** One resource of a run, and what the engine does or would do with it. */
export interface Step {
  readonly urn: string;
  /** For example `aws:sqs/queue:Queue`. */
  readonly type: string;
  /** Last part of the URN. */
  readonly name: string;
  /** URN of the parent; absent for the stack. */
  readonly parent?: string;
  /** A replacement is one step with op `replace`; of a refresh, what was found: `same`, `update` or `delete`. */
  readonly op: OpType;
  /** Of a replacement: the old one goes before the new one comes. */
  readonly deleteFirst: boolean;
  /** As the program gave them; of a deleted resource, as they were. Secrets read `[secret]`, unknown values `unknownValue`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Known after an update; in a preview of a new resource most are `unknownValue`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Properties that force a replacement. */
  readonly replaceKeys: readonly string[];
  /** Properties that change. */
  readonly changedKeys: readonly string[];
  /** Property path to how it differs; empty where the provider does not say. */
  readonly detailedDiff: Readonly<Record<string, { readonly diffKind: `${DiffKind}`; readonly inputDiff: boolean }>>;
}

/** One broken policy rule. */
export interface Violation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory" | "remediate" | "disabled";
  /** `low`, `medium`, `high`, `critical`, or empty where the rule has none. */
  readonly severity: string;
  /** The resource; absent where the rule is about the whole stack. */
  readonly urn?: string;
  /** What the rule says, without its description. */
  readonly message: string;
}

/** One message of the engine, the program or a provider. */
export interface Diagnostic {
  readonly severity: "info" | "info#err" | "warning" | "error";
  readonly urn?: string;
  readonly message: string;
}

/** All that a run of the engine told. */
export interface Run {
  readonly action: Action;
  readonly stack: string;
  /** In the order in which the engine came to them. */
  readonly resources: readonly Step[];
  readonly violations: readonly Violation[];
  /** Without the engine's own debugging. */
  readonly diagnostics: readonly Diagnostic[];
  /** Op to number of resources, as the engine counts. */
  readonly changes: Readonly<OpMap>;
  /** What the program exports; unknown values as in `Step`. Empty for a refresh and a destruction. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly durationMs: number;
  /** The program, a resource or a mandatory rule failed, or the engine did. */
  readonly failed: boolean;
  /** Why it failed. */
  readonly cause?: Cause;
}

/** What stands in the place of a value that is not known yet: the engine's own mark for any such value. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The URN type of the resource that stands for the stack. */
export const stackType = "pulumi:pulumi:Stack";

/** What a run gathers from the engine's events. */
export type Gathered = Pick<Run, "resources" | "violations" | "diagnostics" | "changes" | "outputs">;

/** Gathers a run from the engine's events: give it each event, ask for the whole at the end. */
export function gatherer(action: Action): { onEvent: (event: EngineEvent) => void; gathered: () => Gathered } {
  const steps = new Map<string, Step>();
  const violations: Violation[] = [];
  const diagnostics: Diagnostic[] = [];
  let changes: OpMap = {};
  return {
    onEvent(event) {
      const before = event.resourcePreEvent?.metadata;
      if (before) steps.set(before.urn, merged(steps.get(before.urn), before));
      const after = event.resOutputsEvent?.metadata;
      if (after) steps.set(after.urn, withOutputs(steps.get(after.urn), after, action));
      const violation = violationIn(event);
      if (violation) violations.push(violation);
      const diagnostic = diagnosticIn(event);
      if (diagnostic) diagnostics.push(diagnostic);
      if (event.summaryEvent) changes = event.summaryEvent.resourceChanges ?? {};
    },
    gathered: () => {
      const resources = [...steps.values()];
      const stack = resources.find(({ type }) => type === stackType);
      const outputs = action === "preview" || action === "up" ? (stack?.outputs ?? {}) : {};
      return { resources, violations, diagnostics, changes, outputs };
    },
  };
}

const replacing: ReadonlySet<string> = new Set(["replace", "create-replacement", "delete-replaced"]);

function merged(earlier: Step | undefined, metadata: StepEventMetadata): Step {
  const { urn, type, op, keys, diffs, detailedDiff } = metadata;
  const state = metadata.new ?? metadata.old;
  const parent = state?.parent || undefined;
  return {
    urn,
    type,
    name: urn.split("::").at(-1) ?? urn,
    ...(parent ? { parent } : {}),
    op: replacing.has(op) ? "replace" : op,
    deleteFirst: earlier?.deleteFirst ?? op === "delete-replaced",
    inputs: bag(metadata.new?.inputs) ?? earlier?.inputs ?? bag(metadata.old?.inputs) ?? {},
    outputs: earlier?.outputs ?? bag(state?.outputs) ?? {},
    replaceKeys: keys?.length ? keys : (earlier?.replaceKeys ?? []),
    changedKeys: diffs?.length ? diffs : (earlier?.changedKeys ?? []),
    detailedDiff: detailedDiff ?? earlier?.detailedDiff ?? {},
  };
}

function withOutputs(earlier: Step | undefined, metadata: StepEventMetadata, action: Action): Step {
  const step = earlier ?? merged(undefined, metadata);
  // A refresh begins as `refresh` and ends as what it found.
  const found = action === "refresh" ? merged(step, metadata) : step;
  const outputs = bag(metadata.new?.outputs);
  return outputs ? { ...found, outputs } : found;
}

/** The key by which the engine marks an object that stands for a special value, and its mark of a secret. */
const specialKey = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

function bag(values: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> | undefined {
  if (!values) return undefined;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, withoutSecrets(value)]));
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (specialKey in value && value[specialKey] === secretMark) return "[secret]";
  return bag({ ...value });
}

function violationIn({ policyEvent }: EngineEvent): Violation | undefined {
  if (!policyEvent) return undefined;
  // The type of the SDK leaves the severity out.
  const { severity = "" } = policyEvent as { severity?: string };
  // The first line is the policy's description; the rest is what the policy reported.
  const lines = plain(policyEvent.message).split("\n");
  return {
    policy: policyEvent.policyName,
    level: policyEvent.enforcementLevel as Violation["level"],
    severity,
    ...(policyEvent.resourceUrn ? { urn: policyEvent.resourceUrn } : {}),
    message: (lines.length > 1 ? lines.slice(1) : lines).join("\n").trim(),
  };
}

function diagnosticIn({ diagnosticEvent }: EngineEvent): Diagnostic | undefined {
  // The engine sends "debug" too, several for each resource, though the type does not say so.
  if (!diagnosticEvent || (diagnosticEvent.severity as string) === "debug") return undefined;
  const { severity, urn } = diagnosticEvent;
  return { severity, ...(urn ? { urn } : {}), message: sourceLines(plain(diagnosticEvent.message)) };
}

const escapeCharacter = String.fromCharCode(27);
const decoration = new RegExp(`${escapeCharacter}\\[[0-9;]*m|<\\{%[^%]*%\\}>`, "g");

/** A text of the engine without its colours. */
const plain = (text: string): string => text.replace(decoration, "").trim();
