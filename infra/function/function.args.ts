import type { FunctionArgs as LambdaArgs } from "@pulumi/aws/lambda/function.js";
import type { Input } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import type { Permission } from "../kit/policy";
import { Problems } from "../kit/problems";
import { isRetention, retentions } from "../kit/retention";
import type { Transform } from "../kit/transform";
import { type Bytes, bytes, type Duration, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes, Severity } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import type { functionSignals } from "./function.signals";
import { concurrencyQuota, type FunctionSize } from "./function.size";

/** What is expected of a function: its alarms are made from it. */
export interface FunctionExpectations {
  /** How long a run may take: 1 second to 15 minutes. */
  timeout: Duration;
  /** Runs on a usual day; the bill, and whether shares mean anything, follow from it. @default what its schedule makes; else 0 */
  runsPerDay?: number;
  /** A schedule runs it so often. @default no schedule */
  every?: Duration;
  /** Executions that it may have at the same time, reserved for it: 1 or more. @default the account's quota */
  concurrency?: number;
  /** What this function does differently, by signal id. */
  changes?: Changes<typeof functionSignals>;
  /** The service that it belongs to. */
  service?: string;
  /** Who is told. */
  watcher: Watcher;
}

/** How an existing function is watched. */
export interface WatchFunctionOptions extends FunctionExpectations {
  /** It gets events asynchronously: from a schedule, a topic, a bucket. @default whether a schedule runs it */
  asynchronous?: boolean;
  /** Events that failed for good go to a queue that is watched. @default false */
  failureQueue?: boolean;
}

/** What a function is made from. */
export interface LambdaFunctionArgs extends FunctionExpectations {
  /** Its TypeScript file, from the project's folder; it exports `handler`. */
  entry: string;
  /** Further files beside the code, by name. @default none */
  files?: Readonly<Record<string, string>>;
  /** What it does, in words for the console. */
  description: string;
  /** 128 MiB to 10,240 MiB. @default "256 MiB" */
  memory?: Bytes;
  /** @default none */
  environment?: Readonly<Record<string, Input<string>>>;
  /** What it may do, besides writing its log. @default nothing */
  may?: readonly Permission[];
  /** Where it runs, to reach what is in the VPC. @default outside of any VPC */
  network?: { readonly subnets: Input<readonly Input<string>[]>; readonly securityGroups: readonly Input<string>[] };
  /**
   * It gets events asynchronously. Those that fail for good then go to a queue of its own, which tells with this severity.
   * @default `ticket` with a schedule; else it is only called by those who wait for its answer
   */
  failures?: Severity;
  /** Days that its log is kept. @default 30 */
  logDays?: number;
  /** Customer managed key for log, environment and failed events; its policy must have what `functionKeyPolicy` gives. @default a key of its own */
  kmsKeyArn?: Input<string>;
  /** Where it is. */
  place: Place;
  /** Last changes to the arguments of the function, for what has no option here. */
  transform?: Transform<LambdaArgs>;
}

/** Arguments with every default in place. */
export interface NormalFunction {
  readonly size: FunctionSize;
  /** MB. */
  readonly memory: number;
  readonly logDays: number;
  readonly failures?: Severity;
}

function readSize(problems: Problems, args: WatchFunctionOptions): FunctionSize {
  const { every, concurrency, runsPerDay } = args;
  const timeout = problems.read("timeout", () => seconds(args.timeout)) ?? Number.NaN;
  const interval = every === undefined ? 0 : (problems.read("every", () => seconds(every)) ?? Number.NaN);
  // "Lambda quotas", Lambda Developer Guide, 2026-11.
  problems.unless(!(timeout < 1 || timeout > 900), "timeout must be 1 second to 15 minutes", args.timeout);
  problems.unless(
    every === undefined || !(interval < 60 || interval > 86_400 || interval % 60 !== 0),
    "every must be whole minutes, 1 minute to 1 day: what runs less often cannot be told from silence",
    every,
  );
  problems.unless(
    concurrency === undefined || (Number.isInteger(concurrency) && concurrency >= 1),
    "concurrency must be a whole number of 1 or more",
    concurrency,
  );
  problems.unless(
    runsPerDay === undefined || (Number.isFinite(runsPerDay) && runsPerDay >= 0),
    "runsPerDay must be a number of 0 or more",
    runsPerDay,
  );
  checkChanges(problems, args.changes);
  const asynchronous = args.asynchronous ?? (every !== undefined || args.failureQueue === true);
  return {
    timeout,
    every: interval,
    invocationsPerDay: runsPerDay ?? (interval > 0 ? 86_400 / interval : 0),
    concurrency: concurrency ?? concurrencyQuota,
    asynchronous,
    failureQueue: args.failureQueue ?? false,
  };
}

/** What is expected of an existing function, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, args: WatchFunctionOptions): FunctionSize {
  const problems = new Problems(`function "${name}"`);
  const size = readSize(problems, args);
  problems.throwIfAny();
  return size;
}

/** The arguments of a function, checked. Throws one error with every problem. */
export function normalizeFunction(name: string, args: LambdaFunctionArgs): NormalFunction {
  const problems = new Problems(`function "${name}"`);
  problems.add(checkName("function", name));
  problems.add(checkName("role", `${name}-schedule`));
  const failures = args.failures ?? (args.every === undefined ? undefined : "ticket");
  const size = readSize(problems, { ...args, failureQueue: failures !== undefined });
  const given = problems.read("memory", () => bytes(args.memory ?? "256 MiB")) ?? Number.NaN;
  const memory = given / 2 ** 20;
  const logDays = args.logDays ?? 30;
  problems.unless(
    !(memory < 128 || memory > 10_240 || !Number.isInteger(memory)) || Number.isNaN(memory),
    "memory must be a whole number of MiB, 128 MiB to 10240 MiB",
    args.memory,
  );
  problems.unless(isRetention(logDays), `logDays must be one of ${retentions.join(", ")}`, logDays);
  problems.unless(args.description.trim() !== "", "description must say in words what it does");
  problems.unless(!(args.network && args.network.securityGroups.length === 0), "network needs a security group");
  for (const key of Object.keys(args.environment ?? {})) {
    // "Working with Lambda environment variables", Lambda Developer Guide, 2026-11.
    const fine = /^[A-Za-z][A-Za-z0-9_]+$/.test(key) && !/^(AWS_|LAMBDA_)/.test(key);
    problems.unless(
      fine,
      "environment: a name has letters, digits and underscores, and does not start with AWS_ or LAMBDA_",
      key,
    );
  }
  problems.throwIfAny();
  return { size, memory, logDays, ...(failures && { failures }) };
}
