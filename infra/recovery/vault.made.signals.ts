import { repeat, signals } from "../signal/signal";
import { example, jobs, type VaultRole, type VaultSize } from "./vault.size";

const tested = { holds: (size: VaultSize) => size.testsApart > 0, otherwise: "no restore test is planned" };

/** What did not happen: AWS Backup counts only what is more than zero, so that silence alone tells of it. */
export const vaultMadeSignals = signals<VaultRole, "vault", VaultSize>()({
  "backup-vault-silent": {
    title: "No backup was completed for more than a day",
    golden: "availability",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfBackupJobsCompleted"),
    // A day's window that slides is empty for as long as today's job is later than yesterday's: six hours more than a day forgive that.
    alarm: { atMost: 0, every: "2 hours", for: "30 hours", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["1 for 5 minutes", "missing for 40 hours"],
        ["1 for 2 hours", "0 for 30 hours"],
      ],
      fine: [
        repeat(2, "1 for 5 minutes", "missing for 26 hours"),
        ["1 for 2 hours", "0 for 28 hours", "0/1 for 2 hours"],
      ],
      healed: ["1 for 2 hours"],
    },
    runbook: {
      means:
        "AWS Backup finished nothing in this vault for 30 hours. What would be restored now is at least that old, but for continuous backups.",
      check: [
        "Did jobs start, and what became of them (`aws backup list-backup-jobs --by-backup-vault-name <vault> --by-created-after <two days ago>`)?",
        "Does the plan's selection still find resources (`aws resourcegroupstaggingapi get-resources --tag-filters Key=backup`)?",
        "Did the role, the key of the vault or the plan change (CloudTrail: backup.amazonaws.com, PutKeyPolicy, DetachRolePolicy)?",
      ],
      fix: [
        "Start a backup by hand (`aws backup start-backup-job`) for what holds data that cannot be made again.",
        "Deploy the stack again to restore plan, selection, role and tags.",
      ],
    },
  },
  "backup-vault-incomplete": {
    title: "Fewer backups a day than resources",
    golden: "availability",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfBackupJobsCompleted"),
    when: {
      holds: (size) => size.resources > 1,
      otherwise: "one resource that is missed is silence, and has its own alarm",
    },
    alarm: {
      below: (size) => size.resources,
      every: "1 day",
      for: "2 days",
      severity: "ticket",
      whenMissing: "bad",
    },
    proof: {
      size: example,
      bad: [repeat(6, "1 for 10 minutes", "missing for 1430 minutes"), ["3 for 5 minutes", "missing for 5 days"]],
      fine: [
        repeat(6, "1/2 for 5 minutes", "missing for 1435 minutes"),
        ["3 for 5 minutes", "missing for 25 hours", ...repeat(4, "3 for 5 minutes", "missing for 1435 minutes")],
      ],
      healed: ["3 for 5 minutes", "missing for 1435 minutes"],
    },
    runbook: {
      means:
        "For two days fewer backups were completed than there are resources with a plan: one of them, a database or a bucket, is not backed up any more.",
      check: [
        "Which resource has no recent recovery point (`aws backup list-protected-resources --query 'Results[].[ResourceArn,LastBackupTime]'`)?",
        "Does it carry the tag `backup` with the name of a plan, and is its type switched on in the account (`aws backup describe-region-settings`)? One that is not is passed over without a word.",
        "Did its job fail or expire (backup-vault-failed, backup-vault-expired)? Those of a database must stay clear of its own backup window.",
      ],
      fix: [
        "Put the tag back, or mend what its job complains of, then start the job by hand.",
        "A resource that is gone for good: lower the number that the plan declares.",
      ],
    },
  },
  "backup-vault-untested": {
    title: "No restore was tested for days",
    golden: "availability",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfRestoreJobsCompleted"),
    when: tested,
    alarm: { atMost: 0, every: "12 hours", for: "6 days", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["1 for 5 minutes", "missing for 8 days"],
        ["1 for 12 hours", "0 for 6 days"],
      ],
      fine: [
        repeat(3, "1 for 5 minutes", "missing for 5 days"),
        ["1 for 12 hours", "0 for 5.5 days", "0/1 for 12 hours"],
      ],
      healed: ["1 for 12 hours"],
    },
    runbook: {
      means:
        "Restore tests are planned every few days, and none succeeded for six. That the backups work is not proven any more.",
      check: [
        "Is the plan there, and when did it last run (`aws backup get-restore-testing-plan --restore-testing-plan-name <plan>`)?",
        "Does its selection find resources, and recovery points within its window?",
        "Did its jobs fail (backup-vault-restore-failed)?",
      ],
      fix: ["Deploy the stack again.", "Restore by hand meanwhile, and write down how long it took."],
    },
  },
});
