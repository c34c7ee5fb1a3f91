import { execFile, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, appendFile, chown, mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import { freePort } from "./process";
import { lastWords, Unavailable } from "./unavailable";

const run = promisify(execFile);

/** A PostgreSQL that runs on this machine as RDS has it, for as long as it is wanted. */
export interface LivePostgres {
  readonly version: string;
  readonly host: string;
  readonly port: number;
  /** The database that RDS would have made, which is the first user's. */
  readonly database: string;
  /** The first user, who is no superuser. */
  readonly login: { readonly username: string; readonly password: string };
  /** The authority that signed its certificate. */
  readonly ca: string;
  /** Asks as its superuser, by a door that only this machine has. */
  readonly asked: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const nobody = 65_534;
const patience = 30_000;
const database = "shop";
const login = { username: "dba", password: "first-password-of-rds" };

const isProgram = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The folder with the programs: on the path, or where Debian keeps them, the newest first. */
async function programs(): Promise<string> {
  const debian = "/usr/lib/postgresql";
  const versions = await readdir(debian).catch(() => []);
  const newest = versions
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(debian, version, "bin"));
  for (const folder of [...(process.env.PATH ?? "").split(":").filter(Boolean), ...newest])
    if ((await isProgram(join(folder, "initdb"))) && (await isProgram(join(folder, "postgres")))) return folder;
  throw new Unavailable("PostgreSQL is missing: apt-get install postgresql");
}

/**
 * Whom it lets in, in this order. That members of rds_iam are not asked for a password, but for a login of AWS, is what RDS adds: here they are turned away. From 16 on,
 * who hands a role on counts as a member, so that the first user has a door of its own.
 */
const doors = (version: number) => `local all all trust
${version >= 16 ? `hostssl all ${login.username} all scram-sha-256\n` : ""}hostssl all +rds_iam all reject
hostssl all all all scram-sha-256
`;

const firstUser = `
create role rds_iam;
create role ${login.username} login createrole createdb password '${login.password}';
`;

/** From 16 on, whoever makes users may not hand on every role, and who hands a role on need not be its member in full. */
const handsOn = `grant pg_monitor, rds_iam to ${login.username} with admin true, inherit false, set false`;

/** Starts a PostgreSQL on loopback with a folder of its own. It ends with `stop`, and also when this process ends. @throws Unavailable where it cannot be had */
export async function startPostgres(): Promise<LivePostgres> {
  const bin = await programs();
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  const as = process.getuid?.() === 0 ? ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"] : [];
  const [certificate, key] = [join(folder, "server.crt"), join(folder, "server.key")];
  const [data, output] = [join(folder, "data"), join(folder, "output")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const files = ["-keyout", key, "-out", certificate];
  await run("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files]);
  if (as.length > 0) for (const path of [folder, certificate, key]) await chown(path, nobody, nobody);
  const [program = "", ...first] = [...as, join(bin, "initdb")];
  await run(program, [...first, "-D", data, "-U", "admin", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: folder,
    ssl: "on",
    ssl_cert_file: certificate,
    ssl_key_file: key,
    password_encryption: "scram-sha-256",
    fsync: "off",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  await appendFile(join(data, "postgresql.conf"), lines.join(""));
  const version = Number.parseInt(await readFile(join(data, "PG_VERSION"), "utf8"), 10);
  await writeFile(join(data, "pg_hba.conf"), doors(version));
  const file = await open(output, "a");
  const server = [...as, ...(process.platform === "linux" ? ["setpriv", "--pdeathsig", "KILL"] : [])];
  const [command = "", ...rest] = [...server, join(bin, "postgres"), "-D", data];
  const child = spawn(command, rest, { stdio: ["ignore", file.fd, file.fd] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const quiet = { host: folder, port, username: "admin", max: 1, onnotice: () => {}, connect_timeout: 5 };
  const asked = async (text: string, inside = database) => {
    const sql = postgres({ ...quiet, database: inside });
    try {
      return [...(await sql.unsafe(text))];
    } finally {
      await sql.end();
    }
  };
  const stop = async () => {
    child.kill("SIGINT");
    await ended;
    await file.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const end = Date.now() + patience;
  for (;;) {
    try {
      const [shown] = await asked("show server_version", "postgres");
      await asked(firstUser, "postgres");
      if (version >= 16) await asked(handsOn, "postgres");
      await asked(`create database ${database} owner ${login.username}`, "postgres");
      return {
        version: String(shown?.server_version),
        host: "localhost",
        port,
        database,
        login,
        ca: await readFile(certificate, "utf8"),
        asked,
        stop,
      };
    } catch (error) {
      if (
        child.exitCode === null &&
        Date.now() < end &&
        !(error instanceof postgres.PostgresError && error.severity === "ERROR")
      ) {
        await wait(100);
        continue;
      }
      const said = lastWords(await readFile(output, "utf8"));
      await stop();
      throw new Error(`PostgreSQL did not start: ${said}`, { cause: error });
    }
  }
}
