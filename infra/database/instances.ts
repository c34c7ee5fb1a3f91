import { Instance, type InstanceArgs } from "@pulumi/aws/rds/instance.js";
import type { Input, Resource, ResourceOptions } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { backupTags } from "../recovery/tags";
import type { DatabaseArgs, NormalDatabase } from "./database.args";
import { exportedLogs } from "./surroundings";

/** The user that RDS makes, for people and migrations; all others are made by it. */
export const firstUser = "dba";

/** What the instances of a database have in common. */
export interface InstanceContext {
  readonly args: DatabaseArgs;
  readonly normal: NormalDatabase;
  readonly key: Input<string>;
  readonly monitoringRole: Input<string>;
  readonly parameterGroup: Input<string>;
  readonly parent: Resource;
}

const gib = 2 ** 30;
/** Days that Database Insights keeps its counters: all that each mode includes ("Database Insights", CloudWatch User Guide, 2026-11). */
const insightsDays = { standard: 7, advanced: 465 } as const;
/** Seconds between two looks at the operating system. */
const monitoringInterval = 60;
/** Valid until 2061, and the only authority that clients need ("Using SSL/TLS to encrypt a connection to a DB instance", RDS User Guide, 2026-11). */
const authority = "rds-ca-rsa2048-g1";

function shared({ args, normal, key, monitoringRole, parameterGroup }: InstanceContext): InstanceArgs {
  const { size, insights, maintenanceWindow } = normal;
  return {
    instanceClass: args.instanceClass,
    parameterGroupName: parameterGroup,
    vpcSecurityGroupIds: [...args.securityGroups],
    publiclyAccessible: false,
    storageType: "gp3",
    ...(args.iops !== undefined && { iops: args.iops }),
    // With it the provider passes over what autoscaling has added to allocatedStorage.
    maxAllocatedStorage: Math.floor(size.maximumStorage / gib),
    storageEncrypted: true,
    kmsKeyId: key,
    caCertIdentifier: authority,
    iamDatabaseAuthenticationEnabled: true,
    enabledCloudwatchLogsExports: [...exportedLogs],
    monitoringInterval,
    monitoringRoleArn: monitoringRole,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: key,
    performanceInsightsRetentionPeriod: insightsDays[insights],
    databaseInsightsMode: insights,
    autoMinorVersionUpgrade: true,
    maintenanceWindow,
    copyTagsToSnapshot: true,
    applyImmediately: args.applyImmediately ?? false,
  };
}

/** The instance that is written to. */
export function createPrimary(
  name: string,
  context: InstanceContext,
  subnetGroup: Input<string>,
  dependsOn: Resource[],
): Instance {
  const { args, normal, parent, key } = context;
  const protect = args.protect ?? true;
  const made: InstanceArgs = {
    ...shared(context),
    identifier: normal.identifier,
    engine: "postgres",
    engineVersion: normal.version,
    allowMajorVersionUpgrade: args.upgrade ?? false,
    dbName: normal.databaseName,
    username: firstUser,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: key,
    dbSubnetGroupName: subnetGroup,
    multiAz: normal.multiZone,
    allocatedStorage: normal.size.storage / gib,
    backupRetentionPeriod: normal.backupDays,
    backupWindow: normal.backupWindow,
    deleteAutomatedBackups: false,
    deletionProtection: protect,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `${normal.identifier}-final`,
    tags: backupTags(args.backup),
  };
  const options: ResourceOptions = { parent, dependsOn, ...kept(protect) };
  return new Instance(name, args.transform?.instance?.(made) ?? made, options);
}

/** A copy that is read. Its data can be made again, so nothing keeps it. */
export function createReplica(
  name: string,
  context: InstanceContext,
  { identifier, source }: { identifier: string; source: Instance },
  dependsOn: Resource[],
): Instance {
  const { args, parent } = context;
  const made: InstanceArgs = {
    ...shared(context),
    identifier,
    replicateSourceDb: source.identifier,
    skipFinalSnapshot: true,
    tags: backupTags({ none: "a copy of its primary" }),
  };
  return new Instance(name, args.transform?.instance?.(made) ?? made, { parent, dependsOn });
}
