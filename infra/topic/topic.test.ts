import assert from "node:assert/strict";
import { Topic as SnsTopic } from "@pulumi/aws/sns/topic.js";
import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { place, type Recording, record } from "../kit/recorder";
import { Queue } from "../queue/queue";
import { publisherOf } from "./senders";
import type { Subscription } from "./subscription";
import { Topic, watchTopic } from "./topic";
import type { TopicArgs } from "./topic.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: TopicArgs = { ...place, publishesPerDay: 100_000, watcher };

const sns = "aws:sns/topic:Topic";
const subscription = "aws:sns/topicSubscription:TopicSubscription";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const key = "aws:kms/key:Key";
const group = "aws:cloudwatch/logGroup:LogGroup";

const made = (args: Partial<TopicArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Topic("orders", { ...usual, ...args }), mode);
const names = (recording: Recording, type: string) =>
  recording
    .ofType(type)
    .map(({ name }) => name)
    .sort();
const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:123456789012:${name}-1234567`;
const byQueue: Subscription = {
  name: "billing",
  protocol: "sqs",
  endpoint: "arn:aws:sqs:eu-central-1:123456789012:billing",
};

describe("a topic", () => {
  it("comes with its key, its policy and its watch, and nothing else while nobody subscribes", async () => {
    const { resources } = await made();
    assert.deepEqual(
      resources.map(({ type, name, parent }) => `${parent ?? ""} > ${type} ${name}`).sort(),
      [
        " > vigia:topic:Topic orders",
        `orders > ${key} orders`,
        `orders > ${sns} orders`,
        `orders > ${alarm} orders-topic-lost`,
        "orders > aws:sns/topicPolicy:TopicPolicy orders",
        "orders > vigia:signal:Watch orders",
      ].sort(),
    );
  });

  it("is encrypted with a rotated key of its own, whose policy is known before anything is made", async () => {
    const recording = await made({ senders: ["cloudwatch"] }, "preview");
    const { policy, ...inputs } = recording.one(key, "orders").inputs;
    assert.deepEqual(inputs, {
      description: "Messages of the topic orders",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    });
    assert.match(String(policy), /"Sid":"CloudWatch"/);
    assert.deepEqual(recording.one(sns, "orders").madeFrom, { kmsMasterKeyId: ["orders"] });
    assert.deepEqual((await made()).one(sns, "orders").inputs, {
      kmsMasterKeyId: arn("kms", "orders"),
      signatureVersion: 2,
    });
  });

  it("takes the key that it is given, and makes none", async () => {
    const recording = await made({ key: "arn:key", subscriptions: [byQueue] });
    assert.deepEqual(names(recording, key), []);
    assert.equal(recording.one(sns, "orders").inputs.kmsMasterKeyId, "arn:key");
    assert.equal(recording.one("aws:sqs/queue:Queue", "orders-billing-dead-letters").inputs.kmsMasterKeyId, "arn:key");
  });

  it("keeps the order when it is FIFO, and so do its dead letters", async () => {
    const recording = await made({ fifo: true, subscriptions: [byQueue] });
    assert.equal(recording.one(sns, "orders").inputs.fifoTopic, true);
    assert.equal(recording.one("aws:sqs/queue:Queue", "orders-billing-dead-letters").inputs.fifoQueue, true);
  });

  it("takes a last change to its arguments and hands on its ARN", async () => {
    const recording = await made({ transform: { topic: (args) => ({ ...args, displayName: "Orders" }) } });
    assert.equal(recording.one(sns, "orders").inputs.displayName, "Orders");
    assert.deepEqual(recording.one("vigia:topic:Topic", "orders").outputs, { arn: arn("sns", "orders") });
  });
});

describe("a subscription", () => {
  it("of a queue has a dead-letter queue of its own, into which only this topic can send", async () => {
    const recording = await record(() => {
      const queue = new Queue("billing", {
        oldestMessage: "1 hour",
        messagesPerDay: 10,
        watcher,
        publishers: [publisherOf("orders", place)],
      });
      new Topic("orders", { ...usual, subscriptions: [{ name: "billing", protocol: "sqs", queue, raw: true }] });
    });
    assert.deepEqual(recording.one(subscription, "orders-billing").inputs, {
      topic: arn("sns", "orders"),
      protocol: "sqs",
      endpoint: arn("sqs", "billing"),
      rawMessageDelivery: true,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: arn("sqs", "orders-billing-dead-letters") }),
    });
    const policy = recording.document("aws:sqs/queuePolicy:QueuePolicy", "orders-billing-dead-letters", "policy") as {
      Statement: { Condition: unknown }[];
    };
    assert.deepEqual(policy.Statement[1]?.Condition, { ArnLike: { "aws:SourceArn": [arn("sns", "orders")] } });
    const target = recording.document("aws:sqs/queuePolicy:QueuePolicy", "billing", "policy") as {
      Statement: { Condition: unknown }[];
    };
    assert.deepEqual(target.Statement[1]?.Condition, {
      ArnLike: { "aws:SourceArn": ["arn:aws:sns:eu-central-1:123456789012:orders-*"] },
    });
  });

  it("takes a queue of another program too", async () => {
    const recording = await record(() => {
      const queue = new SqsQueue("legacy", {});
      new Topic("orders", { ...usual, subscriptions: [{ name: "legacy", protocol: "sqs", queue }] });
    });
    assert.equal(recording.one(subscription, "orders-legacy").inputs.endpoint, arn("sqs", "legacy"));
  });

  it("with a filter says what it is matched against", async () => {
    const policy = { store: ["eu", { prefix: "de-" }] };
    const recording = await made({ subscriptions: [{ ...byQueue, filter: { scope: "MessageBody", policy } }] });
    const { filterPolicy, filterPolicyScope } = recording.one(subscription, "orders-billing").inputs;
    assert.deepEqual([filterPolicyScope, filterPolicy], ["MessageBody", JSON.stringify(policy)]);
  });

  it("of a function lets just this topic call it", async () => {
    const endpoint = "arn:aws:lambda:eu-central-1:123456789012:function:bill";
    const recording = await made({ subscriptions: [{ name: "bill", protocol: "lambda", endpoint }] });
    assert.deepEqual(recording.one("aws:lambda/permission:Permission", "orders-bill").inputs, {
      action: "lambda:InvokeFunction",
      function: endpoint,
      principal: "sns.amazonaws.com",
      sourceArn: arn("sns", "orders"),
    });
  });

  it("waits for the function's permission and for all of its dead-letter queue", async () => {
    const endpoint = "arn:aws:lambda:eu-central-1:123456789012:function:bill";
    const recording = await made({ subscriptions: [{ name: "bill", protocol: "lambda", endpoint }] });
    const { dependsOn } = recording.one(subscription, "orders-bill");
    assert.ok(dependsOn.includes("orders-bill"));
    assert.ok(dependsOn.filter((name) => name === "orders-bill-dead-letters").length > 1);
  });

  it("is found in a preview by what it was made from", async () => {
    const { madeFrom } = (await made({ subscriptions: [byQueue] }, "preview")).one(subscription, "orders-billing");
    assert.deepEqual(madeFrom, { topic: ["orders"], redrivePolicy: ["orders-billing-dead-letters"] });
  });
});

describe("the delivery log", () => {
  it("is written for the protocols in use, all failures and a share of the successes", async () => {
    const role = arn("iam", "orders-delivery-log");
    const recording = await made({
      loggedSuccesses: "5 %",
      subscriptions: [byQueue, { name: "shop", protocol: "https", endpoint: "https://shop.example.com/orders" }],
    });
    const { kmsMasterKeyId, signatureVersion, ...logged } = recording.one(sns, "orders").inputs;
    assert.deepEqual(logged, {
      sqsSuccessFeedbackRoleArn: role,
      sqsSuccessFeedbackSampleRate: 5,
      sqsFailureFeedbackRoleArn: role,
      httpSuccessFeedbackRoleArn: role,
      httpSuccessFeedbackSampleRate: 5,
      httpFailureFeedbackRoleArn: role,
    });
  });

  it("lies in two encrypted groups that forget after a month, and SNS may write just there", async () => {
    const recording = await made({
      subscriptions: [
        { name: "bill", protocol: "lambda", endpoint: "arn:aws:lambda:eu-central-1:123456789012:function:bill" },
      ],
    });
    const kept = { retentionInDays: 30, kmsKeyId: arn("kms", "orders") };
    const name = "sns/eu-central-1/123456789012/orders-1234567";
    assert.deepEqual(recording.one(group, "orders-delivery-log").inputs, { name, ...kept });
    assert.deepEqual(recording.one(group, "orders-delivery-failures").inputs, { name: `${name}/Failure`, ...kept });
    assert.deepEqual(recording.document("aws:iam/role:Role", "orders-delivery-log", "assumeRolePolicy"), {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
    assert.deepEqual(recording.document("aws:iam/rolePolicy:RolePolicy", "orders-delivery-log", "policy"), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: ["orders-delivery-log", "orders-delivery-failures"].map((log) => `${arn("cloudwatch", log)}:*`),
        },
      ],
    });
  });

  it("does not exist for e-mail, of which SNS logs nothing", async () => {
    const recording = await made({
      subscriptions: [{ name: "people", protocol: "email", endpoint: "shop@example.com" }],
    });
    assert.deepEqual([names(recording, group), names(recording, "aws:iam/role:Role")], [[], []]);
    assert.doesNotMatch(String(recording.one(key, "orders").inputs.policy), /DeliveryLog/);
  });
});

describe("the alarms of a topic", () => {
  const of = async (args: Partial<TopicArgs>) =>
    names(await made(args), alarm).filter((name) => name.startsWith("orders-topic"));

  it("page for what is lost, and only ticket what dead letters keep", async () => {
    const recording = await made({ subscriptions: [byQueue] });
    const actions = (id: string) => recording.one(alarm, `orders-${id}`).inputs.alarmActions;
    assert.deepEqual(names(recording, alarm), [
      "orders-billing-dead-letters-queue-dead-letters",
      "orders-billing-dead-letters-queue-dead-letters-expiring",
      "orders-topic-failing",
      "orders-topic-not-redriven",
    ]);
    assert.deepEqual([actions("topic-not-redriven"), actions("topic-failing")], [["arn:page"], ["arn:ticket"]]);
  });

  it("include invalid messages where something filters, and silence where traffic is steady", async () => {
    const filter = { scope: "MessageBody", policy: { store: ["eu"] } } as const;
    assert.deepEqual(await of({ steady: true, subscriptions: [{ ...byQueue, filter }] }), [
      "orders-topic-failing",
      "orders-topic-invalid-attributes",
      "orders-topic-invalid-body",
      "orders-topic-not-redriven",
      "orders-topic-silent",
    ]);
    assert.deepEqual(await of({ steady: true, subscriptions: [byQueue] }), [
      "orders-topic-failing",
      "orders-topic-not-redriven",
      "orders-topic-silent",
      "orders-topic-undelivered",
    ]);
  });

  it("are about the topic in a preview too, and carry what is recorded", async () => {
    assert.deepEqual((await made({}, "preview")).one(alarm, "orders-topic-lost").madeFrom.dimensions, ["orders"]);
    const { alarmDescription, ...inputs } = (await made()).one(alarm, "orders-topic-lost").inputs;
    assert.deepEqual(inputs, {
      namespace: "AWS/SNS",
      metricName: "NumberOfNotificationsFailed",
      statistic: "Sum",
      period: 60,
      dimensions: { TopicName: "orders-1234567" },
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: "notBreaching",
      alarmActions: ["arn:page"],
      okActions: ["arn:page"],
      tags: { signal: "topic-lost", severity: "page" },
    });
    assert.match(String(alarmDescription), /Runbook: https:\/\/example\.com\/runbooks\/topic-lost\.md$/);
  });

  it("can be changed and switched off with a reason, which is registered", async () => {
    const changes = { "topic-failing": { threshold: 3 }, "topic-not-redriven": { off: "a drill" } } as const;
    const recording = await made({ changes, subscriptions: [byQueue] });
    assert.equal(recording.one(alarm, "orders-topic-failing").inputs.threshold, 3);
    assert.deepEqual(await of({ changes, subscriptions: [byQueue] }), ["orders-topic-failing"]);
    const size = { publishesPerDay: 100_000, filters: false, deadLetters: true, retries: false, steady: false };
    const watch = recording.one("vigia:signal:Watch", "orders").outputs?.watch;
    assert.ok(Array.isArray(watch));
    const [{ subject, ...registered }] = watch;
    assert.deepEqual(registered, { kind: "topic", role: "topic", size, changes });
    assert.match(subject, /::orders$/);
  });

  it("come to a topic that exists already, as its subscriptions are declared", async () => {
    const recording = await record(() => {
      const existing = new SnsTopic("old", { name: "legacy" });
      watchTopic("old", existing, { publishesPerDay: 10, watcher, retries: true });
    });
    assert.deepEqual(names(recording, alarm), ["old-topic-failing"]);
    assert.deepEqual(recording.one(alarm, "old-topic-failing").inputs.dimensions, { TopicName: "legacy" });
    assert.deepEqual(recording.ofType(sns).length, 1);
  });
});
