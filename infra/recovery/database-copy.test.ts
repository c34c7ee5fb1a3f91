import assert from "node:assert/strict";
import { place, record } from "../kit/recorder";
import { DatabaseCopy, type DatabaseCopyArgs } from "./database-copy";

const usual: DatabaseCopyArgs = { ...place, source: "arn:db", elsewhere: "eu-west-1" };
const replication = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";
const made = (args: Partial<DatabaseCopyArgs> = {}) => record(() => new DatabaseCopy("shop", { ...usual, ...args }));

describe("the copy of a database's backups", () => {
  it("lies in the other region, with a key of that region", async () => {
    const recording = await made();
    const { inputs, madeFrom, parent } = recording.one(replication, "shop");
    assert.deepEqual([inputs.sourceDbInstanceArn, inputs.region, inputs.retentionPeriod], ["arn:db", "eu-west-1", 7]);
    assert.deepEqual([madeFrom.kmsKeyId, parent], [["shop"], "shop"]);
    const key = recording.one("aws:kms/key:Key", "shop").inputs;
    assert.deepEqual([key.region, key.enableKeyRotation], ["eu-west-1", true]);
  });

  it("takes the key that it is given", async () => {
    const recording = await made({ key: "arn:key" });
    assert.equal(recording.one(replication, "shop").inputs.kmsKeyId, "arn:key");
    assert.deepEqual(recording.ofType("aws:kms/key:Key"), []);
  });

  it("tells all that is wrong at once", async () => {
    await assert.rejects(made({ elsewhere: place.region, keep: "36 days" }), {
      message: [
        'database copy "shop": elsewhere must be another region than the database\'s, got "eu-central-1"',
        'database copy "shop": keep must be at most 35 days, got "36 days"',
      ].join("\n"),
    });
    await assert.rejects(made({ elsewhere: "Ireland" }), /elsewhere must be a region, written as "eu-central-1"/);
  });
});
