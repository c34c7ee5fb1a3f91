import type { BucketArgs as S3BucketArgs } from "@pulumi/aws/s3/bucket.js";
import type { Input, ProviderResource } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import type { Transform } from "../kit/transform";
import { type Bytes, bytes, type Duration, type Percent, percent, seconds } from "../kit/units";
import { type Backup, checkPlan } from "../recovery/tags";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import type { bucketSignals } from "./bucket.signals";
import type { BucketSize } from "./bucket.size";

/** What is expected of a bucket: its alarms and its bill are made from it. */
export interface BucketExpectations {
  /** Requests that write, copy or list on a usual day: the bill follows from it. */
  writesPerDay: number;
  /** Requests that read on a usual day. */
  readsPerDay: number;
  /** How much it should hold at most: more is an alarm, and the bill is made for it. @default not declared */
  capacity?: Bytes;
  /** Whether S3 publishes request metrics, which CloudWatch bills as custom metrics. Without them hardly anything is watched. @default true */
  requestMetrics?: boolean;
  /** Requests never pause for half an hour, so that silence is an alarm. @default false */
  steady?: boolean;
  /** Something is written at least once a day, so that a day without is an alarm: exports, logs. @default false */
  writtenDaily?: boolean;
  /** Usual share of requests that S3 refuses (4xx): asking for what may not exist counts too. @default "5 %" */
  refused?: Percent;
  /** How long the first byte of an answer may take in all but a hundredth of the requests. @default "1 second" */
  firstByte?: Duration;
  /** What this bucket does differently, by signal id. */
  changes?: Changes<typeof bucketSignals>;
  /** Who is told. */
  watcher: Watcher;
}

/** Services of AWS that leave access logs in a bucket. */
export type AccessLogSource = "loadBalancer" | "buckets";
/** Storage classes from which AWS Backup and users can read at once. */
export type StorageClass = "STANDARD_IA" | "GLACIER_IR";

/** Where a bucket is copied to. */
export interface ReplicaArgs {
  /** Another region than the bucket's. */
  region: string;
  /** Customer managed key in that region. @default a key of its own */
  key?: Input<string>;
  /**
   * Who is told there: S3 publishes how late the copy is in the copy's region, where only an alarm of that region sees it, and such an alarm notifies only
   * topics of that region. @default nobody: the signals are off, with that reason
   */
  watch?: { watcher: Watcher /** A provider of that region. */; provider: ProviderResource };
}

/** What a bucket is made from. */
export interface BucketArgs extends BucketExpectations, Place {
  /** It takes the access logs of load balancers, or of other buckets. Both write only with the encryption of S3 itself. */
  accessLogsOf?: AccessLogSource;
  /** Name of the bucket that takes the log of each request to this one, made with `accessLogsOf: "buckets"`. @default none */
  accessLogsTo?: Input<string>;
  /** Customer managed key. @default a key of its own */
  key?: Input<string>;
  /** How long a version is kept that was overwritten or deleted, in whole days. @default "90 days" */
  oldVersions?: Duration;
  /** How long an object is kept, in whole days. @default for ever */
  expireAfter?: Duration;
  /** Where objects move when they are older, in whole days. @default nowhere */
  moveTo?: { storageClass: StorageClass; after: Duration };
  /** A copy in another region, at most 15 minutes behind. @default none */
  replicateTo?: ReplicaArgs;
  /** Name of the backup plan that takes it, or why it needs none. @default not said: nothing backs it up */
  backup?: Backup;
  /** Whether the engine refuses to delete or replace it and its key. @default true */
  protect?: boolean;
  /** A last change to the arguments of the bucket, for what has no option here. */
  transform?: { bucket?: Transform<S3BucketArgs> };
}

/** What becomes of old objects, in days. */
export interface Lifecycle {
  readonly oldVersions: number;
  readonly expireAfter?: number;
  readonly moveTo?: { readonly storageClass: StorageClass; readonly after: number };
}

/** Arguments with every default in place. */
export interface NormalBucket {
  readonly size: BucketSize;
  readonly lifecycle: Lifecycle;
}

const day = 86_400;
/** "Lifecycle configuration: transition constraints" (Amazon S3 User Guide, 2026-11): an object stays 30 days before the infrequent access class. */
const earliest: Readonly<Record<StorageClass, number>> = { STANDARD_IA: 30, GLACIER_IR: 1 };

function readSize(problems: Problems, args: BucketExpectations): BucketSize {
  const { writesPerDay, readsPerDay, capacity, requestMetrics = true, steady = false, writtenDaily = false } = args;
  const { refused = "5 %", firstByte = "1 second" } = args;
  for (const [label, value] of Object.entries({ writesPerDay, readsPerDay }))
    problems.unless(Number.isFinite(value) && value >= 0, `${label} must be a number of 0 or more`, value);
  const most = capacity === undefined ? undefined : problems.read("capacity", () => bytes(capacity));
  problems.unless(most !== 0, "capacity must be more than nothing", capacity);
  for (const [label, declared] of Object.entries({ steady, writtenDaily }))
    problems.unless(requestMetrics || !declared, `${label} needs requestMetrics: nothing else tells of silence`);
  const share = problems.read("refused", () => percent(refused)) ?? 5;
  problems.unless(share < 100, "refused must be below 100 %: nothing could be above it", refused);
  const first = problems.read("firstByte", () => seconds(firstByte)) ?? 1;
  problems.unless(first > 0, "firstByte must be more than nothing", firstByte);
  checkChanges(problems, args.changes);
  return {
    writesPerDay,
    readsPerDay,
    ...(most !== undefined && { capacity: most }),
    measured: requestMetrics,
    steady,
    writtenDaily,
    refused: share,
    firstByte: 1_000 * first,
  };
}

function readLifecycle(problems: Problems, args: BucketArgs): Lifecycle {
  const days = (label: string, text: Duration) => {
    const value = problems.read(label, () => seconds(text) / day);
    problems.unless(
      value === undefined || (Number.isInteger(value) && value >= 1),
      `${label} must be whole days`,
      text,
    );
    return value ?? Number.NaN;
  };
  const { expireAfter, moveTo, oldVersions = "90 days" } = args;
  const lifecycle: Lifecycle = {
    oldVersions: days("oldVersions", oldVersions),
    ...(expireAfter !== undefined && { expireAfter: days("expireAfter", expireAfter) }),
    ...(moveTo && { moveTo: { storageClass: moveTo.storageClass, after: days("moveTo.after", moveTo.after) } }),
  };
  if (moveTo) {
    const least = earliest[moveTo.storageClass];
    problems.unless(
      !((lifecycle.moveTo?.after ?? least) < least),
      `moveTo.after must be at least ${least} days for ${moveTo.storageClass}`,
      moveTo.after,
    );
    problems.unless(
      !((lifecycle.moveTo?.after ?? 0) >= (lifecycle.expireAfter ?? Number.POSITIVE_INFINITY)),
      `moveTo.after must be shorter than expireAfter (${expireAfter}), or nothing is ever moved`,
      moveTo.after,
    );
  }
  return lifecycle;
}

/** What is expected of an existing bucket, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, args: BucketExpectations): BucketSize {
  const problems = new Problems(`bucket "${name}"`);
  const size = readSize(problems, args);
  problems.throwIfAny();
  return size;
}

function checkReplica(problems: Problems, { region, accessLogsOf, replicateTo }: BucketArgs): void {
  if (!replicateTo) return;
  problems.unless(
    /^[a-z]{2}(-[a-z]+)+-\d$/.test(replicateTo.region),
    'replicateTo.region must be written as "eu-central-1"',
    replicateTo.region,
  );
  problems.unless(
    replicateTo.region !== region,
    "replicateTo.region must be another region than the bucket's: a copy beside it is lost with it",
    replicateTo.region,
  );
  problems.unless(accessLogsOf === undefined, "replicateTo: access logs are not replicated; leave one of the two out");
}

/** The arguments of a bucket, checked. Throws one error with every problem, before anything is registered. */
export function normalizeBucket(name: string, args: BucketArgs): NormalBucket {
  const problems = new Problems(`bucket "${name}"`);
  problems.add(checkName("bucket", args.replicateTo ? `${name}-replica` : name));
  if (args.replicateTo) problems.add(checkName("role", `${name}-replication`));
  checkPlace(problems, args);
  const size = readSize(problems, args);
  const lifecycle = readLifecycle(problems, args);
  checkReplica(problems, args);
  problems.unless(
    args.accessLogsOf === undefined || args.key === undefined,
    "key: access logs are delivered only into a bucket with the encryption of S3 itself; leave the key out",
  );
  problems.unless(
    args.accessLogsOf !== "buckets" || args.accessLogsTo === undefined,
    "accessLogsTo: a bucket of access logs that logs its own accesses never comes to rest; leave it out",
  );
  if (args.backup !== undefined) problems.add(checkPlan("backup", args.backup));
  problems.throwIfAny();
  return { size, lifecycle };
}
