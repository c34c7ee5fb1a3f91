import type { Graph, GraphResource } from "../signal/graph";
import { type Cost, defineKind } from "../signal/kind";
import { daysPerMonth } from "../signal/prices";
import { bucketSignals } from "./bucket.signals";
import type { BucketRole, BucketSize, BucketSubject } from "./bucket.size";

const bucketType = "aws:s3/bucket:Bucket";
const replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const metricsType = "aws:s3/bucketMetric:BucketMetric";

/** Metrics of a configuration for all requests ("Amazon S3 request metrics in CloudWatch", Amazon S3 User Guide, 2026-11). */
const requestMetrics = 16;
/** Metrics of a replication rule. */
const replicationMetrics = 4;

/** A bucket that others are copied to, and that is not copied itself. */
const isReplica = ({ urn }: GraphResource, graph: Graph) =>
  graph.users(urn, replicationType, "rules").length > 0 && graph.users(urn, replicationType, "bucket").length === 0;

function roleOf(resource: GraphResource, graph: Graph): BucketRole {
  if (resource.type === replicationType) return "replication";
  return isReplica(resource, graph) ? "replica" : "bucket";
}

function bucketCosts({ urn, name }: GraphResource, size: BucketSize, declared: boolean, graph: Graph): Cost[] {
  const { capacity, writesPerDay, readsPerDay } = size;
  const thousands = (perDay: number) => (declared ? { quantity: (perDay * daysPerMonth) / 1_000 } : {});
  const measured = graph.users(urn, metricsType, "bucket").length;
  return [
    {
      item: `storage of ${name}, as if it were full and in the standard class`,
      price: "s3.storage",
      ...(capacity !== undefined && { quantity: capacity / 2 ** 30 }),
    },
    { item: `writes of ${name}`, price: "s3.writes", ...thousands(writesPerDay) },
    { item: `reads of ${name}`, price: "s3.reads", ...thousands(readsPerDay) },
    ...(measured > 0
      ? [
          {
            item: `request metrics of ${name}, if all are in use`,
            price: "cloudwatch.metric" as const,
            quantity: measured * requestMetrics,
          },
        ]
      : []),
  ];
}

/** Buckets as the catalogue knows them, ours and those of any other program. */
export const bucketKind = defineKind<BucketRole, BucketSubject, BucketSize>({
  name: "bucket",
  types: [bucketType, replicationType],
  signals: bucketSignals,
  // By the component itself; another program has them on where it makes such an alarm.
  switches: ["request metrics", "replication metrics"],
  nameOf: { BucketName: "bucket", SourceBucket: "bucket" },
  named: { bucket: "^(?!.*-replica)", replica: "-replica" },
  roleOf,
  sizeOf: ({ urn }, _role, graph) => ({
    writesPerDay: 0,
    readsPerDay: 0,
    measured: graph.users(urn, metricsType, "bucket").length > 0,
    steady: false,
    writtenDaily: false,
    refused: 5,
    firstByte: 1_000,
  }),
  costs: (resource, role, size, declared, graph) => {
    const { name } = resource;
    if (role === "bucket") return bucketCosts(resource, size, declared, graph);
    if (role === "replication")
      return [
        { item: `replication metrics of ${name}`, price: "cloudwatch.metric", quantity: replicationMetrics },
        { item: `transfer to another region and Replication Time Control of ${name}` },
      ];
    const { capacity, writesPerDay } = size;
    return [
      {
        item: `storage of ${name}, as if it were full and in the standard class`,
        price: "s3.storage",
        ...(capacity !== undefined && { quantity: capacity / 2 ** 30 }),
      },
      {
        item: `writes of ${name}`,
        price: "s3.writes",
        ...(declared && { quantity: (writesPerDay * daysPerMonth) / 1_000 }),
      },
    ];
  },
});
