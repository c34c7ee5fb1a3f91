import { seconds } from "../../kit/units";
import { localTime, type Maintenance, minuteOf, type RecurringMaintenance, weekdays } from "../calendar";

/** One stretch of time as Alertmanager writes it. Every field that is given must hold; times are within one day, the end excluded. */
export interface TimeRange {
  readonly times?: readonly { readonly start_time: string; readonly end_time: string }[];
  readonly weekdays?: readonly string[];
  readonly days_of_month?: readonly string[];
  readonly months?: readonly string[];
  readonly years?: readonly string[];
  readonly location: string;
}

/** A named list of stretches. */
export interface TimeInterval {
  readonly name: string;
  readonly time_intervals: readonly TimeRange[];
}

const dayLength = 1_440;

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Minutes from `start` on the first day to `end`, counted from that day's midnight, cut at each midnight. */
function days(start: number, end: number): { readonly later: number; readonly times: Pick<TimeRange, "times"> }[] {
  const count = Math.ceil(end / dayLength);
  return Array.from({ length: count }, (_, later) => {
    const from = later === 0 ? start : 0;
    const to = Math.min(end - later * dayLength, dayLength);
    const whole = from === 0 && to === dayLength;
    return { later, times: whole ? {} : { times: [{ start_time: clock(from), end_time: clock(to) }] } };
  });
}

function onDay(entry: RecurringMaintenance, later: number): Omit<TimeRange, "location" | "times"> {
  if (entry.recurrence === "daily") return {};
  if (entry.recurrence === "monthly") return { days_of_month: [String(entry.day + later)] };
  return { weekdays: [weekdays[(weekdays.indexOf(entry.weekday) + later) % 7] ?? entry.weekday] };
}

/**
 * An entry of the calendar as Alertmanager reads it: by the clock on the wall, so that where the clocks change within it, it is an hour longer or shorter.
 */
export function timeInterval(entry: Maintenance): TimeInterval {
  const location = entry.timezone;
  if (entry.recurrence !== "once") {
    const start = minuteOf(entry.start);
    const ranges = days(start, start + seconds(entry.duration) / 60);
    return {
      name: entry.name,
      time_intervals: ranges.map(({ later, times }) => ({ ...times, ...onDay(entry, later), location })),
    };
  }
  const { minute } = localTime(entry.start);
  // Wall-clock minutes from the first midnight to the end, each day counted with 24 hours.
  const length = (Date.parse(`${entry.end}:00Z`) - Date.parse(`${entry.start}:00Z`)) / 60_000;
  const ranges = days(minute, minute + length).map(({ later, times }): TimeRange => {
    const { year, month, day } = localTime(entry.start, later);
    return { ...times, years: [String(year)], months: [String(month)], days_of_month: [String(day)], location };
  });
  return { name: entry.name, time_intervals: ranges };
}
