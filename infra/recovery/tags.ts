/** The tag by which a backup plan finds what it backs up: its value is the plan's name. */
export const backupTag = "backup";
/** The tag of what needs no backup, with the reason. */
export const reasonTag = "backup-reason";
/** The value of the tag where no plan is wanted. */
export const noPlan = "none";

/** The plan that takes a resource, or why it needs none. */
export type Backup =
  | string
  | { /** In words, as a tag holds them: letters, digits, spaces and _.:/=+-@ */ readonly none: string };

/** What is wrong with the name of a plan, or with the reason for none; undefined where nothing is. */
export function checkPlan(label: string, backup: Backup): string | undefined {
  if (typeof backup !== "string")
    return /^[\p{L}\p{N} _.:/=+@-]{1,256}$/u.test(backup.none) && backup.none.trim() !== ""
      ? undefined
      : `${label}.none must say why in 1 to 256 letters, digits, spaces and _.:/=+-@, got ${JSON.stringify(backup.none)}`;
  return backup !== noPlan && /^[a-z](?:[a-z0-9-]{0,48}[a-z0-9])?$/.test(backup)
    ? undefined
    : `${label} must be the name of a backup plan (lower-case letters, digits and hyphens, at most 50, not "none"), got ${JSON.stringify(backup)}`;
}

/** Tags that hand a resource to a backup plan, or that say why it needs none; no tags where nothing is said. */
export function backupTags(backup: Backup | undefined): Readonly<Record<string, string>> {
  if (backup === undefined) return {};
  return typeof backup === "string" ? { [backupTag]: backup } : { [backupTag]: noPlan, [reasonTag]: backup.none };
}
