import { cloudwatch } from "../signal/signal";

export type FunctionRole = "function";

/** What a function declares of itself; limits are functions of it. Durations in seconds. */
export interface FunctionSize {
  readonly timeout: number;
  readonly invocationsPerDay: number;
  /** Between two runs by a schedule; 0 without one. */
  readonly every: number;
  /** Executions that it may have at the same time: reserved, or the account's quota. */
  readonly concurrency: number;
  /** It gets events asynchronously: from a schedule, a topic, a bucket. */
  readonly asynchronous: boolean;
  /** Events that failed for good go to a queue of their own, whose alarm tells of them. */
  readonly failureQueue: boolean;
}

/** "Lambda quotas", Lambda Developer Guide, 2026-11. */
export const concurrencyQuota = 1_000;
/** Invocations a day from which shares and percentiles of a few minutes mean something: ten a minute. */
const busyFrom = 14_400;

/** A metric of the function. */
export const metric = (name: string, statistic: "Maximum" | "Sum" | "Average" | "p90") =>
  cloudwatch("AWS/Lambda", name, statistic, { FunctionName: "function" });

/** Whether shares and percentiles of a few minutes mean something. */
export const isBusy = ({ invocationsPerDay }: FunctionSize) => invocationsPerDay >= busyFrom;
/** The timeout in the unit of Duration. */
export const timeoutIn = ({ timeout }: FunctionSize) => 1_000 * timeout;

/** A function that is called all the time: the size at which limits are proven. */
export const example: FunctionSize = {
  timeout: 60,
  invocationsPerDay: 100_000,
  every: 0,
  concurrency: 100,
  asynchronous: false,
  failureQueue: false,
};
/** One that a schedule runs. */
export const job: FunctionSize = {
  ...example,
  invocationsPerDay: 24,
  every: 3_600,
  concurrency: 1,
  asynchronous: true,
};
/** The same with a queue for its failures. */
export const jobWithQueue: FunctionSize = { ...job, failureQueue: true };
