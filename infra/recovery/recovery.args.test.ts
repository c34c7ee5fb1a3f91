import assert from "node:assert/strict";
import fc from "fast-check";
import { place } from "../kit/recorder";
import type { PlanArgs } from "./plan.args";
import { compliance, normalizeRecovery, type RecoveryArgs } from "./recovery.args";
import { longestGap, type RestoreTestArgs, testName, weekdays } from "./restore-test.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const daily: PlanArgs = { at: "01:30", keep: "35 days", resources: 2 };
const usual: RecoveryArgs = { ...place, plans: { daily }, watcher };
const plan = (changed: Partial<PlanArgs>): Partial<RecoveryArgs> => ({ plans: { daily: { ...daily, ...changed } } });
const tests = (changed: Partial<RestoreTestArgs>): Partial<RecoveryArgs> => ({
  tests: { days: ["TUE", "FRI"], at: "05:00", buckets: { plan: "daily" }, ...changed },
});
const subnetGroup = "nowhere";

describe("bad arguments of recovery", () => {
  const cases: readonly [string, Partial<RecoveryArgs>, string][] = [
    ["no plan", { plans: {} }, "plans must name at least one plan"],
    [
      "a plan that is called none",
      { plans: { none: daily } },
      'plans must be the name of a backup plan (lower-case letters, digits and hyphens, at most 50, not "none"), got "none"',
    ],
    [
      "a time that is none",
      plan({ at: "24:00" }),
      'plans.daily.at must be a time of day in UTC, written like "01:30", got "24:00"',
    ],
    ["half a day", plan({ keep: "12 hours" }), 'plans.daily.keep must be whole days, got "12 hours"'],
    [
      "less than the lock allows",
      plan({ keep: "3 days" }),
      'plans.daily.keep must be 7 to 400 days, which is what the lock allows, got "3 days"',
    ],
    [
      "more than the lock allows",
      plan({ keepMonthly: "730 days" }),
      'plans.daily.keepMonthly must be 7 to 400 days, which is what the lock allows, got "730 days"',
    ],
    [
      "every moment of a year",
      plan({ anyMoment: "365 days" }),
      'plans.daily.anyMoment must be at most 35 days, got "365 days"',
    ],
    [
      "months that are kept no longer than days",
      plan({ keepMonthly: "35 days" }),
      'plans.daily.keepMonthly must be longer than keep (35 days), or it keeps nothing more, got "35 days"',
    ],
    ["nothing to back up", plan({ resources: 0 }), "plans.daily.resources must be a whole number of 1 or more, got 0"],
    [
      "a hasty start",
      plan({ startWithin: "10 minutes" }),
      'plans.daily.startWithin must be an hour or more, in whole minutes, got "10 minutes"',
    ],
    [
      "no time to finish",
      plan({ completeWithin: "1 hour" }),
      'plans.daily.completeWithin must be longer than startWithin (1 hour), which is part of it, got "1 hour"',
    ],
    [
      "copies without a place",
      plan({ keepCopies: "35 days" }),
      'plans.daily.keepCopies needs another region to copy to: give elsewhere.region, got "35 days"',
    ],
    [
      "copies beside their originals",
      { elsewhere: { region: place.region } },
      'elsewhere.region must be another region than that of the backups: copies beside them are lost with them, got "eu-central-1"',
    ],
    [
      "a lock of unknown strength",
      { lock: { mode: "compliance" as "governance" } },
      'lock.mode must be "off" or "governance" or "compliance: nobody can ever undo it", got "compliance"',
    ],
    [
      "time to change one's mind that would start what cannot be undone",
      { lock: { mode: "governance", changeableFor: "3 days" } },
      'lock.changeableFor is for compliance only: AWS takes a lock that has it for one that cannot be undone, got "3 days"',
    ],
    [
      "no time to change one's mind",
      { lock: { mode: compliance, changeableFor: "1 day" } },
      'lock.changeableFor must be at least 3 days, got "1 day"',
    ],
    ["a lock without room", { lock: { mode: "governance", least: "90 days", most: "35 days" } }, "several"],
    [
      "tests once a week",
      tests({ days: ["SUN"] }),
      'tests.days must be at most 5 days apart, so that an alarm, which sees no more than a week, tells of one that is missing, got ["SUN"]',
    ],
    [
      "tests of nothing",
      { tests: { days: ["TUE", "FRI"], at: "05:00" } },
      "tests must restore databases, buckets or both",
    ],
    [
      "tests of another plan",
      tests({ buckets: { plan: "weekly" } }),
      'tests.buckets.plan must be one of daily, got "weekly"',
    ],
    [
      "a database restored among strangers",
      tests({ databases: { plan: "daily", subnetGroup, securityGroups: [] } }),
      "tests.databases.securityGroups must name a group: without one AWS takes the default group of the VPC",
    ],
    ["a week to look", tests({ keepHours: 200 }), "tests.keepHours must be a whole number from 1 to 168, got 200"],
    [
      "a signal that is off without a reason",
      { changes: { "backup-vault-failed": { off: "" } } },
      'changes: "backup-vault-failed" is off without a reason: say why in words',
    ],
  ];
  for (const [what, args, line] of cases) {
    it(what, () => {
      const make = () => normalizeRecovery("backups", { ...usual, ...args });
      if (line === "several")
        assert.throws(make, /lock\.most must not be shorter than lock\.least \(90 days\), got "35 days"/);
      else assert.throws(make, { name: "RangeError", message: `recovery "backups": ${line}` });
    });
  }
});

describe("what is expected of backups", () => {
  it("is counted over all plans, with copies and tests", () => {
    const { size, lock } = normalizeRecovery("backups", {
      ...usual,
      plans: { daily, files: { ...daily, resources: 3, keepCopies: "35 days", anyMoment: "35 days" } },
      elsewhere: { region: "eu-west-1" },
      ...tests({}),
    });
    assert.deepEqual(size, { resources: 5, copies: true, testsApart: 4 });
    assert.deepEqual(lock, { mode: "governance", least: 7, most: 400 });
  });

  it("locks for ever only by the word that says so", () => {
    const { lock } = normalizeRecovery("backups", { ...usual, lock: { mode: compliance } });
    assert.deepEqual(lock, { mode: compliance, least: 7, most: 400, changeableFor: 14 });
  });

  it("takes any retention that the lock allows", () => {
    const days = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(days, days, days, (keep, least, most) => {
        const make = () =>
          normalizeRecovery("backups", {
            ...usual,
            plans: { daily: { ...daily, keep: `${keep} days` } },
            lock: { mode: "governance", least: `${least} days`, most: `${most} days` },
          });
        if (least <= keep && keep <= most) assert.equal(make().plans[0]?.keep, keep);
        else assert.throws(make, RangeError);
      }),
    );
  });

  it("names restore tests in letters, digits and underscores, which is all that AWS takes", () => {
    assert.match(testName("back-ups.eu"), /^\w+_\w+_back_ups_eu$/);
  });

  it("knows the longest time between days of the week", () => {
    assert.equal(longestGap(["TUE", "FRI"]), 4);
    assert.equal(longestGap(["SUN"]), 7);
    assert.equal(longestGap([...weekdays]), 1);
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }), (days) => {
        const gap = longestGap(days);
        assert.ok(gap >= Math.ceil(7 / days.length) && gap <= 8 - days.length);
      }),
    );
  });
});
