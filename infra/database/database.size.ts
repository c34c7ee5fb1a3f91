import { cloudwatch } from "../signal/signal";
import type { Statistic } from "../signal/spec";

/** What an instance is: the one that is written to, or a copy that is read. */
export type DatabaseRole = "primary" | "replica";

/** What an instance declares of itself; limits are functions of it. Seconds and bytes. */
export interface DatabaseSize {
  readonly vcpus: number;
  readonly memory: number;
  /** Allocated when it was declared. Autoscaling may have added to it since, which no metric tells. */
  readonly storage: number;
  /** Up to where autoscaling goes; the same as {@link storage} without. */
  readonly maximumStorage: number;
  /** What the volume can do a second. */
  readonly iops: number;
  /** Connections that services can have: `max_connections` without those that are reserved. */
  readonly usableConnections: number;
  /** The most that services are expected to open together; 0 where nobody said. */
  readonly connections: number;
  /** Somebody is always connected, by day and night. */
  readonly steady: boolean;
  /** How long a transaction may stay open. */
  readonly longestTransaction: number;
  /** How far a replica may be behind. */
  readonly replicaLag: number;
  readonly replicas: number;
  readonly cpuCredits: boolean;
  readonly ebsBurst: boolean;
  /** Its own NVMe disk; 0 without. */
  readonly localStorage: number;
  /** Its volume is of the type gp2, which bursts. */
  readonly gp2: boolean;
  /** Database Insights counts its sessions. */
  readonly insights: boolean;
  /** A PostgreSQL exporter is scraped, and its rules are evaluated. */
  readonly exporter: boolean;
}

/** One metric of an instance. */
export const metric = (name: string, statistic: Statistic) =>
  cloudwatch("AWS/RDS", name, statistic, { DBInstanceIdentifier: "database" });

const gib = 2 ** 30;

/** The size at which limits are proven: that of a db.m7g.large with 100 GiB that may grow to 500, and every feature that a signal can depend on. */
export const example: DatabaseSize = {
  vcpus: 2,
  memory: 8 * gib,
  storage: 100 * gib,
  maximumStorage: 500 * gib,
  iops: 3_000,
  usableConnections: 800,
  connections: 200,
  steady: true,
  longestTransaction: 600,
  replicaLag: 600,
  replicas: 1,
  cpuCredits: true,
  ebsBurst: true,
  localStorage: 118e9,
  gp2: true,
  insights: true,
  exporter: true,
};

/** Signals from inside PostgreSQL need somebody who looks. */
export const scraped = {
  holds: ({ exporter }: DatabaseSize) => exporter,
  otherwise: "no PostgreSQL exporter is scraped for it",
} as const;
