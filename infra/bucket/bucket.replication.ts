import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { BucketReplicationConfig } from "@pulumi/aws/s3/bucketReplicationConfig.js";
import { type ComponentResource, type Input, interpolate } from "@pulumi/pulumi";
import { inNameOf, type RoleStatement, rolePolicy, trustPolicy } from "../kit/policy";
import type { Place } from "../topic/senders";
import type { Store } from "./bucket.store";

/** Id of the only rule: part of the dimensions of its metrics. */
export const replicationRule = "everything";

/** "Permissions for live replication" and "Replicating encrypted objects" (Amazon S3 User Guide, 2026-11). */
function createRole(name: string, place: Place, from: Store, to: Store, elsewhere: string, parent: ComponentResource) {
  const assumeRolePolicy = trustPolicy({ Service: "s3.amazonaws.com" }, inNameOf(place.account));
  const role = new Role(name, { assumeRolePolicy }, { parent });
  const allow = (Action: readonly string[], Resource: Input<string>): RoleStatement => ({
    Effect: "Allow",
    Action,
    Resource,
  });
  const withKey = (action: string, key: Input<string> | undefined, region: string) =>
    key === undefined
      ? []
      : [
          {
            ...allow([action], key),
            Condition: { StringLike: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
          },
        ];
  const statements = [
    allow(["s3:GetReplicationConfiguration", "s3:ListBucket"], from.bucket.arn),
    allow(
      ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      interpolate`${from.bucket.arn}/*`,
    ),
    allow(["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"], interpolate`${to.bucket.arn}/*`),
    ...withKey("kms:Decrypt", from.key, place.region),
    ...withKey("kms:Encrypt", to.key, elsewhere),
  ];
  const policy = new RolePolicy(name, { role: role.name, policy: rolePolicy(statements) }, { parent });
  return { role, policy };
}

/** Copies everything, deletions included, within the 15 minutes of Replication Time Control, which switches the metrics on. */
export function createReplication(
  name: string,
  place: Place,
  from: Store,
  to: Store,
  elsewhere: string,
  parent: ComponentResource,
): BucketReplicationConfig {
  const { role, policy } = createRole(name, place, from, to, elsewhere, parent);
  const minutes = { minutes: 15 };
  return new BucketReplicationConfig(
    name,
    {
      bucket: from.bucket.bucket,
      role: role.arn,
      rules: [
        {
          id: replicationRule,
          status: "Enabled",
          priority: 0,
          filter: { prefix: "" },
          // What was deleted here must not come back there. Versions stay as long as they do here.
          deleteMarkerReplication: { status: "Enabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: to.bucket.arn,
            ...(to.key !== undefined && { encryptionConfiguration: { replicaKmsKeyId: to.key } }),
            metrics: { status: "Enabled", eventThreshold: minutes },
            replicationTime: { status: "Enabled", time: minutes },
          },
        },
      ],
    },
    { parent, dependsOn: [from.versioning, to.versioning, policy] },
  );
}
