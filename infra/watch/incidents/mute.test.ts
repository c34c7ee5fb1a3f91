import assert from "node:assert/strict";
import fc from "fast-check";
import type { Duration } from "../../kit/units";
import { timeInterval } from "../alerting/intervals";
import { entryProblems, type Maintenance, weekdays } from "../calendar";
import { holdsInAlertmanager, holdsInCloudWatch, offset } from "./clocks";
import { isoDuration, muteSchedule } from "./mute";

const minute = 60_000;
const day = 1_440 * minute;

/** With every sort of clock: none that changes, half an hour, three quarters, the southern half of the year, a change of half an hour. */
const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Pacific/Auckland",
  "Australia/Lord_Howe",
] as const;

const two = (value: number) => String(value).padStart(2, "0");
const timeOfDay = fc.integer({ min: 0, max: 1_439 }).map((at) => `${two(Math.floor(at / 60))}:${two(at % 60)}`);
const minutes = (max: number) => fc.integer({ min: 1, max }).map((count): Duration => `${count} minutes`);
const common = fc.constantFrom(...zones).map((timezone) => ({ name: "work", reason: "x", timezone }));
/** Within the years 2026 to 2028. */
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 5) / minute, max: Date.UTC(2028, 11, 20) / minute })
  .map((at) => at * minute);
const localText = (at: number) => new Date(at).toISOString().slice(0, 16);

const recurring: fc.Arbitrary<Maintenance> = fc
  .oneof(
    fc.record({ recurrence: fc.constant("daily" as const), start: timeOfDay, duration: minutes(1_439) }),
    fc.record({
      recurrence: fc.constant("weekly" as const),
      start: timeOfDay,
      duration: minutes(7 * 1_440 - 1),
      weekday: fc.constantFrom(...weekdays),
    }),
    fc.record({
      recurrence: fc.constant("monthly" as const),
      start: timeOfDay,
      duration: minutes(15 * 1_440),
      day: fc.integer({ min: 1, max: 28 }),
    }),
  )
  .chain((entry) => common.map((rest): Maintenance => ({ ...rest, ...entry })))
  .filter((entry) => entryProblems(entry).length === 0);

const once: fc.Arbitrary<Maintenance> = fc
  .tuple(common, instant, fc.integer({ min: 1, max: 15 * 1_440 }))
  .map(
    ([rest, start, length]): Maintenance => ({
      ...rest,
      recurrence: "once",
      start: localText(start),
      end: localText(start + length * minute),
    }),
  )
  .filter((entry) => entryProblems(entry).length === 0);

const mutedBy = {
  alertmanager: (entry: Maintenance, at: number) =>
    timeInterval(entry).time_intervals.some((range) => holdsInAlertmanager(range, at)),
  cloudwatch: (entry: Maintenance, at: number) => holdsInCloudWatch(muteSchedule(entry), at),
};

/** Instants that show something: the edges of an entry, a minute aside, and any. */
function looks(entry: Maintenance, any: number): number[] {
  const [hour = 0, past = 0] = entry.start.slice(-5).split(":").map(Number);
  const date =
    entry.recurrence === "once"
      ? Date.parse(`${entry.start}:00Z`)
      : Math.floor(any / day) * day + (hour * 60 + past) * minute;
  const start = date - offset(date, entry.timezone);
  const length =
    entry.recurrence === "once" ? Date.parse(`${entry.end}:00Z`) - date : Number.parseInt(entry.duration, 10) * minute;
  return [any, ...[start, start + length].flatMap((edge) => [edge - minute, edge, edge + minute])];
}

/** Whether the clocks change near an instant, within what an entry may last. No zone here changes them twice within a month. */
const clocksChange = ({ timezone }: Maintenance, at: number): boolean =>
  new Set([at - 16 * day, at, at + 16 * day].map((near) => offset(near, timezone))).size > 1;

describe("an entry as CloudWatch reads it", () => {
  const usual = { name: "work", reason: "x", timezone: "Europe/Berlin" } as const;

  it("is a cron expression of five fields with a duration, or a time that comes once", () => {
    assert.deepEqual(muteSchedule({ ...usual, recurrence: "daily", start: "02:05", duration: "90 minutes" }), {
      expression: "cron(5 2 * * *)",
      duration: "PT1H30M",
      timezone: "Europe/Berlin",
    });
    const weekly = {
      ...usual,
      recurrence: "weekly",
      weekday: "saturday",
      start: "23:00",
      duration: "3 hours",
    } as const;
    assert.equal(muteSchedule(weekly).expression, "cron(0 23 * * SAT)");
    const monthly = { ...usual, recurrence: "monthly", day: 28, start: "22:00", duration: "2 hours" } as const;
    assert.equal(muteSchedule(monthly).expression, "cron(0 22 28 * *)");
    assert.deepEqual(
      muteSchedule({ ...usual, recurrence: "once", start: "2026-12-24T22:00", end: "2026-12-26T04:30" }),
      {
        expression: "at(2026-12-24T22:00)",
        duration: "P1DT6H30M",
        timezone: "Europe/Berlin",
      },
    );
  });

  it("lasts as many hours as really pass where the clocks change within one that comes once", () => {
    const spring = { ...usual, recurrence: "once", start: "2026-03-29T00:00", end: "2026-03-29T06:00" } as const;
    assert.equal(muteSchedule(spring).duration, "PT5H");
  });

  it("writes every length within CloudWatch's bounds so that it reads as the same", () => {
    assert.deepEqual([60, 3_600, 86_400, 15 * 86_400].map(isoDuration), ["PT1M", "PT1H", "P1D", "P15D"]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 * 1_440 }), (count) => {
        const [, days, hours, rest] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(isoDuration(count * 60)) ?? [];
        assert.equal((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(rest ?? 0), count);
      }),
    );
  });
});

describe("one calendar for both backends", () => {
  it("mutes both at the same instants, whatever comes again and again", () => {
    fc.assert(
      fc.property(recurring, instant, (entry, any) => {
        for (const at of looks(entry, any).filter((look) => !clocksChange(entry, look)))
          assert.equal(mutedBy.cloudwatch(entry, at), mutedBy.alertmanager(entry, at), new Date(at).toISOString());
      }),
      { numRuns: 400 },
    );
  });

  it("mutes both at the same instants, whatever comes once", () => {
    fc.assert(
      fc.property(once, instant, (entry, any) => {
        for (const at of looks(entry, any).filter((look) => !clocksChange(entry, look)))
          assert.equal(mutedBy.cloudwatch(entry, at), mutedBy.alertmanager(entry, at), new Date(at).toISOString());
      }),
      { numRuns: 400 },
    );
  });

  it("mutes both from start to end where the clocks change within what comes once", () => {
    const entry = {
      name: "work",
      reason: "x",
      timezone: "Europe/Berlin",
      recurrence: "once",
      start: "2026-10-24T22:00",
      end: "2026-10-25T06:00",
    } as const;
    const start = Date.parse("2026-10-24T20:00Z");
    for (let at = start - 2 * minute; at < start + 9 * 60 * minute + 2 * minute; at += minute) {
      const within = at >= start && at < start + 9 * 60 * minute;
      assert.deepEqual([mutedBy.cloudwatch(entry, at), mutedBy.alertmanager(entry, at)], [within, within]);
    }
  });

  it("ends an hour apart in a night in which the clocks change, by the difference alone", () => {
    const nightly = {
      name: "x",
      reason: "x",
      timezone: "Europe/Berlin",
      recurrence: "daily",
      start: "01:00",
      duration: "4 hours",
    } as const;
    const minutesApart = (from: string) =>
      Array.from({ length: 1_440 }, (_, at) => Date.parse(from) + at * minute).filter(
        (at) => mutedBy.cloudwatch(nightly, at) !== mutedBy.alertmanager(nightly, at),
      ).length;
    assert.equal(minutesApart("2026-03-28T12:00Z"), 60);
    assert.equal(minutesApart("2026-10-24T12:00Z"), 60);
    assert.equal(minutesApart("2026-10-25T12:00Z"), 0);
  });
});
