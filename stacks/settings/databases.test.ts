import assert from "node:assert/strict";
import { normalizeDatabase } from "../../infra/database/database.args";
import { platformDatabases } from "./databases";
import { answers, least, mistakesIn, parsed } from "./testing";

const shop = (given: unknown) => ({ "vigia:databases": { shop: given } });

describe("a mistake in a database is answered with key, value and what is allowed", () => {
  answers([
    [
      "a class that RDS does not have",
      shop({ instanceClass: "db.m7g.xlagre" }),
      'vigia:databases.shop.instanceClass = "db.m7g.xlagre": one that infra/database/classes.ts knows: did you mean db.m7g.xlarge?',
    ],
    [
      "a class that is no text",
      shop({ instanceClass: 7 }),
      'vigia:databases.shop.instanceClass = 7: a class of RDS, such as "db.m7g.large"',
    ],
    [
      "storage without a unit",
      shop({ storage: 400 }),
      'vigia:databases.shop.storage = 400: an amount of data, written like "256 KiB"',
    ],
    [
      "storage that RDS does not give",
      shop({ storage: "19 GiB" }),
      'vigia:databases.shop.storage = "19 GiB": whole GiB, 20 GiB to 64 TiB',
    ],
    [
      "a maximum that leaves no room to grow",
      shop({ maximumStorage: "439 GiB" }),
      'vigia:databases.shop.maximumStorage = "439 GiB": 110 % of storage (400 GiB) or more, which is the least that RDS grows by, and 64 TiB at most',
    ],
    [
      "operations for a volume that is too small for them",
      { "vigia:databases": { mes: { iops: 12_000 } } },
      "vigia:databases.mes.iops = 12000: a whole number from 12000 to 64000, and can only be bought for 400 GiB of storage or more: leave it out below",
    ],
    [
      "more operations than there are",
      shop({ iops: 64_001 }),
      "vigia:databases.shop.iops = 64001: a whole number from 12000 to 64000",
    ],
    [
      "more connections than the class has",
      shop({ connections: 1_294 }),
      "vigia:databases.shop.connections = 1294: a whole number from 1 to 1293, four fifths of what db.m7g.xlarge has for services",
    ],
    ["no connections", shop({ connections: 0 }), "vigia:databases.shop.connections = 0: a whole number of 1 or more"],
    [
      "no backups",
      shop({ backupRetention: "0 days" }),
      'vigia:databases.shop.backupRetention = "0 days": whole days, 1 to 35, written like "14 days": without backups there is no restore and no replica',
    ],
    [
      "backups for longer than RDS keeps them",
      shop({ backupRetention: "36 days" }),
      'vigia:databases.shop.backupRetention = "36 days": whole days, 1 to 35, written like "14 days": without backups there is no restore and no replica',
    ],
    [
      "a version that RDS does not offer",
      shop({ version: "15" }),
      'vigia:databases.shop.version = "15": "16" or "17" or "18"',
    ],
    ["half a replica", shop({ replicas: 0.5 }), "vigia:databases.shop.replicas = 0.5: a whole number from 0 to 5"],
    [
      "a lag that idle primaries reach",
      shop({ replicaLag: "5 minutes" }),
      'vigia:databases.shop.replicaLag = "5 minutes": 6 minutes to 7 days in whole seconds, written like "10 minutes"',
    ],
    [
      "maintenance during the backup",
      shop({ maintenanceWindow: "mon:01:30-mon:02:30" }),
      'vigia:databases.shop.maintenanceWindow = "mon:01:30-mon:02:30": away from backupWindow (01:00-02:00)',
    ],
    [
      "a window of minutes",
      shop({ backupWindow: "01:00-01:20" }),
      'vigia:databases.shop.backupWindow = "01:00-01:20": half an hour or more of a day in UTC, written like "01:00-02:00"',
    ],
    [
      "a mode of insights that is none",
      shop({ insights: "basic" }),
      'vigia:databases.shop.insights = "basic": "standard" or "advanced"',
    ],
    [
      "a slow statement of no time",
      shop({ slowStatement: "0 seconds" }),
      'vigia:databases.shop.slowStatement = "0 seconds": 0.001 seconds to 1 hour, written like "0.5 seconds"',
    ],
    [
      "a backup plan that the stack does not have",
      shop({ backup: "hourly" }),
      'vigia:databases.shop.backup = "hourly": a plan of vigia:recovery.plans: databases, files',
    ],
    [
      "no backup plan, without a reason",
      shop({ backup: false }),
      'vigia:databases.shop.backup = false: the name of a backup plan, or why there is none: {"none": "test data only"}',
    ],
    [
      "a misspelt signal",
      shop({ changes: { "database-cpus": { off: "a batch" } } }),
      "vigia:databases.shop.changes.database-cpus is not a setting: did you mean vigia:databases.shop.changes.database-cpu?",
    ],
    [
      "a name that RDS does not take",
      {
        "vigia:databases": {
          Crm: { instanceClass: "db.t4g.medium", storage: "20 GiB", connections: 20, backup: { none: "test" } },
        },
      },
      'vigia:databases.Crm: name of database "Crm": use only lower-case letters, digits and single hyphens, beginning with a letter and ending with none',
    ],
  ]);

  it("and names what is missing of a new one", () => {
    assert.deepEqual(
      mistakesIn({
        ...least,
        "vigia:databases": { crm: { storage: "20 GiB", connections: 20, backup: { none: "test" } } },
      }),
      ['vigia:databases.crm.instanceClass is missing: a class of RDS, such as "db.m7g.large"'],
    );
  });
});

describe("databases of a stack", () => {
  it("are those of the platform, with what the stack changes", () => {
    const { databases } = parsed({ "vigia:databases": { shop: { multiZone: false }, mes: null } });
    assert.deepEqual(Object.keys(databases), ["shop"]);
    assert.equal(databases.shop?.multiZone, false);
    assert.equal(databases.shop?.instanceClass, "db.m7g.xlarge");
  });

  it("are what the component takes, as production has them", () => {
    const watcher = { actions: { page: [], ticket: [] }, runbooks: "" };
    for (const [name, one] of Object.entries(platformDatabases))
      assert.ok(normalizeDatabase(name, { ...one, watcher }));
  });
});
