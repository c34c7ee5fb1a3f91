import { Key } from "@pulumi/aws/kms/key.js";
import { Bucket as S3Bucket, type BucketArgs as S3BucketArgs } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import type { ComponentResource, Input } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import type { Place } from "../topic/senders";
import type { AccessLogSource, Lifecycle } from "./bucket.args";
import { bucketPolicy, keyPolicy } from "./bucket.policy";

/** What a bucket is, here or in another region. */
export interface StoreOptions {
  readonly place: Place;
  /** Set only where it is not the provider's: in each resource, because that is where the SDK wants it. */
  readonly elsewhere?: string;
  readonly lifecycle: Lifecycle;
  readonly protect: boolean;
  /** Key by which it is encrypted. @default one of its own; none where it takes access logs */
  readonly key?: Input<string>;
  readonly accessLogsOf?: AccessLogSource;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: (args: S3BucketArgs) => S3BucketArgs;
}

/** A bucket with what makes it safe. */
export interface Store {
  readonly bucket: S3Bucket;
  readonly versioning: BucketVersioning;
  /** Absent where S3's own encryption is used. */
  readonly key?: Input<string>;
}

/** Days after which an upload that nobody finished is removed: a large one takes hours, not days. */
const unfinished = 7;

/** Rules of a bucket's lifecycle: each applies to all objects. */
function lifecycleRules({ oldVersions, expireAfter, moveTo }: Lifecycle) {
  const rule = { status: "Enabled", filter: { prefix: "" } };
  const objects = {
    ...(moveTo && { transitions: [{ days: moveTo.after, storageClass: moveTo.storageClass }] }),
    ...(expireAfter !== undefined && { expiration: { days: expireAfter } }),
  };
  return [
    { ...rule, id: "unfinished-uploads", abortIncompleteMultipartUpload: { daysAfterInitiation: unfinished } },
    { ...rule, id: "old-versions", noncurrentVersionExpiration: { noncurrentDays: oldVersions } },
    // S3 removes a marker that hides nothing any more; a rule that expires objects by age does so by itself, and must not say it.
    ...(expireAfter === undefined
      ? [{ ...rule, id: "lone-delete-markers", expiration: { expiredObjectDeleteMarker: true } }]
      : []),
    ...(moveTo || expireAfter !== undefined ? [{ ...rule, id: "old-objects", ...objects }] : []),
  ];
}

/** Makes a bucket that is private, encrypted, versioned and served over TLS only. */
export function createStore(name: string, options: StoreOptions, parent: ComponentResource): Store {
  const { place, lifecycle, protect, accessLogsOf, tags = {}, transform = (args) => args } = options;
  const there = options.elsewhere === undefined ? {} : { region: options.elsewhere };
  const keep = { parent, ...kept(protect) };
  const createKey = () =>
    new Key(
      name,
      {
        description: `Objects of the bucket ${name}`,
        policy: keyPolicy(place),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        ...there,
      },
      keep,
    ).arn;
  const key = accessLogsOf ? undefined : (options.key ?? createKey());
  const made = new S3Bucket(name, transform({ tags: { ...tags }, ...there }), keep);
  const of = { bucket: made.bucket, ...there };
  const algorithm = key === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: key };
  new BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, { parent });
  const open = new BucketPublicAccessBlock(
    name,
    { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    { parent },
  );
  const versioning = new BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } }, { parent });
  new BucketServerSideEncryptionConfiguration(
    name,
    {
      ...of,
      rules: [
        {
          applyServerSideEncryptionByDefault: algorithm,
          // One request to the key for many objects, not one for each ("Reducing the cost of SSE-KMS", Amazon S3 User Guide, 2026-11).
          bucketKeyEnabled: key !== undefined,
          // Keys that clients bring: nobody else can read such objects, and AWS Backup leaves them out.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    },
    { parent },
  );
  new BucketLifecycleConfiguration(
    name,
    { ...of, rules: lifecycleRules(lifecycle) },
    { parent, dependsOn: [versioning] },
  );
  // S3 refuses two changes of what concerns access at a time.
  new BucketPolicy(name, { ...of, policy: bucketPolicy(made, place, accessLogsOf) }, { parent, dependsOn: [open] });
  return { bucket: made, versioning, ...(key !== undefined && { key }) };
}
