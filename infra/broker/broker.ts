import { Key } from "@pulumi/aws/kms/key.js";
import { Broker as MqBroker, type BrokerArgs as MqBrokerArgs } from "@pulumi/aws/mq/broker.js";
import { Configuration } from "@pulumi/aws/mq/configuration.js";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { Watch } from "../signal/watch";
import { keyPolicy } from "../topic/senders";
import {
  type BrokerArgs,
  type NormalBroker,
  normalizeBroker,
  normalizeExpectations,
  type WatchBrokerOptions,
} from "./broker.args";
import { configurationData } from "./broker.configuration";
import { createPasswords, createSecrets } from "./broker.secrets";
import { brokerSignals } from "./broker.signals";
import { adminUser, type BrokerSecrets } from "./credentials";
import { metricsPorts } from "./scrape";
import type { BrokerSize } from "./sizes";

/** The alarms and rules of a broker. */
export type BrokerWatch = Watch<"broker", BrokerSize>;

/**
 * An Amazon MQ broker for RabbitMQ 4: private, encrypted with a key of the account, with a secret for each of its users, logged, and watched by CloudWatch for
 * its nodes and by rules of Prometheus for its queues. What is in it (virtual hosts, queues, users) is made by its operations, not here.
 */
export class Broker extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly broker: MqBroker; readonly configuration: Configuration; readonly watch: BrokerWatch };
  /** One for each user. */
  readonly secrets: BrokerSecrets;
  /** ARN of the KMS key of its disks and its secrets: whoever reads a secret needs kms:Decrypt on it. */
  readonly key: Output<string>;
  /** Host and port of each node's endpoint for Prometheus, for `scrapeConfigs`. */
  readonly metricsTargets: Output<readonly string[]>;

  constructor(name: string, args: BrokerArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeBroker(name, args);
    super("vigia:broker:Broker", name, {}, opts);
    const protect = args.protect ?? true;
    this.key = output(args.key ?? this.createKey(name, args, protect));
    const passwords = createPasswords(name, this);
    const configuration = this.createConfiguration(name, normal);
    const broker = this.createBroker(name, args, normal, configuration, passwords.admin);
    this.secrets = createSecrets(name, passwords, broker, { key: this.key, protect, parent: this });
    const watch = watchBroker(name, broker, args, { parent: this });
    this.nodes = { broker, configuration, watch };
    this.metricsTargets = this.host.apply((host) =>
      metricsPorts.slice(0, normal.size.nodes).map((port) => `${host}:${port}`),
    );
    this.registerOutputs({ brokerId: broker.id, name: broker.brokerName, endpoint: this.endpoint });
  }

  /** The physical name: the dimension `Broker` of its metrics. */
  get name(): Output<string> {
    return this.nodes.broker.brokerName;
  }

  get brokerId(): Output<string> {
    return this.nodes.broker.id;
  }

  get arn(): Output<string> {
    return this.nodes.broker.arn;
  }

  /** Where the management API and its console are: `https://b-....mq.eu-central-1.on.aws`. */
  get consoleUrl(): Output<string> {
    return this.nodes.broker.instances.apply(([first]) => first?.consoleUrl ?? "");
  }

  get host(): Output<string> {
    return this.consoleUrl.apply((url) => url.replace(/^https:\/\/([^/:]+).*$/, "$1"));
  }

  /** Where services connect: `amqps://b-....mq.eu-central-1.on.aws:5671`. The list that it is taken from has the endpoints for Prometheus too. */
  get endpoint(): Output<string> {
    return this.nodes.broker.instances.apply(
      (instances) =>
        instances.flatMap(({ endpoints }) => endpoints).find((endpoint) => endpoint.startsWith("amqps://")) ?? "",
    );
  }

  /** Without the key neither disks nor secrets can be read again. Amazon MQ and Secrets Manager use it in the name of whoever calls them. */
  private createKey(name: string, { account, region }: BrokerArgs, protect: boolean): Output<string> {
    const policy = keyPolicy({ account, region }, { senders: [], delivers: false, logs: false });
    const description = `Disks and secrets of the broker ${name}`;
    return new Key(
      name,
      { description, policy, enableKeyRotation: true, deletionWindowInDays: 30 },
      { parent: this, ...kept(protect) },
    ).arn;
  }

  private createConfiguration(name: string, { configured }: NormalBroker): Configuration {
    return new Configuration(
      name,
      {
        description: `Limits and time-outs of the broker ${name}`,
        engineType: "RabbitMQ",
        engineVersion: configured.version,
        data: configurationData(configured),
        // After a change of version the broker goes on with the old one until its maintenance window, and Amazon MQ refuses to delete it.
        skipDestroy: true,
      },
      { parent: this },
    );
  }

  private createBroker(
    name: string,
    args: BrokerArgs,
    { configured }: NormalBroker,
    configuration: Configuration,
    password: Output<string>,
  ): MqBroker {
    const cluster = args.mode === "cluster";
    const { day: dayOfWeek, time: timeOfDay, zone: timeZone } = args.maintenance;
    const made: MqBrokerArgs = {
      engineType: "RabbitMQ",
      engineVersion: configured.version,
      hostInstanceType: args.instanceType,
      deploymentMode: cluster ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE",
      publiclyAccessible: false,
      // Not more than it has nodes: with a fourth zone in the network later, the broker would be replaced.
      subnetIds: output(args.subnets).apply((subnets) => subnets.slice(0, cluster ? 3 : 1)),
      securityGroups: [...args.securityGroups],
      encryptionOptions: { useAwsOwnedKey: false, kmsKeyId: this.key },
      configuration: { id: configuration.id, revision: configuration.latestRevision },
      // Amazon MQ patches RabbitMQ 4 by itself and takes no other value.
      autoMinorVersionUpgrade: true,
      maintenanceWindowStartTime: { dayOfWeek, timeOfDay, timeZone },
      applyImmediately: args.applyImmediately ?? false,
      logs: { general: true },
      users: [{ username: adminUser, password }],
    };
    return new MqBroker(name, args.transform?.broker?.(made) ?? made, {
      parent: this,
      // Amazon MQ takes the first user only when it makes the broker, and never tells of it: a change to it would replace the broker with all its messages.
      ignoreChanges: ["users"],
      ...kept(args.protect ?? true),
    });
  }
}

/**
 * Watches a RabbitMQ broker that exists already, in any Pulumi program: the alarms and rules that {@link Broker} makes, from the same records.
 * @param name the alarms' names start with it, and the series of its endpoint carry it as the label `broker`
 */
export function watchBroker(
  name: string,
  existing: MqBroker,
  options: WatchBrokerOptions,
  opts?: ComponentResourceOptions,
): BrokerWatch {
  const size = normalizeExpectations(name, options);
  const { service, changes = {}, watcher } = options;
  const part = { resource: existing, kind: "broker", signals: brokerSignals, role: "rabbitmq", size, changes } as const;
  const known = { subjects: { broker: existing.brokerName }, texts: { broker: name } };
  return new Watch(name, [{ ...part, ...known, ...(service !== undefined && { service }) }], watcher, opts);
}
