import assert from "node:assert/strict";
import { record } from "../kit/recorder";
import type { Bytes, Duration } from "../kit/units";
import { Database } from "./database";
import type { DatabaseArgs } from "./database.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: DatabaseArgs = {
  account: "123456789012",
  region: "eu-central-1",
  subnets: ["subnet-a", "subnet-b"],
  securityGroups: ["sg-database"],
  instanceClass: "db.m7g.large",
  storage: "100 GiB",
  connections: 200,
  watcher,
};

describe("bad arguments of a database", () => {
  const cases: readonly [string, Partial<DatabaseArgs>, string][] = [
    [
      "an unknown class",
      { instanceClass: "db.m7g.big" },
      "instanceClass must be one that infra/database/classes.ts knows: did you mean db.m7g.large?",
    ],
    ["too little storage", { storage: "19 GiB" }, 'storage must be whole GiB, 20 GiB to 64 TiB, got "19 GiB"'],
    ["half a GiB", { storage: "20.5 GiB" }, 'storage must be whole GiB, 20 GiB to 64 TiB, got "20.5 GiB"'],
    [
      "a maximum within a tenth",
      { maximumStorage: "109 GiB" },
      'maximumStorage must be 110 % of storage (100 GiB) or more, which is the least that RDS grows by, and 64 TiB at most, got "109 GiB"',
    ],
    [
      "an amount that is none",
      { storage: "much" as Bytes },
      'storage: "much" is not an amount of data: write "256 KiB", "20 GiB" or another of B, KiB, MiB, GiB, TiB',
    ],
    [
      "operations for a small volume",
      { iops: 12_000 },
      "iops must be a whole number from 12000 to 64000, and can only be bought for 400 GiB of storage or more: leave it out below, got 12000",
    ],
    [
      "more connections than there are",
      { connections: 645 },
      "connections must be a whole number from 1 to 644, four fifths of what db.m7g.large has for services, got 645",
    ],
    [
      "no connections",
      { connections: 0 },
      "connections must be a whole number from 1 to 644, four fifths of what db.m7g.large has for services, got 0",
    ],
    [
      "no backups",
      { backupRetention: "0 days" },
      'backupRetention must be whole days, 1 to 35: without backups there is no restore to a point in time, and no replica, got "0 days"',
    ],
    [
      "backups for part of a day",
      { backupRetention: "36 hours" },
      'backupRetention must be whole days, 1 to 35: without backups there is no restore to a point in time, and no replica, got "36 hours"',
    ],
    [
      "a plan that cannot be named so",
      { backup: "Daily" },
      'backup must be the name of a backup plan (lower-case letters, digits and hyphens, at most 50, not "none"), got "Daily"',
    ],
    ["a single subnet", { subnets: ["subnet-a"] }, 'subnets must be two or more, in different zones, got ["subnet-a"]'],
    ["too many replicas", { replicas: 6 }, "replicas must be a whole number from 0 to 5, got 6"],
    [
      "a lag that nobody causes",
      { replicaLag: "5 minutes" },
      'replicaLag must be at least 6 minutes: while nobody writes, RDS counts a lag of up to five, got "5 minutes"',
    ],
    [
      "no patience",
      { longestTransaction: "0 seconds" },
      'longestTransaction must be at least 1 second, got "0 seconds"',
    ],
    [
      "a length of time that is none",
      { slowStatement: "soon" as Duration },
      'slowStatement: "soon" is not a length of time: write "30 seconds", "10 minutes", "6 hours" or "14 days"',
    ],
    [
      "statements that are never slow",
      { slowStatement: "2 hours" },
      'slowStatement must be 1 millisecond to 1 hour, got "2 hours"',
    ],
    [
      "a backup window without an end",
      { backupWindow: "01:00" },
      'backupWindow must be half an hour or more of a day in UTC, written like "01:00-02:00", got "01:00"',
    ],
    [
      "maintenance during the backup",
      { backupWindow: "03:00-04:00" },
      'maintenanceWindow must be away from backupWindow (03:00-04:00), got "sun:02:30-sun:03:30"',
    ],
    [
      "an identifier that RDS does not take",
      { identifier: "Shop", databaseName: "shop" },
      'name of database "Shop": use only lower-case letters, digits and single hyphens, beginning with a letter and ending with none',
    ],
    [
      "a name of the database inside",
      { databaseName: "shop-db" },
      'databaseName must begin with a letter and hold letters, digits and underscores, 63 at most, got "shop-db"',
    ],
    [
      "a signal that is off without a reason",
      { changes: { "database-cpu": { off: " " } } },
      'changes: "database-cpu" is off without a reason: say why in words',
    ],
  ];

  for (const [what, args, message] of cases) {
    it(`are refused: ${what}`, () => {
      assert.throws(() => new Database("shop", { ...usual, ...args }), {
        name: "RangeError",
        message: `database "shop": ${message}`,
      });
    });
  }

  it("are told all at once, and leave nothing half made", async () => {
    const recording = await record(() => {
      assert.throws(
        () => new Database("shop", { ...usual, replicas: -1, storage: "1 GiB", connections: 0.5 }),
        (error: Error) => error.message.split("\n").length === 3,
      );
    });
    assert.deepEqual(recording.resources, []);
  });
});
