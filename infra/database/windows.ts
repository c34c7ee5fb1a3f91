/** Weekly and daily windows as RDS writes them ("Maintaining a DB instance" and "Backup window", RDS User Guide, 2026-11), in UTC. */

const days: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const dayLength = 1_440;
/** RDS wants half an hour at least. */
const shortest = 30;

interface Window {
  /** Minutes since midnight, or since Monday's. */
  readonly from: number;
  readonly length: number;
}

const minutes = (hour: string, minute: string) => Number(hour) * 60 + Number(minute);
const time = String.raw`([01]\d|2[0-3]):([0-5]\d)`;
const daily = new RegExp(`^${time}-${time}$`);
const weekly = new RegExp(`^(${days.join("|")}):${time}-(${days.join("|")}):${time}$`);

const lengthOf = (from: number, to: number, cycle: number) => (to - from + cycle) % cycle;

function dailyWindow(text: string): Window | undefined {
  const [, fromHour = "", fromMinute = "", toHour = "", toMinute = ""] = daily.exec(text) ?? [];
  if (fromHour === "") return undefined;
  const from = minutes(fromHour, fromMinute);
  return { from, length: lengthOf(from, minutes(toHour, toMinute), dayLength) };
}

function weeklyWindow(text: string): Window | undefined {
  const [, fromDay = "", fromHour = "", fromMinute = "", toDay = "", toHour = "", toMinute = ""] =
    weekly.exec(text) ?? [];
  if (fromDay === "") return undefined;
  const at = (day: string, hour: string, minute: string) => days.indexOf(day) * dayLength + minutes(hour, minute);
  const from = at(fromDay, fromHour, fromMinute);
  return { from, length: lengthOf(from, at(toDay, toHour, toMinute), days.length * dayLength) };
}

/** Whether a text is a time of day for backups: `02:00-03:00`. */
export const isBackupWindow = (text: string): boolean => (dailyWindow(text)?.length ?? 0) >= shortest;

/** Whether a text is a time of the week for maintenance, of a day at most: `sun:03:30-sun:04:30`. */
export function isMaintenanceWindow(text: string): boolean {
  const length = weeklyWindow(text)?.length ?? 0;
  return length >= shortest && length <= dayLength;
}

/** Whether the two share a minute, which RDS refuses. False where one of them cannot be read. */
export function windowsOverlap(backup: string, maintenance: string): boolean {
  const [day, week] = [dailyWindow(backup), weeklyWindow(maintenance)];
  if (!day || !week) return false;
  const cycle = days.length * dayLength;
  return days.some((_, index) => {
    const from = index * dayLength + day.from;
    return lengthOf(from, week.from, cycle) < day.length || lengthOf(week.from, from, cycle) < week.length;
  });
}
