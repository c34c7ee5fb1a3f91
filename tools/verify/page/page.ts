import { setTimeout as pause } from "node:timers/promises";
import { holdSignals } from "../../engine/cleanup";
import type { Aws } from "../aws";
import type { Finding } from "../check";
import type { Deployed } from "../deployed";
import { Trouble } from "../trouble";
import { type Arrived, type Mailbox, openMailbox } from "./mailbox";
import { type Test, type Way, waysOf } from "./ways";

/** What IAM must allow besides: the second policy of docs/verify.md. */
export const pageActions = [
  "aps:CreateAlertManagerAlerts",
  "cloudwatch:DeleteAlarms",
  "cloudwatch:PutMetricAlarm",
  "cloudwatch:SetAlarmState",
  "sns:Subscribe",
  "sns:Unsubscribe",
  "sqs:CreateQueue",
  "sqs:DeleteQueue",
  "sqs:ReceiveMessage",
] as const;

/** How a test alarm fared. */
export interface Delivery {
  readonly way: string;
  /** Topics at which it arrived, of all. */
  readonly arrived: number;
  readonly of: number;
  /** Seconds until it had arrived everywhere. */
  readonly seconds?: number;
}

/** What the test alarms showed. */
export interface PageResult {
  readonly deliveries: readonly Delivery[];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** What a test of paging works with. */
export interface PageMeans {
  readonly test: Test;
  /** Takes one line for a person, while it waits. */
  readonly tell: (line: string) => void;
  /** Milliseconds until a new subscription is in effect everywhere. @default 10000 */
  readonly settle?: number;
  /** A factor on every wait, for tests. @default 1 */
  readonly pace?: number;
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Collects what arrives, until it is closed. */
function listener(mailbox: Mailbox, stop: AbortSignal) {
  const messages: Arrived[] = [];
  let failure: unknown;
  const done = (async () => {
    while (!stop.aborted) messages.push(...(await mailbox.read(stop)));
  })().catch((error: unknown) => {
    if (!stop.aborted) failure = error;
  });
  return {
    done,
    /** Topics at which a message of a way has arrived. */
    reached(way: Way, what: "firing" | "resolved"): string[] {
      if (failure !== undefined) throw failure;
      return way.topics.filter((topic) =>
        messages.some((message) => message.topic === topic && way.tells(message) === what),
      );
    },
  };
}

async function until(condition: () => boolean, end: number, now: () => number, stop: AbortSignal): Promise<boolean> {
  while (!condition()) {
    if (stop.aborted || now() >= end) return false;
    await pause(250, undefined, { signal: stop }).catch(() => undefined);
  }
  return true;
}

const notArrived = (way: Way, missing: readonly string[], patience: number): Finding => ({
  what: `${way.name}: the test did not arrive within ${Math.round(patience / 1_000)} s`,
  where: missing.join(", "),
  wayOut: [
    "does the topic's policy and key let the sender publish (checks subscriptions and definitions, alarm topic-failing)?",
    ...(way.hint === undefined ? [] : [way.hint]),
  ].join(" "),
});

async function travel(way: Way, heard: ReturnType<typeof listener>, means: PageMeans, stop: AbortSignal) {
  const { test, pace = 1 } = means;
  const { now } = test;
  const patience = way.patience * pace;
  const findings: Finding[] = [];
  const started = now();
  let raised = false;
  try {
    raised = true;
    await way.raise();
    const whole = (what: "firing" | "resolved") => () => heard.reached(way, what).length === way.topics.length;
    const came = await until(whole("firing"), started + patience, now, stop);
    const seconds = Math.round((now() - started) / 100) / 10;
    const reached = heard.reached(way, "firing");
    if (!came && !stop.aborted)
      findings.push(
        notArrived(
          way,
          way.topics.filter((topic) => !reached.includes(topic)),
          patience,
        ),
      );
    await way.end();
    raised = false;
    if (came && way.waitsForEnd && !(await until(whole("resolved"), now() + patience, now, stop)) && !stop.aborted)
      findings.push({
        ...notArrived(way, way.topics, patience),
        what: `${way.name}: that the test is over did not arrive`,
      });
    means.tell(`${way.name}: ${came ? `arrived after ${seconds} s` : "did not arrive"}`);
    const delivery: Delivery = {
      way: way.name,
      arrived: reached.length,
      of: way.topics.length,
      ...(came && { seconds }),
    };
    return { delivery, findings };
  } finally {
    // What the test opened at somebody's is closed also where it fails.
    if (raised) await way.end().catch(() => undefined);
    await way
      .remove()
      .catch((error: unknown) => means.tell(`${way.name}: what the test made could not be removed: ${reason(error)}`));
  }
}

async function all(
  ways: readonly Way[],
  heard: ReturnType<typeof listener>,
  means: PageMeans,
  stop: AbortSignal,
): Promise<PageResult> {
  const results = await Promise.allSettled(ways.map((way) => travel(way, heard, means, stop)));
  const found = results.flatMap((result, index): Awaited<ReturnType<typeof travel>>[] => {
    if (result.status === "fulfilled") return [result.value];
    const way = ways[index];
    if (!way || !(result.reason instanceof Trouble)) throw result.reason;
    const finding = {
      what: `${way.name}: the test could not be finished`,
      where: way.topics.join(", "),
      wayOut: result.reason.message,
    };
    return [{ delivery: { way: way.name, arrived: 0, of: way.topics.length }, findings: [finding] }];
  });
  const hints = ways.flatMap(({ name, hint }) => (hint === undefined ? [] : [`${name}: ${hint}`]));
  return {
    deliveries: found.map(({ delivery }) => delivery),
    findings: found.flatMap(({ findings }) => findings),
    notes: hints,
  };
}

/**
 * Sends one test alarm for each severity and backend, and waits for its arrival in a queue of its own. People are told, too. Everything that it makes is removed, also
 * after a failure or a signal.
 * @throws Trouble where the queue cannot be made
 */
export async function page(aws: Aws, deployed: Deployed, means: PageMeans): Promise<PageResult> {
  const { test, tell, settle = 10_000, pace = 1 } = means;
  const ways = waysOf(aws, deployed, test);
  const topics = [...new Set(ways.flatMap((way) => way.topics))];
  const interrupted = new AbortController();
  const release = holdSignals(() => interrupted.abort());
  try {
    const mailbox = await openMailbox(aws, `vigia-verify-${test.token}`, topics);
    const closed = new AbortController();
    const heard = listener(mailbox, closed.signal);
    try {
      await pause(settle * pace, undefined, { signal: interrupted.signal }).catch(() => undefined);
      if (interrupted.signal.aborted)
        return { deliveries: [], findings: [], notes: ["interrupted before anybody was told"] };
      const longest = Math.max(...ways.map(({ patience }) => patience)) / 60_000;
      tell(
        `${ways.length} test alarms are sent; that takes up to ${Math.ceil(longest)} minutes, because alerts gather first`,
      );
      return await all(ways, heard, means, interrupted.signal);
    } finally {
      closed.abort();
      await heard.done;
      for (const line of await mailbox.close()) tell(line);
    }
  } finally {
    release();
  }
}
