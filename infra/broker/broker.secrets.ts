import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import type { CustomResource, Input, Output, Resource } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { kept } from "../kit/keep";
import {
  adminUser,
  applicationUsers,
  type BrokerSecrets,
  monitoringUser,
  passwordRule,
  writeBrokerSecret,
} from "./credentials";

/** Who has a secret, with the user that its first value names. */
const users: Readonly<Record<keyof BrokerSecrets, string>> = {
  admin: adminUser,
  application: applicationUsers[0],
  monitoring: monitoringUser,
};

/** What the secrets of a broker are made from. */
export interface SecretsArgs {
  readonly key: Input<string>;
  readonly protect: boolean;
  readonly parent: Resource;
}

/** The first password of each user. */
export type Passwords = Readonly<Record<keyof BrokerSecrets, Output<string>>>;

/** Passwords that Amazon MQ takes. They are in the state, encrypted, and out of use after the first rotation. */
export function createPasswords(name: string, parent: Resource): Passwords {
  const { length, special } = passwordRule;
  const password = (user: keyof BrokerSecrets) =>
    new RandomPassword(
      `${name}-${user}`,
      { length, overrideSpecial: special, minLower: 1, minUpper: 1, minNumeric: 1, minSpecial: 1 },
      { parent },
    ).result;
  return { admin: password("admin"), application: password("application"), monitoring: password("monitoring") };
}

/**
 * A secret for each user, with its first value. The users of the services and of the scraper are made from these values by the function that imports the
 * topology, and from then on the function that rotates them writes new ones.
 */
export function createSecrets(
  name: string,
  passwords: Passwords,
  broker: CustomResource,
  { key, protect, parent }: SecretsArgs,
): BrokerSecrets {
  const secret = (user: keyof BrokerSecrets): Secret => {
    const made = new Secret(
      `${name}-${user}`,
      {
        description: `Access to the broker ${name}: ${user}`,
        kmsKeyId: key,
        // A protected one can be had back for a month; any other makes room at once.
        recoveryWindowInDays: protect ? 30 : 0,
      },
      { parent, ...kept(protect) },
    );
    const value = passwords[user].apply((password) =>
      writeBrokerSecret({ engine: "rabbitmq", username: users[user], password }),
    );
    new SecretVersion(
      `${name}-${user}`,
      {
        secretId: made.id,
        secretString: value,
        // Without a label of its own it would one day be deleted, and the provider would write it anew, as the current one. The label stays when rotation
        // moves AWSCURRENT on ("PutSecretValue" and "Secrets Manager secret versions", Secrets Manager User Guide, 2026-11).
        versionStages: ["AWSCURRENT", "first"],
      },
      {
        parent: made,
        // What was rotated since must not be overwritten: neither by labels that moved on, nor by a change to how a first value is written.
        ignoreChanges: ["secretString", "versionStages"],
        // A new broker knows the first passwords only.
        replacementTrigger: broker.id,
        retainOnDelete: true,
      },
    );
    return made;
  };
  return { admin: secret("admin"), application: secret("application"), monitoring: secret("monitoring") };
}
