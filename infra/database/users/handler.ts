import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { connected } from "./connection";
import type { Ensured } from "./ensure";
import { databasesVariable, readPlaces, readUsers, usersFile } from "./environment";
import { credentialsOf, loginToken } from "./token";
import { ensureAll } from "./work";

/** Authorities of AWS, among them those of RDS ("Managing TLS certificates", Node.js, AWS Lambda Developer Guide, 2026-11). */
const authorities = "/var/runtime/ca-cert.pem";

export async function handler(): Promise<Readonly<Record<string, Ensured>>> {
  const client = new SecretsManagerClient({});
  const ca = readFileSync(authorities, "utf8");
  return ensureAll(
    readPlaces(process.env[databasesVariable]),
    readUsers(readFileSync(join(__dirname, usersFile), "utf8")),
    {
      async secret(arn) {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
        if (SecretString === undefined) throw new Error(`secret ${arn} has no value`);
        return SecretString;
      },
      connected: (place, login, work) => connected(place, login, ca, work),
      token: ({ host, port }, username) =>
        loginToken(
          { host, port, username, region: process.env.AWS_REGION ?? "" },
          credentialsOf(process.env),
          new Date(),
        ),
      log: (line) => console.info(line),
    },
  );
}
