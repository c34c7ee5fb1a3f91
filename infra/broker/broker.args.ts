import type { BrokerArgs as MqBrokerArgs } from "@pulumi/aws/mq/broker.js";
import type { Input } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import type { Transform } from "../kit/transform";
import { type Bytes, bytes, type Duration, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import {
  type BrokerVersion,
  type Configured,
  checkMaintenance,
  type Maintenance,
  versionProblem,
} from "./broker.configuration";
import { brokerMistakes } from "./broker.rules";
import type { brokerSignals } from "./broker.signals";
import {
  type BrokerInstanceType,
  type BrokerMode,
  type BrokerSize,
  type Configurable,
  instanceTypes,
  limitsOf,
  nodesOf,
  unknownLimits,
} from "./sizes";

/** What is expected of a broker: its alarms are made from it. */
export interface BrokerExpectations {
  /** Size of each node; RabbitMQ 4 runs on mq.m7g only. `mq.m7g.medium` is for evaluation, and not for a cluster. */
  instanceType: BrokerInstanceType;
  /** Three nodes in three zones, or one that is gone while it is patched. Replaces the broker. */
  mode: BrokerMode;
  /** Connections of all clients together on a usual day: they must fit while a node is down. 0 for a broker that is not in use yet. */
  connections: number;
  /** How long a message may wait in any of its queues before somebody feels it. */
  oldestMessage: Duration;
  /** Its endpoint for Prometheus is read, with the labels that `scrapeConfigs` gives: queues can be watched only then. @default true */
  scraped?: boolean;
  /** More than Amazon MQ allows by default, of connections and channels on each node, and of queues. @default those of its size */
  limits?: Readonly<Partial<Record<Configurable, number>>>;
  /** The service that owns it, where it is not everybody's. */
  service?: string;
  /** What this broker does differently, by signal id. */
  changes?: Changes<typeof brokerSignals>;
  /** Who is told. */
  watcher: Watcher;
}

/** How an existing RabbitMQ broker is watched. */
export type WatchBrokerOptions = BrokerExpectations;

/** What a broker is made from. */
export interface BrokerArgs extends BrokerExpectations, Place {
  /** One in each zone: a cluster uses three of them, a single node the first. Changing them replaces the broker. */
  subnets: Input<readonly Input<string>[]>;
  /** At most 5. Amazon MQ cannot change them later: what may reach the broker is changed in their rules. */
  securityGroups: readonly Input<string>[];
  /** @default "4.3" */
  version?: BrokerVersion;
  /** When Amazon MQ patches it, and applies what waits. */
  maintenance: Maintenance;
  /** After how long an unacknowledged message is taken back from its consumer. @default "30 minutes" */
  consumerTimeout?: Duration;
  /** Largest message: up to 128 MiB. @default "512 KiB" */
  largestMessage?: Bytes;
  /** Changes do not wait for the maintenance window: the broker restarts. @default false */
  applyImmediately?: boolean;
  /** Customer managed key for its disks and its secrets. @default a key of its own */
  key?: Input<string>;
  /** The engine refuses to delete or replace it, its key and its secrets. @default true */
  protect?: boolean;
  /** A last change to the arguments of the broker, for what has no option here. */
  transform?: { broker?: Transform<MqBrokerArgs> };
}

/** Arguments with every default in place. */
export interface NormalBroker {
  readonly size: BrokerSize;
  readonly configured: Configured;
}

function readSize(problems: Problems, args: BrokerExpectations): BrokerSize {
  const { instanceType, mode, connections, limits = {}, scraped = true } = args;
  const usual = limitsOf(instanceType, mode);
  problems.unless(usual !== undefined, `instanceType must be one of ${instanceTypes.join(", ")}`, instanceType);
  return {
    nodes: nodesOf(mode),
    limits: { ...(usual ?? unknownLimits), ...limits },
    connections,
    oldestMessage: problems.read("oldestMessage", () => seconds(args.oldestMessage)) ?? Number.NaN,
    scraped,
  };
}

function checkSize(problems: Problems, args: BrokerExpectations, size: BrokerSize): void {
  const { connections, watcher, changes } = args;
  problems.unless(
    Number.isInteger(connections) && connections >= 0,
    "connections must be a whole number of 0 or more",
    connections,
  );
  for (const { path, allowed, got } of brokerMistakes(args))
    problems.unless(false, `${path.join(".")} must be ${allowed}`, got);
  problems.unless(
    !(size.oldestMessage < 60),
    "oldestMessage must be at least 1 minute, because its queues are read once a minute",
    args.oldestMessage,
  );
  problems.unless(
    !size.scraped || watcher.prometheus !== undefined,
    "its queues can be watched only with rules of Prometheus: give its watcher the workspace (prometheus: { workspaceId }), or say scraped: false where nobody reads its endpoint",
  );
  checkChanges(problems, changes);
}

/** What is expected of an existing broker, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, args: BrokerExpectations): BrokerSize {
  const problems = new Problems(`broker "${name}"`);
  const size = readSize(problems, args);
  checkSize(problems, args, size);
  problems.throwIfAny();
  return size;
}

/** The arguments of a broker, checked. Throws one error with every problem. */
export function normalizeBroker(name: string, args: BrokerArgs): NormalBroker {
  const problems = new Problems(`broker "${name}"`);
  problems.add(checkName("broker", name));
  const size = readSize(problems, args);
  checkSize(problems, args, size);
  const version = args.version ?? "4.3";
  problems.add(versionProblem(version));
  checkMaintenance(problems, args.maintenance);
  checkPlace(problems, args);
  const groups = args.securityGroups.length;
  problems.unless(groups >= 1 && groups <= 5, "securityGroups must be 1 to 5 groups", groups);
  const timeout = problems.read("consumerTimeout", () => seconds(args.consumerTimeout ?? "30 minutes")) ?? Number.NaN;
  problems.unless(
    !(timeout < 60 || timeout > 2_147_483),
    "consumerTimeout must be 1 minute to 24 days",
    args.consumerTimeout,
  );
  const largest = problems.read("largestMessage", () => bytes(args.largestMessage ?? "512 KiB")) ?? Number.NaN;
  problems.unless(
    !(largest < 1_024 || largest > bytes("128 MiB")),
    "largestMessage must be 1 KiB to 128 MiB",
    args.largestMessage,
  );
  problems.throwIfAny();
  return {
    size,
    configured: { version, consumerTimeout: timeout, largestMessage: largest, limits: args.limits ?? {} },
  };
}
