import assert from "node:assert/strict";
import { answers, parsed } from "./testing";

const documents = (bucket: unknown) => ({ "vigia:buckets": { documents: bucket } });

describe("a mistake in a bucket is answered with key, value and what is allowed", () => {
  answers([
    [
      "a capacity without a unit",
      documents({ capacity: "500" }),
      'vigia:buckets.documents.capacity = "500": an amount of data, written like "256 KiB"',
    ],
    [
      "reads below nothing",
      documents({ readsPerDay: -1 }),
      "vigia:buckets.documents.readsPerDay = -1: a number of 0 or more",
    ],
    [
      "a storage class that answers after hours",
      documents({ moveTo: { storageClass: "DEEP_ARCHIVE", after: "90 days" } }),
      'vigia:buckets.documents.moveTo.storageClass = "DEEP_ARCHIVE": "STANDARD_IA" or "GLACIER_IR"',
    ],
    [
      "infrequent access after a week",
      documents({ moveTo: { after: "7 days" } }),
      'vigia:buckets.documents.moveTo.after = "7 days": must be at least 30 days for STANDARD_IA',
    ],
    [
      "objects that are gone before they move",
      documents({ expireAfter: "60 days" }),
      'vigia:buckets.documents.moveTo.after = "90 days": must be shorter than expireAfter (60 days), or nothing is ever moved',
    ],
    [
      "a log in a bucket that the stack does not have",
      documents({ accessLogsTo: "access-log" }),
      'vigia:buckets.documents.accessLogsTo = "access-log": no such bucket: did you mean access-logs?',
    ],
    [
      "a log in a bucket that takes none",
      documents({ accessLogsTo: "invoices" }),
      'vigia:buckets.documents.accessLogsTo = "invoices": a bucket that is made with accessLogsOf: "buckets"',
    ],
    [
      "a plan that the stack does not have",
      documents({ backup: "file" }),
      'vigia:buckets.documents.backup = "file": a plan of vigia:recovery.plans: databases, files',
    ],
    [
      "no plan, and no reason",
      documents({ backup: { none: "" } }),
      'vigia:buckets.documents.backup = {"none":""}: the name of a backup plan, or why there is none: {"none": "access logs kept half a year"}',
    ],
    [
      "a copy of access logs",
      { "vigia:buckets": { "access-logs": { replicate: true } } },
      "vigia:buckets.access-logs.replicate = true: access logs are not replicated; leave one of the two out",
    ],
    [
      "a misspelt field",
      documents({ replicated: true }),
      "vigia:buckets.documents.replicated is not a setting: did you mean vigia:buckets.documents.replicate?",
    ],
    [
      "a misspelt signal",
      documents({ changes: { "bucket-slo": { off: "fast enough" } } }),
      "vigia:buckets.documents.changes.bucket-slo is not a setting: did you mean vigia:buckets.documents.changes.bucket-slow?",
    ],
    [
      "a name that S3 does not take",
      { "vigia:buckets": { tax_files: { writesPerDay: 1, readsPerDay: 1, backup: "files" } } },
      'vigia:buckets.tax_files: name of bucket "tax_files": use only lower-case letters, digits, dots and hyphens, with a letter or digit at both ends',
    ],
  ]);
});

describe("buckets of a stack", () => {
  it("are those of the platform, with what the stack changes", () => {
    const { buckets } = parsed({
      "vigia:buckets": { invoices: null, documents: { capacity: "1 GiB", backup: { none: "made-up documents" } } },
    });
    assert.equal(Object.hasOwn(buckets, "invoices"), false);
    assert.equal(Object.hasOwn(buckets, "broker-exports"), true);
    assert.equal(buckets.documents?.capacity, "1 GiB");
    assert.deepEqual(buckets.documents?.backup, { none: "made-up documents" });
    assert.equal(buckets.documents?.replicate, true);
  });
});
