import { checkName } from "../kit/names";
import type { Problems } from "../kit/problems";
import { checkChanges } from "../signal/changes";
import type { DatabaseExpectations, DatabaseSettings, NormalDatabase } from "./database.args";
import type { DatabaseSize } from "./database.signals";
import { largestStorage, leastGrowth, leastIops, mostIops, smallestStorage, stripedFrom } from "./storage";
import { databaseVersions } from "./versions";
import { isBackupWindow, isMaintenanceWindow, windowsOverlap } from "./windows";

const gib = 2 ** 30;

/** Shares of the usable connections that services may plan with: the rest is for deployments, people and the exporter. */
const planned = 0.8;

/** A number that could not be read has been told already, and passes (NaN). */
const within = (value: number, least: number, most: number) => !(value < least || value > most);

function checkStorage(problems: Problems, { storage, maximumStorage, iops }: DatabaseSize, args: DatabaseExpectations) {
  problems.unless(
    within(storage, smallestStorage, largestStorage) && (Number.isNaN(storage) || storage % gib === 0),
    "storage must be whole GiB, 20 GiB to 64 TiB",
    args.storage,
  );
  problems.unless(
    !(maximumStorage < leastGrowth * storage) && within(maximumStorage, 0, largestStorage),
    `maximumStorage must be 110 % of storage (${args.storage}) or more, which is the least that RDS grows by, and 64 TiB at most`,
    args.maximumStorage,
  );
  if (args.iops === undefined) return;
  problems.unless(
    Number.isInteger(iops) && within(iops, leastIops, mostIops) && !(storage < stripedFrom),
    "iops must be a whole number from 12000 to 64000, and can only be bought for 400 GiB of storage or more: leave it out below",
    args.iops,
  );
}

function checkSettings(problems: Problems, args: DatabaseSettings, normal: NormalDatabase): void {
  const { backupDays, backupWindow, maintenanceWindow, replicas, slowStatement, identifier, databaseName } = normal;
  problems.add(
    checkName("database", replicas > 0 ? `${identifier}-replica-${replicas}` : identifier, { physical: true }),
  );
  problems.unless(
    /^[A-Za-z]\w{0,62}$/.test(databaseName),
    "databaseName must begin with a letter and hold letters, digits and underscores, 63 at most",
    databaseName,
  );
  problems.unless(
    databaseVersions.includes(normal.version),
    `version must be one of ${databaseVersions.join(", ")}`,
    normal.version,
  );
  problems.unless(
    within(backupDays, 1, 35) && (Number.isNaN(backupDays) || Number.isInteger(backupDays)),
    "backupRetention must be whole days, 1 to 35: without backups there is no restore to a point in time, and no replica",
    args.backupRetention,
  );
  problems.unless(
    Number.isInteger(replicas) && within(replicas, 0, 5),
    "replicas must be a whole number from 0 to 5",
    replicas,
  );
  problems.unless(
    isBackupWindow(backupWindow),
    'backupWindow must be half an hour or more of a day in UTC, written like "01:00-02:00"',
    backupWindow,
  );
  problems.unless(
    isMaintenanceWindow(maintenanceWindow),
    'maintenanceWindow must be half an hour to a day of the week in UTC, written like "sun:02:30-sun:03:30"',
    maintenanceWindow,
  );
  problems.unless(
    !windowsOverlap(backupWindow, maintenanceWindow),
    `maintenanceWindow must be away from backupWindow (${backupWindow})`,
    maintenanceWindow,
  );
  problems.unless(
    within(slowStatement, 1, 3_600_000),
    "slowStatement must be 1 millisecond to 1 hour",
    args.slowStatement,
  );
}

/**
 * Notes what is wrong with the arguments of a database, told with what was given.
 * @param normal absent for a database that exists already
 */
export function checkDatabase(
  problems: Problems,
  size: DatabaseSize,
  args: DatabaseSettings | DatabaseExpectations,
  normal?: NormalDatabase,
): void {
  checkStorage(problems, size, args);
  const most = Math.floor(planned * size.usableConnections);
  problems.unless(
    Number.isInteger(args.connections) && args.connections >= 1 && !(args.connections > most),
    `connections must be a whole number from 1 to ${Number.isNaN(most) ? "four fifths of what its class has" : most}, four fifths of what ${args.instanceClass} has for services`,
    args.connections,
  );
  problems.unless(
    within(size.longestTransaction, 1, Number.POSITIVE_INFINITY),
    "longestTransaction must be at least 1 second",
    args.longestTransaction,
  );
  problems.unless(
    within(size.replicaLag, 360, Number.POSITIVE_INFINITY),
    "replicaLag must be at least 6 minutes: while nobody writes, RDS counts a lag of up to five",
    args.replicaLag,
  );
  checkChanges(problems, args.changes);
  if (normal) checkSettings(problems, args, normal);
}
