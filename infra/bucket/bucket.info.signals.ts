import { cloudwatch, signals } from "../signal/signal";
import { type BucketRole, type BucketSize, type BucketSubject, measured, request, requests } from "./bucket.size";

/** What a board shows besides. */
export const bucketInfoSignals = signals<BucketRole, BucketSubject, BucketSize>()({
  "bucket-requests": {
    title: "Requests",
    golden: "traffic",
    unit: "count",
    role: "bucket",
    source: requests,
    when: measured,
    runbook: {
      means: "All requests of the bucket, whatever became of them. A bucket that nobody uses publishes none.",
    },
  },
  "bucket-uploaded": {
    title: "Bytes written",
    golden: "traffic",
    unit: "bytes",
    role: "bucket",
    source: request("BytesUploaded", "Sum"),
    when: measured,
    runbook: { means: "What requests with a body brought." },
  },
  "bucket-downloaded": {
    title: "Bytes read",
    golden: "traffic",
    unit: "bytes",
    role: "bucket",
    source: request("BytesDownloaded", "Sum"),
    when: measured,
    runbook: { means: "What answers with a body took. Far more than usual may be somebody who copies the bucket." },
  },
  "bucket-deletes": {
    title: "Delete requests",
    golden: "traffic",
    unit: "count",
    role: "bucket",
    source: request("DeleteRequests", "Sum"),
    when: measured,
    runbook: { means: "Calls, not objects: one can name a thousand. Versions keep what they delete for a while." },
  },
  "bucket-request-latency": {
    title: "Time until the last byte",
    golden: "latency",
    unit: "milliseconds",
    role: "bucket",
    source: request("TotalRequestLatency", "p99"),
    when: measured,
    runbook: { means: "The slowest hundredth of whole answers: it grows with the size of objects." },
  },
  "bucket-size": {
    title: "Bytes stored in the standard class",
    golden: "saturation",
    unit: "bytes",
    role: "bucket",
    source: cloudwatch("AWS/S3", "BucketSizeBytes", "Average", { BucketName: "bucket", StorageType: "standard" }),
    runbook: { means: "Once a day, and up to a day late; old versions and unfinished uploads included." },
  },
  "bucket-objects": {
    title: "Objects stored",
    golden: "saturation",
    unit: "count",
    role: "bucket",
    source: cloudwatch("AWS/S3", "NumberOfObjects", "Average", { BucketName: "bucket", StorageType: "everything" }),
    runbook: { means: "Once a day; old versions, delete markers and parts of unfinished uploads count too." },
  },
});
