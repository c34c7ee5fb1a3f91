import { Vault } from "@pulumi/aws/backup/vault.js";
import { VaultLockConfiguration } from "@pulumi/aws/backup/vaultLockConfiguration.js";
import { VaultNotifications } from "@pulumi/aws/backup/vaultNotifications.js";
import { Key } from "@pulumi/aws/kms/key.js";
import type { ComponentResource, ComponentResourceOptions, Input } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { administration, policyDocument } from "../kit/policy";
import type { Changes } from "../signal/signal";
import { Watch, type Watcher } from "../signal/watch";
import type { NormalLock } from "./recovery.args";
import { vaultSignals } from "./vault.signals";
import type { VaultRole, VaultSize } from "./vault.size";

/** What a vault is made from. */
export interface VaultOptions {
  readonly account: string;
  /** Set only where it is not the provider's region. */
  readonly elsewhere?: string;
  readonly key?: Input<string>;
  readonly lock: NormalLock;
  /** ARN of a topic of its region that lets AWS Backup publish. */
  readonly notify?: Input<string>;
  readonly protect: boolean;
}

/**
 * Events that no metric tells: objects of a bucket that a job, which counts as completed, could not read or restore; retention that somebody changed; and copies,
 * whose metrics may lie in the other region ("Notification options with AWS Backup", AWS Backup Developer Guide, 2026-11).
 */
const told = ["S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED", "COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED"];

function createKey(
  name: string,
  account: string,
  there: { region?: string },
  protect: boolean,
  parent: ComponentResource,
) {
  return new Key(
    name,
    {
      description: `Backups in the vault ${name}`,
      policy: JSON.stringify(policyDocument([administration(account)])),
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      ...there,
    },
    { parent, ...kept(protect) },
  ).arn;
}

/** Makes a vault that is encrypted, locked and tells what fails. */
export function createVault(name: string, options: VaultOptions, parent: ComponentResource): Vault {
  const { account, elsewhere, lock, notify, protect } = options;
  const there = elsewhere === undefined ? {} : { region: elsewhere };
  const kmsKeyArn = options.key ?? createKey(name, account, there, protect, parent);
  const vault = new Vault(name, { kmsKeyArn, ...there }, { parent, ...kept(protect) });
  const of = { backupVaultName: vault.name, ...there };
  if (lock.mode !== "off") {
    new VaultLockConfiguration(
      name,
      {
        ...of,
        minRetentionDays: lock.least,
        maxRetentionDays: lock.most,
        ...(lock.changeableFor !== undefined && { changeableForDays: lock.changeableFor }),
      },
      { parent },
    );
  }
  if (notify !== undefined)
    new VaultNotifications(name, { ...of, snsTopicArn: notify, backupVaultEvents: told }, { parent });
  return vault;
}

/** The alarms of a vault. */
export type VaultWatch = Watch<"vault", VaultSize>;

/** How an existing vault is watched. */
export interface WatchVaultOptions {
  /** Where backups are made, or where they are copied to from here. @default "vault" */
  role?: VaultRole;
  /** What is expected of it. */
  size: VaultSize;
  changes?: Changes<typeof vaultSignals>;
  watcher: Watcher;
}

/**
 * Watches a vault that exists already, in any Pulumi program: the alarms that `Recovery` makes, from the same records.
 * @param name the alarms' names start with it
 */
export const watchVault = (
  name: string,
  existing: Vault,
  { role = "vault", size, changes = {}, watcher }: WatchVaultOptions,
  opts?: ComponentResourceOptions,
): VaultWatch =>
  new Watch(
    name,
    [
      {
        resource: existing,
        kind: "backup-vault",
        signals: vaultSignals,
        role,
        size,
        subjects: { vault: existing.name },
        changes,
      },
    ],
    watcher,
    opts,
  );
