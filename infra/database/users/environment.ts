import type { DeclaredUsers } from "./ensure";
import type { Place } from "./work";

/** The variable in which the component tells where the databases are, as JSON. */
export const databasesVariable = "DATABASES";
/** The file beside the code with the users of each, as JSON. */
export const usersFile = "users.json";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/** Where the databases are. @throws where the component told something else */
export function readPlaces(text: string | undefined): Readonly<Record<string, Place>> {
  const given: unknown = JSON.parse(text ?? "null");
  if (!isRecord(given)) throw new Error(`the function has no environment variable ${databasesVariable}`);
  return Object.fromEntries(
    Object.entries(given).map(([name, place]) => {
      if (!isRecord(place)) throw new Error(`${databasesVariable}.${name} is no place`);
      const { host, port, database, secret } = place;
      if (typeof host !== "string" || typeof database !== "string" || typeof secret !== "string")
        throw new Error(`${databasesVariable}.${name} lacks host, database or secret`);
      return [name, { host, port: Number(port), database, secret }];
    }),
  );
}

/** The users of each database. @throws where the file is another one */
export function readUsers(text: string): Readonly<Record<string, DeclaredUsers>> {
  const given: unknown = JSON.parse(text);
  if (!isRecord(given)) throw new Error(`${usersFile} is no mapping of databases to users`);
  return Object.fromEntries(
    Object.entries(given).map(([name, users]) => {
      if (!isRecord(users) || typeof users.monitor !== "string" || !isTexts(users.services))
        throw new Error(`${usersFile}: ${name} lacks monitor or services`);
      return [name, { monitor: users.monitor, services: users.services }];
    }),
  );
}
