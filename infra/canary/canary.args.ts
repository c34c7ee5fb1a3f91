import type { Input } from "@pulumi/pulumi";
import { checkRetention, type LogArgs } from "../gateway/log";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { type Duration, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import type { CanarySize, canarySignals } from "./canary.signals";

/** What is expected of a canary: its alarms are made from it. */
export interface CanaryExpectations {
  /** How often it runs: whole minutes, 1 to 5, since its alarms look at five minutes at a time. @default "5 minutes" */
  interval?: Duration;
  /** How long a run may take. @default "4 seconds" */
  acceptable?: Duration;
  /** What it does differently, by signal id. */
  changes?: Changes<typeof canarySignals>;
  /** Who is told. */
  watcher: Watcher;
}

/** What a canary is made from. */
export interface CanaryArgs extends CanaryExpectations, Place, LogArgs {
  /** What it asks for; each must answer with 200, and without a token: `https://api.example.com/shop/health`. */
  addresses: readonly string[];
  /** Where its reports and its script go: a bucket, and the ARN of the key that it is encrypted with. */
  artifacts: { bucket: Input<string>; keyArn: Input<string> };
  /** Runtime of Synthetics, without a browser. @default "syn-nodejs-3.1" */
  runtime?: string;
}

/** Arguments with every default in place. */
export interface NormalCanary {
  readonly size: CanarySize;
  readonly runtime: string;
}

/** What environment variables of a function may have together, with some room ("Lambda quotas", Lambda Developer Guide, 2026-11: 4 KB). */
const longestAddresses = 3_500;

function readSize(problems: Problems, args: CanaryExpectations): CanarySize {
  const { interval = "5 minutes", acceptable = "4 seconds" } = args;
  const every = problems.read("interval", () => seconds(interval)) ?? Number.NaN;
  const time = problems.read("acceptable", () => seconds(acceptable)) ?? Number.NaN;
  problems.unless(
    Number.isNaN(every) || (every % 60 === 0 && every >= 60 && every <= 300),
    "interval must be whole minutes, from 1 to 5",
    interval,
  );
  problems.unless(
    !(time <= 0 || time > 30),
    "acceptable must be longer than nothing, and at most 30 seconds",
    acceptable,
  );
  checkChanges(problems, args.changes);
  return { interval: every, acceptable: Math.round(time * 1_000) };
}

/** What is expected of an existing canary, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, args: CanaryExpectations): CanarySize {
  const problems = new Problems(`canary "${name}"`);
  const size = readSize(problems, args);
  problems.throwIfAny();
  return size;
}

/** Whether a canary can ask for it: TLS, and nothing in it that must not be read. */
function isAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" && url.username === "" && url.password === "" && !/\s/.test(text);
}

/** The arguments of a canary, checked. Throws one error with every problem, before anything is registered. */
export function normalizeCanary(name: string, args: CanaryArgs): NormalCanary {
  const { addresses, runtime = "syn-nodejs-3.1" } = args;
  const problems = new Problems(`canary "${name}"`);
  problems.add(checkName("canary", name));
  checkPlace(problems, args);
  checkRetention(problems, args);
  problems.unless(addresses.length > 0, "addresses must name at least one address");
  for (const address of addresses) {
    problems.unless(isAddress(address), "addresses must be with https, and without a password", address);
  }
  problems.unless(
    addresses.join(" ").length <= longestAddresses,
    `addresses must have at most ${longestAddresses} characters together: make a second canary`,
    addresses.join(" ").length,
  );
  problems.unless(
    /^syn-nodejs-(?:puppeteer-)?\d+\.\d+$/.test(runtime),
    'runtime must be one for Node.js, such as "syn-nodejs-3.1"',
    runtime,
  );
  const size = readSize(problems, args);
  problems.throwIfAny();
  return { size, runtime };
}
