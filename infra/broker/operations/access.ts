import { type BrokerSecret, readBrokerSecret } from "../credentials";
import type { Login } from "./management";
import type { Secrets } from "./secrets";

/** Where the broker's secrets are. */
export interface SecretIds {
  readonly admin: string;
  readonly application: string;
  readonly monitoring: string;
}

/** The value in use of a secret. @throws when it has none */
export async function currentSecret(secrets: Secrets, id: string): Promise<BrokerSecret> {
  const value = await secrets.read(id, "AWSCURRENT");
  if (value === undefined) throw new Error(`secret ${id} has no value: the broker's component writes the first one`);
  return readBrokerSecret(value);
}

/** The administrator: the only user with whom the functions work. */
export async function administrator(secrets: Secrets, { admin }: Pick<SecretIds, "admin">): Promise<Login> {
  const { username, password } = await currentSecret(secrets, admin);
  return { username, password };
}
