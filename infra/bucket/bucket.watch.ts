import type { Bucket as S3Bucket } from "@pulumi/aws/s3/bucket.js";
import type { BucketMetric } from "@pulumi/aws/s3/bucketMetric.js";
import type { BucketReplicationConfig } from "@pulumi/aws/s3/bucketReplicationConfig.js";
import type { ComponentResourceOptions, CustomResource, Input } from "@pulumi/pulumi";
import type { Change, Unit } from "../signal/signal";
import { Watch, type Watched } from "../signal/watch";
import { type BucketExpectations, normalizeExpectations, type ReplicaArgs } from "./bucket.args";
import { bucketSignals } from "./bucket.signals";
import type { BucketRole, BucketSize, BucketSubject } from "./bucket.size";

/** The alarms of a bucket. */
export type BucketWatch = Watch<BucketSubject, BucketSize>;

/** How an existing bucket is watched. */
export interface WatchBucketOptions extends Omit<BucketExpectations, "requestMetrics"> {
  /** Its configuration of request metrics for the whole bucket: without one S3 publishes none. @default none */
  metrics?: BucketMetric;
  /** How it is copied to another region. */
  replication?: BucketReplication;
}

/** A bucket's copy, with what is needed to watch it. */
export interface BucketReplication {
  /** Its rule must have metrics switched on. */
  readonly config: BucketReplicationConfig;
  /** The copy. */
  readonly replica: S3Bucket;
  /** Id of the rule. */
  readonly rule: string;
  readonly region: string;
  /** Who is told there, and by which provider alarms are made there. @default nobody */
  readonly watch?: ReplicaArgs["watch"];
}

type Changed = Readonly<Record<string, Change<Unit> | undefined>>;

function part(
  resource: CustomResource,
  role: BucketRole,
  size: BucketSize,
  subjects: Partial<Record<BucketSubject, Input<string>>>,
  changes: Changed,
): Watched<BucketSubject, BucketSize> {
  const none = { bucket: "", filter: "", source: "", destination: "", rule: "" };
  const classes = { standard: "StandardStorage", everything: "AllStorageTypes" };
  const all = { ...none, ...classes, ...subjects };
  return { resource, kind: "bucket", signals: bucketSignals, role, size, subjects: all, changes };
}

/**
 * Watches a bucket that exists already, in any Pulumi program: the alarms that `Bucket` makes, from the same records.
 * @param name the alarms' names start with it
 */
export function watchBucket(
  name: string,
  existing: S3Bucket,
  options: WatchBucketOptions,
  opts?: ComponentResourceOptions,
): BucketWatch {
  const { metrics, replication, watcher, changes = {} } = options;
  const size = normalizeExpectations(name, { ...options, requestMetrics: metrics !== undefined });
  const here = part(
    existing,
    "bucket",
    size,
    { bucket: existing.bucket, ...(metrics && { filter: metrics.name }) },
    changes,
  );
  if (!replication) return new Watch(name, [here], watcher, opts);
  const { config, replica, rule } = replication;
  const copied = { source: config.bucket, destination: replica.bucket, rule };
  watchReplica(name, part(replica, "replica", size, copied, changes), replication, options, opts);
  return new Watch(name, [here, part(config, "replication", size, copied, changes)], watcher, opts);
}

/** What S3 publishes in the copy's region is watched there, or off with a reason. */
function watchReplica(
  name: string,
  copy: Watched<BucketSubject, BucketSize>,
  { region, watch }: BucketReplication,
  { watcher }: WatchBucketOptions,
  opts?: ComponentResourceOptions,
): void {
  if (watch) {
    new Watch(`${name}-replica`, [copy], watch.watcher, { ...opts, provider: watch.provider });
    return;
  }
  const off = { off: `nobody is told in ${region}, where S3 publishes it: give replicateTo.watch` };
  const changes = { ...copy.changes, "bucket-replication-late": off };
  new Watch(`${name}-replica`, [{ ...copy, changes }], watcher, opts);
}
