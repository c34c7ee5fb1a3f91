import assert from "node:assert/strict";
import { Instance } from "@pulumi/aws/rds/instance.js";
import { type Recording, record } from "../kit/recorder";
import { Database, watchDatabase, watchReplica } from "./database";
import type { DatabaseArgs } from "./database.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: DatabaseArgs = {
  account: "123456789012",
  region: "eu-central-1",
  subnets: ["subnet-a", "subnet-b"],
  securityGroups: ["sg-database"],
  instanceClass: "db.m7g.large",
  storage: "100 GiB",
  maximumStorage: "500 GiB",
  connections: 200,
  watcher,
};
const rds = "aws:rds/instance:Instance";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";

const made = (args: Partial<DatabaseArgs> = {}, mode?: "preview") =>
  record(() => new Database("shop", { ...usual, ...args }), mode);
const names = (recording: Recording, type: string) =>
  recording
    .ofType(type)
    .map(({ name }) => name)
    .sort();

describe("a database", () => {
  it("is private, encrypted, backed up, in two zones, and hard to lose", async () => {
    const recording = await made();
    const { inputs } = recording.one(rds, "shop");
    const { identifier, allocatedStorage, maxAllocatedStorage, storageType, backupRetentionPeriod } = inputs;
    assert.deepEqual(
      { identifier, allocatedStorage, maxAllocatedStorage, storageType, backupRetentionPeriod },
      {
        identifier: "shop",
        allocatedStorage: 100,
        maxAllocatedStorage: 500,
        storageType: "gp3",
        backupRetentionPeriod: 14,
      },
    );
    for (const on of [
      "storageEncrypted",
      "multiAz",
      "iamDatabaseAuthenticationEnabled",
      "manageMasterUserPassword",
      "deletionProtection",
      "copyTagsToSnapshot",
      "autoMinorVersionUpgrade",
      "performanceInsightsEnabled",
    ])
      assert.equal(inputs[on], true, on);
    for (const off of ["publiclyAccessible", "skipFinalSnapshot", "deleteAutomatedBackups", "applyImmediately"])
      assert.equal(inputs[off], false, off);
    assert.equal(inputs.finalSnapshotIdentifier, "shop-final");
    assert.deepEqual((await made({ backup: "databases" })).one(rds, "shop").inputs.tags, { backup: "databases" });
    assert.equal(inputs.password, undefined);
    assert.deepEqual(inputs.vpcSecurityGroupIds, ["sg-database"]);
  });

  it("takes storage, password, insights and logs under one key that turns", async () => {
    const recording = await made({}, "preview");
    const { madeFrom } = recording.one(rds, "shop");
    for (const input of ["kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId"])
      assert.deepEqual(madeFrom[input], ["shop"], input);
    const key = recording.one("aws:kms/key:Key", "shop");
    assert.equal(key.inputs.enableKeyRotation, true);
    assert.match(String(key.inputs.policy), /log-group:\/aws\/rds\/instance\/shop\*/);
    const given = await made({ kmsKeyId: "arn:key" });
    assert.equal(given.one(rds, "shop").inputs.kmsKeyId, "arn:key");
    assert.deepEqual(given.ofType("aws:kms/key:Key"), []);
  });

  it("has its log groups before RDS would make them, encrypted and finite", async () => {
    const recording = await made();
    const groups = recording.ofType("aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(groups.map(({ inputs }) => inputs.name).sort(), [
      "/aws/rds/instance/shop/iam-db-auth-error",
      "/aws/rds/instance/shop/postgresql",
      "/aws/rds/instance/shop/upgrade",
    ]);
    for (const { inputs } of groups) {
      assert.equal(inputs.retentionInDays, 90);
      assert.notEqual(inputs.kmsKeyId, undefined);
    }
    assert.deepEqual(recording.one(rds, "shop").inputs.enabledCloudwatchLogsExports, [
      "postgresql",
      "upgrade",
      "iam-db-auth-error",
    ]);
  });

  it("refuses clear text, logs what is slow, and has the very number of connections that its alarms know", async () => {
    const recording = await made({ slowStatement: "0.25 seconds" });
    const { inputs } = recording.one("aws:rds/parameterGroup:ParameterGroup", "shop");
    assert.equal(inputs.family, "postgres18");
    assert.ok(Array.isArray(inputs.parameters));
    const parameters = Object.fromEntries(
      inputs.parameters.map(({ name, value, applyMethod }) => [name, [value, applyMethod]]),
    );
    assert.deepEqual(parameters["rds.force_ssl"], ["1", "immediate"]);
    assert.deepEqual(parameters.log_min_duration_statement, ["250", "immediate"]);
    assert.deepEqual(parameters.max_connections, ["811", "pending-reboot"]);
    assert.deepEqual(parameters.max_slot_wal_keep_size, ["25600", "immediate"]);
    assert.equal(recording.one(alarm, "shop-database-connections-exhausted").inputs.threshold, Math.floor(0.95 * 806));
  });

  it("lets only RDS, for this account, write what the operating system does", async () => {
    const document = (await made()).document("aws:iam/role:Role", "shop-monitoring", "assumeRolePolicy");
    assert.deepEqual(document, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "monitoring.rds.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            StringLike: { "aws:SourceArn": "arn:aws:rds:eu-central-1:123456789012:db:*" },
          },
        },
      ],
    });
  });

  it("tells those who work by day of the events that need a person", async () => {
    const { inputs } = (await made()).one("aws:rds/eventSubscription:EventSubscription", "shop");
    assert.equal(inputs.snsTopic, "arn:ticket");
    assert.equal(inputs.sourceType, "db-instance");
    assert.ok(Array.isArray(inputs.eventCategories));
    assert.ok(inputs.eventCategories.includes("failure") && inputs.eventCategories.includes("low storage"));
    assert.ok(!inputs.eventCategories.includes("backup"));
  });

  it("can be let go for one update", async () => {
    const { inputs } = (await made({ protect: false })).one(rds, "shop");
    assert.equal(inputs.deletionProtection, false);
    assert.equal(inputs.skipFinalSnapshot, false);
  });

  it("keeps fifteen months of insights where they are paid for", async () => {
    const { inputs } = (await made({ insights: "advanced" })).one(rds, "shop");
    assert.deepEqual([inputs.databaseInsightsMode, inputs.performanceInsightsRetentionPeriod], ["advanced", 465]);
  });

  it("takes a last change to its resources", async () => {
    const recording = await record(
      () => new Database("shop", { ...usual, transform: { instance: (args) => ({ ...args, port: 6_543 }) } }),
    );
    assert.equal(recording.one(rds, "shop").inputs.port, 6_543);
  });
});

describe("the replicas of a database", () => {
  it("copy it under the same key, have their own log groups and alarms, and are not kept", async () => {
    const recording = await made({ replicas: 2 }, "preview");
    assert.deepEqual(names(recording, rds), ["shop", "shop-replica-1", "shop-replica-2"]);
    const { inputs, madeFrom } = recording.one(rds, "shop-replica-1");
    assert.deepEqual(madeFrom.replicateSourceDb, ["shop"]);
    assert.deepEqual(
      [inputs.storageEncrypted, inputs.publiclyAccessible, inputs.skipFinalSnapshot],
      [true, false, true],
    );
    assert.deepEqual(inputs.tags, { backup: "none", "backup-reason": "a copy of its primary" });
    assert.deepEqual([inputs.dbSubnetGroupName, inputs.username, inputs.engine], [undefined, undefined, undefined]);
    assert.equal(recording.ofType("aws:cloudwatch/logGroup:LogGroup").length, 9);
    const alarms = names(recording, alarm).filter((name) => name.startsWith("shop-replica-1-"));
    assert.deepEqual(alarms, [
      "shop-replica-1-database-replica-connections-exhausted",
      "shop-replica-1-database-replica-cpu",
      "shop-replica-1-database-replica-gone",
      "shop-replica-1-database-replica-lag",
      "shop-replica-1-database-replica-storage-low",
    ]);
    assert.deepEqual(recording.one(alarm, "shop-replica-1-database-replica-cpu").madeFrom.dimensions, [
      "shop-replica-1",
    ]);
    const { sourceIds } = recording.one("aws:rds/eventSubscription:EventSubscription", "shop").madeFrom;
    assert.deepEqual([...(sourceIds ?? [])].sort(), ["shop", "shop-replica-1", "shop-replica-2"]);
  });
});

describe("the alarms of a database", () => {
  const of = async (args: Partial<DatabaseArgs>) => names(await made(args), alarm).map((name) => name.slice(5));

  it("are those that its class and its use have", async () => {
    assert.deepEqual(await of({}), [
      "database-connections-exhausted",
      "database-connections-unexpected",
      "database-cpu",
      "database-ebs-balance",
      "database-iops",
      "database-load",
      "database-memory",
      "database-read-latency",
      "database-storage-low",
      "database-swap",
      "database-transaction-ids",
      "database-unreachable",
      "database-wal-disk",
      "database-wraparound",
      "database-write-latency",
    ]);
    const small = await of({ instanceClass: "db.t4g.medium", steady: false });
    assert.ok(small.includes("database-cpu-surplus") && small.includes("database-gone"));
    assert.ok(!small.includes("database-unreachable"));
    const large = await of({ instanceClass: "db.m7g.8xlarge" });
    assert.ok(!large.includes("database-ebs-balance"));
    assert.ok((await of({ instanceClass: "db.r6gd.large" })).includes("database-local-storage"));
  });

  it("wake somebody only for what users feel, or what will be lost", async () => {
    const recording = await made();
    const pages = recording
      .ofType(alarm)
      .filter(({ inputs }) => JSON.stringify(inputs.alarmActions) === '["arn:page"]')
      .map(({ name }) => name.slice(5))
      .sort();
    assert.deepEqual(pages, [
      "database-connections-exhausted",
      "database-storage-low",
      "database-unreachable",
      "database-wraparound",
    ]);
  });

  it("follow its declared size, and its outputs", async () => {
    const recording = await made({ storage: "400 GiB", maximumStorage: "1 TiB" }, "preview");
    const low = recording.one(alarm, "shop-database-storage-low");
    assert.equal(low.inputs.threshold, (400 * 2 ** 30) / 20);
    assert.deepEqual(low.madeFrom.dimensions, ["shop"]);
    assert.equal(recording.one(alarm, "shop-database-iops").inputs.threshold, 0.9 * 12_000);
    assert.equal(recording.one(alarm, "shop-database-load").inputs.threshold, 2);
  });

  it("look into PostgreSQL where rules are evaluated, under the component's name", async () => {
    const prometheus = { workspaceId: "ws-1" };
    const recording = await made({ watcher: { ...watcher, prometheus }, service: "shop" }, "preview");
    const { inputs } = recording.one(rules, "shop");
    const data = String(inputs.data);
    assert.match(data, /pg_up\{database=\\?"shop\\?"\}/);
    assert.match(data, /signal: "?database-lock-waits/);
    assert.match(data, /service: "?shop/);
    const blind = await made({ watcher: { ...watcher, prometheus }, exporter: false });
    assert.deepEqual(blind.ofType(rules), []);
  });
});

describe("a database that exists already", () => {
  const options = { instanceClass: "db.m7g.large", storage: "100 GiB", connections: 200, watcher } as const;

  it("gets the same alarms, and with what it lacks none", async () => {
    const recording = await record(() => {
      const existing = new Instance("old", { instanceClass: "db.m7g.large", identifier: "legacy" });
      watchDatabase("old", existing, { ...options, insights: false, gp2: true, maxConnections: 505 });
    });
    const alarms = names(recording, alarm);
    assert.ok(alarms.includes("old-database-gp2-balance") && !alarms.includes("old-database-load"));
    const { inputs } = recording.one(alarm, "old-database-connections-exhausted");
    assert.deepEqual(inputs.dimensions, { DBInstanceIdentifier: "legacy" });
    assert.equal(inputs.threshold, 475);
  });

  it("is watched as a replica where it is one", async () => {
    const recording = await record(() => {
      const existing = new Instance("old", { instanceClass: "db.m7g.large", replicateSourceDb: "legacy" });
      watchReplica("old", existing, options);
    });
    assert.ok(names(recording, alarm).every((name) => name.startsWith("old-database-replica-")));
  });

  it("is refused where its size cannot be", () => {
    assert.throws(
      () => watchDatabase("old", new Instance("old", { instanceClass: "x" }), { ...options, instanceClass: "x" }),
      /instanceClass must be one that/,
    );
  });
});
