import assert from "node:assert/strict";
import { place, type Recording, record } from "../kit/recorder";
import { Bucket } from "./bucket";
import type { BucketArgs } from "./bucket.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: BucketArgs = { ...place, writesPerDay: 1_000, readsPerDay: 9_000, watcher };

const s3 = "aws:s3/bucket:Bucket";
const key = "aws:kms/key:Key";
const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

const made = (args: Partial<BucketArgs> = {}, mode: "update" | "preview" = "update") =>
  record(() => new Bucket("invoices", { ...usual, ...args }), mode);
const names = (recording: Recording, type: string) =>
  recording
    .ofType(type)
    .map(({ name }) => name)
    .sort();
const statements = (recording: Recording, name: string) => {
  const { Statement } = recording.document("aws:s3/bucketPolicy:BucketPolicy", name, "policy") as {
    Statement: Record<string, unknown>[];
  };
  return Statement;
};

describe("a bucket", () => {
  it("comes with its key, what makes it private and safe, and its watch", async () => {
    const { resources } = await made();
    const kinds = resources.map(({ type, name, parent }) => `${parent ?? ""} > ${type.split(":").at(-1)} ${name}`);
    assert.deepEqual(
      kinds.filter((line) => !line.includes("MetricAlarm")).sort(),
      [
        " > Bucket invoices",
        "invoices > Bucket invoices",
        "invoices > BucketLifecycleConfiguration invoices",
        "invoices > BucketMetric invoices",
        "invoices > BucketNotification invoices",
        "invoices > BucketOwnershipControls invoices",
        "invoices > BucketPolicy invoices",
        "invoices > BucketPublicAccessBlock invoices",
        "invoices > BucketServerSideEncryptionConfiguration invoices",
        "invoices > BucketVersioning invoices",
        "invoices > Key invoices",
        "invoices > Watch invoices",
      ].sort(),
    );
  });

  it("lets nobody in but the account, and nothing without TLS 1.2", async () => {
    const recording = await made();
    const { bucket: _, ...block } = recording.one(
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "invoices",
    ).inputs;
    assert.deepEqual(Object.values(block), [true, true, true, true]);
    assert.deepEqual(recording.one("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "invoices").inputs.rule, {
      objectOwnership: "BucketOwnerEnforced",
    });
    const arn = "arn:aws:s3:eu-central-1:123456789012:invoices-1234567";
    assert.deepEqual(statements(recording, "invoices"), [
      {
        Sid: "OnlyOverTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "OnlySafeTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
    ]);
  });

  it("is encrypted with a rotated key of its own, or with the one that it is given", async () => {
    const own = await made();
    assert.equal(own.one(key, "invoices").inputs.enableKeyRotation, true);
    assert.deepEqual(own.one(encryption, "invoices").inputs.rules, [
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:invoices-1234567",
        },
        bucketKeyEnabled: true,
        blockedEncryptionTypes: ["SSE-C"],
      },
    ]);
    const given = await made({ key: "arn:key" });
    assert.deepEqual(names(given, key), []);
    assert.match(JSON.stringify(given.one(encryption, "invoices").inputs), /"kmsMasterKeyId":"arn:key"/);
  });

  it("and its key are protected and stay in the account, unless somebody says otherwise", async () => {
    const options: Record<string, unknown>[] = [];
    const seen = (protect?: boolean) =>
      record(() => {
        new Bucket(
          "invoices",
          { ...usual, ...(protect !== undefined && { protect }) },
          {
            transformations: [
              ({ type, opts }) => {
                if (type === s3 || type === key) options.push({ type, protect: opts.protect });
                return undefined;
              },
            ],
          },
        );
      });
    await seen();
    await seen(false);
    assert.deepEqual(options, [
      { type: key, protect: true },
      { type: s3, protect: true },
      { type: key, protect: undefined },
      { type: s3, protect: undefined },
    ]);
  });

  it("keeps versions for a while, and forgets unfinished uploads and markers that hide nothing", async () => {
    const { dependsOn, inputs } = (await made()).one(lifecycle, "invoices");
    const rule = { status: "Enabled", filter: { prefix: "" } };
    assert.deepEqual(inputs.rules, [
      { ...rule, id: "unfinished-uploads", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
      { ...rule, id: "old-versions", noncurrentVersionExpiration: { noncurrentDays: 90 } },
      { ...rule, id: "lone-delete-markers", expiration: { expiredObjectDeleteMarker: true } },
    ]);
    assert.ok(dependsOn.includes("invoices"));
  });

  it("moves and removes old objects where it is told to", async () => {
    const recording = await made({
      expireAfter: "365 days",
      moveTo: { storageClass: "GLACIER_IR", after: "90 days" },
    });
    const { rules } = recording.one(lifecycle, "invoices").inputs;
    assert.ok(Array.isArray(rules));
    assert.deepEqual(rules.slice(2), [
      {
        status: "Enabled",
        filter: { prefix: "" },
        id: "old-objects",
        transitions: [{ days: 90, storageClass: "GLACIER_IR" }],
        expiration: { days: 365 },
      },
    ]);
  });

  it("tells EventBridge what happens, as backups need it, and carries the plan's tag", async () => {
    const recording = await made({ backup: "daily" });
    assert.equal(recording.one("aws:s3/bucketNotification:BucketNotification", "invoices").inputs.eventbridge, true);
    assert.deepEqual(recording.one(s3, "invoices").inputs, { tags: { backup: "daily" } });
  });

  it("leaves a log of its requests where it is told to", async () => {
    const recording = await made({ accessLogsTo: "logs-1234567" });
    const { targetBucket, targetPrefix } = recording.one("aws:s3/bucketLogging:BucketLogging", "invoices").inputs;
    assert.deepEqual([targetBucket, targetPrefix], ["logs-1234567", "invoices/"]);
  });

  it("takes a last change to its arguments, and hands on its name and ARN", async () => {
    const recording = await made({ transform: { bucket: (args) => ({ ...args, bucket: "legacy" }) } });
    assert.equal(recording.one(s3, "invoices").inputs.bucket, "legacy");
    assert.equal(recording.one("vigia:bucket:Bucket", "invoices").outputs?.name, "legacy");
  });
});

describe("a bucket of access logs", () => {
  it("is encrypted by S3 itself, because nothing else is delivered to", async () => {
    const recording = await made({ accessLogsOf: "loadBalancer" });
    assert.deepEqual(names(recording, key), []);
    assert.match(JSON.stringify(recording.one(encryption, "invoices").inputs), /"sseAlgorithm":"AES256"/);
  });

  it("lets load balancers of the account write, and nobody else's", async () => {
    const [, , delivery] = statements(await made({ accessLogsOf: "loadBalancer" }), "invoices");
    assert.deepEqual(delivery, {
      Sid: "LoadBalancerLogs",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:eu-central-1:123456789012:invoices-1234567/load-balancer/AWSLogs/123456789012/*",
    });
  });

  it("lets buckets of the account write", async () => {
    const [, , delivery] = statements(await made({ accessLogsOf: "buckets" }), "invoices");
    assert.deepEqual(delivery?.Principal, { Service: "logging.s3.amazonaws.com" });
    assert.deepEqual(delivery?.Condition, { StringEquals: { "aws:SourceAccount": "123456789012" } });
  });
});
