import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../build.cjs";
import { cacheFolder } from "../toolchain/gotool";
import { withLock } from "../toolchain/lock";
import { freePort, start } from "./process";
import { cannotBeHad } from "./unavailable";

const run = promisify(execFile);
type Log = (line: string) => void;

/** A message as SNS leaves it in a queue. */
export interface SnsMessage {
  readonly TopicArn: string;
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Value: string }>>;
}

/** A queue of the emulator and the topic that it is subscribed to. */
export interface EmulatedQueue {
  readonly topic: string;
  /** A policy on the attributes. @default every message */
  readonly filter?: Readonly<Record<string, readonly string[]>>;
}

/** SNS and SQS on this machine, for as long as they are wanted. */
export interface Emulator {
  readonly url: string;
  readonly account: string;
  /** What is in a queue, oldest first; it stays there. */
  messages(queue: string): Promise<readonly SnsMessage[]>;
  stop(): Promise<void>;
}

/** Installs the emulator once, into the cache, with exactly the packages of its lock file. */
async function installEmulator(log: Log): Promise<string> {
  const source = join(root, "tools", "live", "emulator");
  const { dependencies } = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  const place = join(cacheFolder(process.env), "fauxqs", String(dependencies.fauxqs));
  const program = join(place, "node_modules", "fauxqs", "dist", "cli.js");
  const isThere = () =>
    stat(program).then(
      () => true,
      () => false,
    );
  if (await isThere()) return program;
  await mkdir(join(place, ".."), { recursive: true });
  return withLock(`${place}.lock`, { log, what: "the emulator of SNS" }, async () => {
    if (await isThere()) return program;
    const draft = `${place}.${process.pid}.tmp`;
    log(`installing the emulator of SNS and SQS into ${place}`);
    await mkdir(draft, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) await copyFile(join(source, file), join(draft, file));
    try {
      await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: draft });
      await rm(place, { recursive: true, force: true });
      await rename(draft, place);
    } catch (error) {
      cannotBeHad("the emulator of SNS")(error);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return program;
  });
}

/**
 * Starts the emulator of SNS and SQS on loopback.
 * @throws Unavailable where it cannot be had on this machine
 */
export async function startEmulator(
  log: Log,
  { region, queues }: { readonly region: string; readonly queues: Readonly<Record<string, EmulatedQueue>> },
): Promise<Emulator> {
  const program = await installEmulator(log);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  const topics = [...new Set(Object.values(queues).map(({ topic }) => topic))];
  const init = join(folder, "init.json");
  await writeFile(
    init,
    JSON.stringify({
      queues: Object.keys(queues).map((name) => ({ name })),
      topics: topics.map((name) => ({ name })),
      subscriptions: Object.entries(queues).map(([queue, { topic, filter }]) => ({
        topic,
        queue,
        ...(filter && { attributes: { FilterPolicy: JSON.stringify(filter) } }),
      })),
    }),
  );
  const stop = await start("The emulator of SNS", [process.execPath, program], {
    folder,
    ready: `${url}/_fauxqs/queues`,
    env: { FAUXQS_PORT: String(port), FAUXQS_DEFAULT_REGION: region, FAUXQS_INIT: init },
  });
  return {
    url,
    account: "000000000000",
    async messages(queue) {
      const answer = await fetch(`${url}/_fauxqs/queues/${queue}`);
      const { messages } = (await answer.json()) as { messages: { ready: readonly { body: string }[] } };
      return messages.ready.map(({ body }) => JSON.parse(body) as SnsMessage);
    },
    stop,
  };
}

/** An event as PagerDuty's Events API v2 takes it. */
export interface PagerDutyEvent {
  readonly routing_key: string;
  readonly dedup_key: string;
  readonly event_action: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

/** Something on loopback that answers as PagerDuty does, and keeps what it was told. */
export async function startPagerDuty(): Promise<{ url: string; events: PagerDutyEvent[]; stop(): Promise<void> }> {
  const events: PagerDutyEvent[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      events.push(JSON.parse(Buffer.concat(parts).toString("utf8")));
      response.writeHead(202, { "content-type": "application/json" });
      response.end('{"status":"success"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v2/enqueue`,
    events,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
