import { signals } from "../signal/signal";
import { jobs, once, proofOfOnce, type VaultRole, type VaultSize } from "./vault.size";

const failures =
  'aws backup list-backup-jobs --by-backup-vault-name <vault> --by-state FAILED --query "BackupJobs[].[ResourceArn,StatusMessage]"';

/** What went wrong. */
export const vaultFailedSignals = signals<VaultRole, "vault", VaultSize>()({
  "backup-vault-failed": {
    title: "A backup failed",
    golden: "errors",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfBackupJobsFailed"),
    alarm: once,
    proof: proofOfOnce,
    runbook: {
      means: "A backup job failed. The newest recovery point of that resource stays as old as it was.",
      check: [
        `Which resource, and why: \`${failures}\`?`,
        "A bucket: are versioning and its EventBridge notification on, and may the role read it?",
        "A database: was it stopped, modified, or within an hour of its own backup window?",
      ],
      fix: ["Mend the cause, then start the job by hand.", "Move the plan's time where it collides every day."],
    },
  },
  "backup-vault-expired": {
    title: "A backup could not start or finish in time",
    golden: "latency",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfBackupJobsExpired"),
    alarm: once,
    proof: proofOfOnce,
    runbook: {
      means: "A job waited longer than its window and was given up: another one of the same resource was in its way.",
      check: [
        "Which one (`aws backup list-backup-jobs --by-state EXPIRED`)?",
        "What ran at that time: a first full backup, a snapshot by hand, a modification of the database?",
        "Do too many plans start at the same minute?",
      ],
      fix: ["Start it by hand.", "Give the plan a longer window, or another time."],
    },
  },
  "backup-vault-undeletable": {
    title: "Old backups could not be deleted",
    golden: "saturation",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfRecoveryPointsExpired"),
    alarm: once,
    proof: proofOfOnce,
    runbook: {
      means:
        "Recovery points are past their time and AWS Backup cannot delete them. They go on costing, and may hold data that had to be forgotten.",
      check: [
        "Which ones (`aws backup list-recovery-points-by-backup-vault --backup-vault-name <vault> --query \"RecoveryPoints[?Status=='EXPIRED']\"`)?",
        "Does the role that made them still exist, with the right to delete snapshots?",
        "Is a legal hold or the vault's lock on them?",
      ],
      fix: ["Restore the role, then delete them by hand.", "Under a hold: say so in the ticket, with its end."],
    },
  },
  "backup-vault-restore-failed": {
    title: "A restore failed",
    golden: "errors",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfRestoreJobsFailed"),
    alarm: once,
    proof: proofOfOnce,
    runbook: {
      means:
        "A restore, by a person or by a test, did not work. Until it does, nobody knows whether the backups are of any use.",
      check: [
        'Why (`aws backup list-restore-jobs --by-status FAILED --query "RestoreJobs[].[ResourceType,StatusMessage]"`)?',
        "A test: do its subnet group and security group still exist, and may the role use the vault's key?",
        "Is a quota of the account reached (instances, storage, buckets)?",
      ],
      fix: [
        "Mend it and run the test again (`aws backup start-restore-job` with the metadata of the failed one).",
        "A recovery point that is broken: make a new backup at once and restore that.",
      ],
    },
  },
});
