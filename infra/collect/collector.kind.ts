import type { GraphResource } from "../signal/graph";
import { defineKind } from "../signal/kind";
import { type CollectorRole, type CollectorSize, collectorSignals } from "./collector.signals";

export const statefulSetType = "kubernetes:apps/v1:StatefulSet";

const at = (known: unknown, key: string): unknown =>
  typeof known === "object" && known !== null ? Object.getOwnPropertyDescriptor(known, key)?.value : undefined;

const label = (from: unknown): unknown => at(at(at(from, "metadata"), "labels"), "app.kubernetes.io/component");

/** Of sets that our own component makes: in the first preview nothing is known of an object of a cluster that is not there yet. */
const own = "vigia:collect:Collector$";

/** Whether a set, or its pods, are labelled as collectors. */
const collects = ({ urn, known }: GraphResource): boolean =>
  urn.includes(own) || [label(known), label(at(at(known, "spec"), "template"))].includes("collector");

/**
 * Sets of pods with names of their own, as the catalogue knows them: those that are labelled as collectors. Of all others nothing is asked but what the namespace
 * tells of every workload.
 */
export const collectorKind = defineKind<CollectorRole, "collector", CollectorSize>({
  name: "collector",
  types: [statefulSetType],
  signals: collectorSignals,
  nameOf: {},
  roleOf: (set) => (collects(set) ? "agents" : "workload"),
  sizeOf: () => ({ probes: 0, slowProbe: 2 }),
  // Its nodes cost, and what it writes is in the bill of the workspace.
  costs: () => [],
});
