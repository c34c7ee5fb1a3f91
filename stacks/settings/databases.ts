import { z } from "zod";
import { classOf, unknownClass } from "../../infra/database/classes";
import type { DatabaseSettings as DatabaseArgs } from "../../infra/database/database.args";
import { normalizeDatabase } from "../../infra/database/database.args";
import { databaseSignals } from "../../infra/database/database.signals";
import { type DatabaseVersion, databaseVersions } from "../../infra/database/versions";
import { isBackupWindow, isMaintenanceWindow } from "../../infra/database/windows";
import { type Duration, isDuration, seconds } from "../../infra/kit/units";
import { type Backup, checkPlan } from "../../infra/recovery/tags";
import { changesOf } from "./changes";
import { completed, sentencesOf, unwatched } from "./component";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { amount, duration, group, number, oneOf, text, truth, whole } from "./values";

/** What a stack says of a database. What it leaves out is the component's default. */
export interface DatabaseSettings extends Omit<DatabaseArgs, "watcher" | "exporter" | "protect"> {
  readonly backup: Backup;
}

const moment = z.custom<Duration>(
  (given) => typeof given === "string" && isDuration(given) && seconds(given) >= 0.001 && seconds(given) <= 3_600,
  { error: '0.001 seconds to 1 hour, written like "0.5 seconds"' },
);
const wholeDays = z.custom<Duration>(
  (given) => typeof given === "string" && /^([1-9]|[12]\d|3[0-5]) days?$/.test(given),
  { error: 'whole days, 1 to 35, written like "14 days": without backups there is no restore and no replica' },
);
const reason = (given: unknown): Backup | undefined =>
  typeof given === "string"
    ? given
    : isMapping(given) && typeof given.none === "string"
      ? { none: given.none }
      : undefined;
const backup = z.custom<Backup>(
  (given) => {
    const plan = reason(given);
    return plan !== undefined && checkPlan("backup", plan) === undefined;
  },
  { error: 'the name of a backup plan, or why there is none: {"none": "test data only"}' },
);
/** A class that the table has; any other is answered with the nearest. */
const instanceClass = z.custom<string>((given) => typeof given === "string" && classOf(given) !== undefined, {
  error: ({ input }) => {
    const problem = typeof input === "string" ? unknownClass(input) : undefined;
    return problem?.replace(/^instanceClass must be /, "") ?? 'a class of RDS, such as "db.m7g.large"';
  },
});

const fieldsOfDatabase = {
  instanceClass: instanceClass.describe("Class of the instance and of its replicas."),
  storage: amount().describe("Storage to begin with, in whole GiB from 20 GiB on."),
  maximumStorage: amount().optional().describe("Up to where RDS adds storage by itself: 110 % of storage or more."),
  iops: number(
    "a whole number from 12000 to 64000",
    (given) => Number.isInteger(given) && given >= 12_000 && given <= 64_000,
  )
    .optional()
    .describe("Operations a second beyond what the storage brings, only from 400 GiB on."),
  connections: number("a whole number of 1 or more", (given) => Number.isInteger(given) && given >= 1).describe(
    "The most connections that all services may open together.",
  ),
  steady: truth().optional().describe("Somebody is connected by day and night, so that no connection is an outage."),
  longestTransaction: duration("1 second", "7 days", "10 minutes")
    .optional()
    .describe("How long a transaction may stay open before somebody should look."),
  replicaLag: duration("6 minutes", "7 days", "10 minutes")
    .optional()
    .describe("How old what a replica gives may be; while nobody writes, RDS counts up to five minutes."),
  version: oneOf<DatabaseVersion>(...databaseVersions)
    .optional()
    .describe("Major version of PostgreSQL."),
  upgrade: truth().optional().describe("Lets the next update raise the major version."),
  multiZone: truth().optional().describe("A standby in a second zone, which takes over by itself."),
  replicas: whole(0, 5).optional().describe("Copies that are read."),
  backupRetention: wholeDays.optional().describe("How long automated backups are kept."),
  backup: backup.describe('Backup plan that takes it besides, or why there is none: {"none": "why"}.'),
  backupWindow: text('half an hour or more of a day in UTC, written like "01:00-02:00"', isBackupWindow)
    .optional()
    .describe("When it is backed up."),
  maintenanceWindow: text(
    'half an hour to a day of the week in UTC, written like "sun:02:30-sun:03:30"',
    isMaintenanceWindow,
  )
    .optional()
    .describe("When it is patched and restarted."),
  insights: oneOf("standard", "advanced")
    .optional()
    .describe("Database Insights: a week of load by statement, or fifteen months and more detail for money."),
  slowStatement: moment.optional().describe("A statement that takes longer is logged."),
  applyImmediately: truth()
    .optional()
    .describe("Changes that restart it do so at once instead of in its maintenance window."),
  service: text("the name of a service", (given) => /^[a-z][a-z0-9-]*$/.test(given))
    .optional()
    .describe("The service that owns it."),
  changes: changesOf(databaseSignals).optional().describe("What this database does differently, by signal id."),
};
const database: z.ZodType<DatabaseSettings> = group(fieldsOfDatabase);

const databases: z.ZodType<Readonly<Record<string, DatabaseSettings>>> = z
  .record(z.string(), database, { error: "a mapping of database names to their settings" })
  .describe(
    "PostgreSQL databases by name: a stack gives only what differs, a new name is a new database, and null takes one away, which its protection refuses.",
  );

/** The databases of the platform, as production has them. */
export const platformDatabases: Readonly<Record<string, DatabaseSettings>> = {
  shop: {
    instanceClass: "db.m7g.xlarge",
    storage: "400 GiB",
    maximumStorage: "2 TiB",
    connections: 400,
    replicas: 1,
    backupRetention: "35 days",
    backup: "databases",
    slowStatement: "0.5 seconds",
    service: "shop",
  },
  mes: {
    instanceClass: "db.m7g.large",
    storage: "100 GiB",
    maximumStorage: "500 GiB",
    connections: 200,
    backupRetention: "35 days",
    backup: "databases",
    service: "mes",
  },
};

/** Stand-ins for refused values. */
const standIns: Readonly<Record<string, unknown>> = {
  instanceClass: "db.m7g.16xlarge",
  storage: "?",
  maximumStorage: "?",
  connections: 1,
};

/** The rules between values are the component's; its sentences begin with the field. */
function databaseMistakes(name: string, given: Mapping): SectionMistake[] {
  const { settings, refused } = completed<DatabaseSettings>(fieldsOfDatabase, given, standIns);
  return sentencesOf("database", () => normalizeDatabase(name, { ...settings, ...unwatched })).flatMap(
    ({ text, field, rule, got }): SectionMistake[] => {
      if (field === "databaseName") return [];
      if (!Object.hasOwn(fieldsOfDatabase, field)) return [{ path: [name], allowed: text, aside: true }];
      if (refused.includes(field)) return [];
      const byDefault = given[field] === undefined && got !== undefined ? { byDefault: got } : {};
      return [{ path: [name, field], allowed: rule.replace(/^must be /, ""), ...byDefault }];
    },
  );
}

/** A plan that the stack does not have. */
function unplanned(name: string, given: Mapping, { recovery }: Mapping): SectionMistake[] {
  const plans = isMapping(recovery) && isMapping(recovery.plans) ? Object.keys(recovery.plans) : undefined;
  const named = fieldsOfDatabase.backup.safeParse(given.backup).data;
  if (!plans || typeof named !== "string" || plans.includes(named)) return [];
  return [{ path: [name, "backup"], allowed: `a plan of vigia:recovery.plans: ${plans.join(", ")}` }];
}

/** Databases by name. */
export const databasesSection = section<Readonly<Record<string, DatabaseSettings>>>({
  schema: databases,
  defaults: platformDatabases,
  mistakes: (given, all) =>
    Object.entries(isMapping(given) ? given : {}).flatMap(([name, one]) =>
      isMapping(one) ? [...databaseMistakes(name, one), ...unplanned(name, one, all)] : [],
    ),
});
