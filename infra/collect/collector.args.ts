import type { Input } from "@pulumi/pulumi";
import { network as ipv4Network } from "../cluster/cluster.endpoint";
import type { Inside } from "../cluster/inside";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import type { CollectorSize, collectorSignals } from "./collector.signals";
import { type CollectorImages, pinnedImage } from "./images";
import type { ProbeExpectation } from "./probes";
import { jobs, type PodsTarget } from "./scrape";

/** A broker of RabbitMQ that is read. */
export interface CollectedBroker {
  /** Host and port of each node's endpoint: `broker.metricsTargets`. */
  readonly targets: Input<readonly string[]>;
  /** ARN of the monitoring user's secret: `broker.secrets.monitoring.arn`. */
  readonly secretArn: Input<string>;
  /** ARN of the key of that secret. */
  readonly keyArn: Input<string>;
}

/** A database of PostgreSQL that is looked into. */
export interface CollectedDatabase {
  readonly address: Input<string>;
  /** @default 5432 */
  readonly port?: number;
  /** The database inside, whose tables are counted. */
  readonly databaseName: Input<string>;
  /** A user with the roles pg_monitor and rds_iam, as `DatabaseUsers` makes it. @default "monitor" */
  readonly user?: string;
  /** What lets that user in by IAM: `database.loginArn("monitor")`. */
  readonly loginArn: Input<string>;
}

/** An address that is asked once a minute from inside the cluster. */
export interface CollectedProbe extends ProbeExpectation {
  /** With https, on its usual port: the certificate is watched as well. */
  readonly url: Input<string>;
}

/** Pods behind a headless service that show metrics, in whatever namespace. */
export interface CollectedPods extends Omit<PodsTarget, "service"> {
  /** Name of the headless service. */
  readonly service: string;
  readonly namespace: string;
}

/** What is expected of a collector. */
export interface CollectorExpectations {
  /** Longest time that a probe may take on average. @default 2 */
  readonly slowProbe?: number;
  /** The service that owns it. @default "platform" */
  readonly service?: string;
  /** What this collector does differently, by signal id. */
  readonly changes?: Changes<typeof collectorSignals>;
  /** Who is told; it must have a workspace. */
  readonly watcher: Watcher;
}

/** What a collector is made from. */
export interface CollectorArgs extends CollectorExpectations, Inside, Place {
  /** An existing namespace, whose pods may get the credentials of their roles. @default "monitoring" */
  readonly namespace?: string;
  /** The network that brokers and databases are in: nothing else is reached on their ports. */
  readonly network: string;
  /** By name of the component, which is the label that their rules select. */
  readonly brokers?: Readonly<Record<string, CollectedBroker>>;
  /** By name of the component. */
  readonly databases?: Readonly<Record<string, CollectedDatabase>>;
  /** By a name for people. */
  readonly probes?: Readonly<Record<string, CollectedProbe>>;
  /** By the name of the job. */
  readonly pods?: Readonly<Record<string, CollectedPods>>;
  /** @default the versions that the configurations are made for */
  readonly images?: Partial<CollectorImages>;
  /** Memory of each agent, in MiB: about 8 KiB a series, and what waits while AMP cannot be reached. @default 512 */
  readonly memory?: number;
}

/** A name as Kubernetes, Prometheus' labels and files all take it. Pods of a StatefulSet add to it. */
const name = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
/** A user of PostgreSQL that needs no quotes. */
const user = /^[a-z_][a-z0-9_]{0,62}$/;
const reserved: readonly string[] = Object.values(jobs);

function checkWords(problems: Problems, args: CollectorArgs): void {
  const named = { brokers: args.brokers, databases: args.databases, probes: args.probes, pods: args.pods };
  for (const [what, given = {}] of Object.entries(named))
    for (const key of Object.keys(given))
      problems.unless(name.test(key), `${what}: a name has up to 40 lower-case letters, digits and hyphens`, key);
  for (const [key, { user: login = "monitor" }] of Object.entries(args.databases ?? {}))
    problems.unless(
      user.test(login),
      `databases.${key}.user must be lower-case letters, digits and underscores`,
      login,
    );
}

function checkProbes(problems: Problems, probes: NonNullable<CollectorArgs["probes"]>): void {
  for (const [key, { url, status = [200] }] of Object.entries(probes)) {
    const known = typeof url === "string" ? url : "https://known.later/";
    problems.unless(
      URL.canParse(known) && new URL(known).protocol === "https:" && new URL(known).port === "",
      `probes.${key}.url must be an address with https and without a port`,
      known,
    );
    problems.unless(
      status.length > 0 && status.every((code) => Number.isInteger(code) && code >= 200 && code <= 599),
      `probes.${key}.status must be numbers from 200 to 599`,
      status,
    );
  }
}

function checkPods(problems: Problems, pods: NonNullable<CollectorArgs["pods"]>): void {
  const taken = Object.keys(pods).filter((job) => reserved.includes(job));
  problems.unless(taken.length === 0, `pods: not allowed are ${reserved.join(", ")}, which are jobs already`, taken[0]);
  for (const [key, { namespace, service, port, labels = {} }] of Object.entries(pods)) {
    problems.unless(
      name.test(namespace) && name.test(service),
      `pods.${key}: namespace and service are names of Kubernetes`,
      `${service}.${namespace}`,
    );
    problems.unless(
      Number.isInteger(port) && port > 0 && port < 65_536,
      `pods.${key}.port must be from 1 to 65535`,
      port,
    );
    problems.unless(
      !("cluster" in labels) && !("collector" in labels),
      `pods.${key}.labels: cluster and collector are set by the collector, for every series`,
    );
  }
}

/** Throws one error with every problem, before anything is registered. */
export function normalizeCollector(collector: string, args: CollectorArgs): CollectorSize {
  const problems = new Problems(`collector "${collector}"`);
  const { namespace = "monitoring", network, probes = {}, pods = {}, memory = 512 } = args;
  problems.unless(name.test(collector), "its name has up to 40 lower-case letters, digits and hyphens", collector);
  problems.add(checkName("role", collector));
  problems.unless(
    collector !== args.cluster.label,
    "its name must not be that of the cluster: it is the label `cluster` of all that it writes, and the cluster's rules would find it",
    collector,
  );
  problems.unless(name.test(namespace), "namespace must be a name of Kubernetes", namespace);
  problems.unless(ipv4Network.test(network), 'network must be an IPv4 network, written like "10.0.0.0/16"', network);
  problems.unless(Number.isInteger(memory) && memory >= 256, "memory must be 256 MiB or more", memory);
  checkWords(problems, args);
  checkProbes(problems, probes);
  checkPods(problems, pods);
  for (const [image, given] of Object.entries(args.images ?? {}))
    problems.unless(
      pinnedImage.test(given),
      `images.${image} must have a version or a digest, and not "latest"`,
      given,
    );
  const size = checkExpectations(problems, args, Object.keys(probes).length);
  problems.throwIfAny();
  return size;
}

/** What its alarms are made from. */
export function checkExpectations(problems: Problems, args: CollectorExpectations, probes: number): CollectorSize {
  const { slowProbe = 2, watcher, changes } = args;
  problems.unless(slowProbe > 0 && slowProbe < 15, "slowProbe must be above 0 and below 15 seconds", slowProbe);
  problems.unless(
    watcher.prometheus !== undefined,
    "its watcher needs the workspace that it writes to (prometheus: { workspaceId })",
  );
  checkChanges(problems, changes);
  return { probes, slowProbe };
}
