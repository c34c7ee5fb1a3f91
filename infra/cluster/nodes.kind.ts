import { defineKind } from "../signal/kind";
import { type NodesSize, nodesSignals } from "./nodes.signals";

/** A pool of nodes of Karpenter, as EKS Auto Mode has it. */
export const nodePoolType = "kubernetes:karpenter.sh/v1:NodePool";

const within = (known: unknown, key: string): unknown =>
  typeof known === "object" && known !== null ? Object.getOwnPropertyDescriptor(known, key)?.value : undefined;

/** Cores of a limit as Kubernetes writes it: `"32"`, `"32000m"`. A million where there is none. */
function coresOf(spec: unknown): number {
  const [, count, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(within(within(spec, "limits"), "cpu"))) ?? [];
  return count === undefined ? 1_000_000 : Number(count) / (milli ? 1_000 : 1);
}

/** The nodes of a pool as the catalogue knows them. */
export const nodesKind = defineKind<"nodes", "cluster", NodesSize>({
  name: "nodes",
  types: [nodePoolType],
  signals: nodesSignals,
  nameOf: {},
  roleOf: () => "nodes",
  // Whether a foreign pool is scraped cannot be seen: its signals are asked for.
  sizeOf: ({ known }) => ({ scraped: true, cpuLimit: coresOf(known.spec) }),
  costs: ({ name }) => [
    { item: `EC2 instances of ${name}, as many as its pods need` },
    { item: `EKS Auto Mode's surcharge on the instances of ${name}` },
  ],
});
