/**
 * What a broker holds: virtual hosts with queues, exchanges and bindings, declared in settings and made into RabbitMQ's own definitions. Every queue is a durable
 * quorum queue with a dead-letter queue of its own, because RabbitMQ 4 drops a message after 20 deliveries where there is none ("Quorum Queues: Poison
 * Message Handling", RabbitMQ documentation, 2026-11).
 */
import { type Duration, seconds } from "../kit/units";
import { adminUser, applicationUsers, monitoringUser } from "./credentials";
import type {
  Arguments,
  BindingDefinition,
  Definitions,
  ExchangeDefinition,
  PermissionDefinition,
  PolicyDefinition,
  QueueDefinition,
} from "./definitions";

/** From where a queue gets messages. */
export interface BindingTopology {
  exchange: string;
  /** Routing key; with `*` and `#` for an exchange of type topic. @default the name of the queue; nothing for a fanout */
  key?: string;
}

/** A queue. It is durable, a quorum queue, and has a dead-letter queue. */
export interface QueueTopology {
  /** Where its messages come from. */
  from: readonly BindingTopology[];
  /** How often a message is delivered again before it becomes a dead letter: 1 to 1,000. @default 5 */
  deliveryLimit?: number;
  /** Messages that it holds; then publishers are refused. @default 1,000,000 */
  maxLength?: number;
  /** How long a message may wait before it becomes a dead letter. @default for ever */
  messageTtl?: Duration;
  /** Only one consumer at a time gets messages, so that their order holds. @default false */
  singleConsumer?: boolean;
}

/** How an exchange chooses queues. */
export type ExchangeType = "topic" | "direct" | "fanout";

export interface ExchangeTopology {
  type: ExchangeType;
}

/** What the services' users may do in a virtual host, as patterns of names. */
export interface PermissionTopology {
  /** Declare and delete. @default nothing: the topology is declared here */
  configure?: string;
  /** Publish. @default everything */
  write?: string;
  /** Consume. @default everything */
  read?: string;
}

export interface VirtualHostTopology {
  description: string;
  exchanges: Readonly<Record<string, ExchangeTopology>>;
  queues: Readonly<Record<string, QueueTopology>>;
  permissions?: PermissionTopology;
}

/** Virtual hosts by name. */
export type Topology = Readonly<Record<string, VirtualHostTopology>>;

/** The exchange of a virtual host through which dead letters go. */
export const deadExchange = "dead";
/** The dead-letter queue of a queue. */
export const deadQueueOf = (queue: string): string => `${queue}.dead`;
/** Whether a queue is one for dead letters. */
export const isDeadQueue = (queue: string): boolean => queue.endsWith(".dead");

export const usualDeliveryLimit = 5;
export const usualMaxLength = 1_000_000;

/**
 * Amazon MQ's own policies have priority 0 or 1, and only one policy applies to a queue ("Amazon MQ for RabbitMQ broker defaults: policies", Amazon MQ Developer
 * Guide, 2026-11): ours are above, and say again what those would.
 */
const priority = 10;

const nothing = "^$";
const everything = ".*";

/** A name as a pattern that matches just it. */
const exactly = (name: string): string => `^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;

/** Quorum queues on disk on three nodes; a queue that keeps the order says so itself, because a policy cannot. */
const queueArguments = ({ singleConsumer }: QueueTopology): Arguments => ({
  "x-queue-type": "quorum",
  ...(singleConsumer === true && { "x-single-active-consumer": true }),
});

const queue = (vhost: string, name: string, args: Arguments): QueueDefinition => ({
  name,
  vhost,
  durable: true,
  auto_delete: false,
  arguments: args,
});

/**
 * What can be changed without a new queue stands in a policy. At-least-once dead-lettering keeps a message in its queue until the dead-letter queue has confirmed
 * it, and wants `reject-publish` ("Quorum Queues: Activating at-least-once dead-lettering", RabbitMQ documentation, 2026-11).
 */
function policyOf(vhost: string, name: string, topology: QueueTopology): PolicyDefinition {
  const { deliveryLimit = usualDeliveryLimit, maxLength = usualMaxLength, messageTtl } = topology;
  return {
    vhost,
    name,
    pattern: exactly(name),
    "apply-to": "quorum_queues",
    definition: {
      "dead-letter-exchange": deadExchange,
      "dead-letter-routing-key": name,
      "dead-letter-strategy": "at-least-once",
      "delivery-limit": deliveryLimit,
      "max-length": maxLength,
      overflow: "reject-publish",
      ...(messageTtl !== undefined && { "message-ttl": 1_000 * seconds(messageTtl) }),
    },
    priority,
  };
}

/** A dead letter stays until a person takes it: it is never dropped, however often it is looked at (-1: no limit). A full queue leaves it where it came from. */
const policyOfDead = (
  vhost: string,
  name: string,
  { maxLength = usualMaxLength }: QueueTopology,
): PolicyDefinition => ({
  vhost,
  name: deadQueueOf(name),
  pattern: exactly(deadQueueOf(name)),
  "apply-to": "quorum_queues",
  definition: { "delivery-limit": -1, "max-length": maxLength, overflow: "reject-publish" },
  priority,
});

const exchange = (vhost: string, name: string, type: string, internal: boolean): ExchangeDefinition => ({
  name,
  vhost,
  type,
  durable: true,
  auto_delete: false,
  internal,
  arguments: {},
});

const binding = (vhost: string, source: string, destination: string, key: string): BindingDefinition => ({
  source,
  vhost,
  destination,
  destination_type: "queue",
  routing_key: key,
  arguments: {},
});

/** The routing key of a binding. */
export const keyOf = (queue: string, { exchange, key }: BindingTopology, { exchanges }: VirtualHostTopology): string =>
  key ?? (exchanges[exchange]?.type === "fanout" ? "" : queue);

function ofVirtualHost(vhost: string, topology: VirtualHostTopology): Omit<Definitions, "users"> {
  const { description, exchanges, permissions = {} } = topology;
  const queues = Object.entries(topology.queues);
  const { configure = nothing, write = everything, read = everything } = permissions;
  const described = { description, tags: [], default_queue_type: "quorum" } as const;
  return {
    vhosts: [{ name: vhost, ...described, metadata: described }],
    permissions: applicationUsers.map((user): PermissionDefinition => ({ user, vhost, configure, write, read })),
    policies: queues.flatMap(([name, one]) => [policyOf(vhost, name, one), policyOfDead(vhost, name, one)]),
    queues: queues.flatMap(([name, one]) => [
      queue(vhost, name, queueArguments(one)),
      queue(vhost, deadQueueOf(name), { "x-queue-type": "quorum" }),
    ]),
    exchanges: [
      ...Object.entries(exchanges).map(([name, { type }]) => exchange(vhost, name, type, false)),
      // Nobody but the broker publishes dead letters.
      ...(queues.length > 0 ? [exchange(vhost, deadExchange, "direct", true)] : []),
    ],
    bindings: queues.flatMap(([name, one]) => [
      ...one.from.map((from) => binding(vhost, from.exchange, name, keyOf(name, from, topology))),
      binding(vhost, deadExchange, deadQueueOf(name), name),
    ]),
  };
}

/** The definitions of a topology, always in the same order. */
export function definitionsOf(topology: Topology): Definitions {
  const hosts = Object.entries(topology).map(([name, one]) => ofVirtualHost(name, one));
  return {
    users: [
      { name: adminUser, tags: ["administrator"] },
      ...applicationUsers.map((name) => ({ name, tags: [] })),
      { name: monitoringUser, tags: ["monitoring"] },
    ],
    vhosts: hosts.flatMap(({ vhosts }) => vhosts),
    permissions: hosts.flatMap(({ permissions }) => permissions),
    policies: hosts.flatMap(({ policies }) => policies),
    queues: hosts.flatMap(({ queues }) => queues),
    exchanges: hosts.flatMap(({ exchanges }) => exchanges),
    bindings: hosts.flatMap(({ bindings }) => bindings),
  };
}
