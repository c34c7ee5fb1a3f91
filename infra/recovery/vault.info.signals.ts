import { signals } from "../signal/signal";
import { jobs, type VaultRole, type VaultSize } from "./vault.size";

/** What a board shows besides. */
export const vaultInfoSignals = signals<VaultRole, "vault", VaultSize>()({
  "backup-vault-completed": {
    title: "Backups completed",
    golden: "traffic",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfBackupJobsCompleted"),
    runbook: {
      means: "Jobs that ended well. One that ended with issues, as with objects that could not be read, counts too.",
    },
  },
  "backup-vault-running": {
    title: "Backups running",
    golden: "saturation",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfBackupJobsRunning", "Maximum"),
    runbook: { means: "How many run at a time. The first backup of a large bucket can take days." },
  },
  "backup-vault-partial": {
    title: "Recovery points that were not finished",
    golden: "errors",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfRecoveryPointsPartial"),
    runbook: { means: "AWS Backup began them and could not end them; the job that failed has its own alarm." },
  },
  "backup-vault-restored": {
    title: "Restores completed",
    golden: "traffic",
    unit: "count",
    role: "vault",
    source: jobs("NumberOfRestoreJobsCompleted"),
    runbook: { means: "By tests and by people." },
  },
});
