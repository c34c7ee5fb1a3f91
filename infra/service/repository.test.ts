import assert from "node:assert/strict";
import { record } from "../kit/recorder";
import { ImageRepository } from "./repository";

const type = "aws:ecr/repository:Repository";

describe("ImageRepository", () => {
  it("keeps images under tags that never move, encrypted by a key of its own, and scanned", async () => {
    const recording = await record(() => void new ImageRepository("shop"));
    const { inputs, madeFrom } = recording.one(type, "shop");
    assert.equal(inputs.imageTagMutability, "IMMUTABLE");
    assert.deepEqual(inputs.imageScanningConfiguration, { scanOnPush: true });
    assert.equal(inputs.forceDelete, false);
    assert.deepEqual(madeFrom.encryptionConfigurations, ["shop-images"]);
    assert.equal(recording.one("aws:kms/key:Key", "shop-images").inputs.enableKeyRotation, true);
  });

  it("takes a key that is given", async () => {
    const recording = await record(() => void new ImageRepository("shop", { kmsKeyArn: "arn:key" }));
    assert.deepEqual(recording.one(type, "shop").inputs.encryptionConfigurations, [
      { encryptionType: "KMS", kmsKey: "arn:key" },
    ]);
    assert.deepEqual(recording.ofType("aws:kms/key:Key"), []);
  });

  it("deletes what no tag names, and versions long past", async () => {
    const recording = await record(() => void new ImageRepository("shop", { versions: 30 }));
    const { rules } = recording.document("aws:ecr/lifecyclePolicy:LifecyclePolicy", "shop", "policy") as {
      rules: { rulePriority: number; selection: { tagStatus: string; countNumber: number } }[];
    };
    assert.deepEqual(
      rules.map(({ rulePriority, selection }) => [rulePriority, selection.tagStatus, selection.countNumber]),
      [
        [1, "untagged", 14],
        [2, "any", 30],
      ],
    );
  });

  it("names an image by tag or digest", async () => {
    const images: string[] = [];
    await record(() => {
      const repository = new ImageRepository("shop");
      for (const version of ["1.4.2", `sha256:${"a".repeat(64)}`])
        repository.image(version).apply((image) => images.push(image));
    });
    assert.deepEqual(
      images.map((image) => image.replace(/^undefined/, "")),
      [":1.4.2", `@sha256:${"a".repeat(64)}`],
    );
  });

  it("refuses a name that ECR does not take, and a history too short to go back", () => {
    assert.throws(
      () => new ImageRepository("Shop_", { versions: 1 }),
      (error: Error) => /lower-case/.test(error.message) && /versions must be 5 to 1000/.test(error.message),
    );
  });
});
