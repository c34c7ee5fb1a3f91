/** What a database needs around it: a key, log groups that exist before RDS writes to them, and a role for Enhanced Monitoring. */
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { Key } from "@pulumi/aws/kms/key.js";
import type { ComponentResource, Input } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { administration, inNameOf, logsMayEncrypt, policyDocument, trustPolicy } from "../kit/policy";
import type { Place } from "../topic/senders";

/** Days that logs are kept: as long as somebody asks what happened. */
const keptDays = 90;

/** The logs that PostgreSQL has on RDS ("Publishing PostgreSQL logs to Amazon CloudWatch Logs", RDS User Guide, 2026-11). */
export const exportedLogs = ["postgresql", "upgrade", "iam-db-auth-error"] as const;

/**
 * The policy of a key for databases: the account's own administration, by which RDS and Secrets Manager use it in the name of who creates them, and the log groups.
 * @param identifier the log groups of it and of its replicas begin with it
 */
export const databaseKeyPolicy = (place: Place, identifier: string): string =>
  JSON.stringify(
    policyDocument([administration(place.account), logsMayEncrypt(place, `/aws/rds/instance/${identifier}*`)]),
  );

/** A key for storage, logs, password and insights of a database. Whoever loses it loses the backups too. */
export const createKey = (
  name: string,
  place: Place,
  identifier: string,
  protect: boolean,
  parent: ComponentResource,
): Key =>
  new Key(
    name,
    {
      description: `Data of the database ${name}`,
      policy: databaseKeyPolicy(place, identifier),
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    },
    { parent, ...kept(protect) },
  );

/** The groups that an instance writes to, made beforehand so that they are encrypted and do not grow for ever. */
export const createLogs = (
  name: string,
  identifier: string,
  kmsKeyId: Input<string>,
  parent: ComponentResource,
): LogGroup[] =>
  exportedLogs.map(
    (log) =>
      new LogGroup(
        `${name}-${log}`,
        { name: `/aws/rds/instance/${identifier}/${log}`, retentionInDays: keptDays, kmsKeyId },
        { parent },
      ),
  );

/** The role by which RDS writes what the operating system does ("Setting up and enabling Enhanced Monitoring", RDS User Guide, 2026-11). */
export function createMonitoringRole(name: string, { account, region }: Place, parent: ComponentResource): Role {
  const assumeRolePolicy = trustPolicy(
    { Service: "monitoring.rds.amazonaws.com" },
    { ...inNameOf(account), StringLike: { "aws:SourceArn": `arn:aws:rds:${region}:${account}:db:*` } },
  );
  const role = new Role(`${name}-monitoring`, { assumeRolePolicy }, { parent });
  new RolePolicyAttachment(
    `${name}-monitoring`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
    { parent },
  );
  return role;
}
