import type { ClusterArgs } from "@pulumi/aws/msk/cluster.js";
import type { ConfigurationArgs } from "@pulumi/aws/msk/configuration.js";
import type { Input } from "@pulumi/pulumi";
import type { Transform } from "../kit/transform";
import type { Bytes, Duration } from "../kit/units";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import type { consumerSignals } from "./consumer.signals";
import type { kafkaSignals } from "./kafka.signals";
import type { MonitoringLevel } from "./kafka.size";

/** A topic. */
export interface KafkaTopic {
  /** How many consumers of a group can share the work; can grow, which moves keys to other partitions, never shrink. */
  readonly partitions: number;
  /** How long a message is kept. @default that of the cluster */
  readonly retention?: Duration;
  /** Keeps the newest message of each key for ever, and no other. @default false */
  readonly compact?: boolean;
  /** Copies of each message. A change replaces the topic. @default that of the cluster */
  readonly replication?: number;
  /** Copies that must have a message before it counts as written. @default that of the cluster */
  readonly minInSync?: number;
}

/** What is expected of a group that reads a topic. */
export interface ConsumerExpectation {
  /** By how much it may be behind before users feel it. */
  readonly within: Duration;
  /** How many messages may wait for it. @default not watched */
  readonly backlog?: number;
  /** What this group does differently, by signal id. */
  readonly changes?: Changes<typeof consumerSignals>;
  /** The service that it belongs to. @default none */
  readonly service?: string;
}

/** What is expected of a cluster: its alarms are made from it. */
export interface KafkaExpectations {
  /** How long a broker may take on average to accept a batch, replication included. @default "0.2 seconds" */
  readonly produceWithin?: Duration;
  /** How finely MSK publishes metrics: from `PER_BROKER` on they cost as custom metrics; with `DEFAULT` the signals of threads and quotas are left out. @default "PER_BROKER" */
  readonly monitoring?: MonitoringLevel;
  /** Prometheus scrapes the brokers and marks what it gets with `kafka="<name>"`. @default whether the watcher has a workspace */
  readonly scraped?: boolean;
  /** What this cluster does differently, by signal id. */
  readonly changes?: Changes<typeof kafkaSignals>;
  /** Who is told. */
  readonly watcher: Watcher;
}

/** How an existing cluster is watched. */
export interface WatchKafkaOptions extends KafkaExpectations {
  readonly brokers: number;
  /** Its class of brokers, Standard (`kafka.`) or Express (`express.`), whose signals differ. */
  readonly brokerClass: string;
  /** Its storage grows by itself. @default false */
  readonly scales?: boolean;
}

/** What a cluster is made from. */
export interface KafkaArgs extends KafkaExpectations, Place {
  /** Private subnets, two or three, each in another zone. A change replaces the cluster. */
  readonly subnets: Input<readonly Input<string>[]>;
  /** A change replaces the cluster. */
  readonly securityGroups: readonly Input<string>[];
  /** A multiple of the zones. @default 3 */
  readonly brokers?: number;
  /** A class of Standard brokers. @default "kafka.m7g.large" */
  readonly brokerClass?: string;
  /** In KRaft mode. MSK upgrades broker by broker; going back replaces the cluster. @default "4.1.x.kraft" */
  readonly version?: string;
  /** Of each broker at the beginning. @default "100 GiB" */
  readonly storage?: Bytes;
  /** To which the storage of each broker grows by itself; never shrinks. @default "1 TiB" */
  readonly maxStorage?: Bytes;
  /** Copies of each message. @default 3 */
  readonly replication?: number;
  /** Copies that must have a message before it counts as written. @default 2 */
  readonly minInSync?: number;
  /** How long a topic keeps messages that says nothing else. @default "7 days" */
  readonly retention?: Duration;
  /** Topics by name: no client can make one. @default none */
  readonly topics?: Readonly<Record<string, KafkaTopic>>;
  /** Consumer groups by name, with what is expected of each for each topic that it reads. @default none */
  readonly consumers?: Readonly<Record<string, Readonly<Record<string, ConsumerExpectation>>>>;
  /** ARN of a customer managed key for disks and broker logs; its policy must let CloudWatch Logs use it. A change replaces the cluster. @default a key of its own */
  readonly key?: Input<string>;
  /** Days that broker logs are kept. @default 30 */
  readonly logDays?: number;
  /** Refuses to delete or replace the cluster and its topics. @default true */
  readonly protect?: boolean;
  /** Last changes to the arguments of the resources, for what has no option here. */
  readonly transform?: {
    readonly cluster?: Transform<ClusterArgs>;
    readonly configuration?: Transform<ConfigurationArgs>;
  };
}
