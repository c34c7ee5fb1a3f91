import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { ComponentResource, Resource } from "@pulumi/pulumi";
import { inNameOf, trustPolicy } from "../kit/policy";

/** A role with what must be there before it is of use. */
export interface ReadyRole {
  readonly role: Role;
  readonly attached: readonly Resource[];
}

/** "Managed policies for AWS Backup" (AWS Backup Developer Guide, 2026-11): those for buckets are besides. */
const policies = {
  backup: ["service-role/AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup"],
  restore: ["service-role/AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Restore"],
} as const;

/** What a role of AWS Backup does. One that makes backups cannot restore, and the other way round. */
export type BackupDuty = keyof typeof policies;

/** A role of AWS Backup with the policies that AWS keeps for its duty. */
export function createBackupRole(
  name: string,
  duty: BackupDuty,
  account: string,
  parent: ComponentResource,
): ReadyRole {
  const full = `${name}-${duty}`;
  const assumeRolePolicy = trustPolicy({ Service: "backup.amazonaws.com" }, inNameOf(account));
  const role = new Role(full, { assumeRolePolicy }, { parent });
  const attached = policies[duty].map((policy, index) => {
    const policyArn = `arn:aws:iam::aws:policy/${policy}`;
    return new RolePolicyAttachment(`${full}-${index + 1}`, { role: role.name, policyArn }, { parent });
  });
  return { role, attached };
}
