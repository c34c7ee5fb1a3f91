import assert from "node:assert/strict";
import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { record } from "../kit/recorder";
import { DeadLetters, watchDeadLetters } from "./dead-letters";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const sqs = "aws:sqs/queue:Queue";
const policy = "aws:sqs/queuePolicy:QueuePolicy";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("a dead-letter queue of subscriptions", () => {
  const publishers = ["arn:aws:sns:eu-central-1:123456789012:orders"];
  const left = (args: object = {}) =>
    record(() => new DeadLetters("lost", { publishers, kmsKeyId: "arn:key", watcher, ...args }));

  it("is encrypted, takes messages from its topics alone, and keeps them for two weeks", async () => {
    const recording = await left();
    assert.deepEqual(recording.one(sqs, "lost").inputs, {
      kmsMasterKeyId: "arn:key",
      messageRetentionSeconds: 1_209_600,
    });
    const { Statement } = recording.document(policy, "lost", "policy") as {
      Statement: { Sid: string; Condition: unknown }[];
    };
    assert.deepEqual(
      Statement.map(({ Sid, Condition }) => [Sid, Condition]),
      [
        ["OnlyOverTls", { Bool: { "aws:SecureTransport": "false" } }],
        ["TopicsDeliver", { ArnLike: { "aws:SourceArn": publishers } }],
      ],
    );
  });

  it("has the alarms of dead letters, with the whole retention to act in", async () => {
    const recording = await left({ retention: "4 days" });
    assert.deepEqual(
      recording
        .ofType(alarm)
        .map(({ name }) => name)
        .sort(),
      ["lost-queue-dead-letters", "lost-queue-dead-letters-expiring"],
    );
    assert.equal(recording.one(alarm, "lost-queue-dead-letters-expiring").inputs.threshold, 0.75 * 345_600);
  });

  it("is FIFO where its topic is", async () => {
    assert.equal((await left({ fifo: true })).one(sqs, "lost").inputs.fifoQueue, true);
  });

  it("can be watched alone when it exists already", async () => {
    const recording = await record(
      () =>
        void watchDeadLetters("lost", new SqsQueue("lost", {}), {
          watcher,
          changes: { "queue-dead-letters": { severity: "ticket" } },
        }),
    );
    assert.deepEqual(recording.one(alarm, "lost-queue-dead-letters").inputs.alarmActions, ["arn:ticket"]);
  });

  it("refuses a retention that SQS does not take, and silence without a reason", () => {
    const args = { publishers, kmsKeyId: "arn:key", watcher };
    assert.throws(
      () => new DeadLetters("lost", { ...args, retention: "15 days", changes: { "queue-dead-letters": { off: "" } } }),
      {
        message:
          'dead-letter queue "lost": retention must be 60 seconds to 14 days, got "15 days"\ndead-letter queue "lost": changes: "queue-dead-letters" is off without a reason: say why in words',
      },
    );
  });
});
