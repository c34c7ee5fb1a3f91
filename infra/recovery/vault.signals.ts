import { vaultCopySignals } from "./vault.copy.signals";
import { vaultFailedSignals } from "./vault.failed.signals";
import { vaultInfoSignals } from "./vault.info.signals";
import { vaultMadeSignals } from "./vault.made.signals";

/**
 * What is watched of backups. AWS recommends no alarms for them ("AWS Backup metrics with Amazon CloudWatch", AWS Backup Developer Guide, 2026-11). Nothing here
 * pages: a missed backup makes a later loss worse, and can be made good by day.
 */
export const vaultSignals = { ...vaultMadeSignals, ...vaultFailedSignals, ...vaultCopySignals, ...vaultInfoSignals };
