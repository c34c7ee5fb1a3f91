import type { GraphResource } from "../signal/graph";
import { type Cost, defineKind } from "../signal/kind";
import type { PriceKey } from "../signal/prices";
import { classOf, type DatabaseClass, maxConnectionsOf, reservedConnections } from "./classes";
import { type DatabaseRole, type DatabaseSize, databaseSignals } from "./database.signals";
import { includedIops } from "./storage";

const gib = 2 ** 30;
/** What bills count in an average month. */
const hoursPerMonth = 730;

const numeric = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
const text = (value: unknown) => (typeof value === "string" ? value : "");

/** Instances are billed in proportion to their size within a family: what a large one costs an hour. */
const prices: Readonly<Record<string, PriceKey>> = {
  t4g: "rds.postgres.t4g",
  m7g: "rds.postgres.m7g",
};
/** In a burstable family the small classes have the vCPUs of a large one, and a part of its memory and price. */
const larges = ({ family, vcpus, memory }: DatabaseClass) => (family === "t4g" ? memory / (8 * gib) : vcpus / 2);

/** A class that the table does not have: the smallest numbers that could be true, so that no limit is too wide. */
const unknown: DatabaseClass = {
  vcpus: 2,
  memory: gib,
  cpuCredits: false,
  ebsBurst: false,
  localStorage: 0,
  family: "",
};

const isReplica = ({ known, madeFrom }: GraphResource) =>
  known.replicateSourceDb !== undefined || madeFrom.replicateSourceDb !== undefined;

function costs({ name, known }: GraphResource, role: DatabaseRole, size: DatabaseSize): readonly Cost[] {
  const instanceClass = text(known.instanceClass);
  const found = classOf(instanceClass);
  const zones = known.multiAz === true ? 2 : 1;
  const price = found && prices[found.family];
  const advanced = known.databaseInsightsMode === "advanced";
  return [
    {
      item: `${instanceClass || "instance"} of ${name}${zones === 2 ? ", in two zones" : ""}`,
      ...(price && { price, quantity: larges(found) * zones * hoursPerMonth }),
    },
    {
      item: `storage of ${name}`,
      ...(size.storage > 0 && { price: "rds.storage.gp3" as const, quantity: (size.storage / gib) * zones }),
    },
    ...(role === "primary" ? [{ item: `backups of ${name} beyond its storage`, price: "rds.backup" as const }] : []),
    ...(advanced
      ? [
          {
            item: `Database Insights Advanced of ${name}`,
            price: "rds.insights.advanced" as const,
            quantity: size.vcpus * zones * hoursPerMonth,
          },
        ]
      : []),
  ];
}

/** Databases as the catalogue knows them, ours and those of any other program. */
export const databaseKind = defineKind<DatabaseRole, "database", DatabaseSize>({
  name: "database",
  types: ["aws:rds/instance:Instance"],
  signals: databaseSignals,
  nameOf: { DBInstanceIdentifier: "identifier" },
  named: { primary: "^(?!.*replica)", replica: "replica" },
  roleOf: (resource) => (isReplica(resource) ? "replica" : "primary"),
  sizeOf: ({ known }) => {
    const { vcpus, memory, cpuCredits, ebsBurst, localStorage } = classOf(text(known.instanceClass)) ?? unknown;
    const storage = numeric(known.allocatedStorage, 0) * gib;
    return {
      vcpus,
      memory,
      cpuCredits,
      ebsBurst,
      localStorage,
      storage,
      maximumStorage: numeric(known.maxAllocatedStorage, numeric(known.allocatedStorage, 0)) * gib,
      iops: numeric(known.iops, includedIops(storage)),
      usableConnections: maxConnectionsOf({ memory }) - reservedConnections,
      connections: 0,
      steady: true,
      longestTransaction: 600,
      replicaLag: 600,
      replicas: 0,
      gp2: known.storageType === "gp2",
      insights: known.performanceInsightsEnabled === true,
      exporter: false,
    };
  },
  costs: (resource, role, size) => costs(resource, role, size),
});
