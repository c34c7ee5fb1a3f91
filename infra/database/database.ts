import type { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { Instance } from "@pulumi/aws/rds/instance.js";
import type { ParameterGroup } from "@pulumi/aws/rds/parameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output, output } from "@pulumi/pulumi";
import { Watch, type Watched } from "../signal/watch";
import {
  type DatabaseArgs,
  normalizeDatabase,
  normalizeExpectations,
  type WatchDatabaseOptions,
} from "./database.args";
import { type DatabaseRole, type DatabaseSize, databaseSignals } from "./database.signals";
import { createEvents } from "./events";
import { createPrimary, createReplica, type InstanceContext } from "./instances";
import { createParameters } from "./parameters";
import { createKey, createLogs, createMonitoringRole } from "./surroundings";

/** The alarms of a database, or of one of its replicas. */
export type DatabaseWatch = Watch<"database", DatabaseSize>;

/**
 * PostgreSQL on RDS: private, encrypted, served only over TLS, backed up, with a standby and replicas as wanted, its log groups, events and alarms. Its first
 * password lies in Secrets Manager, made and turned by RDS; services log in by IAM or with users of their own.
 */
export class Database extends ComponentResource {
  /** The raw resources; replicas and their alarms in order. */
  readonly nodes: {
    readonly primary: Instance;
    readonly replicas: readonly Instance[];
    readonly parameterGroup: ParameterGroup;
    readonly logGroups: readonly LogGroup[];
    readonly watch: DatabaseWatch;
    readonly replicaWatches: readonly DatabaseWatch[];
  };
  readonly #place: { readonly account: string; readonly region: string };

  constructor(name: string, args: DatabaseArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeDatabase(name, args);
    super("vigia:database:Database", name, {}, opts);
    this.#place = { account: args.account, region: args.region };
    const key = args.kmsKeyId ?? createKey(name, this.#place, normal.identifier, args.protect ?? true, this).arn;
    const parameterGroup = createParameters(name, normal, args.transform?.parameterGroup, this);
    const monitoringRole = createMonitoringRole(name, this.#place, this).arn;
    const context = { args, normal, key, monitoringRole, parameterGroup: parameterGroup.name, parent: this };
    const logs = createLogs(name, normal.identifier, key, this);
    const primary = createPrimary(name, context, this.createSubnets(name, args), logs);
    const replicas = this.createReplicas(name, context, primary);
    createEvents(name, [primary, ...replicas.map(({ instance }) => instance)], args.watcher, this);
    const watched = { ...args, maxConnections: normal.maxConnections, insights: true };
    const [watch, ...replicaWatches] = [
      watchWith(name, primary, "primary", watched, normal.replicas, { parent: this }),
      ...replicas.map(({ instance, label }) => watchWith(label, instance, "replica", watched, 0, { parent: this })),
    ];
    this.nodes = {
      primary,
      replicas: replicas.map(({ instance }) => instance),
      parameterGroup,
      logGroups: [...logs, ...replicas.flatMap((replica) => replica.logs)],
      watch,
      replicaWatches,
    };
    this.registerOutputs({ endpoint: primary.endpoint, identifier: primary.identifier, arn: primary.arn });
  }

  /** Name of the host that is written to; after a failover it is the other one. */
  get address(): Output<string> {
    return this.nodes.primary.address;
  }

  get port(): Output<number> {
    return this.nodes.primary.port;
  }

  get arn(): Output<string> {
    return this.nodes.primary.arn;
  }

  /** Name of the database inside. */
  get databaseName(): Output<string> {
    return this.nodes.primary.dbName;
  }

  /** Hosts that are read. */
  get readerAddresses(): readonly Output<string>[] {
    return this.nodes.replicas.map(({ address }) => address);
  }

  /** ARN of the secret of the first user (`dba`), which is for people and migrations. */
  get secretArn(): Output<string> {
    return this.nodes.primary.masterUserSecrets.apply((secrets) => secrets[0]?.secretArn ?? "");
  }

  /**
   * What a role must be allowed (rds-db:connect) to log in as a user by IAM ("Creating and using an IAM policy for IAM database access", RDS User Guide, 2026-11).
   * @param user of PostgreSQL, with the role rds_iam
   */
  loginArn(user: string): Output<string> {
    const { account, region } = this.#place;
    return interpolate`arn:aws:rds-db:${region}:${account}:dbuser:${this.nodes.primary.resourceId}/${user}`;
  }

  private createSubnets(name: string, { subnets }: DatabaseArgs): Output<string> {
    const subnetIds = output(subnets).apply((ids) => [...ids]);
    return new SubnetGroup(name, { subnetIds, description: `Subnets of the database ${name}` }, { parent: this }).name;
  }

  private createReplicas(name: string, context: InstanceContext, source: Instance) {
    return Array.from({ length: context.normal.replicas }, (_, index) => {
      const label = `${name}-replica-${index + 1}`;
      const identifier = `${context.normal.identifier}-replica-${index + 1}`;
      const logs = createLogs(label, identifier, context.key, this);
      return { label, logs, instance: createReplica(label, context, { identifier, source }, logs) };
    });
  }
}

function watchWith(
  name: string,
  instance: Instance,
  role: DatabaseRole,
  options: WatchDatabaseOptions,
  replicas: number,
  opts?: ComponentResourceOptions,
): DatabaseWatch {
  const part: Watched<"database", DatabaseSize> = {
    resource: instance,
    kind: "database",
    signals: databaseSignals,
    role,
    size: normalizeExpectations(name, options, replicas),
    subjects: { database: instance.identifier },
    texts: { database: name },
    ...(options.service !== undefined && { service: options.service }),
    changes: options.changes ?? {},
  };
  return new Watch(name, [part], options.watcher, opts);
}

/**
 * Watches a database that exists already, in any Pulumi program: the alarms that {@link Database} makes, from the same records.
 * @param name the alarms' names start with it, and the label `database` of what is scraped is the same
 */
export const watchDatabase = (
  name: string,
  existing: Instance,
  options: WatchDatabaseOptions & { /** @default 0 */ readonly replicas?: number },
  opts?: ComponentResourceOptions,
): DatabaseWatch => watchWith(name, existing, "primary", options, options.replicas ?? 0, opts);

/** Watches a replica that exists already. */
export const watchReplica = (
  name: string,
  existing: Instance,
  options: WatchDatabaseOptions,
  opts?: ComponentResourceOptions,
): DatabaseWatch => watchWith(name, existing, "replica", options, 0, opts);
