/** The work of the function: each database in turn, so that one that is away keeps no other waiting. */
import { type DeclaredUsers, type Ensured, ensureUsers, type Session } from "./ensure";

/** Where a database is, and who logs in there first. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** ARN of the secret of the first user. */
  readonly secret: string;
}

/** A login by password. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What the work needs of the world. */
export interface World {
  /** The value of a secret. @throws where it has none */
  readonly secret: (arn: string) => Promise<string>;
  /** Connects, does the work in one transaction, and closes. */
  readonly connected: <T>(place: Place, login: Login, work: (session: Session) => Promise<T>) => Promise<T>;
  /** What IAM lets a user in with, instead of the password. */
  readonly token: (place: Place, username: string) => string;
  readonly log: (line: string) => void;
}

/** That PostgreSQL let somebody not in: invalid_authorization_specification and invalid_password. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "28000" || error.code === "28P01");

/**
 * Connects as the first user, by its password or else by IAM. From PostgreSQL 16 on, who makes a user becomes its member, and a member of a member of rds_iam may be let in
 * by IAM only: AWS does not say whether RDS leaves its first user out of that.
 */
async function connectedAsFirst<T>(
  place: Place,
  { secret, connected, token, log }: World,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const login = loginOf(await secret(place.secret), place.secret);
  try {
    return await connected(place, login, work);
  } catch (error) {
    if (!isRefused(error)) throw error;
    const { username } = login;
    const result = await connected(place, { username, password: token(place, username) }, work);
    log(`${place.host} lets ${username} in by IAM only, and no longer by its password`);
    return result;
  }
}

/** The login in a secret that RDS made. @throws without saying what the secret holds */
export function loginOf(text: string, arn: string): Login {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value === "object" && value !== null && "username" in value && "password" in value) {
    const { username, password } = value;
    if (typeof username === "string" && typeof password === "string") return { username, password };
  }
  throw new Error(`secret ${arn} holds no JSON with username and password`);
}

/**
 * Sees to the users of all databases.
 * @throws AggregateError where a database failed, after all others had their turn
 */
export async function ensureAll(
  databases: Readonly<Record<string, Place>>,
  users: Readonly<Record<string, DeclaredUsers>>,
  world: World,
): Promise<Readonly<Record<string, Ensured>>> {
  const { log } = world;
  const results: Record<string, Ensured> = {};
  const failures: Error[] = [];
  for (const [name, place] of Object.entries(databases)) {
    const declared = users[name];
    if (!declared)
      throw new Error(`database ${name} has no declared users: the function and its files are of two deployments`);
    try {
      const result = await connectedAsFirst(place, world, (session) => ensureUsers(session, declared));
      results[name] = result;
      for (const line of result.done) log(`${name}: ${line}`);
      for (const user of result.unknown)
        log(`${name}: user ${user} may log in by IAM, and is not declared: a person takes it away`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      failures.push(new Error(`${name}: ${why}`, { cause: error }));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join("; "));
  return results;
}
