import assert from "node:assert/strict";
import { Vault } from "@pulumi/aws/backup/vault.js";
import { place, type Recording, record } from "../kit/recorder";
import { Recovery } from "./recovery";
import { compliance, type RecoveryArgs } from "./recovery.args";
import { watchVault } from "./vault";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: RecoveryArgs = {
  ...place,
  plans: { databases: { at: "01:30", keep: "35 days", resources: 1 } },
  watcher,
};
const files = { at: "02:00", keep: "35 days", anyMoment: "30 days", keepMonthly: "365 days", resources: 2 } as const;
const elsewhere = { region: "eu-west-1" } as const;

const plan = "aws:backup/plan:Plan";
const vault = "aws:backup/vault:Vault";
const lock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const selection = "aws:backup/restoreTestingSelection:RestoreTestingSelection";

const made = (args: Partial<RecoveryArgs> = {}, mode: "update" | "preview" = "update") =>
  record(() => new Recovery("backups", { ...usual, ...args }), mode);
const names = (recording: Recording, type: string) =>
  recording
    .ofType(type)
    .map(({ name }) => name)
    .sort();

describe("backups", () => {
  it("lie in a vault with a rotated key of its own, locked so that nobody shortens them by the way", async () => {
    const recording = await made();
    assert.equal(recording.one("aws:kms/key:Key", "backups").inputs.enableKeyRotation, true);
    assert.deepEqual(recording.one(vault, "backups").madeFrom, { kmsKeyArn: ["backups"] });
    const { backupVaultName: _, ...locked } = recording.one(lock, "backups").inputs;
    assert.deepEqual(locked, { minRetentionDays: 7, maxRetentionDays: 400 }, "changeableForDays would lock for ever");
  });

  it("are locked for ever, or not at all, where somebody says it", async () => {
    const forever = await made({ lock: { mode: compliance, most: "3650 days" } });
    assert.equal(forever.one(lock, "backups").inputs.changeableForDays, 14);
    assert.deepEqual(names(await made({ lock: { mode: "off" } }), lock), []);
  });

  it("are made daily, monthly and continuously, each kept as long as it is told", async () => {
    const { inputs } = (await made({ plans: { files } })).one(plan, "backups-files");
    const rule = {
      targetVaultName: "backups-1234567",
      startWindow: 60,
      completionWindow: 720,
      scheduleExpressionTimezone: "Etc/UTC",
      recoveryPointTags: { backup: "files" },
    };
    assert.deepEqual(inputs.rules, [
      { ...rule, ruleName: "daily", schedule: "cron(0 2 * * ? *)", lifecycle: { deleteAfter: 35 } },
      { ...rule, ruleName: "monthly", schedule: "cron(0 2 1 * ? *)", lifecycle: { deleteAfter: 365 } },
      {
        ...rule,
        ruleName: "any-moment",
        schedule: "cron(0 2 * * ? *)",
        enableContinuousBackup: true,
        lifecycle: { deleteAfter: 30 },
      },
    ]);
  });

  it("take whatever carries the plan's tag, by a role that can make them and not restore them", async () => {
    const recording = await made();
    const { selectionTags } = recording.one("aws:backup/selection:Selection", "backups-databases").inputs;
    assert.deepEqual(selectionTags, [{ type: "STRINGEQUALS", key: "backup", value: "databases" }]);
    assert.deepEqual(
      recording
        .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .map(({ inputs }) => String(inputs.policyArn).split("/").at(-1)),
      ["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup"],
    );
    const trust = recording.document("aws:iam/role:Role", "backups-backup", "assumeRolePolicy");
    assert.match(JSON.stringify(trust), /"backup.amazonaws.com".*"aws:SourceAccount":"123456789012"/);
  });

  it("tell a topic of what no metric shows", async () => {
    const type = "aws:backup/vaultNotifications:VaultNotifications";
    assert.deepEqual(names(await made(), type), []);
    const { inputs } = (await made({ notify: "arn:ticket" })).one(type, "backups");
    assert.deepEqual(
      [inputs.snsTopicArn, inputs.backupVaultEvents],
      [
        "arn:ticket",
        ["S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED", "COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED"],
      ],
    );
  });
});

describe("copies in another region", () => {
  it("lie in a vault there, as locked as the first, with a key of that region", async () => {
    const recording = await made({ elsewhere, plans: { files: { ...files, keepCopies: "90 days" } } });
    assert.equal(recording.one(vault, "backups-copy").inputs.region, "eu-west-1");
    assert.equal(recording.one("aws:kms/key:Key", "backups-copy").inputs.region, "eu-west-1");
    assert.equal(recording.one(lock, "backups-copy").inputs.region, "eu-west-1");
    const { inputs, madeFrom } = recording.one(plan, "backups-files");
    assert.deepEqual(madeFrom.rules, ["backups", "backups-copy"]);
    const rules = inputs.rules as { ruleName: string; copyActions?: { lifecycle: unknown }[] }[];
    assert.deepEqual(
      rules.map(({ ruleName, copyActions }) => [ruleName, copyActions?.[0]?.lifecycle]),
      [
        ["daily", { deleteAfter: 90 }],
        ["monthly", { deleteAfter: 365 }],
        ["any-moment", undefined],
      ],
    );
  });

  it("have no vault while no plan makes any", async () => {
    assert.deepEqual(names(await made({ elsewhere }), vault), ["backups"]);
  });

  it("are watched from here", async () => {
    const recording = await made({ elsewhere, plans: { files: { ...files, keepCopies: "90 days" } } });
    const copies = names(recording, alarm).filter((name) => name.startsWith("backups-copy"));
    assert.deepEqual(copies, ["backups-copy-backup-vault-copy-failed", "backups-copy-backup-vault-copy-silent"]);
    assert.deepEqual(recording.one(alarm, copies[0] ?? "").madeFrom.dimensions, ["backups-copy"]);
  });
});

describe("restore tests", () => {
  const tests = {
    days: ["TUE", "FRI"],
    at: "05:00",
    databases: { plan: "databases", subnetGroup: "nowhere", securityGroups: ["sg-1", "sg-2"] },
    buckets: { plan: "databases" },
  } as const;

  it("start on their days, and take the newest backup that there is", async () => {
    const { inputs } = (await made({ tests })).one("aws:backup/restoreTestingPlan:RestoreTestingPlan", "backups");
    assert.deepEqual(inputs, {
      name: "vigia_test_backups",
      scheduleExpression: "cron(0 5 ? * TUE,FRI *)",
      scheduleExpressionTimezone: "Etc/UTC",
      startWindowHours: 2,
      recoveryPointSelection: {
        algorithm: "LATEST_WITHIN_WINDOW",
        includeVaults: ["arn:aws:backup:eu-central-1:123456789012:backups-1234567"],
        recoveryPointTypes: ["SNAPSHOT"],
        selectionWindowDays: 7,
      },
    });
  });

  it("put a database where nobody reaches it", async () => {
    const { inputs } = (await made({ tests })).one(selection, "backups-databases");
    assert.deepEqual(inputs.restoreMetadataOverrides, {
      dbSubnetGroupName: "nowhere",
      vpcSecurityGroupIds: '["sg-1","sg-2"]',
      multiAz: "false",
    });
    assert.deepEqual(
      [inputs.protectedResourceType, inputs.protectedResourceConditions, inputs.validationWindowHours],
      ["RDS", { stringEquals: [{ key: "aws:ResourceTag/backup", value: "databases" }] }, 4],
    );
  });

  it("restore by a role of their own, once it may", async () => {
    const { madeFrom, dependsOn } = (await made({ tests })).one(selection, "backups-buckets");
    assert.deepEqual(madeFrom.iamRoleArn, ["backups-restore"]);
    assert.deepEqual(
      dependsOn.filter((name) => /^backups-restore-/.test(name)),
      ["backups-restore-1", "backups-restore-2"],
    );
  });

  it("have an alarm of their own, which is not there without them", async () => {
    const untested = (recording: Recording) => names(recording, alarm).includes("backups-backup-vault-untested");
    assert.deepEqual([untested(await made({ tests })), untested(await made())], [true, false]);
  });
});

describe("the alarms of a vault", () => {
  it("are tickets about what did not happen and what failed, in a preview too", async () => {
    const recording = await made({ plans: { databases: { ...files, resources: 3 } } }, "preview");
    assert.deepEqual(names(recording, alarm), [
      "backups-backup-vault-expired",
      "backups-backup-vault-failed",
      "backups-backup-vault-incomplete",
      "backups-backup-vault-restore-failed",
      "backups-backup-vault-silent",
      "backups-backup-vault-undeletable",
    ]);
    for (const { inputs, madeFrom } of recording.ofType(alarm)) {
      assert.deepEqual(inputs.alarmActions, ["arn:ticket"]);
      assert.deepEqual(madeFrom.dimensions, ["backups"]);
    }
    const incomplete = recording.one(alarm, "backups-backup-vault-incomplete").inputs;
    assert.deepEqual([incomplete.threshold, incomplete.treatMissingData], [3, "breaching"]);
  });

  it("come to a vault that exists already", async () => {
    const recording = await record(() => {
      const existing = new Vault("old", { name: "legacy" });
      watchVault("old", existing, { size: { resources: 1, copies: false, testsApart: 0 }, watcher });
    });
    assert.deepEqual(recording.one(alarm, "old-backup-vault-silent").inputs.dimensions, { BackupVaultName: "legacy" });
  });
});
