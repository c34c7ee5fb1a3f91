import { Key } from "@pulumi/aws/kms/key.js";
import type { ComponentResource, Output } from "@pulumi/pulumi";
import { administration, logsMayEncrypt, policyDocument } from "../kit/policy";
import type { Place } from "../topic/senders";

/**
 * The policy of a key for functions: the account's own administration, on which the functions' roles rest, and the logs of the named functions.
 * @param names of the functions' components
 */
export function functionKeyPolicy(place: Place, names: readonly string[]): string {
  const logGroups = names.map((name) => `${name}-*`);
  return JSON.stringify(policyDocument([administration(place.account), logsMayEncrypt(place, logGroups)]));
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
