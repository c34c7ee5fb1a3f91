import assert from "node:assert/strict";
import { Topic as SnsTopic } from "@pulumi/aws/sns/topic.js";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy.js";
import { place, record } from "../kit/recorder";
import { keyPolicy, publisherOf, type Sender, senders, topicPolicy } from "./senders";

const quiet = { senders: [], delivers: false, logs: false };
const statements = (uses: Partial<Parameters<typeof keyPolicy>[1]>) =>
  (JSON.parse(keyPolicy(place, { ...quiet, ...uses })) as { Statement: unknown[] }).Statement;

const account = {
  Sid: "Account",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::123456789012:root" },
  Action: "kms:*",
  Resource: "*",
};
const ours = (source: string) => ({
  StringEquals: { "aws:SourceAccount": "123456789012" },
  ArnLike: { "aws:SourceArn": source },
});

/** What AWS documents for each sender, written out: service, actions on the topic, and the source that it names, if any. */
const documented: Readonly<
  Record<Sender, readonly [sid: string, service: string, actions: string | string[], source?: string]>
> = {
  cloudwatch: [
    "CloudWatch",
    "cloudwatch.amazonaws.com",
    "sns:Publish",
    "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*",
  ],
  amp: [
    "Amp",
    "aps.amazonaws.com",
    ["sns:Publish", "sns:GetTopicAttributes"],
    "arn:aws:aps:eu-central-1:123456789012:workspace/*",
  ],
  eventbridge: ["EventBridge", "events.amazonaws.com", "sns:Publish"],
  backup: ["Backup", "backup.amazonaws.com", "sns:Publish"],
  rdsEvents: ["RdsEvents", "events.rds.amazonaws.com", "sns:Publish", "arn:aws:rds:eu-central-1:123456789012:*"],
};

describe("the policy of a topic's key", () => {
  it("leaves the key to its account when no service uses it", () => {
    assert.deepEqual(statements({}), [account]);
  });

  for (const sender of senders) {
    it(`lets ${sender} encrypt, with just the conditions that it supports`, () => {
      const [Sid, Service, , source] = documented[sender];
      assert.deepEqual(statements({ senders: [sender] }), [
        account,
        {
          Sid,
          Effect: "Allow",
          Principal: { Service },
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: "*",
          ...(source && { Condition: ours(source) }),
        },
      ]);
    });
  }

  it("has no condition at all for EventBridge, which would lose every message without a word", () => {
    const [, eventbridge] = statements({ senders: ["eventbridge"] });
    assert.ok(eventbridge && !Object.hasOwn(eventbridge, "Condition"));
  });

  it("lets SNS deliver into encrypted queues for topics of this account and region alone", () => {
    assert.deepEqual(statements({ delivers: true })[1], {
      Sid: "Deliveries",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: "*",
      Condition: ours("arn:aws:sns:eu-central-1:123456789012:*"),
    });
  });

  it("lets CloudWatch Logs keep the delivery log and no other group", () => {
    assert.deepEqual(statements({ logs: true })[1], {
      Sid: "DeliveryLog",
      Effect: "Allow",
      Principal: { Service: "logs.eu-central-1.amazonaws.com" },
      Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:123456789012:log-group:sns/*" },
      },
    });
  });

  it("has one statement for each sender in use, each with its own name", () => {
    const all = statements({ senders, delivers: true, logs: true }) as { Sid: string }[];
    assert.equal(all.length, senders.length + 3);
    assert.equal(new Set(all.map(({ Sid }) => Sid)).size, all.length);
  });
});

describe("the policy of a topic", () => {
  const arn = "arn:aws:sns:eu-central-1:123456789012:orders-1234567";
  const allowed = async (inUse: readonly Sender[]) => {
    const recording = await record(() => {
      const topic = new SnsTopic("orders", {});
      new TopicPolicy("orders", { arn: topic.arn, policy: topicPolicy(topic, place, inUse) });
    });
    return recording.document("aws:sns/topicPolicy:TopicPolicy", "orders", "policy") as {
      Version: string;
      Statement: unknown[];
    };
  };

  it("refuses to publish without TLS, and allows nobody when no service publishes", async () => {
    assert.deepEqual(await allowed([]), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OnlyOverTls",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("lets each sender publish, with just the conditions that it supports", async () => {
    const { Statement } = await allowed(senders);
    const expected = senders.map((sender) => {
      const [Sid, Service, Action, source] = documented[sender];
      return {
        Sid,
        Effect: "Allow",
        Principal: { Service },
        Action,
        Resource: arn,
        ...(source && { Condition: ours(source) }),
      };
    });
    assert.deepEqual(Statement.slice(1), expected);
  });
});

it("the pattern of a topic not made yet begins with the component's name and ends open", () => {
  assert.equal(publisherOf("orders", place), "arn:aws:sns:eu-central-1:123456789012:orders-*");
});
