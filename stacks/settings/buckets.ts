import { z } from "zod";
import { type BucketArgs, normalizeBucket } from "../../infra/bucket/bucket.args";
import { bucketSignals } from "../../infra/bucket/bucket.signals";
import { checkName } from "../../infra/kit/names";
import { nearest } from "../../infra/kit/nearest";
import { type Backup, checkPlan } from "../../infra/recovery/tags";
import { changesOf } from "./changes";
import { sentencesOf, unwatched } from "./component";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { amount, count, duration, group, oneOf, share, text, truth } from "./values";

type Wired = "watcher" | "account" | "region" | "key" | "accessLogsTo" | "replicateTo" | "protect" | "transform";

/** What a stack says of a bucket. What it leaves out is the component's default. */
export interface BucketSettings extends Omit<BucketArgs, Wired> {
  /** Name of another bucket of this stack. */
  readonly accessLogsTo?: string;
  /** Copied to the region of `recovery`. */
  readonly replicate?: boolean;
  readonly backup: Backup;
}

const days = () => duration("1 day", "3650 days", "90 days");

const backup = z
  .custom<Backup>(
    (given) => (typeof given === "string" || (isMapping(given) && typeof given.none === "string")) && !plan(given),
    { error: 'the name of a backup plan, or why there is none: {"none": "access logs kept half a year"}' },
  )
  .describe('Backup plan that takes it, or why there is none: {"none": "why"}.');

/** What is wrong with the name of a plan or with the reason for none. */
function plan(given: unknown): string | undefined {
  if (typeof given === "string") return checkPlan("backup", given);
  return isMapping(given) && typeof given.none === "string" ? checkPlan("backup", { none: given.none }) : undefined;
}

const bucket: z.ZodType<BucketSettings> = group({
  writesPerDay: count().describe("Requests that write, copy or list on a usual day."),
  readsPerDay: count().describe("Requests that read on a usual day."),
  capacity: amount()
    .optional()
    .describe("How much it should hold at most: more is an alarm, and the bill is made for it."),
  requestMetrics: truth()
    .optional()
    .describe("S3 publishes request metrics, which CloudWatch bills; without them hardly anything is watched."),
  steady: truth().optional().describe("Requests never pause for half an hour, so that silence is an alarm."),
  writtenDaily: truth()
    .optional()
    .describe("Something is written at least once a day, so that a day without is an alarm."),
  refused: share()
    .optional()
    .describe("Usual share of requests that S3 refuses; asking for what may not exist counts."),
  firstByte: duration("1 second", "1 minute", "1 second")
    .optional()
    .describe("How long the first byte of an answer may take in all but a hundredth of the requests."),
  oldVersions: days().optional().describe("How long a version is kept that was overwritten or deleted."),
  expireAfter: days().optional().describe("How long an object is kept; for ever without it."),
  moveTo: group({
    storageClass: oneOf("STANDARD_IA", "GLACIER_IR").describe("Cheaper to keep, dearer to read."),
    after: days().describe("Age at which an object moves."),
  })
    .optional()
    .describe("Where older objects move."),
  accessLogsOf: oneOf("loadBalancer", "buckets").optional().describe("What leaves its access logs there."),
  accessLogsTo: text("the name of a bucket of this stack", (given) => given !== "")
    .optional()
    .describe("Bucket of this stack that takes the log of each request to this one."),
  replicate: truth().optional().describe("Copied to the region of `recovery`, at most 15 minutes behind."),
  backup,
  changes: changesOf(bucketSignals).optional().describe("What this bucket does differently, by signal id."),
});

const buckets: z.ZodType<Readonly<Record<string, BucketSettings>>> = z
  .record(z.string(), bucket, { error: "a mapping of bucket names to their settings" })
  .describe("Buckets by name: a stack gives only what differs, a new name is a new bucket, and null takes one away.");

/** Buckets that other parts of the platform write to, and who does. */
export const wired = {
  brokerExports: { name: "broker-exports", by: "the broker, whose definitions are exported there" },
  loadBalancerLogs: { name: "load-balancer-logs", by: "the load balancer, which logs each request there" },
  canaryReports: { name: "canary-reports", by: "the canary, which leaves its reports there" },
} as const;

/** A bucket that access logs are written to. */
const accessLogs = {
  readsPerDay: 100,
  capacity: "200 GiB",
  writtenDaily: true,
  oldVersions: "7 days",
  expireAfter: "180 days",
  backup: { none: "access logs kept half a year" },
} as const;

/** The buckets of the platform, as production has them. */
export const platformBuckets: Readonly<Record<string, BucketSettings>> = {
  documents: {
    writesPerDay: 20_000,
    readsPerDay: 200_000,
    capacity: "500 GiB",
    steady: true,
    moveTo: { storageClass: "STANDARD_IA", after: "90 days" },
    accessLogsTo: "access-logs",
    replicate: true,
    backup: "files",
  },
  invoices: {
    writesPerDay: 350_000,
    readsPerDay: 50_000,
    capacity: "1 TiB",
    steady: true,
    moveTo: { storageClass: "GLACIER_IR", after: "90 days" },
    accessLogsTo: "access-logs",
    replicate: true,
    backup: "files",
  },
  [wired.brokerExports.name]: {
    writesPerDay: 24,
    readsPerDay: 10,
    capacity: "10 GiB",
    writtenDaily: true,
    expireAfter: "365 days",
    accessLogsTo: "access-logs",
    replicate: true,
    backup: "files",
  },
  [wired.loadBalancerLogs.name]: { accessLogsOf: "loadBalancer", writesPerDay: 2_000, ...accessLogs },
  [wired.canaryReports.name]: {
    // A run each five minutes, with a few files each.
    writesPerDay: 900,
    readsPerDay: 10,
    capacity: "10 GiB",
    writtenDaily: true,
    oldVersions: "7 days",
    expireAfter: "30 days",
    accessLogsTo: "access-logs",
    backup: { none: "reports of a month that nobody needs again" },
  },
  "access-logs": { accessLogsOf: "buckets", writesPerDay: 5_000, ...accessLogs },
};

/** Any place: rules about regions are those of the section `recovery`. */
const place = { account: "123456789012", region: "eu-central-1" } as const;

/** The rules between values are the component's; its sentences begin with the field. Values that are refused by themselves are told by the schema. */
function fromComponent(name: string, given: unknown): SectionMistake[] {
  const { success, data } = bucket.safeParse(given);
  if (!success) return [];
  const { accessLogsTo, replicate, ...said } = data;
  const replicateTo = replicate ? { region: "eu-west-1" } : undefined;
  const args = { ...said, ...place, ...unwatched, accessLogsTo, ...(replicateTo && { replicateTo }) };
  return sentencesOf("bucket", () => normalizeBucket(name, args)).flatMap(({ text, field, rule }): SectionMistake[] => {
    // The name has its own check.
    if (text.startsWith("name of ")) return [];
    const path = field.split(".").map((part) => (part === "replicateTo" ? "replicate" : part));
    return [{ path: [name, ...path], allowed: rule }];
  });
}

/** Why a bucket's accesses cannot be logged where a stack says. */
function cannotTake(target: string, all: Mapping): string | undefined {
  const given = Object.hasOwn(all, target) ? all[target] : undefined;
  if (given === undefined) {
    const meant = nearest(target, Object.keys(all));
    return `no such bucket: ${meant === undefined ? "leave it out" : `did you mean ${meant}?`}`;
  }
  return isMapping(given) && given.accessLogsOf !== "buckets"
    ? 'a bucket that is made with accessLogsOf: "buckets"'
    : undefined;
}

function bucketMistakes(name: string, given: unknown, buckets: Mapping, { recovery }: Mapping): SectionMistake[] {
  const settings = isMapping(given) ? given : {};
  const replica = settings.replicate === true || settings.replicate === "true";
  const problem = /^[a-z]/.test(name)
    ? checkName("bucket", replica ? `${name}-replica` : name)
    : "the name of a bucket begins with a lower-case letter";
  const named: SectionMistake[] = problem === undefined ? [] : [{ path: [name], allowed: problem, aside: true }];
  const target =
    typeof settings.accessLogsTo === "string" && settings.accessLogsTo !== ""
      ? cannotTake(settings.accessLogsTo, buckets)
      : undefined;
  const logged: SectionMistake[] = target === undefined ? [] : [{ path: [name, "accessLogsTo"], allowed: target }];
  const plans = isMapping(recovery) && isMapping(recovery.plans) ? Object.keys(recovery.plans) : undefined;
  const unknown =
    plans &&
    typeof settings.backup === "string" &&
    plan(settings.backup) === undefined &&
    !plans.includes(settings.backup);
  const planned: SectionMistake[] = unknown
    ? [{ path: [name, "backup"], allowed: `a plan of vigia:recovery.plans: ${plans.join(", ")}` }]
    : [];
  return [...named, ...fromComponent(name, given), ...logged, ...planned];
}

/** Buckets by name. */
export const bucketsSection = section<Readonly<Record<string, BucketSettings>>>({
  schema: buckets,
  defaults: platformBuckets,
  mistakes: (given, all) => {
    const buckets = isMapping(given) ? given : {};
    const missing = Object.values(wired).flatMap(({ name, by }): SectionMistake[] =>
      Object.hasOwn(buckets, name)
        ? []
        : [{ path: [name], allowed: `is needed by ${by}: do not take it away`, aside: true }],
    );
    const wrong = Object.entries(buckets).flatMap(([name, bucket]) => bucketMistakes(name, bucket, buckets, all));
    return [...missing, ...wrong];
  },
});
