import type { Replacement } from "../replacements";

const s3 = (path: string, commit: string, word = "ForceNew"): string =>
  `terraform-provider-aws internal/service/s3/${path} at ${commit}, ${word}`;

/** What replaces the parts of a bucket: each belongs to its bucket for good. */
export const bucketReplacements: Readonly<Record<string, Replacement>> = {
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    inputs: ["bucket", "expectedBucketOwner"],
    source: s3("bucket_lifecycle_configuration.go", "0160692", "RequiresReplace"),
  },
  "aws:s3/bucketLogging:BucketLogging": {
    inputs: ["bucket", "expectedBucketOwner"],
    source: s3("bucket_logging.go", "01f4311"),
  },
  "aws:s3/bucketMetric:BucketMetric": { inputs: ["bucket", "name"], source: s3("bucket_metric.go", "033c721") },
  "aws:s3/bucketNotification:BucketNotification": {
    inputs: ["bucket"],
    source: s3("bucket_notification.go", "033c721"),
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    inputs: ["bucket"],
    source: s3("bucket_ownership_controls.go", "01c0800"),
  },
  "aws:s3/bucketPolicy:BucketPolicy": { inputs: ["bucket"], source: s3("bucket_policy.go", "0073593") },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    inputs: ["bucket"],
    source: s3("bucket_public_access_block.go", "0160692"),
  },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    inputs: ["bucket"],
    source: s3("bucket_replication_configuration.go", "028665b"),
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    inputs: ["bucket", "expectedBucketOwner"],
    source: s3("bucket_server_side_encryption_configuration.go", "0160692"),
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    inputs: ["bucket", "expectedBucketOwner"],
    source: s3("bucket_versioning.go", "01c0800"),
  },
};
