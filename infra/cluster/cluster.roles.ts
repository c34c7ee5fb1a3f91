import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { Input, Resource } from "@pulumi/pulumi";
import { type RoleStatement, rolePolicy, trustPolicy } from "../kit/policy";

/** A role with AWS's own policies; what needs it must wait for the policies. */
export interface AttachedRole {
  readonly role: Role;
  readonly policies: readonly (RolePolicyAttachment | RolePolicy)[];
}

function roleFor(
  name: string,
  service: string,
  actions: readonly string[],
  managed: readonly string[],
  parent: Resource,
): AttachedRole {
  const assumeRolePolicy = trustPolicy({ Service: service }, undefined, actions);
  const role = new Role(name, { assumeRolePolicy }, { parent });
  const policies = managed.map(
    (policy) =>
      new RolePolicyAttachment(
        `${name}-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        { parent },
      ),
  );
  return { role, policies };
}

/** By which EKS makes nodes, volumes and target groups ("Learn about identity and access in EKS Auto Mode", Amazon EKS User Guide, 2026-11). */
export const createClusterRole = (name: string, parent: Resource): AttachedRole =>
  roleFor(
    `${name}-control-plane`,
    "eks.amazonaws.com",
    ["sts:AssumeRole", "sts:TagSession"],
    [
      "AmazonEKSClusterPolicy",
      "AmazonEKSComputePolicy",
      "AmazonEKSBlockStoragePolicy",
      "AmazonEKSLoadBalancingPolicy",
      "AmazonEKSNetworkingPolicy",
    ],
    parent,
  );

/** Of the nodes: they may join and pull images, nothing else. Pods have roles of their own. */
export const createNodeRole = (name: string, parent: Resource): AttachedRole =>
  roleFor(
    `${name}-nodes`,
    "ec2.amazonaws.com",
    ["sts:AssumeRole"],
    ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
    parent,
  );

/**
 * Lets the cluster use its key: for secrets, and for the disks of nodes and volumes, which EC2 may go on using by a grant ("Enable EBS Volume Encryption with
 * Customer Managed KMS Keys for EKS Auto Mode" and "Encrypt Kubernetes secrets with KMS", Amazon EKS User Guide, 2026-11).
 */
export function allowKey(name: string, { role }: AttachedRole, key: Input<string>, parent: Resource): RolePolicy {
  const use: RoleStatement = {
    Effect: "Allow",
    Action: [
      "kms:Encrypt",
      "kms:Decrypt",
      "kms:ReEncrypt*",
      "kms:GenerateDataKey*",
      "kms:DescribeKey",
      "kms:ListGrants",
    ],
    Resource: key,
  };
  const grant: RoleStatement = {
    Effect: "Allow",
    Action: ["kms:CreateGrant", "kms:RevokeGrant"],
    Resource: key,
    Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
  };
  const policy = rolePolicy([use, grant]);
  return new RolePolicy(`${name}-key`, { role: role.name, policy }, { parent });
}
