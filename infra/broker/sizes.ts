/** What a broker of a size can do: the limits that its alarms are made from. */
import { bytes } from "../kit/units";

/** How a broker is deployed: one node, or three in as many zones. */
export type BrokerMode = "cluster" | "single";

/** Limits of one node that follow from instance type and mode. */
export interface NodeLimits {
  /** Bytes in use at which RabbitMQ blocks publishers. */
  readonly memory: number;
  /** Free bytes under which RabbitMQ blocks publishers. */
  readonly diskFree: number;
  /** Bytes of a new broker's disk: the SDK has no argument for another size. */
  readonly disk: number;
  readonly connections: number;
  readonly channels: number;
  /** In the whole broker. */
  readonly queues: number;
}

/** What may be configured. @see NodeLimits */
export type Configurable = "connections" | "channels" | "queues";

interface SizeRow {
  /** "RabbitMQ memory alarm" and its table of high watermarks, Amazon MQ Developer Guide, 2026-11, in GiB. */
  readonly memory: number;
  /** Disk of a node of a cluster that was given none ("Amazon MQ storage types", Amazon MQ Developer Guide, 2026-11), in GiB. */
  readonly disk: number;
  /** "Default resource limits" and "Maximum resource limit", Amazon MQ Developer Guide, 2026-11, by mode: default, maximum. */
  readonly connections: Readonly<Record<BrokerMode, readonly [number, number]>>;
  readonly channels: Readonly<Record<BrokerMode, readonly [number, number]>>;
  readonly queues: Readonly<Record<BrokerMode, readonly [number, number]>>;
}

/** A row, for sizes whose default limits grow evenly: connections of a single node are three times those of a node in a cluster, channels three times connections. */
const row = (
  memory: number,
  disk: number,
  connections: number,
  most: number,
  queues: readonly [number, number, number],
): SizeRow => ({
  memory,
  disk,
  connections: { cluster: [connections, most], single: [3 * connections, most] },
  channels: { cluster: [3 * connections, 3 * most], single: [9 * connections, 3 * most] },
  queues: { cluster: [queues[0], queues[1]], single: [queues[0], queues[2]] },
});

/** Instance types that run RabbitMQ 4 ("Amazon MQ broker instance types", Amazon MQ Developer Guide, 2026-11). */
const table = {
  "mq.m7g.medium": {
    memory: 1.8,
    disk: 5,
    connections: { cluster: [100, 300], single: [100, 300] },
    channels: { cluster: [300, 900], single: [500, 900] },
    queues: { cluster: [100, 500], single: [500, 2_500] },
  },
  "mq.m7g.large": row(4.3, 15, 500, 5_000, [1_000, 10_000, 20_000]),
  "mq.m7g.xlarge": row(9.3, 25, 1_000, 10_000, [2_000, 15_000, 30_000]),
  "mq.m7g.2xlarge": row(19.3, 45, 2_000, 20_000, [4_000, 20_000, 40_000]),
  "mq.m7g.4xlarge": row(39.4, 90, 4_000, 40_000, [8_000, 30_000, 60_000]),
  "mq.m7g.8xlarge": row(79.7, 175, 8_000, 80_000, [16_000, 40_000, 80_000]),
  "mq.m7g.12xlarge": row(119.8, 260, 12_000, 120_000, [24_000, 50_000, 100_000]),
  "mq.m7g.16xlarge": row(160.1, 345, 16_000, 160_000, [32_000, 60_000, 120_000]),
} as const satisfies Record<string, SizeRow>;

/** An instance type of a broker with RabbitMQ 4. */
export type BrokerInstanceType = keyof typeof table;

/** Whether it is one. */
export const isInstanceType = (type: unknown): type is BrokerInstanceType =>
  typeof type === "string" && Object.hasOwn(table, type);
/** Every instance type, from small to large. */
export const instanceTypes: readonly BrokerInstanceType[] = Object.keys(table).filter(isInstanceType);
/** For evaluation only, says AWS; it is not offered for a cluster that people depend on. */
export const evaluationType: BrokerInstanceType = "mq.m7g.medium";

/** Nodes of a broker: a cluster has three, always. */
export const nodesOf = (mode: BrokerMode): number => (mode === "cluster" ? 3 : 1);

const gib = (count: number): number => Math.round(count * bytes("1 GiB"));

/** Free space under which publishers are blocked, and disk of a single broker ("RabbitMQ disk limit alarm", "Amazon MQ storage types", as above). */
const diskFree: Readonly<Record<BrokerMode, number>> = { cluster: gib(2), single: gib(10) };
const singleDisk = gib(200);

/** The limits of a node, unless configured otherwise; undefined where the instance type is not known. */
export function limitsOf(type: string, mode: BrokerMode): NodeLimits | undefined {
  if (!isInstanceType(type)) return undefined;
  const { memory, disk, connections, channels, queues } = table[type];
  return {
    memory: gib(memory),
    diskFree: diskFree[mode],
    disk: mode === "single" ? singleDisk : gib(disk),
    connections: connections[mode][0],
    channels: channels[mode][0],
    queues: queues[mode][0],
  };
}

/** The most that a limit may be configured to. */
export const mostOf = (type: BrokerInstanceType, mode: BrokerMode, limit: Configurable): number =>
  table[type][limit][mode][1];

/** What an instance declares of itself; limits are functions of it. Bytes and seconds. A limit of 0 is not known. */
export interface BrokerSize {
  readonly nodes: number;
  readonly limits: NodeLimits;
  /** Connections of all clients together on a usual day. */
  readonly connections: number;
  /** How long a message may wait in any of its queues before somebody feels it. */
  readonly oldestMessage: number;
  /** Its endpoint for Prometheus is read: RabbitMQ 4.2 and later have one. */
  readonly scraped: boolean;
}

/** Stands for limits that nobody knows. */
export const unknownLimits: NodeLimits = { memory: 0, diskFree: 0, disk: 0, connections: 0, channels: 0, queues: 0 };
