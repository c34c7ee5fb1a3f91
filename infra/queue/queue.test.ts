import assert from "node:assert/strict";
import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { type Recording, record } from "../kit/recorder";
import { Queue, watchQueue } from "./queue";
import type { QueueArgs } from "./queue.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: QueueArgs = { oldestMessage: "10 minutes", messagesPerDay: 100_000, watcher };

const sqs = "aws:sqs/queue:Queue";
const policy = "aws:sqs/queuePolicy:QueuePolicy";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

const made = (args: Partial<QueueArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Queue("orders", { ...usual, ...args }), mode);
const alarms = (recording: Recording) =>
  recording
    .ofType(alarm)
    .map(({ name }) => name)
    .sort();
const arn = (name: string) => `arn:aws:sqs:eu-central-1:123456789012:${name}-1234567`;

describe("a queue", () => {
  it("comes with its dead-letter queue, its policies and its alarms, each with a parent", async () => {
    const { resources } = await made();
    assert.deepEqual(resources.map(({ type, name, parent }) => `${parent ?? ""} > ${type} ${name}`).sort(), [
      " > vigia:queue:Queue orders",
      `orders > ${alarm} orders-queue-dead-letters`,
      `orders > ${alarm} orders-queue-dead-letters-expiring`,
      `orders > ${alarm} orders-queue-growing-backlog`,
      `orders > ${alarm} orders-queue-in-flight`,
      `orders > ${alarm} orders-queue-oldest-message`,
      `orders > ${sqs} orders`,
      `orders > ${sqs} orders-dead-letters`,
      `orders > ${policy} orders`,
      `orders > ${policy} orders-dead-letters`,
      "orders > aws:sqs/redriveAllowPolicy:RedriveAllowPolicy orders",
      "orders > vigia:signal:Watch orders",
    ]);
  });

  it("redrives after five receives into a queue that keeps messages longer and takes them from nobody else", async () => {
    const recording = await made();
    assert.deepEqual(recording.one(sqs, "orders").inputs, {
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 345_600,
      visibilityTimeoutSeconds: 30,
      delaySeconds: 0,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: arn("orders-dead-letters"), maxReceiveCount: 5 }),
    });
    assert.deepEqual(recording.one(sqs, "orders-dead-letters").inputs, {
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1_209_600,
    });
    const allowed = recording.document("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "orders", "redriveAllowPolicy");
    assert.deepEqual(allowed, { redrivePermission: "byQueue", sourceQueueArns: [arn("orders")] });
  });

  it("refuses requests without TLS on both queues, and lets no service send", async () => {
    const recording = await made();
    for (const name of ["orders", "orders-dead-letters"]) {
      assert.deepEqual(recording.document(policy, name, "policy"), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OnlyOverTls",
            Effect: "Deny",
            Principal: "*",
            Action: "sqs:*",
            Resource: arn(name),
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      });
    }
  });

  it("lets just its publishers deliver, and never into its dead letters", async () => {
    const publishers = ["arn:aws:sns:eu-central-1:123456789012:shop-*"];
    const recording = await made({ publishers });
    const statements = (name: string) =>
      (recording.document(policy, name, "policy") as { Statement: { Sid: string }[] }).Statement;
    assert.deepEqual(statements("orders")[1], {
      Sid: "TopicsDeliver",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: arn("orders"),
      Condition: { ArnLike: { "aws:SourceArn": publishers } },
    });
    assert.deepEqual(
      statements("orders-dead-letters").map(({ Sid }) => Sid),
      ["OnlyOverTls"],
    );
  });

  it("is made of two FIFO queues when it keeps the order, whose dead letters lose no time", async () => {
    const recording = await made({ fifo: true, deadLetterRetention: "4 days" });
    for (const name of ["orders", "orders-dead-letters"]) assert.equal(recording.one(sqs, name).inputs.fifoQueue, true);
    assert.equal(recording.one(alarm, "orders-queue-dead-letters-expiring").inputs.threshold, 0.75 * 345_600);
  });

  it("is encrypted with the key that it is given, both queues", async () => {
    const recording = await made({ kmsKeyId: "alias/orders" });
    for (const name of ["orders", "orders-dead-letters"]) {
      const { kmsMasterKeyId, sqsManagedSseEnabled } = recording.one(sqs, name).inputs;
      assert.deepEqual([kmsMasterKeyId, sqsManagedSseEnabled], ["alias/orders", undefined]);
    }
  });

  it("takes a last change to the arguments of either queue", async () => {
    const recording = await made({
      transform: {
        queue: (args) => ({ ...args, maxMessageSize: 2_048 }),
        deadLetters: (args) => ({ ...args, name: "lost-orders" }),
      },
    });
    assert.equal(recording.one(sqs, "orders").inputs.maxMessageSize, 2_048);
    assert.equal(recording.one(sqs, "orders-dead-letters").inputs.name, "lost-orders");
  });

  it("hands on its ARN and its address", async () => {
    const { outputs } = (await made()).one("vigia:queue:Queue", "orders");
    assert.deepEqual(outputs, {
      arn: arn("orders"),
      url: "https://sqs.eu-central-1.amazonaws.com/123456789012/orders-1234567",
    });
  });
});

describe("the alarms of a queue", () => {
  it("are about its own queues, in a preview too, where their names are unknown", async () => {
    const recording = await made({}, "preview");
    const from = (id: string) => recording.one(alarm, `orders-${id}`).madeFrom;
    assert.deepEqual(from("queue-oldest-message").dimensions, ["orders"]);
    assert.deepEqual(from("queue-in-flight").dimensions, ["orders"]);
    assert.deepEqual(from("queue-growing-backlog").metricQueries, ["orders"]);
    assert.deepEqual(from("queue-dead-letters").dimensions, ["orders-dead-letters"]);
    assert.deepEqual(from("queue-dead-letters-expiring").dimensions, ["orders-dead-letters"]);
  });

  it("carry metric, window, threshold, actions, tags and runbook as recorded", async () => {
    const { alarmDescription, ...inputs } = (await made()).one(alarm, "orders-queue-oldest-message").inputs;
    assert.deepEqual(inputs, {
      namespace: "AWS/SQS",
      metricName: "ApproximateAgeOfOldestMessage",
      statistic: "Maximum",
      period: 60,
      dimensions: { QueueName: "orders-1234567" },
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 600,
      evaluationPeriods: 15,
      datapointsToAlarm: 15,
      treatMissingData: "notBreaching",
      alarmActions: ["arn:page"],
      okActions: ["arn:page"],
      tags: { signal: "queue-oldest-message", severity: "page" },
    });
    assert.match(
      String(alarmDescription),
      /^Messages wait too long: orders\. .*Runbook: https:\/\/example\.com\/runbooks\/queue-oldest-message\.md$/,
    );
  });

  it("compute metric math over the queue's own numbers, above a burst of its traffic", async () => {
    const { metricQueries } = (await made()).one(alarm, "orders-queue-growing-backlog").inputs;
    assert.ok(Array.isArray(metricQueries));
    assert.deepEqual(metricQueries[0], {
      id: "value",
      expression: "IF(waiting > 1042, sent - deleted, 0)",
      returnData: true,
    });
    assert.deepEqual(
      metricQueries.slice(1).map(({ id, metric }) => [id, metric.metricName, metric.stat, metric.dimensions.QueueName]),
      [
        ["waiting", "ApproximateNumberOfMessagesVisible", "Maximum", "orders-1234567"],
        ["sent", "NumberOfMessagesSent", "Sum", "orders-1234567"],
        ["deleted", "NumberOfMessagesDeleted", "Sum", "orders-1234567"],
      ],
    );
  });

  it("follow the declared size: dead letters expire after what their source left them", async () => {
    const recording = await made({ retention: "1 day", deadLetterRetention: "5 days" });
    assert.equal(recording.one(alarm, "orders-queue-dead-letters-expiring").inputs.threshold, 0.75 * 4 * 86_400);
  });

  it("include silence only where traffic is steady", async () => {
    assert.ok(!alarms(await made()).includes("orders-queue-silent"));
    assert.ok(alarms(await made({ steady: true })).includes("orders-queue-silent"));
  });

  it("take another threshold, another severity, or none with a reason, and register all three", async () => {
    const changes = {
      "queue-oldest-message": { threshold: "1 hour" },
      "queue-growing-backlog": { severity: "page" },
      "queue-in-flight": { off: "one consumer at a time" },
    } as const;
    const recording = await made({ changes });
    assert.equal(recording.one(alarm, "orders-queue-oldest-message").inputs.threshold, 3_600);
    const { alarmActions, okActions, tags } = recording.one(alarm, "orders-queue-growing-backlog").inputs;
    assert.deepEqual(
      { alarmActions, okActions, tags },
      {
        alarmActions: ["arn:page"],
        okActions: ["arn:page"],
        tags: { signal: "queue-growing-backlog", severity: "page" },
      },
    );
    assert.ok(!alarms(recording).includes("orders-queue-in-flight"));
    const watch = recording.one("vigia:signal:Watch", "orders").outputs?.watch;
    assert.ok(Array.isArray(watch));
    assert.deepEqual(
      watch.map(({ kind, role, size, changes: registered }) => [kind, role, size.oldestMessage, registered]),
      [
        ["queue", "source", 600, changes],
        ["queue", "deadLetters", 600, changes],
      ],
    );
    assert.deepEqual(
      watch.map(({ subject }) => String(subject).split("::").at(-1)),
      ["orders", "orders-dead-letters"],
    );
  });
});

describe("a queue that exists already", () => {
  const watched = (withDeadLetters: boolean) =>
    record(() => {
      const deadLetters = new SqsQueue("old-dead-letters", {});
      watchQueue("old", new SqsQueue("old", { name: "legacy" }), { ...usual, ...(withDeadLetters && { deadLetters }) });
    });

  it("gets the same alarms, and no other resource", async () => {
    const recording = await watched(true);
    assert.deepEqual(
      alarms(recording),
      alarms(await made()).map((name) => name.replace("orders", "old")),
    );
    assert.deepEqual(recording.one(alarm, "old-queue-in-flight").inputs.dimensions, { QueueName: "legacy" });
    assert.equal(recording.ofType(policy).length, 0);
  });

  it("has no alarms about dead letters when its dead-letter queue is not given", async () => {
    assert.deepEqual(
      alarms(await watched(false)).filter((name) => name.includes("dead")),
      [],
    );
  });

  it("is checked like a new one", () => {
    assert.throws(() => watchQueue("old", undefined as unknown as SqsQueue, { ...usual, messagesPerDay: -1 }), {
      message: 'queue "old": messagesPerDay must be a number of 0 or more, got -1',
    });
  });
});
