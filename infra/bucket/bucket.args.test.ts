import assert from "node:assert/strict";
import fc from "fast-check";
import { place } from "../kit/recorder";
import { type BucketArgs, normalizeBucket, normalizeExpectations } from "./bucket.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: BucketArgs = { ...place, writesPerDay: 1_000, readsPerDay: 9_000, watcher };

describe("bad arguments of a bucket", () => {
  const cases: readonly [string, Partial<BucketArgs>, string][] = [
    ["writes under nothing", { writesPerDay: -1 }, "writesPerDay must be a number of 0 or more, got -1"],
    ["reads without end", { readsPerDay: Number.NaN }, "readsPerDay must be a number of 0 or more, got null"],
    ["no room at all", { capacity: "0 GiB" }, 'capacity must be more than nothing, got "0 GiB"'],
    [
      "every refusal allowed",
      { refused: "100 %" },
      'refused must be below 100 %: nothing could be above it, got "100 %"',
    ],
    [
      "silence that nobody could hear",
      { requestMetrics: false, steady: true },
      "steady needs requestMetrics: nothing else tells of silence",
    ],
    ["no time to answer", { firstByte: "0 seconds" }, 'firstByte must be more than nothing, got "0 seconds"'],
    [
      "a signal that is off without a reason",
      { changes: { "bucket-slow": { off: " " } } },
      'changes: "bucket-slow" is off without a reason: say why in words',
    ],
    ["half a day", { oldVersions: "12 hours" }, 'oldVersions must be whole days, got "12 hours"'],
    [
      "infrequent access at once",
      { moveTo: { storageClass: "STANDARD_IA", after: "7 days" } },
      'moveTo.after must be at least 30 days for STANDARD_IA, got "7 days"',
    ],
    [
      "moved after it is gone",
      { expireAfter: "60 days", moveTo: { storageClass: "GLACIER_IR", after: "60 days" } },
      'moveTo.after must be shorter than expireAfter (60 days), or nothing is ever moved, got "60 days"',
    ],
    [
      "a copy in the same region",
      { replicateTo: { region: place.region } },
      'replicateTo.region must be another region than the bucket\'s: a copy beside it is lost with it, got "eu-central-1"',
    ],
    [
      "a copy in a zone",
      { replicateTo: { region: "eu-west-1a" } },
      'replicateTo.region must be written as "eu-central-1", got "eu-west-1a"',
    ],
    [
      "a copy of access logs",
      { accessLogsOf: "loadBalancer", replicateTo: { region: "eu-west-1" } },
      "replicateTo: access logs are not replicated; leave one of the two out",
    ],
    [
      "a key for access logs",
      { accessLogsOf: "loadBalancer", key: "arn:key" },
      "key: access logs are delivered only into a bucket with the encryption of S3 itself; leave the key out",
    ],
    [
      "a log that logs itself",
      { accessLogsOf: "buckets", accessLogsTo: "logs" },
      "accessLogsTo: a bucket of access logs that logs its own accesses never comes to rest; leave it out",
    ],
    [
      "a plan with spaces",
      { backup: "every day" },
      'backup must be the name of a backup plan (lower-case letters, digits and hyphens, at most 50, not "none"), got "every day"',
    ],
    [
      "an account that is a name",
      { account: "prod" },
      'account must be the twelve digits of an AWS account id, got "prod"',
    ],
  ];
  for (const [what, args, line] of cases) {
    it(what, () => {
      assert.throws(() => normalizeBucket("invoices", { ...usual, ...args }), {
        name: "RangeError",
        message: `bucket "invoices": ${line}`,
      });
    });
  }

  it("are told all at once, names with them", () => {
    const wrong = () => normalizeBucket("Invoices", { ...usual, writesPerDay: -1, oldVersions: "1 hour" });
    assert.throws(wrong, ({ message }: Error) => {
      assert.deepEqual(
        message.split("\n").map((line) => line.slice('bucket "Invoices": '.length)),
        [
          'name of bucket "Invoices": use only lower-case letters, digits, dots and hyphens, with a letter or digit at both ends',
          "writesPerDay must be a number of 0 or more, got -1",
          'oldVersions must be whole days, got "1 hour"',
        ],
      );
      return true;
    });
  });

  it("include a name that leaves no room for the names of what it is copied with", () => {
    const name = "a".repeat(47);
    normalizeBucket(name, usual);
    assert.throws(
      () => normalizeBucket(name, { ...usual, replicateTo: { region: "eu-west-1" } }),
      /name of role "a{47}-replication": it has 59 characters, at most 56 are allowed/,
    );
  });
});

describe("what is expected of a bucket", () => {
  it("has defaults", () => {
    assert.deepEqual(normalizeExpectations("invoices", usual), {
      writesPerDay: 1_000,
      readsPerDay: 9_000,
      measured: true,
      steady: false,
      writtenDaily: false,
      refused: 5,
      firstByte: 1_000,
    });
  });

  it("keeps any whole number of days, and the order of what becomes of an object", () => {
    const days = fc.integer({ min: 30, max: 3_650 });
    fc.assert(
      fc.property(days, days, days, (oldVersions, after, expireAfter) => {
        const args = {
          ...usual,
          oldVersions: `${oldVersions} days`,
          expireAfter: `${expireAfter} days`,
          moveTo: { storageClass: "STANDARD_IA", after: `${24 * after} hours` },
        } as const;
        if (after >= expireAfter) assert.throws(() => normalizeBucket("invoices", args), /nothing is ever moved/);
        else
          assert.deepEqual(normalizeBucket("invoices", args).lifecycle, {
            oldVersions,
            expireAfter,
            moveTo: { storageClass: "STANDARD_IA", after },
          });
      }),
    );
  });
});
