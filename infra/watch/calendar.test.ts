import assert from "node:assert/strict";
import fc from "fast-check";
import { timeInterval } from "./alerting/intervals";
import { calendarProblems, entryProblems, instantOf, lengthOf, type Maintenance } from "./calendar";

const common = { name: "work", reason: "x", timezone: "Europe/Berlin" } as const;
const once = (start: string, end: string): Maintenance => ({ ...common, recurrence: "once", start, end });

describe("the calendar", () => {
  it("knows the instant of a local time, in summer and in winter", () => {
    assert.equal(new Date(instantOf("2026-12-24T22:00", "Europe/Berlin")).toISOString(), "2026-12-24T21:00:00.000Z");
    assert.equal(new Date(instantOf("2026-07-01T00:30", "Europe/Berlin")).toISOString(), "2026-06-30T22:30:00.000Z");
    assert.equal(new Date(instantOf("2026-07-01T00:30", "America/New_York")).toISOString(), "2026-07-01T04:30:00.000Z");
    assert.equal(new Date(instantOf("2026-07-01T00:30", "Asia/Kathmandu")).toISOString(), "2026-06-30T18:45:00.000Z");
  });

  it("takes a time that the clocks skip for one that is as much later", () => {
    assert.equal(new Date(instantOf("2026-03-29T02:30", "Europe/Berlin")).toISOString(), "2026-03-29T01:30:00.000Z");
  });

  it("says how long an entry really lasts where the clocks change within it", () => {
    assert.equal(lengthOf(once("2026-12-24T22:00", "2026-12-25T04:00")), 6 * 3_600);
    assert.equal(lengthOf(once("2026-03-29T00:00", "2026-03-29T06:00")), 5 * 3_600);
    assert.equal(lengthOf(once("2026-10-25T00:00", "2026-10-25T06:00")), 7 * 3_600);
    assert.equal(lengthOf({ ...common, recurrence: "daily", start: "02:00", duration: "90 minutes" }), 5_400);
  });

  it("gives the local time of any instant back, in any zone", () => {
    const zones = [
      "UTC",
      "Europe/Berlin",
      "America/Sao_Paulo",
      "Pacific/Auckland",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
    ];
    const day = 86_400_000;
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 20_000, max: 22_000 }),
        fc.integer({ min: 5, max: 23 }),
        (zone, days, hour) => {
          const text = `${new Date(days * day).toISOString().slice(0, 10)}T${String(hour).padStart(2, "0")}:00`;
          const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
          assert.equal(shown.format(instantOf(text, zone)).replace(" ", "T"), text);
        },
      ),
    );
  });

  it("finds what is wrong with each entry, and two of a name", () => {
    assert.deepEqual(entryProblems(once("2026-12-24T22:00", "2026-12-24T22:01")), []);
    assert.deepEqual(calendarProblems([once("2026-12-24T22:00", "2026-12-24T22:00")]), [
      'maintenance "work": end must be after its start, 2026-12-24T22:00',
    ]);
    const entry = once("2026-12-24T22:00", "2026-12-25T22:00");
    assert.deepEqual(calendarProblems([entry, { ...entry, timezone: "UTC" }]), [
      'maintenance "work": two entries have this name',
    ]);
  });
});

describe("an entry as Alertmanager reads it", () => {
  const location = "Europe/Berlin";
  const times = (start_time: string, end_time: string) => ({ times: [{ start_time, end_time }] });

  it("is a time of each day", () => {
    const { time_intervals } = timeInterval({ ...common, recurrence: "daily", start: "02:05", duration: "50 minutes" });
    assert.deepEqual(time_intervals, [{ ...times("02:05", "02:55"), location }]);
  });

  it("goes on after midnight on the next day of the week", () => {
    const entry = {
      ...common,
      recurrence: "weekly",
      weekday: "saturday",
      start: "23:00",
      duration: "3 hours",
    } as const;
    assert.deepEqual(timeInterval(entry).time_intervals, [
      { ...times("23:00", "24:00"), weekdays: ["saturday"], location },
      { ...times("00:00", "02:00"), weekdays: ["sunday"], location },
    ]);
  });

  it("has whole days without a time", () => {
    assert.deepEqual(timeInterval(once("2026-12-30T22:00", "2027-01-01T04:00")).time_intervals, [
      { ...times("22:00", "24:00"), years: ["2026"], months: ["12"], days_of_month: ["30"], location },
      { years: ["2026"], months: ["12"], days_of_month: ["31"], location },
      { ...times("00:00", "04:00"), years: ["2027"], months: ["1"], days_of_month: ["1"], location },
    ]);
  });

  it("ends at midnight without an empty day after it", () => {
    const entry = { ...common, recurrence: "monthly", day: 28, start: "22:00", duration: "2 hours" } as const;
    assert.deepEqual(timeInterval(entry).time_intervals, [
      { ...times("22:00", "24:00"), days_of_month: ["28"], location },
    ]);
  });
});
