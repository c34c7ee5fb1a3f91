import { lengthOf, type Maintenance, minuteOf } from "../calendar";

/** When an alarm mute rule mutes, as CloudWatch takes it ("Schedule", CloudWatch API Reference, 2026-11). */
export interface MuteSchedule {
  /** `at(...)` for what comes once, else `cron(minute hour day month weekday)`: local times. */
  readonly expression: string;
  /** How long each time, as ISO 8601 writes it. */
  readonly duration: string;
  readonly timezone: string;
}

/** A length of whole minutes as ISO 8601 writes it: 5400 is PT1H30M, 183600 is P2DT3H. */
export function isoDuration(seconds: number): string {
  const minutes = seconds / 60;
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60];
  const date = days > 0 ? `${days}D` : "";
  const time = `${hours > 0 ? `${hours}H` : ""}${rest > 0 ? `${rest}M` : ""}`;
  return `P${date}${time === "" ? "" : `T${time}`}`;
}

function expressionOf(entry: Maintenance): string {
  if (entry.recurrence === "once") return `at(${entry.start})`;
  const minute = minuteOf(entry.start);
  const at = `${minute % 60} ${Math.floor(minute / 60)}`;
  if (entry.recurrence === "monthly") return `cron(${at} ${entry.day} * *)`;
  return `cron(${at} * * ${entry.recurrence === "weekly" ? entry.weekday.slice(0, 3).toUpperCase() : "*"})`;
}

/**
 * An entry of the calendar as CloudWatch reads it: from its start for as long as it lasts. Where the clocks change within one that comes again and again, it
 * ends that much earlier or later than Alertmanager's, which goes by the clock on the wall at both ends.
 */
export const muteSchedule = (entry: Maintenance): MuteSchedule => ({
  expression: expressionOf(entry),
  duration: isoDuration(lengthOf(entry)),
  timezone: entry.timezone,
});
