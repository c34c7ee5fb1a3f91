import { cloudwatch, type MetricSource } from "../signal/signal";

/** What a cluster declares of itself; limits are functions of it. */
export interface KafkaSize {
  readonly brokers: number;
  /** Its metrics are published at the level PER_BROKER or a finer one, which is paid for. */
  readonly perBroker: boolean;
  /** Its brokers are of the type Express, which publishes nothing of replication, disks and heap. */
  readonly express: boolean;
  /** Partitions, replicas included, that AWS recommends for one broker of its class. */
  readonly partitions: number;
  /** Milliseconds that a broker may take on average to accept what it is sent. */
  readonly produce: number;
  /** Its storage grows by itself. */
  readonly scales: boolean;
  /** Prometheus scrapes its brokers. */
  readonly scraped: boolean;
}

/** What a cluster is called in metrics: by CloudWatch, and in the label `kafka` of what Prometheus scrapes. */
export type KafkaSubject = "cluster" | "kafka";

/** Connections that a broker takes from clients that authenticate by IAM ("Amazon MSK quota", MSK Developer Guide, 2026-11). */
export const connectionsPerBroker = 3_000;

/** Percent of a disk at which storage grows: AWS recommends 50 to 60 ("Auto-scaling policy details for Amazon MSK", MSK Developer Guide, 2026-11). */
export const storageTarget = 60;

/** Partitions with replicas per broker ("Best practices for Standard brokers", MSK Developer Guide, 2026-11). At one and a half times as many MSK refuses updates. */
const partitionsBySize: Readonly<Record<string, number>> = {
  small: 300,
  large: 1_000,
  xlarge: 1_000,
  "2xlarge": 2_000,
};
const partitionsOfOthers = 4_000;

/** Sizes of Standard brokers that are meant for production ("Amazon MSK broker sizes", MSK Developer Guide, 2026-11). */
const sizes: Readonly<Record<string, readonly string[]>> = {
  m5: ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"],
  m7g: ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
};

/** Classes of brokers that a cluster of ours can have. */
export const brokerClasses: readonly string[] = Object.entries(sizes).flatMap(([family, all]) =>
  all.map((size) => `kafka.${family}.${size}`),
);

/** Partitions that AWS recommends for a broker of that class. */
export const partitionsOf = (brokerClass: string): number =>
  partitionsBySize[brokerClass.slice(brokerClass.lastIndexOf(".") + 1)] ?? partitionsOfOthers;

/** How finely MSK publishes metrics ("Monitor an Amazon MSK Provisioned cluster", MSK Developer Guide, 2026-11). */
export const monitoringLevels = ["DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"] as const;
/** How finely MSK publishes metrics. */
export type MonitoringLevel = (typeof monitoringLevels)[number];

/** The size at which limits are proven. */
export const example: KafkaSize = {
  brokers: 3,
  perBroker: true,
  express: false,
  partitions: 1_000,
  produce: 200,
  scales: true,
  scraped: true,
};

/** A metric of the cluster as a whole. */
export const ofCluster = (metric: string, statistic: "Maximum" | "Average"): MetricSource<"cluster"> =>
  cloudwatch("AWS/Kafka", metric, statistic, { "Cluster Name": "cluster" });

/**
 * A metric of each broker, over all of them: brokers come and go, and one alarm that names none of them stays right. What that loses: a broker that falls
 * silent leaves no gap, because the others go on. It shows as under-replicated partitions, and as `kafka-broker-silent` where Prometheus scrapes.
 */
export const ofBrokers = (
  metric: string,
  statistic: "Maximum" | "Minimum" | "Sum",
  further: readonly string[] = [],
): MetricSource<"cluster"> =>
  cloudwatch("AWS/Kafka", metric, statistic, { "Cluster Name": "cluster" }, ["Broker ID", ...further]);

/** For an alarm over all brokers: each publishes the metric once. */
export const onePerBroker = ({ brokers }: KafkaSize): number => brokers;

/** For metrics that Express brokers do not publish. */
export const onStandard = {
  holds: (size: KafkaSize) => !size.express,
  otherwise: "Express brokers do not publish it: MSK looks after replication, disks and heap itself",
};

/** For metrics that must be paid for. */
export const atPerBroker = {
  holds: (size: KafkaSize) => size.perBroker,
  otherwise: "its monitoring level is DEFAULT, which does not have this metric",
};
