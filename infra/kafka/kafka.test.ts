import assert from "node:assert/strict";
import type { CustomResourceOptions, ResourceTransformation } from "@pulumi/pulumi";
import { record } from "../kit/recorder";
import { Kafka } from "./kafka";
import type { KafkaArgs } from "./kafka.args";
import { read, usual } from "./kafka.fixtures";

const cluster = "aws:msk/cluster:Cluster";
const topic = "aws:msk/topic:Topic";
const configuration = "aws:msk/configuration:Configuration";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const key = "aws:kms/key:Key";
const target = "aws:appautoscaling/target:Target";
const policy = "aws:appautoscaling/policy:Policy";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

const made = (args: Partial<KafkaArgs> = {}) => record(() => new Kafka("events", { ...usual, ...args }));

describe("a Kafka cluster", () => {
  it("comes with key, log, configuration, growing storage, topics and alarms, each with a parent", async () => {
    const { resources } = await made(read);
    const others = resources.filter(({ type }) => type !== alarm);
    assert.deepEqual(others.map(({ type, name, parent }) => `${parent ?? ""} > ${type} ${name}`).sort(), [
      " > vigia:kafka:Kafka events",
      `events > ${policy} events`,
      `events > ${target} events`,
      `events > ${logGroup} events-brokers`,
      `events > ${key} events`,
      `events > ${cluster} events`,
      `events > ${configuration} events`,
      `events > ${topic} events-orders`,
      `events > ${topic} events-stock`,
      "events > vigia:signal:Watch events",
      "events > vigia:signal:Watch events-projection-orders",
      "events > vigia:signal:Watch events-search-orders",
      "events > vigia:signal:Watch events-search-stock",
    ]);
  });

  it("is private, reached by IAM over TLS only, encrypted, logged, and measured for each broker", async () => {
    const recording = await made();
    const { arn } = { arn: "arn:aws:kms:eu-central-1:123456789012:events-1234567" };
    assert.deepEqual(recording.one(cluster, "events").inputs, {
      kafkaVersion: "4.1.x.kraft",
      numberOfBrokerNodes: 3,
      enhancedMonitoring: "PER_BROKER",
      brokerNodeGroupInfo: {
        instanceType: "kafka.m7g.large",
        clientSubnets: ["subnet-a", "subnet-b", "subnet-c"],
        securityGroups: ["sg-kafka"],
        connectivityInfo: { publicAccess: { type: "DISABLED" } },
        storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
      },
      clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: arn,
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      configurationInfo: { arn: "arn:aws:msk:eu-central-1:123456789012:events-1234567" },
      openMonitoring: {
        prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } },
      },
      loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: "events-brokers-1234567" } } },
    });
    assert.deepEqual(recording.one(cluster, "events").madeFrom.configurationInfo, ["events"]);
    assert.deepEqual(recording.one(logGroup, "events-brokers").inputs, { retentionInDays: 30, kmsKeyId: arn });
  });

  it("has a key of its own that rotates, which the log of its brokers may use and no other log", async () => {
    const recording = await made();
    assert.equal(recording.one(key, "events").inputs.enableKeyRotation, true);
    const { Statement: statements } = recording.document(key, "events", "policy") as { Statement: unknown[] };
    assert.equal(statements.length, 2);
    assert.deepEqual(statements[1], {
      Sid: "BrokerLog",
      Effect: "Allow",
      Principal: { Service: "logs.eu-central-1.amazonaws.com" },
      Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:123456789012:log-group:events-brokers-*",
        },
      },
    });
  });

  it("takes a key that is given, and makes none", async () => {
    const recording = await made({ key: "arn:aws:kms:eu-central-1:123456789012:key/k" });
    assert.equal(recording.ofType(key).length, 0);
    assert.equal(
      recording.one(logGroup, "events-brokers").inputs.kmsKeyId,
      "arn:aws:kms:eu-central-1:123456789012:key/k",
    );
  });

  it("never loses what was acknowledged, and lets nobody make topics by a slip of the pen", async () => {
    const { serverProperties } = (await made()).one(configuration, "events").inputs;
    assert.deepEqual(String(serverProperties).split("\n"), [
      "auto.create.topics.enable=false",
      "default.replication.factor=3",
      "min.insync.replicas=2",
      "unclean.leader.election.enable=false",
      "num.partitions=6",
      "log.retention.ms=604800000",
      "replica.selector.class=org.apache.kafka.common.replica.RackAwareReplicaSelector",
      "",
    ]);
  });

  it("grows its storage from the first to the largest size, and never shrinks it", async () => {
    const recording = await made({ storage: "200 GiB", maxStorage: "2 TiB" });
    const { minCapacity, maxCapacity, serviceNamespace } = recording.one(target, "events").inputs;
    assert.deepEqual([minCapacity, maxCapacity, serviceNamespace], [200, 2_048, "kafka"]);
    assert.deepEqual(recording.one(policy, "events").inputs.targetTrackingScalingPolicyConfiguration, {
      targetValue: 60,
      disableScaleIn: true,
      predefinedMetricSpecification: { predefinedMetricType: "KafkaBrokerStorageUtilization" },
    });
  });

  it("keeps its storage as it is where the first size is the largest", async () => {
    const recording = await made({ storage: "1 TiB" });
    assert.equal(recording.ofType(target).length, 0);
    assert.ok(!recording.ofType(alarm).some(({ name }) => name === "events-kafka-disk-not-growing"));
  });

  it("makes its topics under the names that clients know, with copies and retention", async () => {
    const recording = await made(read);
    const { clusterArn: _, configs, ...orders } = recording.one(topic, "events-orders").inputs;
    assert.deepEqual(orders, { name: "orders", partitionCount: 12, replicationFactor: 3 });
    assert.deepEqual(JSON.parse(String(configs)), {
      "cleanup.policy": "delete",
      "min.insync.replicas": "2",
      "retention.ms": "1209600000",
      "unclean.leader.election.enable": "false",
    });
    assert.deepEqual(recording.document(topic, "events-stock", "configs"), {
      "cleanup.policy": "compact",
      "min.insync.replicas": "2",
      "unclean.leader.election.enable": "false",
    });
  });

  it("and its topics and key are protected and stay in the account, unless somebody says otherwise", async () => {
    const options: Record<string, unknown>[] = [];
    const seen = (given: Partial<KafkaArgs>) =>
      record(() => {
        const keep: ResourceTransformation = ({ type, opts }) => {
          const { protect, retainOnDelete, ignoreChanges }: CustomResourceOptions = opts;
          if ([cluster, topic, key].includes(type)) options.push({ type, protect, retainOnDelete, ignoreChanges });
          return undefined;
        };
        new Kafka("events", { ...usual, topics: { orders: { partitions: 1 } }, ...given }, { transformations: [keep] });
      });
    const volume = ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"];
    const kept = { protect: true, retainOnDelete: true };
    await seen({});
    assert.deepEqual(options.splice(0), [
      { type: key, ...kept, ignoreChanges: undefined },
      { type: cluster, ...kept, ignoreChanges: volume },
      { type: topic, ...kept, ignoreChanges: undefined },
    ]);
    await seen({ protect: false, maxStorage: "100 GiB" });
    assert.deepEqual(
      options.map((one) => Object.values(one).slice(1)),
      Array(3).fill([undefined, undefined, undefined]),
    );
  });

  it("takes a last change to the arguments of cluster and configuration", async () => {
    const recording = await made({
      transform: {
        cluster: (args) => ({ ...args, clusterName: "legacy" }),
        configuration: (args) => ({ ...args, serverProperties: "a=b" }),
      },
    });
    assert.equal(recording.one(cluster, "events").inputs.clusterName, "legacy");
    assert.equal(recording.one(configuration, "events").inputs.serverProperties, "a=b");
  });
});
