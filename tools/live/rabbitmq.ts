import { type ChildProcess, execFile, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { cacheFolder } from "../toolchain/gotool";
import { withLock } from "../toolchain/lock";
import { freePort } from "./process";
import { lastWords, lastWordsOf, Unavailable } from "./unavailable";

const run = promisify(execFile);

/** A broker that runs on this machine, for as long as it is wanted. */
export interface LiveBroker {
  readonly version: string;
  /** Of the management API. */
  readonly consoleUrl: string;
  /** Host and port of AMQP, without credentials. */
  readonly amqp: string;
  /** Host and port of its endpoint for Prometheus, which asks for a name and a password as Amazon MQ does. */
  readonly metrics: string;
  readonly admin: { readonly username: string; readonly password: string };
  stop(): Promise<void>;
}

type Log = (line: string) => void;

/** Debian 13 has RabbitMQ 4.0, the first of the major version that Amazon MQ runs (4.2, 4.3). */
const release = "trixie";
const server = "usr/lib/rabbitmq/bin/rabbitmq-server";
const patience = 60_000;

const isThere = (path: string, mode = constants.F_OK) =>
  access(path, mode).then(
    () => true,
    () => false,
  );

async function onPath(program: string): Promise<boolean> {
  const folders = (process.env.PATH ?? "").split(":").filter(Boolean);
  const found = await Promise.all(folders.map((folder) => isThere(join(folder, program), constants.X_OK)));
  return found.includes(true);
}

async function need(program: string, from: string, log: Log): Promise<void> {
  if (await onPath(program)) return;
  if (!(await onPath("apt-get"))) throw new Unavailable(`${program} is missing, and there is no apt-get to install it`);
  log(`${program} is missing: installing the package ${from}`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const install = () => run("apt-get", ["install", "-y", "-q", "--no-install-recommends", from], options);
  try {
    // A fresh machine has no list of packages yet.
    await install().catch(async () => {
      await run("apt-get", ["update", "-q"], options);
      await install();
    });
  } catch (error) {
    throw new Unavailable(`${from} cannot be installed: ${lastWordsOf(error)}`);
  }
}

/** The folder of a small Debian with RabbitMQ in it, made once. Half a minute and 250 MB. */
async function root(log: Log): Promise<string> {
  if (process.platform !== "linux")
    throw new Unavailable(`the broker runs in a Debian of its own, which needs Linux, not ${process.platform}`);
  if (process.getuid?.() !== 0)
    throw new Unavailable("the broker runs in a Debian of its own (chroot), which needs root");
  for (const [program, from] of [
    ["unshare", "util-linux"],
    ["setpriv", "util-linux"],
    ["mount", "mount"],
  ] as const)
    await need(program, from, log);
  const folder = join(cacheFolder(), `rabbitmq-${release}`);
  if (await isThere(join(folder, server))) return folder;
  await need("mmdebstrap", "mmdebstrap", log);
  await mkdir(cacheFolder(), { recursive: true });
  return withLock(`${folder}.lock`, { log, what: "a Debian with RabbitMQ" }, async () => {
    if (await isThere(join(folder, server))) return folder;
    log(`making a Debian ${release} with RabbitMQ in ${folder} (about half a minute, once)`);
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true, maxRetries: 2 });
    try {
      await run(
        "mmdebstrap",
        ["--variant=minbase", "--skip=check/qemu", "--include=rabbitmq-server", release, unfinished],
        {
          maxBuffer: 2 ** 26,
        },
      );
    } catch (error) {
      throw new Unavailable(`mmdebstrap failed: ${lastWordsOf(error)}`);
    }
    await mkdir(join(unfinished, "lab"), { recursive: true });
    await rename(unfinished, folder);
    return folder;
  });
}

interface Ports {
  readonly amqp: number;
  readonly management: number;
  readonly metrics: number;
  readonly distribution: number;
  readonly epmd: number;
}

const settings = ({ amqp, management, metrics }: Ports, { username, password }: LiveBroker["admin"]) => `
listeners.tcp.1 = 127.0.0.1:${amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${management}
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = ${metrics}
prometheus.authentication.enabled = true
collect_statistics_interval = 1000
vm_memory_high_watermark.absolute = 256MB
disk_free_limit.absolute = 50MB
default_user = ${username}
default_pass = ${password}
log.console = true
log.console.level = warning
log.file = false
`;

/** The broker's own processes, with everything of theirs in /lab, which is the folder of this run. */
const start = ({ distribution, epmd }: Ports) => `
export HOME=/lab LANG=C.UTF-8 ERL_EPMD_PORT=${epmd} ERL_EPMD_ADDRESS=127.0.0.1
export RABBITMQ_NODENAME=live@localhost RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE=/lab/rabbitmq.conf
export RABBITMQ_ENABLED_PLUGINS_FILE=/lab/enabled_plugins RABBITMQ_MNESIA_BASE=/lab/mnesia RABBITMQ_LOG_BASE=/lab/log
export RABBITMQ_PID_FILE=/lab/pid RABBITMQ_DIST_PORT=${distribution}
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-setcookie live -start_epmd false -kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none -rabbit quorum_tick_interval 1000'
epmd -port ${epmd} -address 127.0.0.1 &
exec /${server}
`;

async function untilReady(
  child: ChildProcess,
  consoleUrl: string,
  { username, password }: LiveBroker["admin"],
  output: string,
) {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const end = Date.now() + patience;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`RabbitMQ ended: ${lastWords(await readFile(output, "utf8"))}`);
    if (Date.now() > end)
      throw new Error(`RabbitMQ did not start in ${patience / 1_000} s: ${lastWords(await readFile(output, "utf8"))}`);
    try {
      const answer = await fetch(`${consoleUrl}/api/overview`, { headers: { authorization } });
      if (answer.ok) {
        const { rabbitmq_version: version, listeners } = (await answer.json()) as {
          rabbitmq_version: string;
          listeners: unknown[];
        };
        if (listeners.length > 0) return version;
      }
    } catch {
      // Not listening yet.
    }
    await wait(100);
  }
}

/**
 * Starts a RabbitMQ 4 on loopback, on ports of its own and with a folder of its own. It ends with `stop`, and also when this process ends.
 * @throws Unavailable where it cannot be had on this machine
 */
export async function startRabbitMq(log: Log): Promise<LiveBroker> {
  const debian = await root(log);
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  const [amqp, management, metrics, distribution, epmd] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const ports = { amqp, management, metrics, distribution, epmd };
  const admin = { username: "admin", password: "live-only-on-this-machine" };
  await chmod(folder, 0o755);
  await writeFile(join(folder, "rabbitmq.conf"), settings(ports, admin));
  await writeFile(join(folder, "enabled_plugins"), "[rabbitmq_management, rabbitmq_prometheus].\n");
  await writeFile(join(folder, "start.sh"), start(ports));
  const output = join(folder, "output");
  await appendFile(output, "");
  // Mounts are seen within this namespace only, and end with it.
  const script =
    'mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && mount --bind "$1" "$0/lab" && exec chroot "$0" bash /lab/start.sh >"$1/output" 2>&1';
  const inside = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", script, debian, folder];
  const child = spawn("setpriv", ["--pdeathsig", "KILL", ...inside], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    // What the namespace's last processes hold is given back a moment later.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    const consoleUrl = `http://127.0.0.1:${management}`;
    const version = await untilReady(child, consoleUrl, admin, output);
    return { version, consoleUrl, amqp: `127.0.0.1:${amqp}`, metrics: `127.0.0.1:${metrics}`, admin, stop };
  } catch (error) {
    const files = await readdir(folder).catch(() => []);
    await stop();
    throw error instanceof Error ? new Error(`${error.message} (${files.join(", ")})`) : error;
  }
}
