import type { Replacement } from "../replacements";

const service = (path: string, commit: string, word = "ForceNew"): string =>
  `terraform-provider-aws internal/service/${path} at ${commit}, ${word}`;

/** What replaces vaults, plans, restore tests, copies of databases and experiments. */
export const recoveryReplacements: Readonly<Record<string, Replacement>> = {
  "aws:backup/plan:Plan": { inputs: ["name"], source: service("backup/plan.go", "01f4311") },
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": {
    inputs: ["name"],
    source: service("backup/restore_testing_plan.go", "108f85f", "RequiresReplace"),
  },
  "aws:backup/restoreTestingSelection:RestoreTestingSelection": {
    inputs: ["name", "protectedResourceType", "restoreTestingPlanName"],
    source: service("backup/restore_testing_selection.go", "00a3530", "RequiresReplace"),
  },
  "aws:backup/selection:Selection": {
    inputs: ["conditions", "iamRoleArn", "name", "notResources", "planId", "resources", "selectionTags"],
    source: service("backup/selection.go", "00a3530"),
  },
  "aws:backup/vault:Vault": { inputs: ["kmsKeyArn", "name"], source: service("backup/vault.go", "050ac11") },
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
    inputs: ["backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"],
    source: service("backup/vault_lock_configuration.go", "0160692"),
  },
  "aws:backup/vaultNotifications:VaultNotifications": {
    inputs: ["backupVaultEvents", "backupVaultName", "snsTopicArn"],
    source: service("backup/vault_notifications.go", "12e66fa"),
  },
  "aws:fis/experimentTemplate:ExperimentTemplate": {
    inputs: ["tags"],
    source: service("fis/experiment_template.go", "01f4311"),
  },
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": {
    inputs: ["kmsKeyId", "preSignedUrl", "retentionPeriod", "sourceDbInstanceArn"],
    source: service("rds/instance_automated_backups_replication.go", "0213a3c"),
  },
  "aws:ssm/document:Document": { inputs: ["name"], source: service("ssm/document.go", "0105d21") },
};
