import { cloudwatch, ratio, repeat, signals } from "../signal/signal";
import {
  type BucketRole,
  type BucketSize,
  type BucketSubject,
  example,
  measured,
  request,
  requests,
  serverErrors,
} from "./bucket.size";

/** Whether a bucket is there for those who use it, and holds what it should. */
export const bucketUseSignals = signals<BucketRole, BucketSubject, BucketSize>()({
  "bucket-unavailable": {
    title: "Most requests to a bucket fail within S3",
    golden: "availability",
    unit: "percent",
    role: "bucket",
    source: ratio(serverErrors, requests, 10),
    when: measured,
    alarm: { above: "50 %", for: "5 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { part: ["0/1 for 10 minutes", "3/3 for 5 minutes"], whole: ["50/50 for 10 minutes", "5/5 for 5 minutes"] },
        { part: ["0/1 for 10 minutes", "5001 for 5 minutes"], whole: ["10000 for 15 minutes"] },
      ],
      fine: [
        { part: ["50/50 for 30 minutes"], whole: ["100/100 for 30 minutes"] },
        { part: ["9 for 30 minutes"], whole: ["9 for 30 minutes"] },
        {
          part: ["100 for 4 minutes", "40 for 1 minute", "100 for 4 minutes", "40 for 5 minutes"],
          whole: ["100 for 14 minutes"],
        },
      ],
      healed: { part: ["50/0 for 1 minute"], whole: ["50/50 for 1 minute"] },
    },
    runbook: {
      means:
        "S3 itself answers more than half of the requests with an error. Whatever reads or writes there stands still or loses its data once its retries end.",
      felt: "Documents and pictures do not open, and uploads fail.",
      check: [
        "Is it S3 (AWS Health Dashboard, other buckets of the region), or only this bucket?",
        "Which error: 503 SlowDown is too many requests for one prefix, 500 and 503 ServiceUnavailable are S3's own (the clients' logs, or server access logs by `http_status`)?",
        "Is its KMS key throttled (CloudTrail: ThrottlingException of kms:Decrypt) or pending deletion?",
      ],
      fix: [
        "SlowDown: make the client back off, spread its keys over more prefixes, and stop a job that scans the bucket.",
        "S3's own errors: hold the queues that feed the writers, and read from the replica if there is one.",
      ],
    },
  },
  "bucket-not-written": {
    title: "Nothing was written to a bucket for more than a day",
    golden: "availability",
    unit: "count",
    role: "bucket",
    source: request("PutRequests", "Sum"),
    when: {
      holds: (size) => size.measured && size.writtenDaily,
      otherwise: "its request metrics are off, or nobody declared that it is written every day",
    },
    alarm: { atMost: 0, every: "1 hour", for: "26 hours", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["1 for 1 minute", "missing for 40 hours"],
        ["1 for 1 hour", "0 for 26 hours"],
      ],
      fine: [
        ["1 for 1 minute", "missing for 25 hours", "1 for 1 minute", "missing for 25 hours"],
        ["0/1 for 1 hour", "0 for 25 hours", "0/1 for 1 hour"],
      ],
      healed: ["1 for 1 hour"],
    },
    runbook: {
      means:
        "What is written there every day was not: an export, a backup of definitions or a log has stopped. Restored now, its content would be older than anybody expects.",
      check: [
        "Did the job run (`kubectl get cronjobs,jobs -A`), and what did its last pod log?",
        "May its role still write (CloudTrail: PutObject with AccessDenied; PutBucketPolicy, PutKeyPolicy, PutRolePolicy)?",
        "What is the newest object (`aws s3api list-objects-v2 --bucket <bucket> --query 'sort_by(Contents,&LastModified)[-1]'`)?",
      ],
      fix: ["Run the job by hand and see that the object is there.", "Mend its schedule, image or permission."],
    },
  },
  "bucket-silent": {
    title: "Nothing uses a bucket that is never quiet",
    golden: "availability",
    unit: "count",
    role: "bucket",
    source: requests,
    when: {
      holds: (size) => size.measured && size.steady,
      otherwise: "its request metrics are off, or its traffic is not declared steady",
    },
    alarm: { atMost: 0, every: "5 minutes", for: "30 minutes", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["70 for 30 minutes", "0 for 30 minutes"],
        ["70 for 30 minutes", "missing for 1 hour"],
      ],
      fine: [
        ["70 for 20 minutes", "missing for 25 minutes", "1 for 1 minute", "0 for 24 minutes", "60 for 5 minutes"],
        repeat(3, "0 for 24 minutes", "0/1 for 1 minute", "0 for 5 minutes"),
      ],
      healed: ["1 for 5 minutes"],
    },
    runbook: {
      means:
        "No request reached the bucket for half an hour although its traffic never pauses: who writes or reads it is down, cut off, or uses another bucket.",
      check: [
        "Do the services that use it run, and what do they log?",
        "Do they resolve and reach S3: the gateway endpoint, its policy and the route tables of their subnets?",
        "Was the bucket's name or address changed in a release?",
      ],
      fix: ["Restore the endpoint or its policy.", "Roll the release back."],
    },
  },
  "bucket-over-capacity": {
    title: "A bucket holds more than was declared",
    golden: "saturation",
    unit: "bytes",
    role: "bucket",
    source: cloudwatch("AWS/S3", "BucketSizeBytes", "Average", { BucketName: "bucket", StorageType: "standard" }),
    when: { holds: (size) => size.capacity !== undefined, otherwise: "nobody declared how much it should hold" },
    alarm: {
      above: ({ capacity = 0 }) => capacity,
      every: "1 day",
      for: "1 day",
      severity: "ticket",
      whenMissing: "keep",
    },
    proof: {
      size: example,
      bad: [["400 GiB for 2 days", "536870912001 B for 1 day"]],
      fine: [["499 GiB for 2 days", "500 GiB for 2 days"]],
      healed: ["499 GiB for 1 day"],
    },
    runbook: {
      means:
        "The standard storage class of the bucket, old versions and unfinished uploads included, holds more than its owner planned: a lifecycle rule does not work, or somebody writes far more. S3 takes it, at a price.",
      check: [
        "Current objects or old versions: S3 Storage Lens, or the object count (bucket-objects)?",
        "Are the lifecycle rules on (`aws s3api get-bucket-lifecycle-configuration --bucket <bucket>`)?",
        "Which prefix grew: who writes there since when (`aws s3 ls s3://<bucket>/ --summarize --recursive` on one of its prefixes)?",
      ],
      fix: ["Restore the rule, or shorten how long versions stay.", "Growth that is wanted: raise `capacity`."],
    },
  },
});
