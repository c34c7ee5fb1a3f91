import type { StackValidationPolicy } from "@pulumi/policy";
import type { Graph } from "../infra/signal/graph";

/** Something that a rule objects to. */
export interface Finding {
  readonly urn: string;
  /** What, where, and the way out. */
  readonly message: string;
  /** Worth a second look, but stops nothing. */
  readonly warning?: true;
}

/** A rule of the pack. Its level is the pack's to set. */
export interface Rule<Config extends object = object>
  extends Pick<StackValidationPolicy, "name" | "description" | "severity" | "remediationSteps" | "configSchema"> {
  /** Judges a stack. Reads nothing but known values, so that it holds in a preview. */
  find(graph: Graph, config: Config): readonly Finding[];
}
