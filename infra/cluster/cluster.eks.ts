import type { ClusterArgs as EksClusterArgs } from "@pulumi/aws/eks/cluster.js";
import { type Input, output } from "@pulumi/pulumi";
import type { ClusterArgs, NormalCluster } from "./cluster.args";

/** All that the control plane can log: without the audit log nobody can say who did what. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** The arguments of the cluster itself. */
export function clusterArgs(
  { subnets, securityGroups }: ClusterArgs,
  normal: NormalCluster,
  roleArn: Input<string>,
  keyArn: Input<string>,
): EksClusterArgs {
  const { clusterName, version, publicAccessCidrs, serviceCidr, protect } = normal;
  const isPublic = publicAccessCidrs.length > 0;
  return {
    name: clusterName,
    version,
    roleArn,
    // Who may enter is a list of access entries; its creator has no rights that no list shows.
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    // Auto Mode: EKS runs nodes, volumes, load balancing, network, DNS and pod identity. Its own pools are left out for ours.
    bootstrapSelfManagedAddons: false,
    computeConfig: { enabled: true },
    storageConfig: { blockStorage: { enabled: true } },
    kubernetesNetworkConfig: {
      elasticLoadBalancing: { enabled: true },
      ipFamily: "ipv4",
      serviceIpv4Cidr: serviceCidr,
    },
    vpcConfig: {
      subnetIds: output(subnets).apply((ids) => [...ids]),
      securityGroupIds: [...securityGroups.controlPlane],
      endpointPrivateAccess: true,
      endpointPublicAccess: isPublic,
      ...(isPublic && { publicAccessCidrs: [...publicAccessCidrs] }),
    },
    encryptionConfig: { resources: ["secrets"], provider: { keyArn } },
    enabledClusterLogTypes: logTypes,
    // A version that leaves standard support is upgraded by AWS, and not kept at six times the price.
    upgradePolicy: { supportType: "STANDARD" },
    zonalShiftConfig: { enabled: true },
    deletionProtection: protect,
  };
}
