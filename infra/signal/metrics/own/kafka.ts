import { type Own, readings, table, totals } from "./table";

const ofCluster = [["Cluster Name"]] as const;
const ofBroker = [["Broker ID", "Cluster Name"]] as const;
const ofTopic = [...ofBroker, ["Broker ID", "Cluster Name", "Topic"]] as const;
const paid = { switch: "PER_BROKER" } as const;
const standard = { engine: "standard" } as const;

const count: Own = { unit: "Count", kind: "gauge", statistics: readings, dimensions: ofBroker };
const bad: Own = { ...count, worse: "high" };
const share: Own = { ...count, unit: "Percent", range: [0, 100], worse: "high" };
/** A share of 1, as in Kafka's own metrics ("Monitoring", Apache Kafka documentation 4.1): the page gives no unit. */
const idle: Own = { kind: "gauge", statistics: readings, dimensions: ofBroker, range: [0, 1], worse: "low", ...paid };
const time: Own = { ...bad, unit: "Milliseconds" };
const flow: Own = { unit: "Bytes/Second", kind: "gauge", statistics: readings, dimensions: ofTopic };
const events: Own = { unit: "Count", kind: "counter", statistics: totals, dimensions: ofBroker, worse: "high" };
const lag: Own = { ...bad, dimensions: [["Cluster Name", "Consumer Group", "Topic"]] };

const source = "Metrics for monitoring Standard brokers with CloudWatch, MSK Developer Guide, 2026-11";

export const kafka = table("AWS/Kafka", source, {
  ActiveControllerCount: { ...count, dimensions: ofCluster },
  OfflinePartitionsCount: { ...bad, ...standard, dimensions: ofCluster },
  GlobalPartitionCount: { ...count, dimensions: ofCluster },
  GlobalTopicCount: { ...count, dimensions: ofCluster },
  UnderReplicatedPartitions: { ...bad, ...standard },
  UnderMinIsrPartitionCount: { ...bad, ...standard },
  PartitionCount: bad,
  LeaderCount: count,
  KafkaDataLogsDiskUsed: { ...share, ...standard },
  KafkaAppLogsDiskUsed: { ...share, ...standard },
  RootDiskUsed: { ...share, ...standard },
  HeapMemoryAfterGC: { ...share, ...standard },
  CpuUser: share,
  CpuSystem: share,
  CpuIoWait: { ...share, ...standard },
  CpuIdle: { ...share, worse: "low" },
  ConnectionCount: bad,
  ClientConnectionCount: { ...bad, dimensions: [["Broker ID", "Client Authentication", "Cluster Name"]] },
  TrafficShaping: { ...events, ...standard },
  BytesInPerSec: flow,
  BytesOutPerSec: flow,
  MessagesInPerSec: { ...flow, unit: "Count/Second" },
  ProduceTotalTimeMsMean: time,
  EstimatedMaxTimeLag: { ...lag, unit: "Seconds" },
  MaxOffsetLag: lag,
  SumOffsetLag: lag,
  RequestHandlerAvgIdlePercent: idle,
  NetworkProcessorAvgIdlePercent: idle,
  /** Clients try again, so that one that was refused is not yet lost. */
  IAMTooManyConnections: { ...events, ...paid, repeats: true },
  ProduceThrottleTime: { ...time, ...paid },
  FetchThrottleTime: { ...time, ...paid },
  BwInAllowanceExceeded: { ...events, ...paid, ...standard },
  BwOutAllowanceExceeded: { ...events, ...paid, ...standard },
  ConntrackAllowanceExceeded: { ...events, ...paid, ...standard },
  PpsAllowanceExceeded: { ...events, ...paid, ...standard },
});
