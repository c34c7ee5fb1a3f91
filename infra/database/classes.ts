/**
 * Instance classes of RDS for PostgreSQL, as numbers that limits and bills are made from. Memory and vCPUs: "Hardware specifications for DB instance classes" (RDS
 * User Guide, 2026-11). Bandwidth to EBS: "Amazon EBS-optimized instance types" (EC2 User Guide, 2026-11). Local disks: "Instance store volumes" (the same guide).
 */
import { nearest } from "../kit/nearest";

/** What an instance class has. */
export interface DatabaseClass {
  readonly vcpus: number;
  /** Bytes. */
  readonly memory: number;
  /** It earns CPU credits, and pays for what it uses beyond them. */
  readonly cpuCredits: boolean;
  /** Its bandwidth to the disk is above the baseline for half an hour a day only, so that a balance is published. */
  readonly ebsBurst: boolean;
  /** Bytes of its own NVMe disk, where temporary files lie; 0 without. */
  readonly localStorage: number;
  readonly family: string;
}

const gib = 2 ** 30;

/** Sizes and their vCPUs, the same in every family but the small burstable ones. */
const vcpus = {
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
  "12xlarge": 48,
  "16xlarge": 64,
  "24xlarge": 96,
  "48xlarge": 192,
} as const;
type Size = keyof typeof vcpus;

/** From this size on the bandwidth to EBS is the same at all times. */
const steadyFrom = vcpus["8xlarge"];

/** Sizes up to 16xlarge, which older generations have. */
const upTo16: readonly Size[] = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];
const upTo48: readonly Size[] = [...upTo16, "24xlarge", "48xlarge"];

/** NVMe disks of the "d" families, in GB as their maker counts. */
const nvme: Readonly<Partial<Record<Size, number>>> = {
  large: 118,
  xlarge: 237,
  "2xlarge": 474,
  "4xlarge": 950,
  "8xlarge": 1_900,
  "12xlarge": 2_850,
  "16xlarge": 3_800,
};

interface Family {
  /** GiB for each vCPU. */
  readonly memory: number;
  readonly sizes: readonly Size[];
  readonly nvme?: true;
}

const families: Readonly<Record<string, Family>> = {
  m6gd: { memory: 4, sizes: upTo16, nvme: true },
  m7g: { memory: 4, sizes: upTo16 },
  m8g: { memory: 4, sizes: upTo48 },
  r6gd: { memory: 8, sizes: upTo16, nvme: true },
  r7g: { memory: 8, sizes: upTo16 },
  r8g: { memory: 8, sizes: upTo48 },
};

/** Burstable classes: vCPUs and GiB. */
const burstable: Readonly<Record<string, readonly [vcpus: number, memory: number]>> = {
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  "2xlarge": [8, 32],
};

/** By name: `db.m7g.large`. */
export const databaseClasses: Readonly<Record<string, DatabaseClass>> = Object.fromEntries([
  ...Object.entries(burstable).map(([size, [cpus, memory]]): [string, DatabaseClass] => [
    `db.t4g.${size}`,
    { vcpus: cpus, memory: memory * gib, cpuCredits: true, ebsBurst: true, localStorage: 0, family: "t4g" },
  ]),
  ...Object.entries(families).flatMap(([family, { memory, sizes, nvme: local }]) =>
    sizes.map((size): [string, DatabaseClass] => {
      const cpus = vcpus[size];
      const localStorage = local ? (nvme[size] ?? 0) * 1e9 : 0;
      const ebsBurst = cpus < steadyFrom;
      return [
        `db.${family}.${size}`,
        { vcpus: cpus, memory: cpus * memory * gib, cpuCredits: false, ebsBurst, localStorage, family },
      ];
    }),
  ),
]);

/** A class, or undefined where the table has none of that name. */
export const classOf = (name: string): DatabaseClass | undefined =>
  Object.hasOwn(databaseClasses, name) ? databaseClasses[name] : undefined;

/** What is wrong with the name of a class; undefined where nothing is. */
export function unknownClass(name: string): string | undefined {
  if (classOf(name)) return undefined;
  const like = nearest(name, Object.keys(databaseClasses));
  return `instanceClass must be one that infra/database/classes.ts knows${like === undefined ? ", such as db.m7g.large" : `: did you mean ${like}?`}`;
}

/** The most that RDS's own formula gives ("Maximum number of database connections", RDS User Guide, 2026-11): LEAST(DBInstanceClassMemory/9531392, 5000). */
const mostByDefault = 5_000;
const bytesPerConnection = 9_531_392;

/**
 * DBInstanceClassMemory is the memory without what RDS and the operating system keep for themselves, which AWS does not publish: nine tenths is less than every
 * class was seen to have.
 */
const afterReserved = 0.9;

/** A `max_connections` that a class has room for: what the formula of RDS gives, or a little less. */
export const maxConnectionsOf = ({ memory }: Pick<DatabaseClass, "memory">): number =>
  Math.min(mostByDefault, Math.floor((memory * afterReserved) / bytesPerConnection));

/**
 * Connections that no service gets: 3 for superusers (`superuser_reserved_connections`) and 2 for RDS (`rds.rds_superuser_reserved_connections`), the
 * defaults of RDS for PostgreSQL ("Working with parameters on your RDS for PostgreSQL DB instance", RDS User Guide, 2026-11).
 */
export const reservedConnections = 5;
