import { type Own, table } from "./table";

const requests = { dimensions: [["BucketName", "FilterId"]], switch: "request metrics" } as const;
const calls: Own = { ...requests, unit: "Count", kind: "counter", statistics: ["Sum"] };
/** One sample a request, 0 or 1: the average is the error rate. */
const errors: Own = { ...calls, statistics: ["Average", "Sum", "SampleCount"], worse: "high" };
const latency: Own = {
  ...requests,
  unit: "Milliseconds",
  kind: "distribution",
  statistics: ["Average", "Maximum", "Percentile"],
  worse: "high",
};
const amount: Own = {
  ...requests,
  unit: "Bytes",
  kind: "distribution",
  statistics: ["Average", "Sum", "SampleCount", "Minimum", "Maximum", "Percentile"],
};
const stored: Own = {
  dimensions: [["BucketName", "StorageType"]],
  kind: "gauge",
  statistics: ["Average"],
  period: 86_400,
};
const replication = {
  dimensions: [["DestinationBucket", "RuleId", "SourceBucket"]],
  switch: "replication metrics",
  idle: true,
} as const;
const waiting: Own = { ...replication, kind: "gauge", statistics: ["Maximum"], worse: "high" };

export const s3 = table("AWS/S3", "Metrics and dimensions, Amazon S3 User Guide, 2026-11", {
  BucketSizeBytes: { ...stored, unit: "Bytes" },
  NumberOfObjects: { ...stored, unit: "Count" },
  ...Object.fromEntries(
    ["All", "Get", "Put", "Delete", "Head", "Post", "Select", "List"].map((verb) => [`${verb}Requests`, calls]),
  ),
  "4xxErrors": errors,
  "5xxErrors": errors,
  FirstByteLatency: latency,
  TotalRequestLatency: latency,
  BytesDownloaded: amount,
  BytesUploaded: amount,
  SelectBytesScanned: amount,
  SelectBytesReturned: amount,
  ReplicationLatency: { ...waiting, unit: "Seconds" },
  BytesPendingReplication: { ...waiting, unit: "Bytes" },
  OperationsPendingReplication: { ...waiting, unit: "Count" },
  OperationsFailedReplication: {
    ...replication,
    unit: "Count",
    kind: "counter",
    statistics: ["Sum", "Average", "Maximum", "SampleCount"],
    worse: "high",
  },
});
