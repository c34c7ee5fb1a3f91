import assert from "node:assert/strict";
import { Bucket as S3Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketMetric } from "@pulumi/aws/s3/bucketMetric.js";
import { place, type Recording, record } from "../kit/recorder";
import { Bucket } from "./bucket";
import type { BucketArgs } from "./bucket.args";
import { watchBucket } from "./bucket.watch";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: BucketArgs = { ...place, writesPerDay: 1_000, readsPerDay: 9_000, watcher };

const s3 = "aws:s3/bucket:Bucket";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

const made = (args: Partial<BucketArgs> = {}, mode: "update" | "preview" = "update") =>
  record(() => new Bucket("invoices", { ...usual, ...args }), mode);
const names = (recording: Recording, type: string) =>
  recording
    .ofType(type)
    .map(({ name }) => name)
    .sort();

describe("the alarms of a bucket", () => {
  it("are those that apply to what was declared", async () => {
    assert.deepEqual(names(await made(), alarm), [
      "invoices-bucket-refused",
      "invoices-bucket-server-errors",
      "invoices-bucket-slow",
      "invoices-bucket-unavailable",
    ]);
    const all = await made({ steady: true, writtenDaily: true, capacity: "1 TiB" });
    assert.deepEqual(
      names(all, alarm).filter((name) => /silent|written|capacity/.test(name)),
      ["invoices-bucket-not-written", "invoices-bucket-over-capacity", "invoices-bucket-silent"],
    );
    assert.equal(all.one(alarm, "invoices-bucket-over-capacity").inputs.threshold, 2 ** 40);
  });

  it("are hardly any where its requests are not measured", async () => {
    const recording = await made({ requestMetrics: false, capacity: "1 TiB" });
    assert.deepEqual(names(recording, alarm), ["invoices-bucket-over-capacity"]);
    assert.deepEqual(names(recording, "aws:s3/bucketMetric:BucketMetric"), []);
  });

  it("read the bucket and the configuration of its request metrics, in a preview too", async () => {
    const slow = (await made({ firstByte: "2.5 seconds" }, "preview")).one(alarm, "invoices-bucket-slow");
    assert.deepEqual(slow.madeFrom.dimensions, ["invoices", "invoices"]);
    assert.equal(slow.inputs.threshold, 2_500);
    const refused = (await made({ refused: "20 %" })).one(alarm, "invoices-bucket-refused");
    assert.equal(refused.inputs.threshold, 20);
    assert.match(
      JSON.stringify(refused.inputs.metricQueries),
      /"BucketName":"invoices-1234567","FilterId":"everything"/,
    );
  });

  it("come to a bucket that exists already", async () => {
    const recording = await record(() => {
      const existing = new S3Bucket("old", { bucket: "legacy" });
      const metrics = new BucketMetric("old", { bucket: existing.bucket, name: "all" });
      watchBucket("old", existing, { writesPerDay: 1, readsPerDay: 1, watcher, metrics });
    });
    assert.equal(recording.ofType(s3).length, 1);
    assert.deepEqual(recording.one(alarm, "old-bucket-slow").inputs.dimensions, {
      BucketName: "legacy",
      FilterId: "all",
    });
  });
});
