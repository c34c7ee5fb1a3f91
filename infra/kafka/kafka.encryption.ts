import { Key } from "@pulumi/aws/kms/key.js";
import type { ComponentResource, Output } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { type PolicyStatement, policyDocument } from "../kit/policy";
import type { Place } from "../topic/senders";

/** The name of the log group of a cluster, without the suffix that Pulumi adds. */
export const brokerLog = (name: string): string => `${name}-brokers`;

/**
 * A key for the disks and the broker log of a cluster. MSK needs no statement: it uses grants that the account's own roles give ("Amazon MSK encryption", MSK Developer
 * Guide, 2026-11). CloudWatch Logs needs one ("Encrypt log data in CloudWatch Logs using AWS Key Management Service", CloudWatch Logs User Guide, 2026-11).
 */
export function createKey(
  name: string,
  { account, region }: Place,
  keep: boolean,
  parent: ComponentResource,
): Output<string> {
  const administration: PolicyStatement = {
    Sid: "Account",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const logs: PolicyStatement = {
    Sid: "BrokerLog",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:${brokerLog(name)}-*`,
      },
    },
  };
  const policy = JSON.stringify(policyDocument([administration, logs]));
  const description = `Disks and broker log of the Kafka cluster ${name}`;
  // Without its key a cluster cannot be read any more.
  return new Key(
    name,
    { description, policy, enableKeyRotation: true, deletionWindowInDays: 30 },
    { parent, ...kept(keep) },
  ).arn;
}
