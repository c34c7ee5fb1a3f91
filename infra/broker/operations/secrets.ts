import { randomInt } from "node:crypto";
import { passwordProblem, passwordRule } from "../credentials";

/** Stages of a secret's versions. */
export type Stage = "AWSCURRENT" | "AWSPENDING" | "AWSPREVIOUS";

/** What is known of a secret without its value. */
export interface SecretDescription {
  readonly rotated: boolean;
  /** Version to its stages. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** When its value last changed by rotation, or when it was made; milliseconds since 1970. */
  readonly since?: number;
}

/** Secrets Manager, as far as the functions need it. Values never appear in an error. */
export interface Secrets {
  describe(secret: string): Promise<SecretDescription>;
  /** Value of the version in a stage. @param version only that version; undefined where it has no value yet */
  read(secret: string, stage: Stage, version?: string): Promise<string | undefined>;
  /** Adds a version in the stage AWSPENDING. Saying it again with the same value changes nothing. */
  addPending(secret: string, version: string, value: string): Promise<void>;
  /** Moves AWSCURRENT to a version. */
  promote(secret: string, version: string, from: string | undefined): Promise<void>;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A password that Amazon MQ takes: about 240 bits. */
export function newPassword(): string {
  const { length, special } = passwordRule;
  const characters = letters + special;
  for (;;) {
    const password = Array.from({ length }, () => characters.charAt(randomInt(characters.length))).join("");
    if (passwordProblem(password) === undefined) return password;
  }
}
