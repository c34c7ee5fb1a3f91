import assert from "node:assert/strict";
import { answers, parsed } from "./testing";

const recovery = (given: unknown) => ({ "vigia:recovery": given });
const databases = (given: unknown) => recovery({ plans: { databases: given } });

describe("a mistake in the backups is answered with key, value and what is allowed", () => {
  answers([
    [
      "the region that would be lost as well",
      recovery({ region: "eu-central-1" }),
      'vigia:recovery.region = "eu-central-1": must be another region than that of the backups: copies beside them are lost with them',
    ],
    [
      "a region that is a country",
      recovery({ region: "Ireland" }),
      'vigia:recovery.region = "Ireland": an AWS region, written like "eu-central-1"',
    ],
    [
      "a time that is none",
      databases({ at: "25:00" }),
      'vigia:recovery.plans.databases.at = "25:00": a time of day in UTC, written like "01:30"',
    ],
    [
      "a start that runs into a database's own backup",
      { ...databases({ at: "23:30" }), "vigia:databases": { shop: { backupWindow: "00:45-01:30" }, mes: null } },
      'vigia:recovery.plans.databases.at = "23:30": a start that stays clear of the backup window of the database shop (00:45-01:30) and of the hour before it',
    ],
    [
      "retention as a number",
      databases({ keep: 35 }),
      'vigia:recovery.plans.databases.keep = 35: 1 day to 3650 days in whole seconds, written like "35 days"',
    ],
    [
      "less than the lock allows",
      databases({ keep: "2 days" }),
      'vigia:recovery.plans.databases.keep = "2 days": must be 7 to 400 days, which is what the lock allows',
    ],
    [
      "months that are kept no longer than days",
      databases({ keepMonthly: "30 days" }),
      'vigia:recovery.plans.databases.keepMonthly = "30 days": must be longer than keep (35 days), or it keeps nothing more',
    ],
    [
      "every moment of a quarter",
      recovery({ plans: { files: { anyMoment: "90 days" } } }),
      'vigia:recovery.plans.files.anyMoment = "90 days": 1 day to 35 days in whole seconds, written like "35 days"',
    ],
    [
      "a lock that sounds harmless and is not",
      recovery({ lock: { mode: "compliance" } }),
      'vigia:recovery.lock.mode = "compliance": "off" or "governance" or "compliance: nobody can ever undo it"',
    ],
    [
      "a governance lock with the argument that makes it irreversible",
      recovery({ lock: { changeableFor: "3 days" } }),
      'vigia:recovery.lock.changeableFor = "3 days": is for compliance only: AWS takes a lock that has it for one that cannot be undone',
    ],
    [
      "a test once a week",
      recovery({ tests: { days: ["SUN"] } }),
      'vigia:recovery.tests.days = ["SUN"]: must be at most 5 days apart, so that an alarm, which sees no more than a week, tells of one that is missing',
    ],
    [
      "a test of a plan that the stack does not have",
      recovery({ tests: { buckets: "documents" } }),
      'vigia:recovery.tests.buckets = "documents": must be one of databases, files',
    ],
    [
      "a copy that reaches too far back",
      recovery({ databaseCopies: "60 days" }),
      'vigia:recovery.databaseCopies = "60 days": 1 day to 35 days in whole seconds, written like "35 days"',
    ],
    [
      "a misspelt field",
      databases({ keepCopys: "35 days" }),
      "vigia:recovery.plans.databases.keepCopys is not a setting: did you mean vigia:recovery.plans.databases.keepCopies?",
    ],
    [
      "a misspelt signal",
      recovery({ changes: { "backup-vault-fail": { off: "no" } } }),
      "vigia:recovery.changes.backup-vault-fail is not a setting: did you mean vigia:recovery.changes.backup-vault-failed?",
    ],
  ]);
});

describe("the backups of a stack", () => {
  it("are those of the platform, with what the stack changes", () => {
    const { recovery: small } = parsed(
      recovery({
        plans: { databases: { keep: "7 days", keepMonthly: null, keepCopies: null } },
        tests: null,
        databaseCopies: null,
        experiments: false,
      }),
    );
    assert.deepEqual(small.plans.databases, { at: "04:30", keep: "7 days" });
    assert.equal(small.plans.files?.anyMoment, "35 days");
    assert.deepEqual([small.tests, small.databaseCopies, small.experiments], [undefined, undefined, false]);
  });

  it("can be locked for ever, by the words that say so", () => {
    const { recovery: locked } = parsed(
      recovery({ lock: { mode: "compliance: nobody can ever undo it", changeableFor: "30 days" } }),
    );
    assert.equal(locked.lock.changeableFor, "30 days");
  });
});
