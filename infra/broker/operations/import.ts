import { applicationUsers } from "../credentials";
import type { Definitions } from "../definitions";
import { administrator, currentSecret, type SecretIds } from "./access";
import { type Difference, describe, differencesOf, partOf } from "./difference";
import type { Login, Management } from "./management";
import { newPassword, type Secrets } from "./secrets";

/** What the import works with. */
export interface ImportParts {
  readonly management: Management;
  readonly secrets: Secrets;
  readonly ids: SecretIds;
  readonly declared: Definitions;
  readonly log: (line: string) => void;
}

/** What the import did. */
export interface Imported {
  /** Objects that it made or mended. */
  readonly changed: number;
  /** Objects that nobody declared. They stay: only a person deletes a queue. */
  readonly unknown: readonly string[];
}

/**
 * Makes the users that are missing: the one in use with the password of its secret, the other with one that nobody knows until its turn comes. An existing user
 * keeps its password, whatever the secret says: changing it here could lock out those who use it.
 */
async function addUsers(
  { management, secrets, ids }: ImportParts,
  admin: Login,
  missing: readonly string[],
  declared: Definitions,
) {
  if (missing.length === 0) return;
  const inUse = [await currentSecret(secrets, ids.application), await currentSecret(secrets, ids.monitoring)];
  for (const { name, tags } of declared.users.filter((user) => missing.includes(user.name))) {
    const secret = inUse.find(({ username }) => username === name);
    if (!secret && !applicationUsers.some((user) => user === name)) {
      throw new Error(
        `user ${name} is missing on the broker, and no secret is in use for it: make it by hand, or restore its secret`,
      );
    }
    await management.putUser(admin, { username: name, password: secret?.password ?? newPassword() }, tags);
  }
}

const isMissingUser = ({ kind, is }: Difference) => kind === "users" && is === "missing";

/**
 * Brings a broker to what is declared, and says what it changed: nothing the second time. It adds and mends, and never deletes.
 * @throws Error when something stays different because RabbitMQ cannot change it in place: the arguments of a queue, the type of an exchange
 */
export async function importTopology(parts: ImportParts): Promise<Imported> {
  const { management, secrets, ids, declared, log } = parts;
  const admin = await administrator(secrets, ids);
  const compare = async () => differencesOf(declared, await management.definitions(admin), admin.username);
  const before = await compare();
  const todo = before.filter(({ is }) => is !== "unknown");
  for (const difference of before) log(describe(difference));
  if (todo.length > 0) {
    const missing = todo.filter(isMissingUser).map(({ object }) => object.replace(/^user /, ""));
    await addUsers(parts, admin, missing, declared);
    await management.addDefinitions(admin, partOf(declared, todo));
  }
  const after = todo.length > 0 ? await compare() : before;
  const left = after.filter(({ is }) => is !== "unknown");
  if (left.length > 0) {
    throw new Error(
      `${left.length} differences that RabbitMQ cannot mend in place: ${left.map(describe).join("; ")}. Declare it under a new name and move its messages, or delete the old one by hand`,
    );
  }
  return { changed: todo.length, unknown: after.map(({ object }) => object) };
}
