import { getProject, getStack, type Input } from "@pulumi/pulumi";
import type { Problems } from "../kit/problems";
import { minuteAndHour } from "./plan.args";

/** Days of the week as cron writes them. */
export const weekdays = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] as const;
/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

/** Where a restored database is put: nobody needs to reach it there. */
export interface TestedDatabases {
  /** Plan whose databases are restored. */
  plan: string;
  /** Name of a subnet group with subnets that lead nowhere. */
  subnetGroup: Input<string>;
  /** Security groups: one that lets nobody in or out. */
  securityGroups: readonly Input<string>[];
  /** Name of the parameter group that the database needs to start. @default the engine's own */
  parameterGroup?: Input<string>;
}

/** Restores that are made to see that they work, and how long they take. */
export interface RestoreTestArgs {
  /** Days on which tests start, at most five days apart. */
  days: readonly Weekday[];
  /** When they start, in UTC: "05:00". */
  at: string;
  /** How old a restored backup may be, in whole days: the newest within it is taken. @default 7 */
  windowDays?: number;
  /** Hours for which what was restored stays, to be looked at. @default 4 */
  keepHours?: number;
  databases?: TestedDatabases;
  /** Plan whose buckets are restored, each into a new bucket: deleting a large one again takes days. */
  buckets?: { plan: string };
}

/** Tests with every default in place. */
export interface NormalTests {
  readonly schedule: string;
  readonly windowDays: number;
  readonly keepHours: number;
  /** The longest time between two of them in days. */
  readonly apart: number;
}

/** An alarm looks back seven days at most, and must see a test within that ("PutMetricAlarm", CloudWatch API Reference, 2026-11). */
const mostApart = 5;

/** Names of restore tests are letters, digits and underscores, which Pulumi's own suffix is not: project and stack make them unique instead. */
export const testName = (name: string): string =>
  [getProject(), getStack(), name].join("_").replace(/[^A-Za-z0-9]+/g, "_");

/** The longest time from one of the days to the next. */
export function longestGap(days: readonly Weekday[]): number {
  const places = days.map((day) => weekdays.indexOf(day)).sort((one, other) => one - other);
  const gaps = places.map((place, index) => {
    const next = places[index + 1] ?? (places[0] ?? 0) + 7;
    return next - place;
  });
  return Math.max(...gaps);
}

const whole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;

/** Reads tests, and notes what is wrong with them. @param plans names of the plans there are */
export function normalizeTests(problems: Problems, args: RestoreTestArgs, plans: readonly string[]): NormalTests {
  const { days, at, windowDays = 7, keepHours = 4, databases, buckets } = args;
  const known = days.length > 0 && days.every((day) => weekdays.includes(day)) && new Set(days).size === days.length;
  problems.unless(known, `tests.days must be some of ${weekdays.join(", ")}, each once`, days);
  const apart = known ? longestGap(days) : 1;
  problems.unless(
    apart <= mostApart,
    `tests.days must be at most ${mostApart} days apart, so that an alarm, which sees no more than a week, tells of one that is missing`,
    days,
  );
  const time = minuteAndHour(problems, "tests.at", at);
  problems.unless(whole(windowDays, 1, 365), "tests.windowDays must be a whole number from 1 to 365", windowDays);
  problems.unless(whole(keepHours, 1, 168), "tests.keepHours must be a whole number from 1 to 168", keepHours);
  problems.unless(databases !== undefined || buckets !== undefined, "tests must restore databases, buckets or both");
  for (const [what, tested] of Object.entries({ databases, buckets }))
    problems.unless(
      tested === undefined || plans.includes(tested.plan),
      `tests.${what}.plan must be one of ${plans.join(", ")}`,
      tested?.plan,
    );
  problems.unless(
    databases === undefined || databases.securityGroups.length > 0,
    "tests.databases.securityGroups must name a group: without one AWS takes the default group of the VPC",
  );
  return { schedule: `cron(${time ?? "0 0"} ? * ${days.join(",")} *)`, windowDays, keepHours, apart };
}
