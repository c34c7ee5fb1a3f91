import type { Input } from "@pulumi/pulumi";
import { Problems } from "../../kit/problems";
import type { Watcher } from "../../signal/watch";
import type { Place } from "../../topic/senders";
import { checkPlace } from "../../topic/topic.args";
import type { DeclaredUsers } from "./ensure";

/** A database with its users. */
export interface UsedDatabase extends DeclaredUsers {
  readonly address: Input<string>;
  readonly port: Input<number>;
  /** The database inside. */
  readonly databaseName: Input<string>;
  /** ARN of the secret of the first user, as RDS made it. */
  readonly secretArn: Input<string>;
  /** ARN of the key of that secret. */
  readonly secretKeyArn: Input<string>;
  /** What lets the first user in by IAM: `database.loginArn("dba")`. */
  readonly loginArn: Input<string>;
}

/** What the users of databases are made from. */
export interface DatabaseUsersArgs {
  /** By name of the component. At most ten: where they are must fit into a variable of the function. */
  readonly databases: Readonly<Record<string, UsedDatabase>>;
  /** From where databases and Secrets Manager are reached. */
  readonly network: {
    readonly subnets: Input<readonly Input<string>[]>;
    readonly securityGroups: readonly Input<string>[];
  };
  readonly place: Place;
  /** The service that owns it. @default none */
  readonly service?: string;
  readonly watcher: Watcher;
}

/** 4 KiB are the most that all variables may have ("Lambda quotas", AWS Lambda Developer Guide, 2026-11); each place takes about 300 bytes. */
const mostDatabases = 10;
/** A role of PostgreSQL, which cuts longer names off, and no name of its own or of RDS's. */
const user = /^(?!pg_|rds|dba$|postgres$)[a-z_][a-z0-9_-]{0,62}$/;

/** Throws one error with every problem, before anything is registered. */
export function checkUsers(name: string, { databases, place, network }: DatabaseUsersArgs): void {
  const problems = new Problems(`users of databases "${name}"`);
  checkPlace(problems, place);
  const named = Object.entries(databases);
  problems.unless(
    named.length > 0 && named.length <= mostDatabases,
    `databases must be 1 to ${mostDatabases}`,
    named.length,
  );
  problems.unless(network.securityGroups.length > 0, "network needs a security group");
  for (const [database, { monitor, services }] of named) {
    for (const one of [monitor, ...services])
      problems.unless(
        user.test(one),
        `databases.${database}: a user has up to 63 lower-case letters, digits, underscores and hyphens, and is none of PostgreSQL's or RDS's own`,
        one,
      );
    problems.unless(!services.includes(monitor), `databases.${database}: monitor must not be a service`, monitor);
    problems.unless(
      new Set(services).size === services.length,
      `databases.${database}: services must name each once`,
      services,
    );
  }
  problems.throwIfAny();
}
