/**
 * How both backends read a calendar, written anew from their documentation for the tests: neither the calendar's own arithmetic nor that of what renders it is used.
 */
import type { TimeRange } from "../alerting/intervals";
import { weekdays } from "../calendar";
import type { MuteSchedule } from "./mute";

const minuteMs = 60_000;
const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  formats.set(timeZone, format);
  return format;
}

/** What a clock in the zone shows at an instant, read as if it were UTC. */
function shown(instant: number, timeZone: string): Date {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

/** How far a zone's clocks are before UTC at an instant, in milliseconds. */
export const offset = (instant: number, timeZone: string): number => shown(instant, timeZone).getTime() - instant;

const inRange = (value: number, texts: readonly string[] | undefined) =>
  texts === undefined || texts.some((text) => Number(text) === value);

/** Whether a stretch of Alertmanager holds at an instant: every field that is given must ("time_interval", Alertmanager configuration, 2026-11). */
export function holdsInAlertmanager(
  { times, weekdays: on, days_of_month, months, years, location }: TimeRange,
  instant: number,
): boolean {
  const local = shown(instant, location);
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const minuteIn = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return (
    (times === undefined ||
      times.some(({ start_time, end_time }) => minute >= minuteIn(start_time) && minute < minuteIn(end_time))) &&
    (on === undefined || on.includes(String(weekdays[local.getUTCDay()]))) &&
    inRange(local.getUTCDate(), days_of_month) &&
    inRange(local.getUTCMonth() + 1, months) &&
    inRange(local.getUTCFullYear(), years)
  );
}

/** Milliseconds in a length of ISO 8601 with days, hours and minutes. */
function lengthIn(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? [];
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * minuteMs;
}

const weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The instants at which the zone's clocks show a local time: none where it is skipped, two where it comes twice. */
const instantsOf = (local: number, timeZone: string): number[] =>
  [...new Set([-dayMs, dayMs].map((aside) => local - offset(local + aside, timeZone)))].filter(
    (instant) => shown(instant, timeZone).getTime() === local,
  );

/** Whether an alarm mute rule holds at an instant: from each time that its expression names, for its duration ("Alarm Mute Rules", CloudWatch User Guide, 2026-11). */
export function holdsInCloudWatch({ expression, duration, timezone }: MuteSchedule, instant: number): boolean {
  const length = lengthIn(duration);
  const covers = (local: number) =>
    instantsOf(local, timezone).some((start) => start <= instant && instant < start + length);
  const once = /^at\((.+)\)$/.exec(expression);
  if (once) return covers(Date.parse(`${once[1]}:00Z`));
  const [minute, hour, day, month, weekday] = expression.replace(/^cron\((.+)\)$/, "$1").split(" ");
  const midnight = Math.floor(shown(instant, timezone).getTime() / dayMs) * dayMs;
  const days = Array.from({ length: Math.ceil(length / dayMs) + 2 }, (_, before) => midnight - (before - 1) * dayMs);
  return days.some((start) => {
    const date = new Date(start);
    const isDay =
      (day === "*" || Number(day) === date.getUTCDate()) &&
      month === "*" &&
      (weekday === "*" || weekday === weekdayNames[date.getUTCDay()]);
    return isDay && covers(start + (Number(hour) * 60 + Number(minute)) * minuteMs);
  });
}
