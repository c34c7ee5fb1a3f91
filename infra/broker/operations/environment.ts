import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Definitions } from "../definitions";
import type { SecretIds } from "./access";
import { Management } from "./management";

/** Names of the variables that the component gives the functions. */
export const variables = {
  broker: "BROKER",
  consoleUrl: "CONSOLE_URL",
  admin: "ADMIN_SECRET",
  application: "APPLICATION_SECRET",
  monitoring: "MONITORING_SECRET",
  bucket: "EXPORTS_BUCKET",
  key: "EXPORTS_KEY",
} as const;

/** The file beside the code in which the declared definitions lie: too large for a variable, and of one piece with the code's version. */
export const definitionsFile = "definitions.json";

/** A variable of the function. @throws with its name where it is missing */
export function variable(name: keyof typeof variables): string {
  const value = process.env[variables[name]];
  if (value === undefined || value === "")
    throw new Error(`the function has no environment variable ${variables[name]}`);
  return value;
}

export const management = (): Management => new Management(variable("consoleUrl"));

export const secretIds = (): SecretIds => ({
  admin: variable("admin"),
  application: variable("application"),
  monitoring: variable("monitoring"),
});

export const declared = (): Definitions => JSON.parse(readFileSync(join(__dirname, definitionsFile), "utf8"));

export const log = (line: string): void => console.info(line);
