import { repeat, signals } from "../signal/signal";
import { copied, example, jobs, once, proofOfOnce, type VaultRole, type VaultSize } from "./vault.size";

/** Copies, told by the vault that they go to. */
export const vaultCopySignals = signals<VaultRole, "vault", VaultSize>()({
  "backup-vault-copy-silent": {
    title: "No backup was copied to the other region for more than a day",
    golden: "availability",
    unit: "count",
    role: "copy",
    source: jobs("NumberOfCopyJobsCompleted"),
    when: copied,
    alarm: { atMost: 0, every: "2 hours", for: "36 hours", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["1 for 5 minutes", "missing for 46 hours"],
        ["1 for 2 hours", "0 for 36 hours"],
      ],
      fine: [
        repeat(2, "1 for 5 minutes", "missing for 32 hours"),
        ["1 for 2 hours", "0 for 34 hours", "0/1 for 2 hours"],
      ],
      healed: ["1 for 2 hours"],
    },
    runbook: {
      means:
        "Nothing reached the vault in the other region for 36 hours. If this region were lost, the copies would be that old.",
      check: [
        "Were copies made and what became of them (`aws backup list-copy-jobs --by-destination-vault-arn <arn>`)?",
        "Were there backups to copy at all (backup-vault-silent)?",
        "May the role use the key of the other vault, and does that vault exist (`aws backup describe-backup-vault --region <region>`)?",
      ],
      fix: ["Copy the newest recovery points by hand (`aws backup start-copy-job`).", "Deploy the stack again."],
    },
  },
  "backup-vault-copy-failed": {
    title: "A copy to the other region failed",
    golden: "errors",
    unit: "count",
    role: "copy",
    source: jobs("NumberOfCopyJobsFailed"),
    when: copied,
    alarm: once,
    proof: proofOfOnce,
    runbook: {
      means: "A backup is only in this region. If the region were lost now, it would be lost with it.",
      check: [
        'Which one, and why (`aws backup list-copy-jobs --by-state FAILED --query "CopyJobs[].[ResourceArn,StatusMessage]"`)?',
        "May the role use both keys?",
        "Does the database use an option group that the other region does not have?",
      ],
      fix: ["Mend the cause and copy it by hand (`aws backup start-copy-job`)."],
    },
  },
  "backup-vault-copied": {
    title: "Copies completed",
    golden: "traffic",
    unit: "count",
    role: "copy",
    source: jobs("NumberOfCopyJobsCompleted"),
    when: copied,
    runbook: { means: "Recovery points that reached the other region." },
  },
});
