import type { Problems } from "../kit/problems";
import { type Duration, seconds } from "../kit/units";

/** What is backed up together, and how long it is kept. */
export interface PlanArgs {
  /** When the daily backup starts, in UTC: "01:30". A database must not be within an hour of its own backup window. */
  at: string;
  /** How long a daily backup is kept, in whole days. */
  keep: Duration;
  /** How long the backup of the first day of a month is kept. @default not longer than any other */
  keepMonthly?: Duration;
  /**
   * How far back any moment can be restored: at most 35 days. For buckets. A database does that by itself, and AWS Backup would take its settings over.
   * @default not at all
   */
  anyMoment?: Duration;
  /** How long copies in the other region are kept, in whole days. @default no copies */
  keepCopies?: Duration;
  /** How many resources carry the plan's tag: fewer backups a day are an alarm. */
  resources: number;
  /** How long a job may wait for its start: at least an hour. @default "1 hour" */
  startWithin?: Duration;
  /** How long a job may take, its wait included. @default "12 hours" */
  completeWithin?: Duration;
}

/** A plan in days and minutes. */
export interface NormalPlan {
  readonly name: string;
  /** Minute and hour, as cron writes them. */
  readonly minuteAndHour: string;
  readonly keep: number;
  readonly keepMonthly?: number;
  readonly anyMoment?: number;
  readonly keepCopies?: number;
  readonly resources: number;
  readonly startWithin: number;
  readonly completeWithin: number;
}

/** Continuous backups reach no further back ("Continuous backups and point-in-time recovery", AWS Backup Developer Guide, 2026-11). */
const longestMoment = 35;
const clock = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** A time of day as cron writes it: "01:30" is `30 1`. @returns undefined with the problem noted */
export function minuteAndHour(problems: Problems, label: string, at: string): string | undefined {
  const [, hour, minute] = clock.exec(at) ?? [];
  problems.unless(hour !== undefined, `${label} must be a time of day in UTC, written like "01:30"`, at);
  return hour === undefined ? undefined : `${Number(minute)} ${Number(hour)}`;
}

/** Whole days in a length of time. @returns NaN with the problem noted, which every comparison lets pass */
export function wholeDays(problems: Problems, label: string, text: Duration): number {
  const value = problems.read(label, () => seconds(text) / 86_400);
  const fine = value !== undefined && Number.isInteger(value) && value >= 1;
  problems.unless(value === undefined || fine, `${label} must be whole days`, text);
  return fine ? value : Number.NaN;
}

function minutes(problems: Problems, label: string, text: Duration): number {
  const value = problems.read(label, () => seconds(text) / 60);
  const fine = value !== undefined && Number.isInteger(value) && value >= 60;
  problems.unless(value === undefined || fine, `${label} must be an hour or more, in whole minutes`, text);
  return fine ? value : Number.NaN;
}

/** Reads a plan, and notes what is wrong with it. */
export function normalizePlan(problems: Problems, name: string, args: PlanArgs): NormalPlan {
  const where = (field: keyof PlanArgs) => `plans.${name}.${field}`;
  const { keepMonthly, anyMoment, keepCopies, resources, startWithin = "1 hour", completeWithin = "12 hours" } = args;
  const days = (field: "keepMonthly" | "anyMoment" | "keepCopies", text: Duration | undefined) =>
    text === undefined ? {} : { [field]: wholeDays(problems, where(field), text) };
  const plan: NormalPlan = {
    name,
    minuteAndHour: minuteAndHour(problems, where("at"), args.at) ?? "0 0",
    keep: wholeDays(problems, where("keep"), args.keep),
    ...days("keepMonthly", keepMonthly),
    ...days("anyMoment", anyMoment),
    ...days("keepCopies", keepCopies),
    resources,
    startWithin: minutes(problems, where("startWithin"), startWithin),
    completeWithin: minutes(problems, where("completeWithin"), completeWithin),
  };
  problems.unless(
    !((plan.anyMoment ?? 0) > longestMoment),
    `${where("anyMoment")} must be at most ${longestMoment} days`,
    anyMoment,
  );
  problems.unless(
    !((plan.keepMonthly ?? Number.POSITIVE_INFINITY) <= plan.keep),
    `${where("keepMonthly")} must be longer than keep (${args.keep}), or it keeps nothing more`,
    keepMonthly,
  );
  problems.unless(
    !(plan.completeWithin <= plan.startWithin),
    `${where("completeWithin")} must be longer than startWithin (${startWithin}), which is part of it`,
    completeWithin,
  );
  problems.unless(
    Number.isInteger(resources) && resources >= 1,
    `${where("resources")} must be a whole number of 1 or more`,
    resources,
  );
  return plan;
}
