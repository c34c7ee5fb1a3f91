/** The calendar of planned work: the one place that says when alarms may be silent. Both backends are muted from it. */
import { nearest } from "../kit/nearest";
import { type Duration, isDuration, seconds } from "../kit/units";

/** Days of the week, as a calendar entry names them. */
export const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
export type Weekday = (typeof weekdays)[number];

interface Common {
  /** Names the mute rule and the time interval: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Why alarms are silent then, for the person who wonders. */
  readonly reason: string;
  /** Time zone of every time in it, by its IANA name: "Europe/Berlin". */
  readonly timezone: string;
  /** Only alarms of these services are muted. @default all but the Watchdog's */
  readonly services?: readonly string[];
}

/** Work that is done once. */
export interface OnceMaintenance extends Common {
  readonly recurrence: "once";
  /** Local date and time: "2026-12-24T22:00". */
  readonly start: string;
  /** Local date and time, at most 15 days later. */
  readonly end: string;
}

/** Work that is done over and over. */
export type RecurringMaintenance = Common & {
  /** Local time of day: "02:00". */
  readonly start: string;
  /** Whole minutes. It may go past midnight. */
  readonly duration: Duration;
} & (
    | { readonly recurrence: "daily" }
    | { readonly recurrence: "weekly"; readonly weekday: Weekday }
    | { readonly recurrence: "monthly" /** 1 to 28, which every month has. */; readonly day: number }
  );

/** One entry of the calendar. */
export type Maintenance = OnceMaintenance | RecurringMaintenance;

/** What is wrong with an entry. */
export interface CalendarProblem {
  readonly field: string;
  /** What is allowed, in words that end a sentence. */
  readonly allowed: string;
}

/** The bounds of an alarm mute rule's duration ("PutAlarmMuteRule", CloudWatch API Reference, 2026-11: PT1M to P15D). Alertmanager knows none. */
const longestSeconds = 15 * 86_400;

const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;
const timeOfDay = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes since midnight of a time of day. */
export function minuteOf(time: string): number {
  const [, hour, minute] = timeOfDay.exec(time) ?? [];
  return Number(hour) * 60 + Number(minute);
}

/** Milliseconds of a local date and time, as if it were UTC; undefined where it is none, such as the 30th of February. */
function wallClock(text: string): number | undefined {
  if (!dateTime.test(text)) return undefined;
  const date = new Date(`${text}:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date.getTime() : undefined;
}

/** A local date and time by its parts. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Since midnight. */
  readonly minute: number;
}

/** The parts of a local date and time that was checked, some days later. */
export function localTime(text: string, daysLater = 0): LocalTime {
  const date = new Date((wallClock(text) ?? Number.NaN) + daysLater * 86_400_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    minute: date.getUTCHours() * 60 + date.getUTCMinutes(),
  };
}

/** What a clock in the zone shows at an instant, as if it were UTC. */
function shownAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return new Date(`${format.format(instant).replace(" ", "T")}Z`).getTime();
}

/** The instant of a local date and time, in milliseconds; a time that the clocks skip counts as much later as they are put forward. */
export function instantOf(text: string, timeZone: string): number {
  const wall = wallClock(text) ?? Number.NaN;
  const guess = wall - (shownAt(wall, timeZone) - wall);
  return guess + (wall - shownAt(guess, timeZone)) || guess;
}

/** How long an entry lasts, in seconds that really pass: clocks that change within a single one are reckoned with. */
export const lengthOf = (entry: Maintenance): number =>
  entry.recurrence === "once"
    ? (instantOf(entry.end, entry.timezone) - instantOf(entry.start, entry.timezone)) / 1_000
    : seconds(entry.duration);

/** How often one begins, in seconds, where that bounds its length. */
const every = { daily: 86_400, weekly: 7 * 86_400, monthly: 28 * 86_400 } as const;

/** The zone as the time zone database writes it; undefined for one that it does not have. */
function zoneOf(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** What is wrong with a time zone. Go, by which AMP reads it, minds capitals; offsets are no zones. */
function zoneProblem(timezone: string): string | undefined {
  const known = zoneOf(timezone);
  const differs = known?.toLowerCase() === timezone.toLowerCase() && known !== timezone;
  if (known !== undefined && /^[A-Z]/.test(timezone) && !differs) return undefined;
  const meant = differs ? known : nearest(timezone, Intl.supportedValuesOf("timeZone"));
  return `an IANA time zone, written like "Europe/Berlin"${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
}

function onceProblems({ start, end, timezone }: OnceMaintenance): CalendarProblem[] {
  const [from, to] = [wallClock(start), wallClock(end)];
  const wrong = [...(from === undefined ? ["start"] : []), ...(to === undefined ? ["end"] : [])];
  if (wrong.length > 0)
    return wrong.map((field) => ({
      field,
      allowed: 'a local date and time that exists, written like "2026-12-24T22:00"',
    }));
  if (zoneProblem(timezone) !== undefined) return [];
  const length = (instantOf(end, timezone) - instantOf(start, timezone)) / 1_000;
  if (length <= 0) return [{ field: "end", allowed: `after its start, ${start}` }];
  return length > longestSeconds ? [{ field: "end", allowed: "at most 15 days after its start" }] : [];
}

function recurringProblems(entry: RecurringMaintenance): CalendarProblem[] {
  const { start, duration, recurrence } = entry;
  const problems: CalendarProblem[] = [];
  if (!timeOfDay.test(start)) problems.push({ field: "start", allowed: 'a local time of day, written like "02:00"' });
  const length = isDuration(duration) ? seconds(duration) : Number.NaN;
  const most = Math.min(every[recurrence] - 60, longestSeconds);
  const days = Math.floor(most / 86_400);
  const bound = days > 1 ? (recurrence === "weekly" ? "less than 7 days" : "at most 15 days") : "less than a day";
  if (!(length >= 60 && length <= most && length % 60 === 0))
    return [...problems, { field: "duration", allowed: `whole minutes, ${bound}, written like "90 minutes"` }];
  if (recurrence === "weekly" && !weekdays.includes(entry.weekday))
    problems.push({ field: "weekday", allowed: weekdays.map((day) => `"${day}"`).join(", ") });
  if (recurrence !== "monthly") return problems;
  const { day } = entry;
  if (!(Number.isInteger(day) && day >= 1 && day <= 28))
    problems.push({ field: "day", allowed: "a day that every month has, 1 to 28" });
  else if (timeOfDay.test(start) && (minuteOf(start) + length / 60) / 1_440 > 29 - day)
    problems.push({ field: "duration", allowed: "over by the end of the 28th, the last day that every month has" });
  return problems;
}

/** What is wrong with one entry by itself. */
export function entryProblems(entry: Maintenance): CalendarProblem[] {
  const { name, reason, timezone, services } = entry;
  const zone = zoneProblem(timezone);
  const plain = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  return [
    ...(plain.test(name) && name.length <= 64
      ? []
      : [{ field: "name", allowed: "up to 64 lower-case letters and digits in parts joined by hyphens" }]),
    ...(reason.trim() === "" ? [{ field: "reason", allowed: "why alarms are silent then, in words" }] : []),
    ...(zone === undefined ? [] : [{ field: "timezone", allowed: zone }]),
    ...(services === undefined || services.length > 0
      ? []
      : [{ field: "services", allowed: "at least one; without the list the entry is for everything" }]),
    ...(entry.recurrence === "once" ? onceProblems(entry) : recurringProblems(entry)),
  ];
}

/** What is wrong with a calendar, in one line each. */
export function calendarProblems(calendar: readonly Maintenance[]): string[] {
  const names = calendar.map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [
    ...calendar.flatMap((entry) =>
      entryProblems(entry).map(({ field, allowed }) => `maintenance "${entry.name}": ${field} must be ${allowed}`),
    ),
    ...[...twice].map((name) => `maintenance "${name}": two entries have this name`),
  ];
}
