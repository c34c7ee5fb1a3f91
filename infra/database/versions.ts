/** Major versions that RDS offers under standard support ("Amazon RDS for PostgreSQL updates", RDS for PostgreSQL Release Notes, 2026-11). */
export const databaseVersions = ["16", "17", "18"] as const;
/** A major version of PostgreSQL. */
export type DatabaseVersion = (typeof databaseVersions)[number];
