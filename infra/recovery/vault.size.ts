import { cloudwatch } from "../signal/signal";

/** What a vault is: where backups are made, or where they are copied to. */
export type VaultRole = "vault" | "copy";

/** What an instance declares of itself; limits are functions of it. */
export interface VaultSize {
  /** Resources that are backed up once a day. */
  readonly resources: number;
  /** Backups are copied to another region. */
  readonly copies: boolean;
  /** The longest time between two restore tests in days; 0 where nothing is tested. */
  readonly testsApart: number;
}

/** A count of a vault. */
export const jobs = (metric: string, statistic: "Sum" | "Maximum" = "Sum") =>
  cloudwatch("AWS/Backup", metric, statistic, { BackupVaultName: "vault" });

/** Where backups are copied. */
export const copied = {
  holds: (size: VaultSize) => size.copies,
  otherwise: "no plan copies backups to another region",
};

/** The size at which limits are proven. */
export const example: VaultSize = { resources: 3, copies: true, testsApart: 4 };

/** A single event that people work on by day. */
export const once = { above: 0, every: "5 minutes", for: "5 minutes", severity: "ticket", whenMissing: "ok" } as const;
/** Proves {@link once}. */
export const proofOfOnce = {
  size: example,
  bad: [
    ["missing for 1 hour", "1 for 5 minutes"],
    ["0 for 1 hour", "0/1 for 5 minutes"],
  ],
  fine: [["missing for 1 hour"], ["0 for 1 hour"]],
  healed: ["0 for 5 minutes"],
} as const;
