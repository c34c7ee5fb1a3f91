import type { Input } from "@pulumi/pulumi";
import { network as ipv4Network } from "../cluster/cluster.endpoint";
import type { Inside } from "../cluster/inside";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { type Bytes, bytes, type Duration, seconds } from "../kit/units";
import type { Backup } from "../recovery/tags";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import type { logsSignals } from "./logs.signals";
import type { LogsSize } from "./logs.size";

/** What is expected of a place for logs: its limits and alarms are made from it. */
export interface LogsExpectations {
  /** What all services together log on a usual day: at most 20 GiB, for which whole Lokis are meant. */
  readonly perDay: Bytes;
  /** Lines a second that a service may log as errors. @default 1 */
  readonly errorLines?: number;
  /** How long 99 of 100 queries may take. @default "20 seconds" */
  readonly slowQuery?: Duration;
  /** The service that owns it. @default "platform" */
  readonly service?: string;
  /** What it does differently, by signal id. */
  readonly changes?: Changes<typeof logsSignals>;
  /** Who is told; it must have a workspace. */
  readonly watcher: Watcher;
}

/** What a place for logs is made from. */
export interface LogsArgs extends LogsExpectations, Inside, Place {
  /** An existing namespace for Loki and its gateway. @default "logs" */
  readonly namespace?: string;
  /** An existing namespace for the shippers, which read files of the nodes: its standard must be "privileged". @default "shippers" */
  readonly shippers?: string;
  /** The namespace of the collector that reads its metrics. @default "monitoring" */
  readonly collector?: string;
  /** The network: nothing else reaches the gateway. */
  readonly network: string;
  readonly vpcId: Input<string>;
  /** Ids of private subnets, one in each zone. */
  readonly subnets: Input<readonly Input<string>[]>;
  /** Ids of the load balancer's security groups. */
  readonly securityGroups: readonly Input<string>[];
  /** Its name in the private zone: `logs.internal.example.com`. */
  readonly address: string;
  /** A certificate for that name that is valid already. */
  readonly certificateArn: Input<string>;
  /** Where the load balancer logs. */
  readonly accessLogs: { readonly bucket: Input<string> };
  /** How long lines are kept, in whole days. @default "30 days" */
  readonly retention?: Duration;
  /** Version of Loki's chart. @default the one whose values these are */
  readonly chartVersion?: string;
  /** Version of the shipper's chart. @default the one whose values these are */
  readonly shipperVersion?: string;
  /** Memory of each Loki, in MiB. @default 2048 */
  readonly memory?: number;
  /** Disk of each Loki, in GiB: an hour of what all write, and more. @default 20 */
  readonly disk?: number;
  /** @default the cluster's own */
  readonly storageClass?: string;
  /** Name of the backup plan that takes the bucket, or why it needs none. @default not said: nothing backs it up */
  readonly backup?: Backup;
  /** Refuse to delete bucket, key, secret and load balancer. @default true */
  readonly protect?: boolean;
}

/** Versions that the values and the configuration are made for; that of Loki is the one that checks them in the live test. */
export const versions = { chart: "12.0.1", loki: "3.7.8", shipper: "1.12.1", gateway: "1.29.3" } as const;

/** Copies of every line, and pods that keep them: two must answer. */
export const replicas = 3;

/** Arguments with every default in place. */
export interface NormalLogs {
  readonly size: LogsSize;
  readonly retentionHours: number;
  readonly namespace: string;
  readonly shippers: string;
  readonly collector: string;
  readonly chartVersion: string;
  readonly shipperVersion: string;
  readonly memory: number;
  readonly disk: number;
  readonly protect: boolean;
}

/** A name as Kubernetes takes it for all that is named after it. */
const kubernetesName = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
/** A version that does not move. */
export const pinnedVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
/** A name in a zone. */
export const hostName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;
/** "Monolithic mode" (Loki deployment modes, Loki documentation, 2026-11): about 20 GB a day. */
export const mostPerDay: Bytes = "20 GiB";

const hour = 3_600;
const day = 24 * hour;
const mebibyte = 1_048_576;

/** Mebibytes a second: 20 times the usual, for an incident is when everybody logs, and never below 4. */
const rateOf = (perDay: number): number => Math.max(4, Math.ceil((20 * perDay) / day / mebibyte));

/** What limits and alarms are made from. */
export function checkExpectations(problems: Problems, args: LogsExpectations): LogsSize {
  const { perDay, errorLines = 1, slowQuery = "20 seconds", watcher, changes = {} } = args;
  const volume = problems.read("perDay", () => bytes(perDay)) ?? Number.NaN;
  problems.unless(
    !(volume <= 0 || volume > bytes(mostPerDay)),
    `perDay must be above nothing and at most ${mostPerDay}: beyond it Loki is run as microservices`,
    perDay,
  );
  const slow = problems.read("slowQuery", () => seconds(slowQuery)) ?? Number.NaN;
  problems.unless(
    !(slow < 1 || slow > 60),
    "slowQuery must be from 1 second to 1 minute: histograms of Loki end soon after",
    slowQuery,
  );
  problems.unless(
    Number.isFinite(errorLines) && errorLines > 0,
    "errorLines must be a number of lines a second above 0",
    errorLines,
  );
  problems.unless(
    watcher.prometheus !== undefined,
    "its watcher needs the workspace that it writes to (prometheus: { workspaceId })",
  );
  checkChanges(problems, changes);
  return { perDay: volume, rate: rateOf(volume), errorLines, slowQuery: slow };
}

/** The arguments, checked. Throws one error with every problem, before anything is registered. */
export function normalizeLogs(name: string, args: LogsArgs): NormalLogs {
  const problems = new Problems(`logs "${name}"`);
  const { namespace = "logs", shippers = "shippers", collector = "monitoring" } = args;
  const { chartVersion = versions.chart, shipperVersion = versions.shipper, memory = 2_048, disk = 20 } = args;
  problems.unless(kubernetesName.test(name), "its name has up to 40 lower-case letters, digits and hyphens", name);
  problems.add(checkName("role", name));
  checkPlace(problems, args);
  for (const [label, text] of Object.entries({ namespace, shippers, collector }))
    problems.unless(kubernetesName.test(text), `${label} must be a name of Kubernetes`, text);
  problems.unless(
    namespace !== shippers,
    "shippers must be another namespace than Loki's: they read files of the nodes, and Loki must not",
    shippers,
  );
  problems.unless(ipv4Network.test(args.network), 'network must be written like "10.0.0.0/16"', args.network);
  problems.unless(hostName.test(args.address), 'address must be a name like "logs.internal.example.com"', args.address);
  problems.unless(args.securityGroups.length > 0, "securityGroups must name a group that lets boards and shippers in");
  const { retention = "30 days" } = args;
  const kept = problems.read("retention", () => seconds(retention)) ?? day;
  problems.unless(
    kept % day === 0 && kept >= day && kept <= 1_096 * day,
    "retention must be whole days, from 1 to 1096",
    retention,
  );
  for (const [label, text] of Object.entries({ chartVersion, shipperVersion }))
    problems.unless(pinnedVersion.test(text), `${label} must be a whole version, written like "12.0.1"`, text);
  problems.unless(Number.isInteger(memory) && memory >= 1_536, "memory must be 1536 MiB or more", memory);
  problems.unless(Number.isInteger(disk) && disk >= 10, "disk must be 10 GiB or more", disk);
  const size = checkExpectations(problems, args);
  problems.throwIfAny();
  const { protect = true } = args;
  const places = { namespace, shippers, collector };
  return { size, retentionHours: kept / hour, ...places, chartVersion, shipperVersion, memory, disk, protect };
}
