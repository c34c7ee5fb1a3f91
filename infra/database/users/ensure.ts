/** What a database must know of its users, written in its own language. Nothing here knows AWS. */

/** An open connection, as the user that RDS made first. */
export interface Session {
  rows(text: string, parameters?: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** The users of one database. Each logs in by IAM, and has no password. */
export interface DeclaredUsers {
  /** It reads statistics, and no table. */
  readonly monitor: string;
  /** Each has a schema of its own name, in which it may do what it likes. */
  readonly services: readonly string[];
}

/** What was done, in words, and who may log in by IAM although nobody declared it. */
export interface Ensured {
  readonly done: readonly string[];
  readonly unknown: readonly string[];
}

/** The role whose members RDS lets in by IAM, and by nothing else ("Creating a database account using IAM authentication", RDS User Guide, 2026-11). */
const iam = "rds_iam";

/** A name as PostgreSQL takes it between quotes. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const names = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
  rows.map(({ name }) => String(name));

async function ensureUser(session: Session, user: string, roles: readonly string[]): Promise<string[]> {
  const done: string[] = [];
  const there = await session.rows("select rolname as name from pg_roles where rolname = $1", [user]);
  if (there.length === 0) {
    await session.rows(`create role ${quoted(user)} login`);
    done.push(`made the user ${user}`);
  }
  const member = names(
    await session.rows(
      "select granted.rolname as name from pg_auth_members m join pg_roles granted on granted.oid = m.roleid join pg_roles member on member.oid = m.member where member.rolname = $1",
      [user],
    ),
  );
  for (const role of roles.filter((one) => !member.includes(one))) {
    await session.rows(`grant ${quoted(role)} to ${quoted(user)}`);
    done.push(`granted ${role} to ${user}`);
  }
  return done;
}

/**
 * A service owns what it makes in its schema, but not the schema. To make it the owner, the first user would have to be its member for a moment; whoever is a member of
 * a member of rds_iam is let in by IAM only, and the first user has a password.
 */
async function ensureSchema(session: Session, service: string): Promise<string[]> {
  const name = quoted(service);
  const there = await session.rows("select nspname as name from pg_namespace where nspname = $1", [service]);
  if (there.length === 0) await session.rows(`create schema ${name}`);
  const [rights] = await session.rows(
    "select has_schema_privilege($1, $2, 'usage') and has_schema_privilege($1, $2, 'create') as name",
    [service, service],
  );
  if (rights?.name !== true) await session.rows(`grant usage, create on schema ${name} to ${name}`);
  return [
    ...(there.length === 0 ? [`made the schema ${service}`] : []),
    ...(rights?.name === true ? [] : [`granted the schema ${service} to its service`]),
  ];
}

/**
 * Makes what is missing, and takes nothing away: a user that is no longer declared may own tables. All or nothing, and a second time nothing.
 * @param session whose statements are one transaction
 */
export async function ensureUsers(session: Session, { monitor, services }: DeclaredUsers): Promise<Ensured> {
  const done = await ensureUser(session, monitor, ["pg_monitor", iam]);
  for (const service of services) {
    done.push(...(await ensureUser(session, service, [])));
    // The search path of PostgreSQL begins with the schema of the user's own name.
    done.push(...(await ensureSchema(session, service)));
    done.push(...(await ensureUser(session, service, [iam])));
  }
  const known = [monitor, ...services];
  const members = await session.rows(
    "select member.rolname as name from pg_auth_members m join pg_roles granted on granted.oid = m.roleid join pg_roles member on member.oid = m.member where granted.rolname = $1 and member.rolcanlogin and member.rolname <> current_user order by 1",
    [iam],
  );
  return { done, unknown: names(members).filter((name) => !known.includes(name)) };
}
