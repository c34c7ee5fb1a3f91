import type { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Problems } from "../kit/problems";
import { type Duration, type Percent, percent, seconds } from "../kit/units";
import { promises } from "../service/service.args";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { objectiveSignals } from "./objective.signals";
import type { ObjectiveSize } from "./objective.size";
import { budgetDays, leastPromise } from "./paces";

/** What a service does differently, by signal id. */
export type ObjectiveChanges = Changes<typeof objectiveSignals>;

/** What is promised of a service. */
export interface ObjectiveArgs {
  /** What answers its requests. */
  deployment: Deployment;
  /** The label `cluster` of its series. */
  cluster: string;
  namespace: string;
  /** Share of the requests that are answered without a server error: "99.9 %". */
  answered: Percent;
  /** Share of the requests that are answered in time. @default "99 %" */
  inTime?: Percent;
  /** How long a request in time takes at most: a bucket of the service's histogram. */
  acceptable: Duration;
  /** Whole days over which the budget is counted. @default "30 days" */
  window?: Duration;
  /** A collector scrapes it. @default whether the watcher evaluates rules */
  scraped?: boolean;
  changes?: ObjectiveChanges;
  /** Who is told. */
  watcher: Watcher;
}

/** What is promised where nothing else is said. */
export const usualPromise = { inTime: "99 %", window: "30 days" } as const;

/** What a promise must be, in words. */
export const promiseRange = `${leastPromise} % or more and below 100 %: of less, not even a total outage burns the budget fast enough to wake anybody, and of 100 % there is none`;
/** What a window must be, in words. */
export const windowRange = `whole days, ${budgetDays.least} to ${budgetDays.most} of them`;

/** Whether a share can be promised. */
export const isPromise = (share: number): boolean => share >= leastPromise && share < 100;
/** Whether a budget can be counted over a number of days. */
export const isWindow = (days: number): boolean =>
  Number.isInteger(days) && days >= budgetDays.least && days <= budgetDays.most;

/** A share that is promised, in percent; a problem where it cannot be. */
export function readPromise(problems: Problems, label: string, given: Percent): number {
  const share = problems.read(label, () => percent(given)) ?? Number.NaN;
  problems.unless(Number.isNaN(share) || isPromise(share), `${label} must be ${promiseRange}`, given);
  return share;
}

/** The promise of a service, checked. Throws one error with every problem. */
export function normalizeObjective(
  name: string,
  args: Omit<ObjectiveArgs, "deployment" | "cluster" | "namespace">,
): ObjectiveSize {
  const problems = new Problems(`objective "${name}"`);
  const { inTime = usualPromise.inTime, window = usualPromise.window, scraped, watcher } = args;
  problems.unless(
    /^[a-z]([a-z0-9-]{0,48}[a-z0-9])?$/.test(name),
    "its name is that of its service: up to 50 lower-case letters, digits and hyphens, a letter first",
    name,
  );
  const acceptable = problems.read("acceptable", () => seconds(args.acceptable)) ?? Number.NaN;
  problems.unless(
    Number.isNaN(acceptable) || promises.some((edge) => edge === acceptable),
    `acceptable must be an edge of the service's histogram: ${promises.map((edge) => `${edge} seconds`).join(", ")}`,
    args.acceptable,
  );
  const days = (problems.read("window", () => seconds(window)) ?? Number.NaN) / 86_400;
  problems.unless(Number.isNaN(days) || isWindow(days), `window must be ${windowRange}`, window);
  problems.unless(
    scraped !== true || watcher.prometheus !== undefined,
    "its rules need a workspace: give its watcher one (prometheus: { workspaceId }), or say scraped: false",
  );
  checkChanges(problems, args.changes);
  const size = {
    scraped: scraped ?? watcher.prometheus !== undefined,
    answered: readPromise(problems, "answered", args.answered),
    inTime: readPromise(problems, "inTime", inTime),
    acceptable,
    days,
  };
  problems.throwIfAny();
  return size;
}
