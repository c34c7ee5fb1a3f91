import { Key } from "@pulumi/aws/kms/key.js";
import type { ComponentResource, Output } from "@pulumi/pulumi";
import { type PolicyStatement, policyDocument } from "../kit/policy";
import type { Place } from "../topic/senders";

/**
 * The policy of a key for functions: the account's own administration, on which the functions' roles rest, and the logs of the named functions ("Encrypt log
 * data in CloudWatch Logs using AWS Key Management Service", CloudWatch Logs User Guide, 2026-11).
 * @param names of the functions' components
 */
export function functionKeyPolicy({ account, region }: Place, names: readonly string[]): string {
  const administration: PolicyStatement = {
    Sid: "Account",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const logGroups = names.map((name) => `arn:aws:logs:${region}:${account}:log-group:${name}-*`);
  const logs: PolicyStatement = {
    Sid: "Logs",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logGroups } },
  };
  return JSON.stringify(policyDocument([administration, logs]));
}

/** A key for the logs, the environment and the failed events of functions. */
export function createFunctionKey(
  name: string,
  place: Place,
  names: readonly string[],
  parent: ComponentResource,
): Output<string> {
  const description = `Logs, environment and failed events of ${names.join(", ")}`;
  const policy = functionKeyPolicy(place, names);
  return new Key(name, { description, policy, enableKeyRotation: true, deletionWindowInDays: 30 }, { parent }).arn;
}
