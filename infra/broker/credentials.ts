/**
 * What a secret of the broker holds, and whom it lets in. The broker's component, the functions that rotate the secrets and the services that read them all go
 * by this file, so nothing of Pulumi is loaded here: the functions are bundled with it.
 */
import type { Secret } from "@pulumi/aws/secretsmanager/secret.js";

/** The user that Amazon MQ makes with the broker: the functions work with it, nobody else. */
export const adminUser = "admin";
/** The services' users. They take turns, so that a rotation never changes the password of the one in use. */
export const applicationUsers = ["app-a", "app-b"] as const;
/** The user of the scraper: tag `monitoring`, no permission in any virtual host. */
export const monitoringUser = "monitoring";

/** A user of the services. */
export type ApplicationUser = (typeof applicationUsers)[number];

/** The user whose turn is next. */
export const otherApplicationUser = (user: ApplicationUser): ApplicationUser => (user === "app-a" ? "app-b" : "app-a");

/**
 * The JSON value of a secret, with the field names of Secrets Manager's own secrets for databases. The endpoint is no secret and not in it: the first value would
 * otherwise change with the endpoint, and be written again over one that was rotated since.
 */
export interface BrokerSecret {
  readonly engine: "rabbitmq";
  /** For the application's secret: the user in use now. */
  readonly username: string;
  readonly password: string;
}

/** The secrets of a broker, one for each user; that of the application holds whichever of its two users is in use. */
export interface BrokerSecrets {
  readonly admin: Secret;
  readonly application: Secret;
  readonly monitoring: Secret;
}

/** What Amazon MQ takes as a password ("User", Amazon MQ REST API Reference, 2026-11): 12 to 250 characters, 4 different ones, no comma, colon or equals sign. */
export const passwordRule = {
  shortest: 12,
  longest: 250,
  different: 4,
  refused: [",", ":", "="],
  /** Special characters for generated passwords: safe in a URL, in a shell and in a configuration file. */
  special: "-_.~",
  /** Of a generated password. */
  length: 40,
} as const;

/** What is wrong with a password; undefined where nothing is. The password itself is not repeated. */
export function passwordProblem(password: string): string | undefined {
  const { shortest, longest, different, refused } = passwordRule;
  // MQ counts characters, not UTF-16 units.
  const { length } = [...password];
  if (length < shortest || length > longest)
    return `it has ${length} characters, ${shortest} to ${longest} are allowed`;
  if (new Set(password).size < different) return `it has fewer than ${different} different characters`;
  const found = refused.filter((character) => password.includes(character));
  return found.length === 0 ? undefined : `it has ${found.map((one) => JSON.stringify(one)).join(" and ")}`;
}

/** Reads the value of a secret. @throws TypeError that names the field and repeats no value */
export function readBrokerSecret(value: string): BrokerSecret {
  const refuse = (what: string): never => {
    throw new TypeError(`the secret of the broker ${what}`);
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    // The parser's own message repeats a piece of the secret.
    return refuse("is not JSON");
  }
  if (typeof parsed !== "object" || parsed === null) return refuse("is not an object");
  const fields: Readonly<Record<string, unknown>> = { ...parsed };
  const text = (name: string): string => {
    const field = fields[name];
    return typeof field === "string" && field !== "" ? field : refuse(`has no text in "${name}"`);
  };
  const { engine } = fields;
  if (engine !== "rabbitmq") return refuse('has no "engine": "rabbitmq"');
  return { engine, username: text("username"), password: text("password") };
}

/** The value of a secret, as {@link readBrokerSecret} reads it. */
export const writeBrokerSecret = (secret: BrokerSecret): string => JSON.stringify(secret);
