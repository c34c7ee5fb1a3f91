import { type Own, table } from "./table";

/** Every five minutes, and only what is not zero: silence is all that tells of nothing. */
const reported: Omit<Own, "kind" | "statistics"> = {
  unit: "Count",
  dimensions: [["BackupVaultName"], ["ResourceType"], ["BackupVaultName", "ResourceType"]],
  period: 300,
  sparse: true,
};
const events: Own = { ...reported, kind: "counter", statistics: ["Sum"] };
const trouble: Own = { ...events, worse: "high" };
const level: Own = { ...reported, kind: "gauge", statistics: ["Maximum", "Average"] };

export const backup = table(
  "AWS/Backup",
  "AWS Backup metrics with Amazon CloudWatch, AWS Backup Developer Guide, 2026-11",
  {
    NumberOfBackupJobsCreated: events,
    NumberOfBackupJobsCompleted: { ...events, worse: "low" },
    NumberOfBackupJobsFailed: trouble,
    NumberOfBackupJobsExpired: trouble,
    NumberOfBackupJobsAborted: trouble,
    NumberOfBackupJobsPending: level,
    NumberOfBackupJobsRunning: level,
    NumberOfCopyJobsCreated: events,
    NumberOfCopyJobsCompleted: { ...events, worse: "low" },
    NumberOfCopyJobsFailed: trouble,
    NumberOfCopyJobsRunning: level,
    NumberOfRestoreJobsCompleted: { ...events, worse: "low" },
    NumberOfRestoreJobsFailed: trouble,
    NumberOfRestoreJobsPending: level,
    NumberOfRestoreJobsRunning: level,
    NumberOfRecoveryPointsCompleted: events,
    NumberOfRecoveryPointsPartial: trouble,
    NumberOfRecoveryPointsExpired: trouble,
    NumberOfRecoveryPointsDeleting: level,
    NumberOfRecoveryPointsCold: events,
  },
);
