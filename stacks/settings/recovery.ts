import { z } from "zod";
import { seconds } from "../../infra/kit/units";
import type { PlanArgs } from "../../infra/recovery/plan.args";
import {
  compliance,
  type LockArgs,
  lockModes,
  normalizeRecovery,
  type RecoveryArgs,
} from "../../infra/recovery/recovery.args";
import { type Weekday, weekdays } from "../../infra/recovery/restore-test.args";
import { vaultSignals } from "../../infra/recovery/vault.signals";
import { changesOf } from "./changes";
import { sentencesOf, unwatched } from "./component";
import { region } from "./general";
import { isMapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { duration, group, list, oneOf, text, truth, whole } from "./values";

/** A plan, but for the number of its resources, which the stack counts. */
export type PlanSettings = Omit<PlanArgs, "resources">;

/** Restores that are made to see that they work. */
export interface TestSettings {
  readonly days: readonly Weekday[];
  readonly at: string;
  readonly windowDays?: number;
  readonly keepHours?: number;
  /** Plan whose databases are restored. */
  readonly databases?: string;
  /** Plan whose buckets are restored. */
  readonly buckets?: string;
}

/** What a stack says of its backups. */
export interface RecoverySettings {
  /** The second region: of copies, of replicas of buckets, of backups of databases. */
  readonly region: string;
  readonly plans: Readonly<Record<string, PlanSettings>>;
  readonly lock: LockArgs;
  /** How far back any moment of a database can be restored in the second region. */
  readonly databaseCopies?: PlanArgs["keep"];
  readonly tests?: TestSettings;
  /** Templates of faults that a person may start. */
  readonly experiments: boolean;
  readonly changes?: RecoveryArgs["changes"];
}

const days = (most: "35 days" | "3650 days" = "3650 days") => duration("1 day", most, "35 days");
const at = () => text('a time of day in UTC, written like "01:30"', (given) => /^([01]\d|2[0-3]):[0-5]\d$/.test(given));
const planName = () => text("the name of a plan", (given) => given !== "");

const plan: z.ZodType<PlanSettings> = group({
  at: at().describe("When the daily backup starts: not within an hour of a database's own backup window."),
  keep: days().describe("How long a daily backup is kept."),
  keepMonthly: days().optional().describe("How long the backup of the first day of a month is kept."),
  anyMoment: days("35 days").optional().describe("How far back any moment of a bucket can be restored."),
  keepCopies: days().optional().describe("How long copies in the second region are kept; none are made without it."),
  startWithin: duration("1 hour", "1 day", "1 hour").optional().describe("How long a job may wait for its start."),
  completeWithin: duration("2 hours", "7 days", "12 hours").optional().describe("How long a job may take in all."),
});

const recovery: z.ZodType<RecoverySettings> = group({
  region: region.describe("Second region: of copies, of replicas of buckets and of backups of databases."),
  plans: z
    .record(z.string(), plan, { error: "a mapping of plan names to when and how long" })
    .describe("Backup plans by name: resources name theirs, and null takes a plan away."),
  lock: group({
    mode: oneOf(...lockModes).describe(
      `Who may shorten how long backups are kept. "${compliance}" cannot be taken back by anybody, AWS included.`,
    ),
    least: days().optional().describe("The shortest time for which a backup may be kept."),
    most: days().optional().describe("The longest."),
    changeableFor: duration("3 days", "100 days", "14 days")
      .optional()
      .describe("For compliance: how long one can still change one's mind."),
  }).describe("Lock of the vaults."),
  databaseCopies: days("35 days")
    .optional()
    .describe("How far back any moment of a database can be restored in the second region; not at all without it."),
  tests: group({
    days: list(oneOf(...weekdays), "days of the week, such as TUE").describe("Days of the tests, at most five apart."),
    at: at().describe("When tests start."),
    windowDays: whole(1, 365).optional().describe("How old a backup may be that is restored."),
    keepHours: whole(1, 168).optional().describe("Hours for which what was restored stays, to be looked at."),
    databases: planName().optional().describe("Plan whose databases are restored."),
    buckets: planName().optional().describe("Plan whose buckets are restored. A large one takes days to delete again."),
  })
    .optional()
    .describe("Restores that are made to see that they work, and how long they take."),
  experiments: truth().describe("Templates of faults (a zone, a pod, a database, a broker) that a person may start."),
  changes: changesOf(vaultSignals).optional().describe("What is watched differently, by signal id."),
}).describe("Backups, their copies in a second region, and the tests that prove them.");

/** Backups as production has them: those of databases after their own window and after maintenance, tests when all is made. A bucket of exports is small enough to be restored twice a week; those of users are not. */
export const platformRecovery: RecoverySettings = {
  region: "eu-west-1",
  plans: {
    databases: { at: "04:30", keep: "35 days", keepMonthly: "365 days", keepCopies: "35 days" },
    files: { at: "03:00", keep: "35 days", anyMoment: "35 days", keepCopies: "35 days" },
  },
  lock: { mode: "governance", least: "7 days", most: "400 days" },
  databaseCopies: "7 days",
  tests: { days: ["TUE", "FRI"], at: "08:00", databases: "databases" },
  experiments: true,
};

const checks = { account: "123456789012", ...unwatched };

/** The component's arguments, as far as its rules between values need them. */
function argsOf({ region: elsewhere, plans, lock, tests }: RecoverySettings, region: string): RecoveryArgs {
  const counted = Object.entries(plans).map(([name, plan]) => [name, { ...plan, resources: 1 }]);
  const { databases, buckets, ...when } = tests ?? {};
  const nowhere = { subnetGroup: "nowhere", securityGroups: ["sg"] };
  return {
    ...checks,
    region,
    plans: Object.fromEntries(counted),
    elsewhere: { region: elsewhere },
    lock,
    ...(tests && {
      tests: {
        days: tests.days,
        at: tests.at,
        ...when,
        ...(databases !== undefined && { databases: { plan: databases, ...nowhere } }),
        ...(buckets !== undefined && { buckets: { plan: buckets } }),
      },
    }),
  };
}

/** Where a sentence of the component belongs in the settings. */
function pathOf(field: string): string[] {
  if (field === "elsewhere.region") return ["region"];
  return field.replace(/^(tests\.\w+)\.plan$/, "$1").split(".");
}

/** The rules between values are the component's. Values that are refused by themselves are told by the schema. */
function mistakes(given: unknown, all: Readonly<Record<string, unknown>>): SectionMistake[] {
  const { success, data } = recovery.safeParse(given);
  if (!success || !isMapping(given)) return [];
  // A region that is none has its own line.
  const here = typeof all.region === "string" && /^[a-z]{2}(-[a-z]+)+-\d$/.test(all.region) ? all.region : "xx-none-1";
  const said = sentencesOf("recovery", () => normalizeRecovery("backups", argsOf(data, here)));
  if (said.length === 0) return collisions(data, all.databases);
  return said.map(({ field, rule }) =>
    field === "tests" || field === "plans"
      ? { path: [field], allowed: rule, aside: true }
      : { path: pathOf(field), allowed: rule },
  );
}

/** Where a database says nothing, as its component has it. */
const usualWindow = "01:00-02:00";
const minuteOfDay = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Whether a job that starts at a time, or a while later, would start in a window or in the hour before it. */
function collides(at: string, startWithin: number, window: string): boolean {
  const day = 1_440;
  const [from = "", to = ""] = window.split("-");
  const barred = minuteOfDay(from) - 60;
  const length = ((minuteOfDay(to) - minuteOfDay(from) + day) % day) + 60;
  const after = (((minuteOfDay(at) - barred) % day) + day) % day;
  return after < length || day - after <= startWithin;
}

/** A snapshot that AWS Backup starts in a database's own window, or in the hour before it, fails ("Backup plan options", AWS Backup Developer Guide, 2026-11). */
function collisions({ plans }: RecoverySettings, databases: unknown): SectionMistake[] {
  return Object.entries(isMapping(databases) ? databases : {}).flatMap(([name, database]): SectionMistake[] => {
    const { backup, backupWindow = usualWindow } = isMapping(database) ? database : {};
    const plan = typeof backup === "string" && Object.hasOwn(plans, backup) ? plans[backup] : undefined;
    if (!plan || typeof backupWindow !== "string" || !/^\d\d:\d\d-\d\d:\d\d$/.test(backupWindow)) return [];
    const startWithin = seconds(plan.startWithin ?? "1 hour") / 60;
    if (!collides(plan.at, startWithin, backupWindow)) return [];
    const allowed = `a start that stays clear of the backup window of the database ${name} (${backupWindow}) and of the hour before it`;
    return [{ path: ["plans", String(backup), "at"], allowed }];
  });
}

/** Backups of a stack. */
export const recoverySection = section<RecoverySettings>({ schema: recovery, defaults: platformRecovery, mistakes });
