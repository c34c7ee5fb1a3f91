import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider.js";
import { place, type Recording, record } from "../kit/recorder";
import { Bucket } from "./bucket";
import type { BucketArgs } from "./bucket.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: BucketArgs = { ...place, writesPerDay: 1_000, readsPerDay: 9_000, watcher };
const replicateTo = { region: "eu-west-1" } as const;

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const replication = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

const made = (args: Partial<BucketArgs> = {}, mode: "update" | "preview" = "update") =>
  record(() => new Bucket("invoices", { ...usual, ...args }), mode);
const names = (recording: Recording, type: string) =>
  recording
    .ofType(type)
    .map(({ name }) => name)
    .sort();

describe("the copy of a bucket", () => {
  it("lies in the other region with all that belongs to it, as safe as the bucket", async () => {
    const { resources } = await made({ replicateTo });
    const copy = resources.filter(({ name, type }) => name === "invoices-replica" && type.startsWith("aws:"));
    assert.equal(copy.length, 8);
    for (const { inputs, type } of copy) assert.equal(inputs.region, "eu-west-1", type);
  });

  it("is written within a quarter of an hour, deletions too, with the key of its region", async () => {
    const recording = await made({ replicateTo });
    const { inputs, madeFrom } = recording.one(replication, "invoices-replication");
    assert.deepEqual(inputs.rules, [
      {
        id: "everything",
        status: "Enabled",
        priority: 0,
        filter: { prefix: "" },
        deleteMarkerReplication: { status: "Enabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: {
          bucket: "arn:aws:s3:eu-central-1:123456789012:invoices-replica-1234567",
          encryptionConfiguration: {
            replicaKmsKeyId: "arn:aws:kms:eu-central-1:123456789012:invoices-replica-1234567",
          },
          metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
          replicationTime: { status: "Enabled", time: { minutes: 15 } },
        },
      },
    ]);
    assert.deepEqual(madeFrom.bucket, ["invoices"]);
  });

  it("is made by a role that can read here and write there, each with its key and no more", async () => {
    const recording = await made({ replicateTo });
    const { Statement } = recording.document("aws:iam/rolePolicy:RolePolicy", "invoices-replication", "policy") as {
      Statement: { Action: string[]; Resource: string; Condition?: unknown }[];
    };
    const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:123456789012:${name}-1234567`;
    assert.deepEqual(
      Statement.map(({ Action, Resource }) => [Action[0], Resource]),
      [
        ["s3:GetReplicationConfiguration", arn("s3", "invoices")],
        ["s3:GetObjectVersionForReplication", `${arn("s3", "invoices")}/*`],
        ["s3:ReplicateObject", `${arn("s3", "invoices-replica")}/*`],
        ["kms:Decrypt", arn("kms", "invoices")],
        ["kms:Encrypt", arn("kms", "invoices-replica")],
      ],
    );
    assert.deepEqual(Statement[4]?.Condition, { StringLike: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } });
  });

  it("is watched here for what fails; how late it is needs somebody who is told there", async () => {
    const alone = await made({ replicateTo });
    const late = (recording: Recording) => names(recording, alarm).filter((name) => name.includes("replica"));
    assert.deepEqual(late(alone), ["invoices-bucket-replication-failed"]);
    const { watch } = alone.one("vigia:signal:Watch", "invoices-replica").outputs ?? {};
    assert.match(JSON.stringify(watch), /nobody is told in eu-west-1, where S3 publishes it/);
    const there = { ...watcher, actions: { page: [], ticket: ["arn:there"] } };
    const both = await record(() => {
      const provider = new Provider("there", { region: "eu-west-1" });
      new Bucket("invoices", { ...usual, replicateTo: { ...replicateTo, watch: { watcher: there, provider } } });
    });
    assert.deepEqual(late(both), ["invoices-bucket-replication-failed", "invoices-replica-bucket-replication-late"]);
    const { inputs, madeFrom } = both.one(alarm, "invoices-replica-bucket-replication-late");
    assert.deepEqual(inputs.alarmActions, ["arn:there"]);
    assert.deepEqual(inputs.dimensions, {
      SourceBucket: "invoices-1234567",
      DestinationBucket: "invoices-replica-1234567",
      RuleId: "everything",
    });
    assert.deepEqual(madeFrom.dimensions, ["invoices-replica", "invoices-replication"]);
  });
});
