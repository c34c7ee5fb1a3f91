import assert from "node:assert/strict";
import { answers, parsed } from "./testing";

const weekly = {
  recurrence: "weekly",
  weekday: "sunday",
  start: "02:00",
  duration: "2 hours",
  timezone: "Europe/Berlin",
  reason: "RDS patches itself",
};
const once = {
  recurrence: "once",
  start: "2026-12-24T22:00",
  end: "2026-12-25T04:00",
  timezone: "Europe/Berlin",
  reason: "Move of the broker",
};
const work = (entry: object) => ({ "vigia:maintenance": { work: entry } });
const without = (field: keyof typeof weekly) => ({ ...weekly, [field]: undefined });

describe("settings of maintenance", () => {
  it("are none where a stack says nothing", () => {
    assert.deepEqual(parsed({}).maintenance, []);
  });

  it("become a list of entries with their names", () => {
    const { maintenance } = parsed({
      "vigia:maintenance": { patches: weekly, move: { ...once, services: ["shop"] } },
    });
    assert.deepEqual(maintenance, [
      { name: "patches", ...weekly },
      { name: "move", ...once, services: ["shop"] },
    ]);
  });

  it("take a window that ends after midnight", () => {
    const [entry] = parsed(work({ ...weekly, start: "23:00", duration: "3 hours" })).maintenance;
    assert.equal(entry?.start, "23:00");
  });

  answers([
    [
      "an end before the start",
      work({ ...once, end: "2026-12-24T21:00" }),
      'vigia:maintenance.work.end = "2026-12-24T21:00": after its start, 2026-12-24T22:00',
    ],
    [
      "an unknown time zone",
      work({ ...weekly, timezone: "Europe/Berlim" }),
      'vigia:maintenance.work.timezone = "Europe/Berlim": an IANA time zone, written like "Europe/Berlin"; did you mean "Europe/Berlin"?',
    ],
    [
      "a time zone with other capitals, which AMP would not find",
      work({ ...weekly, timezone: "Europe/berlin" }),
      'vigia:maintenance.work.timezone = "Europe/berlin": an IANA time zone, written like "Europe/Berlin"; did you mean "Europe/Berlin"?',
    ],
    [
      "an offset for a time zone",
      work({ ...weekly, timezone: "+01:00" }),
      'vigia:maintenance.work.timezone = "+01:00": an IANA time zone, written like "Europe/Berlin"',
    ],
    [
      "a day that does not exist",
      work({ ...once, start: "2026-02-30T22:00" }),
      'vigia:maintenance.work.start = "2026-02-30T22:00": a local date and time that exists, written like "2026-12-24T22:00"',
    ],
    [
      "more than fifteen days",
      work({ ...once, end: "2027-01-09T22:01" }),
      'vigia:maintenance.work.end = "2027-01-09T22:01": at most 15 days after its start',
    ],
    [
      "a time of day that is none",
      work({ ...weekly, start: "25:00" }),
      'vigia:maintenance.work.start = "25:00": a local time of day, written like "02:00"',
    ],
    [
      "a daily window of a day",
      work({ recurrence: "daily", start: "02:00", duration: "24 hours", timezone: "UTC", reason: "x" }),
      'vigia:maintenance.work.duration = "24 hours": whole minutes, less than a day, written like "90 minutes"',
    ],
    [
      "half a minute",
      work({ ...weekly, duration: "30 seconds" }),
      'vigia:maintenance.work.duration = "30 seconds": whole minutes, less than 7 days, written like "90 minutes"',
    ],
    [
      "the last days of a month",
      work({ recurrence: "monthly", day: 28, start: "23:00", duration: "2 hours", timezone: "UTC", reason: "x" }),
      'vigia:maintenance.work.duration = "2 hours": over by the end of the 28th, the last day that every month has',
    ],
    [
      "a week without a day",
      work(without("weekday")),
      "vigia:maintenance.work: what comes weekly needs weekday and duration; weekday is missing",
    ],
    [
      "an end for what comes again and again",
      work({ ...weekly, end: "2026-12-24T22:00" }),
      'vigia:maintenance.work.end = "2026-12-24T22:00": what comes weekly has weekday and duration instead',
    ],
    [
      "no reason",
      work({ ...weekly, reason: " " }),
      'vigia:maintenance.work.reason = " ": why alarms are silent then, in words',
    ],
    [
      "a service that there is not",
      work({ ...weekly, services: ["crn"] }),
      'vigia:maintenance.work.services[0] = "crn": a service of this stack; did you mean "crm"?',
    ],
    [
      "no services at all",
      work({ ...weekly, services: [] }),
      "vigia:maintenance.work.services = []: at least one; without the list the entry is for everything",
    ],
    [
      "a name that no rule can have",
      { "vigia:maintenance": { Sunday: weekly } },
      "vigia:maintenance.Sunday: its name must be up to 64 lower-case letters and digits in parts joined by hyphens",
    ],
  ]);
});
