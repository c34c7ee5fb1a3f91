import { CustomResource as KubernetesObject } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { Provider } from "@pulumi/kubernetes/provider.js";
import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass.js";
import {
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Input,
  output,
  type Resource,
} from "@pulumi/pulumi";
import { Watch, type Watched, type Watcher } from "../signal/watch";
import { gibibytes, type NodesArgs } from "./nodes.args";
import { type NodesSize, nodesSignals } from "./nodes.signals";

/** What nodes are made of. */
export interface NodesParts {
  readonly subnets: Input<readonly Input<string>[]>;
  readonly securityGroups: readonly Input<string>[];
  /** Name of their role. */
  readonly role: Input<string>;
  /** ARN of the key of their disks. */
  readonly key: Input<string>;
  readonly provider: Provider;
}

/** Days after which a node is replaced, so that none misses a fortnight of patches. */
const oldest = "336h";

/**
 * One class and one pool of nodes in place of EKS's own two: so that nodes carry the platform's security group, have encrypted disks and end at a limit
 * ("Create a Node Class" and "Create a Node Pool for EKS Auto Mode", Amazon EKS User Guide, 2026-11).
 */
export function createNodes(
  name: string,
  args: NodesArgs,
  { subnets, securityGroups, role, key, provider }: NodesParts,
  opts: { parent: Resource; dependsOn: Resource[] },
): KubernetesObject {
  const { cpuLimit, memoryLimit, capacityType = "on-demand", architectures = ["arm64"], sizes = [2, 4, 8] } = args;
  const own: CustomResourceOptions = { ...opts, provider };
  const terms = (ids: Input<readonly Input<string>[]>) => output(ids).apply((known) => known.map((id) => ({ id })));
  const nodeClass = new KubernetesObject(
    name,
    {
      apiVersion: "eks.amazonaws.com/v1",
      kind: "NodeClass",
      metadata: { name: "private" },
      spec: {
        role,
        subnetSelectorTerms: terms(subnets),
        securityGroupSelectorTerms: terms(securityGroups),
        ephemeralStorage: { size: gibibytes(args.disk ?? "80 GiB"), kmsKeyID: key },
        // Policies of namespaces deny; a refused connection shows in the node's log.
        networkPolicy: "DefaultAllow",
        networkPolicyEventLogs: "Enabled",
      },
    },
    own,
  );
  const among = (label: string, values: readonly string[]) => ({ key: label, operator: "In", values });
  return new KubernetesObject(
    name,
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "private" },
      spec: {
        template: {
          spec: {
            nodeClassRef: {
              group: "eks.amazonaws.com",
              kind: "NodeClass",
              name: nodeClass.metadata.apply((metadata) => metadata?.name ?? "private"),
            },
            expireAfter: oldest,
            terminationGracePeriod: "24h",
            requirements: [
              among("karpenter.sh/capacity-type", [capacityType]),
              among("kubernetes.io/arch", architectures),
              among("eks.amazonaws.com/instance-category", ["c", "m", "r"]),
              among("eks.amazonaws.com/instance-cpu", sizes.map(String)),
              among("eks.amazonaws.com/instance-encryption-in-transit-supported", ["true"]),
            ],
          },
        },
        limits: { cpu: String(cpuLimit), memory: memoryLimit ? gibibytes(memoryLimit) : `${8 * cpuLimit}Gi` },
        disruption: {
          consolidationPolicy: "WhenEmptyOrUnderutilized",
          consolidateAfter: "5m",
          budgets: [{ nodes: "10%" }],
        },
      },
    },
    own,
  );
}

/** The class of volumes that claims get who ask for none: encrypted by the cluster's key, made in the zone of the pod, growing in use. */
export const createStorage = (
  name: string,
  key: Input<string>,
  protect: boolean,
  opts: CustomResourceOptions,
): StorageClass =>
  new StorageClass(
    name,
    {
      metadata: { name: "encrypted", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "ebs.csi.eks.amazonaws.com",
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: key },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: protect ? "Retain" : "Delete",
    },
    opts,
  );

/** How an existing pool of nodes is watched. */
export interface WatchNodesOptions extends Pick<NodesArgs, "cpuLimit" | "changes"> {
  /** The label `cluster` of its series. */
  readonly cluster: string;
  /** @default true */
  readonly scraped?: boolean;
  readonly service?: string;
  readonly watcher: Watcher;
}

/** Watches the nodes of a pool, in any Pulumi program, where a collector labels their series with the cluster. */
export function watchNodes(
  name: string,
  existing: KubernetesObject,
  options: WatchNodesOptions,
  opts?: ComponentResourceOptions,
): Watch<"cluster", NodesSize> {
  const { cluster, cpuLimit, scraped = true, service, changes = {}, watcher } = options;
  const part: Watched<"cluster", NodesSize> = {
    resource: existing,
    kind: "nodes",
    signals: nodesSignals,
    role: "nodes",
    size: { scraped, cpuLimit },
    subjects: { cluster },
    texts: { cluster },
    ...(service !== undefined && { service }),
    changes,
  };
  return new Watch(name, [part], watcher, opts);
}
