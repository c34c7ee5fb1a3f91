import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { administration, logsMayEncrypt, policyDocument } from "../kit/policy";
import type { Place } from "../topic/senders";
import type { NormalCluster } from "./cluster.args";

/** The group that EKS writes to: made beforehand, so that it is encrypted and does not grow for ever. */
export const controlPlaneLog = (clusterName: string): string => `/aws/eks/${clusterName}/cluster`;
/** Groups that AMP writes to begin like this ("Monitor collectors with vended logs", AMP User Guide, 2026-11). */
export const scraperLog = (clusterName: string): string => `/aws/vendedlogs/prometheus/${clusterName}-scraper`;

/** One key for all that the cluster keeps. Roles of the account use it by their own policies; CloudWatch Logs for its two groups. */
export function createKey(
  name: string,
  { clusterName, protect }: NormalCluster,
  place: Place,
  parent: Resource,
): Output<string> {
  const logs = logsMayEncrypt(place, [controlPlaneLog(clusterName), scraperLog(clusterName)]);
  const policy = policyDocument([administration(place.account), logs]);
  const key = new Key(
    name,
    {
      description: `Secrets, disks and logs of the cluster ${clusterName}`,
      enableKeyRotation: true,
      policy: JSON.stringify(policy),
    },
    { parent, ...kept(protect) },
  );
  new Alias(name, { name: `alias/vigia/${clusterName}-cluster`, targetKeyId: key.keyId }, { parent });
  return key.arn;
}

/** A log group with the name that AWS asks for. */
export const createLog = (
  name: string,
  physical: string,
  retentionInDays: number,
  kmsKeyId: Input<string>,
  parent: Resource,
): LogGroup => new LogGroup(name, { name: physical, retentionInDays, kmsKeyId }, { parent });
