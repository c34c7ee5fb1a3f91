import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import type { Input, Resource } from "@pulumi/pulumi";

const accessPolicy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;

/** Lets a principal into all of a cluster. */
function admit(
  name: string,
  cluster: EksCluster,
  principalArn: Input<string>,
  policy: string,
  type: "STANDARD" | "EC2",
  parent: Resource,
): AccessPolicyAssociation {
  const entry = new AccessEntry(name, { clusterName: cluster.name, principalArn, type }, { parent });
  return new AccessPolicyAssociation(
    name,
    {
      clusterName: cluster.name,
      principalArn: entry.principalArn,
      policyArn: accessPolicy(policy),
      accessScope: { type: "cluster" },
    },
    { parent },
  );
}

/** The logical name of an administrator: the role's own name, and its account where that is another one. */
function label(arn: string, account: string): string {
  const [, , , , owner = "", resource = ""] = arn.split(":");
  const role = resource.split("/").slice(1).join("-");
  return owner === account ? role : `${owner}-${role}`;
}

/**
 * Everybody who may enter, and nobody by the way: EKS lets in no creator. The collector of AMP is not among them, because AMP makes the entry of its
 * service-linked role itself, and EKS refuses such an entry from anybody else.
 */
export function createAccess(
  name: string,
  cluster: EksCluster,
  admins: readonly string[],
  account: string,
  nodeRole: Input<string>,
  parent: Resource,
): { readonly admins: AccessPolicyAssociation[]; readonly nodes: AccessPolicyAssociation } {
  return {
    admins: admins.map((arn) =>
      admit(`${name}-admin-${label(arn, account)}`, cluster, arn, "AmazonEKSClusterAdminPolicy", "STANDARD", parent),
    ),
    nodes: admit(`${name}-nodes`, cluster, nodeRole, "AmazonEKSAutoNodePolicy", "EC2", parent),
  };
}
