/** A login by IAM: a signed request to connect, which RDS takes for a password within a quarter of an hour. Plain Signature Version 4, without a library. */
import { createHash, createHmac } from "node:crypto";

/** What a Lambda function has in its environment. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Who wants to log in where. */
export interface TokenRequest {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly region: string;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
/** As Signature Version 4 wants it: everything but letters, digits and -_.~ ("Create a signed AWS API request", IAM User Guide, 2026-11). */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The token ("Connecting to your DB instance using IAM authentication", RDS User Guide, 2026-11). */
export function loginToken(
  { host, port, username, region }: TokenRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  now: Date,
): string {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${time.slice(0, 8)}/${region}/rds-db/aws4_request`;
  const query = Object.entries({
    Action: "connect",
    DBUser: username,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKeyId}/${scope}`,
    "X-Amz-Date": time,
    "X-Amz-Expires": "900",
    "X-Amz-Security-Token": sessionToken,
    "X-Amz-SignedHeaders": "host",
  })
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join("&");
  const request = ["GET", "/", query, `host:${host}:${port}\n`, "host", sha256("")].join("\n");
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", time, scope, sha256(request)].join("\n")).toString("hex");
  return `${host}:${port}/?${query}&X-Amz-Signature=${signature}`;
}

/** The credentials of a function's role. @throws where it is none */
export function credentialsOf(environment: Readonly<Record<string, string | undefined>>): Credentials {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment;
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined)
    throw new Error("the function has no credentials of a role");
  return { accessKeyId, secretAccessKey, sessionToken };
}
