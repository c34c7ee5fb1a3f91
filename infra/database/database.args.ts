import type { InstanceArgs } from "@pulumi/aws/rds/instance.js";
import type { ParameterGroupArgs } from "@pulumi/aws/rds/parameterGroup.js";
import type { Input } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import type { Transform } from "../kit/transform";
import { type Bytes, bytes, type Duration, seconds } from "../kit/units";
import { type Backup, checkPlan } from "../recovery/tags";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { classOf, maxConnectionsOf, reservedConnections, unknownClass } from "./classes";
import { checkDatabase } from "./database.check";
import type { DatabaseSize, databaseSignals } from "./database.signals";
import { includedIops } from "./storage";
import type { DatabaseVersion } from "./versions";

/** What is expected of a database: its alarms are made from it. */
export interface DatabaseExpectations {
  /** Class of the instance and of its replicas: `db.m7g.large`. */
  instanceClass: string;
  /** Storage to begin with, in whole GiB: 20 GiB to 64 TiB. */
  storage: Bytes;
  /** Up to where RDS may add storage: 110 % of `storage` or more. @default twice the storage */
  maximumStorage?: Bytes;
  /** Operations a second: 12,000 to 64,000, and only from 400 GiB on. @default what the storage brings */
  iops?: number;
  /** The most connections that all services may open together: four fifths of what the class has, at most. */
  connections: number;
  /** Somebody is connected by day and night, so that no connection is an outage. @default true */
  steady?: boolean;
  /** How long a transaction may stay open before somebody should look. @default "10 minutes" */
  longestTransaction?: Duration;
  /** How old what a replica gives may be: 6 minutes or more, because without writes RDS counts up to five. @default "10 minutes" */
  replicaLag?: Duration;
  /** A PostgreSQL exporter is scraped for it, with the label `database` of its name. @default whether the watcher evaluates rules */
  exporter?: boolean;
  /** Name of the service that owns it: it labels the rules' alerts. */
  service?: string;
  /** What this database does differently, by signal id. */
  changes?: Changes<typeof databaseSignals>;
  /** Who is told. */
  watcher: Watcher;
}

/** How an existing database is watched. */
export interface WatchDatabaseOptions extends DatabaseExpectations {
  /** `max_connections` of its parameter group. @default nine tenths of what RDS's formula gives for the class */
  maxConnections?: number;
  /** Database Insights (or Performance Insights) is on, and counts sessions. @default true */
  insights?: boolean;
  /** The volume is of the type gp2. @default false */
  gp2?: boolean;
}

/** What a database is made from, besides its network. */
export interface DatabaseSettings extends DatabaseExpectations {
  /** Major version; RDS keeps its minor version current. Raising it is an outage of minutes, and needs `upgrade`. @default "18" */
  version?: DatabaseVersion;
  /** Allows the next update to raise the major version. @default false */
  upgrade?: boolean;
  /** A standby in a second zone, which takes over by itself. @default true */
  multiZone?: boolean;
  /** Copies that are read: 0 to 5. @default 0 */
  replicas?: number;
  /** How long automated backups are kept: 1 to 35 days. @default "14 days" */
  backupRetention?: Duration;
  /** Name of the backup plan that takes it besides, or why it needs none. @default not said: nothing else backs it up */
  backup?: Backup;
  /** Daily, in UTC, half an hour or more. @default "01:00-02:00" */
  backupWindow?: string;
  /** Weekly, in UTC, half an hour or more, away from the backups. @default "sun:02:30-sun:03:30" */
  maintenanceWindow?: string;
  /** Database Insights: a week of load by statement, or fifteen months and more detail for money. @default "standard" */
  insights?: "standard" | "advanced";
  /** A statement that takes longer is logged: 1 millisecond to 1 hour. @default "1 second" */
  slowStatement?: Duration;
  /** Refuses to be deleted or replaced, and stays in the account when it leaves the program. @default true */
  protect?: boolean;
  /** Changes that restart it do so at once instead of in its maintenance window. @default false */
  applyImmediately?: boolean;
}

/** What a database is made from. */
export interface DatabaseArgs extends DatabaseSettings, Place {
  /** Isolated subnets, in two zones or more. */
  subnets: Input<readonly Input<string>[]>;
  /** Who may reach port 5432. */
  securityGroups: readonly Input<string>[];
  /** Identifier in RDS, which names the log groups beforehand. Replaces the database. @default the component's name */
  identifier?: string;
  /** The first database inside. Replaces the instance. @default the identifier, with underscores for hyphens */
  databaseName?: string;
  /** Customer managed key for storage, logs, password and insights. CloudWatch Logs must be allowed to use it. @default one of its own */
  kmsKeyId?: Input<string>;
  /** Last changes to the arguments of the resources, for what has no option here. */
  transform?: { instance?: Transform<InstanceArgs>; parameterGroup?: Transform<ParameterGroupArgs> };
}

/** Arguments with every default in place, in seconds and GiB. */
export interface NormalDatabase {
  readonly size: DatabaseSize;
  readonly identifier: string;
  readonly databaseName: string;
  readonly version: DatabaseVersion;
  readonly multiZone: boolean;
  readonly replicas: number;
  readonly backupDays: number;
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
  readonly insights: "standard" | "advanced";
  /** Milliseconds. */
  readonly slowStatement: number;
  readonly maxConnections: number;
}

/** Times with which no window of a production database should begin to matter: the night of Europe. */
const windows = { backup: "01:00-02:00", maintenance: "sun:02:30-sun:03:30" };

/** A class that is refused has been told already: any numbers will do until the error is thrown. */
const unknownSize = { vcpus: 1, memory: 0, cpuCredits: false, ebsBurst: false, localStorage: 0 };

interface Given extends DatabaseExpectations {
  readonly replicas?: number;
  readonly maxConnections?: number;
}

function readSize(problems: Problems, args: Given, insights: boolean, gp2: boolean): DatabaseSize {
  problems.add(unknownClass(args.instanceClass));
  const found = classOf(args.instanceClass);
  const { vcpus, memory, cpuCredits, ebsBurst, localStorage } = found ?? unknownSize;
  const amount = (label: string, text: Bytes) => problems.read(label, () => bytes(text)) ?? Number.NaN;
  const time = (label: string, text: Duration) => problems.read(label, () => seconds(text)) ?? Number.NaN;
  const storage = amount("storage", args.storage);
  const { maximumStorage } = args;
  return {
    vcpus,
    memory,
    cpuCredits,
    ebsBurst,
    localStorage,
    storage,
    maximumStorage: maximumStorage === undefined ? 2 * storage : amount("maximumStorage", maximumStorage),
    iops: args.iops ?? includedIops(storage),
    usableConnections: (args.maxConnections ?? (found ? maxConnectionsOf(found) : Number.NaN)) - reservedConnections,
    connections: args.connections,
    steady: args.steady ?? true,
    longestTransaction: time("longestTransaction", args.longestTransaction ?? "10 minutes"),
    replicaLag: time("replicaLag", args.replicaLag ?? "10 minutes"),
    replicas: args.replicas ?? 0,
    gp2,
    insights,
    exporter: args.exporter ?? args.watcher.prometheus !== undefined,
  };
}

/** What is expected of an existing database, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, args: WatchDatabaseOptions, replicas: number): DatabaseSize {
  const problems = new Problems(`database "${name}"`);
  const size = readSize(problems, { ...args, replicas }, args.insights ?? true, args.gp2 ?? false);
  checkDatabase(problems, size, args);
  problems.throwIfAny();
  return size;
}

/** The arguments of a database, checked. Throws one error with every problem. */
export function normalizeDatabase(
  name: string,
  args: DatabaseSettings & Partial<Pick<DatabaseArgs, "identifier" | "databaseName" | "subnets">>,
): NormalDatabase {
  const problems = new Problems(`database "${name}"`);
  const identifier = args.identifier ?? name;
  const size = readSize(problems, args, true, false);
  const time = (label: string, text: Duration) => problems.read(label, () => seconds(text)) ?? Number.NaN;
  const normal: NormalDatabase = {
    size,
    identifier,
    databaseName: args.databaseName ?? identifier.replace(/-/g, "_"),
    version: args.version ?? "18",
    multiZone: args.multiZone ?? true,
    replicas: size.replicas,
    backupDays: time("backupRetention", args.backupRetention ?? "14 days") / 86_400,
    backupWindow: args.backupWindow ?? windows.backup,
    maintenanceWindow: args.maintenanceWindow ?? windows.maintenance,
    insights: args.insights ?? "standard",
    slowStatement: time("slowStatement", args.slowStatement ?? "1 second") * 1_000,
    maxConnections: size.usableConnections + reservedConnections,
  };
  checkDatabase(problems, size, args, normal);
  if (args.backup !== undefined) problems.add(checkPlan("backup", args.backup));
  problems.unless(
    !Array.isArray(args.subnets) || args.subnets.length >= 2,
    "subnets must be two or more, in different zones",
    args.subnets,
  );
  problems.throwIfAny();
  return normal;
}
