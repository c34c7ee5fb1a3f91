import type { Problems } from "../kit/problems";
import { type Bytes, bytes } from "../kit/units";
import type { Changes } from "../signal/signal";
import type { nodesSignals } from "./nodes.signals";

/** Processors of the instances. */
export type Architecture = "arm64" | "amd64";

/** What nodes may be made: EKS chooses instance types by what pods ask for. */
export interface NodesArgs {
  /** Cores that all nodes may have together: the limit of the bill. */
  cpuLimit: number;
  /** Memory that all nodes may have together. @default 8 GiB for each core */
  memoryLimit?: Bytes;
  /** Whether AWS may take nodes away within two minutes. @default "on-demand" */
  capacityType?: "on-demand" | "spot";
  /** What the images are built for. @default ["arm64"] */
  architectures?: readonly Architecture[];
  /** Cores that a single instance may have. @default [2, 4, 8] */
  sizes?: readonly number[];
  /** Disk of each node, for images, logs and what pods write. @default "80 GiB" */
  disk?: Bytes;
  /** What these nodes do differently, by signal id. */
  changes?: Changes<typeof nodesSignals>;
}

/** Numbers of cores of instances that exist from 2 on. */
export const instanceSizes = [2, 4, 8, 16, 32, 48, 64, 96] as const;

/** What is wrong with nodes. */
export function checkNodes(problems: Problems, args: NodesArgs): void {
  const { cpuLimit, memoryLimit, sizes = [2, 4, 8], architectures = ["arm64"], disk = "80 GiB" } = args;
  const whole = Number.isInteger(cpuLimit) && cpuLimit > 0;
  problems.unless(whole, "nodes.cpuLimit must be a whole number of cores", cpuLimit);
  problems.unless(sizes.length > 0, "nodes.sizes must allow one");
  for (const size of sizes)
    problems.unless(
      instanceSizes.some((known) => known === size),
      `nodes.sizes must be of ${instanceSizes.join(", ")}`,
      size,
    );
  // Two nodes are the least that a zone's failure leaves something of.
  problems.unless(
    !whole || sizes.length === 0 || cpuLimit >= 2 * Math.min(...sizes),
    "nodes.cpuLimit must be enough for two nodes of the smallest of nodes.sizes, or one failure takes all",
    cpuLimit,
  );
  problems.unless(architectures.length > 0, 'nodes.architectures must allow "arm64" or "amd64"');
  const least = problems.read("nodes.disk", () => bytes(disk));
  problems.unless(least === undefined || least >= bytes("40 GiB"), "nodes.disk must be at least 40 GiB", disk);
  if (memoryLimit !== undefined) {
    const most = problems.read("nodes.memoryLimit", () => bytes(memoryLimit));
    problems.unless(
      most === undefined || !whole || most >= cpuLimit * bytes("1 GiB"),
      "nodes.memoryLimit must be at least 1 GiB for each core of cpuLimit",
      memoryLimit,
    );
  }
}

/** Bytes as Kubernetes writes them. */
export const gibibytes = (amount: Bytes): string => `${Math.floor(bytes(amount) / 2 ** 30)}Gi`;
