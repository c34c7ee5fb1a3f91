import { Key } from "@pulumi/aws/kms/key.js";
import type { ComponentResource, Output } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { administration, logsMayEncrypt, policyDocument } from "../kit/policy";
import type { Place } from "../topic/senders";

/** The name of the log group of a cluster, without the suffix that Pulumi adds. */
export const brokerLog = (name: string): string => `${name}-brokers`;

/**
 * A key for the disks and the broker log of a cluster. MSK needs no statement: it uses grants that the account's own roles give ("Amazon MSK encryption", MSK Developer
 * Guide, 2026-11). CloudWatch Logs needs one.
 */
export function createKey(name: string, place: Place, keep: boolean, parent: ComponentResource): Output<string> {
  const policy = JSON.stringify(
    policyDocument([administration(place.account), logsMayEncrypt(place, `${brokerLog(name)}-*`, "BrokerLog")]),
  );
  const description = `Disks and broker log of the Kafka cluster ${name}`;
  // Without its key a cluster cannot be read any more.
  return new Key(
    name,
    { description, policy, enableKeyRotation: true, deletionWindowInDays: 30 },
    { parent, ...kept(keep) },
  ).arn;
}
