import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Cluster, type ClusterArgs } from "@pulumi/aws/msk/cluster.js";
import { Configuration } from "@pulumi/aws/msk/configuration.js";
import { Topic } from "@pulumi/aws/msk/topic.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output, output } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { Watch } from "../signal/watch";
import { type ConsumerWatch, watchConsumer } from "./consumer";
import type { KafkaArgs, WatchKafkaOptions } from "./kafka.args";
import { brokerLog, createKey } from "./kafka.encryption";
import { brokerHosts } from "./kafka.hosts";
import { type NormalKafka, normalizeExpectations, normalizeKafka } from "./kafka.normal";
import { serverProperties, topicConfigs } from "./kafka.properties";
import { kafkaSignals } from "./kafka.signals";
import type { KafkaSize, KafkaSubject } from "./kafka.size";
import { growStorage, volumeSize } from "./kafka.storage";

/** The alarms of a cluster. */
export type KafkaWatch = Watch<KafkaSubject, KafkaSize>;

/** An MSK cluster of Standard brokers in KRaft mode with its topics: private, reached by IAM over TLS only, encrypted with its own key, logged, growing, and watched. */
export class Kafka extends ComponentResource {
  /** The raw resources; topics by their names, the alarms of consumer groups by group and topic. */
  readonly nodes: {
    readonly cluster: Cluster;
    readonly configuration: Configuration;
    readonly topics: Readonly<Record<string, Topic>>;
    readonly watch: KafkaWatch;
    readonly consumers: Readonly<Record<string, Readonly<Record<string, ConsumerWatch>>>>;
  };
  /** What a client starts from: host names with the port of IAM (9098). */
  readonly bootstrap: Output<string>;
  readonly brokers: number;

  constructor(name: string, args: KafkaArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeKafka(name, args);
    super("vigia:kafka:Kafka", name, {}, opts);
    const { plan } = normal;
    const key = args.key ?? createKey(name, args, args.protect ?? true, this);
    const configuration = this.createConfiguration(name, args, normal);
    const cluster = this.createCluster(name, args, normal, key, configuration);
    if (normal.size.scales) growStorage(name, cluster, plan, this);
    const topics = this.createTopics(name, args, normal, cluster);
    const watch = watchKafka(name, cluster, { ...args, ...plan, scales: normal.size.scales }, { parent: this });
    this.nodes = { cluster, configuration, topics, watch, consumers: this.watchConsumers(name, args, cluster, topics) };
    this.bootstrap = cluster.bootstrapBrokersSaslIam;
    this.brokers = plan.brokers;
    this.registerOutputs({ arn: cluster.arn, bootstrap: this.bootstrap });
  }

  get arn(): Output<string> {
    return this.nodes.cluster.arn;
  }

  /** Names of all brokers, for Prometheus: JMX answers on port 11001, the node exporter on 11002. */
  get hosts(): Output<readonly string[]> {
    return this.bootstrap.apply((bootstrap) => brokerHosts(bootstrap, this.brokers));
  }

  private createConfiguration(name: string, args: KafkaArgs, { plan, retention }: NormalKafka): Configuration {
    // Without a list of versions, a change of which would replace it while the cluster still uses it.
    const made = { description: `Brokers of ${name}`, serverProperties: serverProperties(plan, retention) };
    return new Configuration(name, args.transform?.configuration?.(made) ?? made, { parent: this });
  }

  private createCluster(
    name: string,
    args: KafkaArgs,
    { plan, version, monitoring, logDays, size }: NormalKafka,
    key: Input<string>,
    configuration: Configuration,
  ): Cluster {
    const log = new LogGroup(brokerLog(name), { retentionInDays: logDays, kmsKeyId: key }, { parent: this });
    const made: ClusterArgs = {
      kafkaVersion: version,
      numberOfBrokerNodes: plan.brokers,
      enhancedMonitoring: monitoring,
      brokerNodeGroupInfo: {
        instanceType: plan.brokerClass,
        clientSubnets: output(args.subnets).apply((subnets) => [...subnets]),
        securityGroups: [...args.securityGroups],
        connectivityInfo: { publicAccess: { type: "DISABLED" } },
        storageInfo: { ebsStorageInfo: { volumeSize: plan.storage } },
      },
      clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: key,
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
      openMonitoring: {
        prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } },
      },
      loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: log.name } } },
    };
    return new Cluster(name, args.transform?.cluster?.(made) ?? made, {
      parent: this,
      ...kept(args.protect ?? true),
      ...(size.scales && { ignoreChanges: [volumeSize] }),
    });
  }

  private createTopics(name: string, { protect = true }: KafkaArgs, { plan }: NormalKafka, cluster: Cluster) {
    const topics = Object.entries(plan.topics).map(([topic, given]) => {
      // Clients know a topic by its name, so that Pulumi adds nothing to it.
      const { partitions: partitionCount, replication: replicationFactor } = given;
      const args = {
        clusterArn: cluster.arn,
        name: topic,
        partitionCount,
        replicationFactor,
        configs: topicConfigs(given),
      };
      return [topic, new Topic(`${name}-${topic}`, args, { parent: this, ...kept(protect) })] as const;
    });
    return Object.fromEntries(topics);
  }

  private watchConsumers(
    name: string,
    { consumers = {}, watcher }: KafkaArgs,
    cluster: Cluster,
    topics: Readonly<Record<string, Topic>>,
  ) {
    const watched = Object.entries(consumers).map(([group, reads]) => {
      const watches = Object.entries(reads).flatMap(([of, expectation]) => {
        const topic = topics[of];
        if (!topic) return [];
        const reading = { cluster, topic, group };
        return [[of, watchConsumer(`${name}-${group}-${of}`, reading, { ...expectation, watcher }, { parent: this })]];
      });
      return [group, Object.fromEntries(watches)] as const;
    });
    return Object.fromEntries(watched);
  }
}

/**
 * Watches a cluster that exists already, in any Pulumi program, of Standard or Express brokers: the alarms that {@link Kafka} makes, from the same records.
 * @param name the alarms' names start with it, and Prometheus marks what it scrapes with it
 */
export function watchKafka(
  name: string,
  existing: Cluster,
  options: WatchKafkaOptions,
  opts?: ComponentResourceOptions,
): KafkaWatch {
  const part = {
    resource: existing,
    kind: "kafka",
    signals: kafkaSignals,
    role: "cluster",
    size: normalizeExpectations(name, options),
    subjects: { cluster: existing.clusterName, kafka: name },
    texts: { kafka: name },
    changes: options.changes ?? {},
  };
  return new Watch<KafkaSubject, KafkaSize>(name, [part], options.watcher, opts);
}
