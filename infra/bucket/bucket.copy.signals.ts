import { signals } from "../signal/signal";
import { type BucketRole, type BucketSize, type BucketSubject, example, replication } from "./bucket.size";

/** Whether the copy in the other region keeps up. */
export const bucketCopySignals = signals<BucketRole, BucketSubject, BucketSize>()({
  "bucket-replication-failed": {
    title: "Objects will not be copied to the other region",
    golden: "errors",
    unit: "count",
    role: "replication",
    source: replication("OperationsFailedReplication", "Sum"),
    alarm: { above: 0, every: "5 minutes", for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["0 for 10 minutes", "1 for 1 minute", "0 for 4 minutes"],
        ["missing for 1 hour", "1 for 1 minute", "missing for 4 minutes"],
      ],
      fine: [["0 for 1 hour"], ["missing for 1 hour"]],
      healed: ["0 for 5 minutes"],
    },
    runbook: {
      means:
        "S3 gave up on copying objects, and does not try again by itself. If the region were lost now, they would be lost with it.",
      check: [
        "Which objects (`aws s3api head-object` shows ReplicationStatus FAILED; S3 Inventory lists it)?",
        "May the role read the source with its key, and write the copy with the other key (CloudTrail in both regions: AccessDenied)?",
        "Does the destination bucket exist, with versioning on and its policy as deployed?",
      ],
      fix: [
        "Deploy the stack again to restore the role, keys and policies.",
        "Then copy what failed: an S3 Batch Replication job over objects with the status FAILED.",
      ],
    },
  },
  "bucket-replication-late": {
    title: "The copy in the other region is behind",
    golden: "latency",
    unit: "seconds",
    role: "replica",
    source: replication("ReplicationLatency", "Maximum"),
    alarm: { above: "15 minutes", for: "15 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [["20 seconds for 30 minutes", "15 minutes / 901 seconds for 15 minutes"]],
      fine: [
        ["900 seconds for 1 hour"],
        ["20 minutes for 14 minutes", "15 minutes for 1 minute", "20 minutes for 14 minutes", "1 minute for 1 minute"],
        ["missing for 1 hour"],
      ],
      healed: ["10 seconds / 900 seconds for 1 minute"],
    },
    runbook: {
      means:
        "Some objects have waited longer than the 15 minutes that Replication Time Control promises: losing the region now would lose more than was agreed.",
      check: [
        "Is the backlog large (bucket-replication-bytes): did somebody write more than 1 Gbps, which is the default quota?",
        "Do copies fail as well (bucket-replication-failed)?",
        "Does either region report trouble (AWS Health Dashboard)?",
      ],
      fix: [
        "Slow a bulk job down, or ask AWS for a higher replication quota beforehand.",
        "Wait: the backlog is worked off in order; nothing is lost while the source region stands.",
      ],
    },
  },
  "bucket-replication-bytes": {
    title: "Bytes that wait to be copied",
    golden: "saturation",
    unit: "bytes",
    role: "replica",
    source: replication("BytesPendingReplication", "Maximum"),
    runbook: { means: "What would be lost with the source region, at most. Published where the copy lies." },
  },
  "bucket-replication-operations": {
    title: "Operations that wait to be copied",
    golden: "traffic",
    unit: "count",
    role: "replica",
    source: replication("OperationsPendingReplication", "Maximum"),
    runbook: { means: "Objects, delete markers and tags that wait to be copied. Published where the copy lies." },
  },
});
