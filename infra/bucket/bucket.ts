import type { Bucket as S3Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLogging } from "@pulumi/aws/s3/bucketLogging.js";
import { BucketMetric } from "@pulumi/aws/s3/bucketMetric.js";
import { BucketNotification } from "@pulumi/aws/s3/bucketNotification.js";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { backupTags } from "../recovery/tags";
import { type BucketArgs, type NormalBucket, normalizeBucket } from "./bucket.args";
import { createReplication, replicationRule } from "./bucket.replication";
import { createStore, type Store } from "./bucket.store";
import { type BucketReplication, type BucketWatch, watchBucket } from "./bucket.watch";

/**
 * An S3 bucket: private, encrypted with a key of its own, versioned, served only over TLS 1.2 and later, ready for AWS Backup, copied to another region where
 * wanted, and watched.
 */
export class Bucket extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly bucket: S3Bucket; readonly replica?: S3Bucket; readonly watch: BucketWatch };
  /** ARN of the key; absent where it takes access logs, which are encrypted by S3 itself. */
  readonly keyArn?: Output<string>;

  constructor(name: string, args: BucketArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeBucket(name, args);
    super("vigia:bucket:Bucket", name, {}, opts);
    const { account, region, key, accessLogsOf, backup, protect = true, transform } = args;
    const store = createStore(
      name,
      {
        place: { account, region },
        lifecycle: normal.lifecycle,
        protect,
        key,
        accessLogsOf,
        tags: backupTags(backup),
        transform: transform?.bucket,
      },
      this,
    );
    const { bucket } = store;
    this.configure(name, bucket, args);
    const metrics = normal.size.measured
      ? new BucketMetric(name, { bucket: bucket.bucket, name: "everything" }, { parent: this })
      : undefined;
    const replication = this.createReplica(name, args, normal, store);
    const watch = watchBucket(name, bucket, { ...args, metrics, replication }, { parent: this });
    this.nodes = { bucket, watch, ...(replication && { replica: replication.replica }) };
    if (store.key !== undefined) this.keyArn = output(store.key);
    this.registerOutputs({ arn: bucket.arn, name: bucket.bucket });
  }

  get arn(): Output<string> {
    return this.nodes.bucket.arn;
  }

  /** Its name: what other resources take for a bucket. */
  get bucketName(): Output<string> {
    return this.nodes.bucket.bucket;
  }

  private configure(name: string, { bucket }: S3Bucket, { accessLogsTo }: BucketArgs): void {
    // Continuous backups follow these events. Switched off, they stop without a failure ("Amazon S3 backups", AWS Backup Developer Guide, 2026-11).
    new BucketNotification(name, { bucket, eventbridge: true }, { parent: this });
    if (accessLogsTo === undefined) return;
    const targetObjectKeyFormat = { partitionedPrefix: { partitionDateSource: "EventTime" } };
    new BucketLogging(
      name,
      { bucket, targetBucket: accessLogsTo, targetPrefix: `${name}/`, targetObjectKeyFormat },
      { parent: this },
    );
  }

  private createReplica(
    name: string,
    args: BucketArgs,
    { lifecycle }: NormalBucket,
    store: Store,
  ): BucketReplication | undefined {
    const { account, region, replicateTo, protect = true } = args;
    if (!replicateTo) return undefined;
    const elsewhere = replicateTo.region;
    const place = { account, region: elsewhere };
    const copy = createStore(`${name}-replica`, { place, elsewhere, lifecycle, protect, key: replicateTo.key }, this);
    const config = createReplication(`${name}-replication`, { account, region }, store, copy, elsewhere, this);
    return { config, replica: copy.bucket, rule: replicationRule, region: elsewhere, watch: replicateTo.watch };
  }
}
