import { Addon } from "@pulumi/aws/eks/addon.js";
import type { Input, Resource } from "@pulumi/pulumi";

/** Add-ons of EKS that a cluster has, and their configuration. Auto Mode brings network, DNS, proxy, storage, load balancing and pod identity itself. */
const addons = {
  /** For autoscalers and `kubectl top`. */
  "metrics-server": {},
  /** What Kubernetes knows of its objects, as metrics. */
  "kube-state-metrics": {},
  /** What each node knows of itself, as metrics. */
  "prometheus-node-exporter": {},
  /** Secrets of Secrets Manager as files in pods. A rotated secret must arrive in a pod that runs, and none is copied into the cluster's own secrets. */
  "aws-secrets-store-csi-driver-provider": {
    "secrets-store-csi-driver": {
      enableSecretRotation: true,
      rotationPollInterval: "120s",
      syncSecret: { enabled: false },
    },
  },
} as const satisfies Record<string, object>;

/** An add-on of EKS. */
export type AddonName = keyof typeof addons;
export const addonNames = Object.keys(addons) as readonly AddonName[];

/** How AWS numbers add-ons. */
export const addonVersion = /^v\d+\.\d+\.\d+-eksbuild\.\d+$/;

/** The add-ons of a cluster. Their pods need nodes, and an add-on is ready only when its pods are. */
export function createAddons(
  name: string,
  clusterName: Input<string>,
  versions: Readonly<Partial<Record<AddonName, string>>>,
  parent: Resource,
  nodes: Resource,
): readonly Addon[] {
  return addonNames.map((addonName) => {
    const configuration = addons[addonName];
    const version = versions[addonName];
    return new Addon(
      `${name}-${addonName}`,
      {
        clusterName,
        addonName,
        ...(version !== undefined && { addonVersion: version }),
        ...(Object.keys(configuration).length > 0 && { configurationValues: JSON.stringify(configuration) }),
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
      },
      { parent, dependsOn: [nodes] },
    );
  });
}
