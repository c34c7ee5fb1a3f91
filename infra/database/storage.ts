/**
 * Volumes of the type gp3 under RDS for PostgreSQL ("Amazon RDS DB instance storage", RDS User Guide, 2026-11): from 400 GiB on RDS spreads them over four disks, which
 * brings more operations, and only then can more be bought.
 */
const gib = 2 ** 30;

/** Smallest and largest volume. */
export const smallestStorage = 20 * gib;
export const largestStorage = 65_536 * gib;
/** From here on a volume is striped. */
export const stripedFrom = 400 * gib;
/** What can be bought of operations a second, on a striped volume. */
export const leastIops = 12_000;
export const mostIops = 64_000;
/** Autoscaling wants room for one step of a tenth ("Managing capacity automatically with Amazon RDS storage autoscaling", RDS User Guide, 2026-11). */
export const leastGrowth = 1.1;

/** Operations a second that a volume has without buying any. @param storage in bytes */
export const includedIops = (storage: number): number => (storage >= stripedFrom ? leastIops : 3_000);
