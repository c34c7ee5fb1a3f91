import { type Own, readings, table } from "./table";

/** An instance or a cluster, or all of a class or an engine ("Amazon CloudWatch dimensions for Amazon RDS", RDS User Guide, 2026-11). */
const dimensions = [
  ["DBInstanceIdentifier"],
  ["DatabaseClass"],
  ["EngineName"],
  ["DBClusterIdentifier"],
  ["DBClusterIdentifier", "Role"],
] as const;
const level: Own = { unit: "Count", kind: "gauge", statistics: readings, dimensions };
const high: Own = { ...level, statistics: ["Average", "Maximum"], worse: "high" };
/** A level of which too little is left; the least of a period is what counts. */
const left: Own = { ...level, unit: "Bytes", worse: "low" };
const used: Own = { ...high, unit: "Bytes" };
const share: Own = { ...level, unit: "Percent", range: [0, 100] };
/** Published only for sizes that may exceed their baseline for a time. */
const balance: Own = { ...share, worse: "low", switch: "burstable EBS bandwidth" };
const latency: Own = {
  unit: "Seconds",
  kind: "distribution",
  statistics: ["Average", "Maximum", "Percentile"],
  dimensions,
  worse: "high",
};
const rate: Own = { ...level, unit: "Count/Second", statistics: ["Average", "Maximum"] };
const throughput: Own = { ...rate, unit: "Bytes/Second" };
/** CPU credits belong to classes that burst, and come every five minutes. */
const credits: Own = { dimensions, kind: "counter", statistics: ["Sum"], period: 300, switch: "CPU credits" };
const insights = { ...high, unit: "None", switch: "Database Insights" } as const;

export const rds = table("AWS/RDS", "Amazon CloudWatch metrics for Amazon RDS, RDS User Guide, 2026-11", {
  CPUUtilization: share,
  DatabaseConnections: { ...level, statistics: ["Average", "Maximum"] },
  FreeableMemory: left,
  SwapUsage: used,
  FreeStorageSpace: left,
  /** Only classes with an NVMe disk of their own. */
  FreeLocalStorage: { ...left, switch: "local storage" },
  ReadLatency: latency,
  WriteLatency: latency,
  ReadIOPS: rate,
  WriteIOPS: rate,
  ReadThroughput: throughput,
  WriteThroughput: throughput,
  NetworkReceiveThroughput: throughput,
  NetworkTransmitThroughput: throughput,
  DiskQueueDepth: { ...level, statistics: ["Average", "Maximum"] },
  /** Only volumes of the type gp2. */
  BurstBalance: { ...balance, switch: "gp2 storage" },
  "EBSIOBalance%": balance,
  "EBSByteBalance%": balance,
  CPUCreditBalance: { ...credits, kind: "gauge", statistics: ["Average", "Minimum"], worse: "low" },
  CPUSurplusCreditBalance: { ...credits, kind: "gauge", statistics: ["Average", "Maximum"], worse: "high" },
  CPUSurplusCreditsCharged: { ...credits, worse: "high" },
  DBLoad: insights,
  DBLoadCPU: insights,
  DBLoadNonCPU: insights,
  DBLoadRelativeToNumVCPUs: insights,
  /** PostgreSQL goes read-only a million short of 2^31. */
  MaximumUsedTransactionIDs: { ...high, range: [0, 2 ** 31] },
  OldestReplicationSlotLag: { ...used, switch: "replication slots" },
  ReplicationSlotDiskUsage: { ...used, switch: "replication slots" },
  TransactionLogsDiskUsage: used,
  TransactionLogsGeneration: throughput,
  CheckpointLag: { ...latency, kind: "gauge", statistics: ["Average", "Maximum"] },
});
