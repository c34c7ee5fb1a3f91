import type { Topic as SnsTopic } from "@pulumi/aws/sns/topic.js";
import { jsonStringify, type Output } from "@pulumi/pulumi";
import { administration, inNameOf, logsMayEncrypt, type PolicyStatement, policyDocument } from "../kit/policy";

/** An AWS service that publishes to a topic. */
export type Sender = "cloudwatch" | "amp" | "eventbridge" | "backup" | "rdsEvents";

/** Where a topic is. */
export interface Place {
  /** Account id: twelve digits. Policies name it, and a preview asks AWS nothing. */
  readonly account: string;
  /** Region, such as `eu-central-1`. */
  readonly region: string;
}

interface SenderRow {
  readonly sid: string;
  readonly service: string;
  readonly actions: readonly string[];
  /** The ARNs in whose name it publishes. Undefined where AWS documents no source for it: a condition on one would then lose every message silently. */
  readonly source?: (place: Place) => string;
}

/**
 * Each sender with the conditions that AWS documents for it. On the key: "Managing Amazon SNS encryption keys and costs" (SNS Developer Guide, 2026-11), which
 * asks for aws:SourceAccount and aws:SourceArn and excepts EventBridge, for which they are not supported. On the topic:
 * - CloudWatch: "Example cases for Amazon SNS access control" (SNS Developer Guide, 2026-11)
 * - AMP: "Giving Amazon Managed Service for Prometheus permission to send alert messages to your Amazon SNS topic" (AMP User Guide, 2026-11)
 * - EventBridge: "Using resource-based policies for Amazon EventBridge" (EventBridge User Guide, 2026-11): no conditions in the policy of a topic
 * - AWS Backup: "Notification options with AWS Backup" (AWS Backup Developer Guide, 2026-11): a plain statement, no source is documented
 * - RDS events: "Granting permissions to publish notifications to an Amazon SNS topic" (RDS User Guide, 2026-11)
 */
const rows: Readonly<Record<Sender, SenderRow>> = {
  cloudwatch: {
    sid: "CloudWatch",
    service: "cloudwatch.amazonaws.com",
    actions: ["sns:Publish"],
    source: ({ account, region }) => `arn:aws:cloudwatch:${region}:${account}:alarm:*`,
  },
  amp: {
    sid: "Amp",
    service: "aps.amazonaws.com",
    actions: ["sns:Publish", "sns:GetTopicAttributes"],
    source: ({ account, region }) => `arn:aws:aps:${region}:${account}:workspace/*`,
  },
  eventbridge: { sid: "EventBridge", service: "events.amazonaws.com", actions: ["sns:Publish"] },
  backup: { sid: "Backup", service: "backup.amazonaws.com", actions: ["sns:Publish"] },
  rdsEvents: {
    sid: "RdsEvents",
    service: "events.rds.amazonaws.com",
    actions: ["sns:Publish"],
    source: ({ account, region }) => `arn:aws:rds:${region}:${account}:*`,
  },
};

/** Every sender there is. */
export const senders = Object.keys(rows) as readonly Sender[];

const from = (source: string, { account }: Place) => ({
  Condition: { ...inNameOf(account), ArnLike: { "aws:SourceArn": source } },
});

const useKey = ["kms:GenerateDataKey*", "kms:Decrypt"] as const;

/** What else than senders uses the key of a topic. */
export interface KeyUses {
  readonly senders: readonly Sender[];
  /** SNS leaves messages in queues that are encrypted with it: the subscribers' or their dead-letter queues. */
  readonly delivers: boolean;
  /** CloudWatch Logs keeps the delivery log with it. */
  readonly logs: boolean;
}

/**
 * The policy of a key that encrypts topics: the account's own administration, and one statement per service in use. Roles of the account that publish need
 * kms:GenerateDataKey* and kms:Decrypt in their own policies.
 */
export function keyPolicy(place: Place, uses: KeyUses): string {
  const { account, region } = place;
  const allow = (Sid: string, Service: string, rest: Pick<PolicyStatement, "Condition">): PolicyStatement => ({
    Sid,
    Effect: "Allow",
    Principal: { Service },
    Action: useKey,
    Resource: "*",
    ...rest,
  });
  const statements = uses.senders.map((sender) => {
    const { sid, service, source } = rows[sender];
    return allow(sid, service, source ? from(source(place), place) : {});
  });
  return JSON.stringify(
    policyDocument([
      administration(account),
      ...(uses.delivers
        ? [allow("Deliveries", "sns.amazonaws.com", from(`arn:aws:sns:${region}:${account}:*`, place))]
        : []),
      ...(uses.logs ? [logsMayEncrypt(place, "sns/*", "DeliveryLog")] : []),
      ...statements,
    ]),
  );
}

/**
 * The policy of a topic: only over TLS ("Amazon SNS security best practices", SNS Developer Guide, 2026-11), and one statement per sender. Roles of the
 * account publish by their own policies.
 */
export function topicPolicy(topic: SnsTopic, place: Place, inUse: readonly Sender[]): Output<string> {
  const onlyOverTls: PolicyStatement = {
    Sid: "OnlyOverTls",
    Effect: "Deny",
    Principal: "*",
    Action: "sns:Publish",
    Resource: topic.arn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const statements = inUse.map((sender): PolicyStatement => {
    const { sid, service, actions, source } = rows[sender];
    const [only, ...more] = actions;
    return {
      Sid: sid,
      Effect: "Allow",
      Principal: { Service: service },
      Action: only !== undefined && more.length === 0 ? only : actions,
      Resource: topic.arn,
      ...(source && from(source(place), place)),
    };
  });
  return jsonStringify(policyDocument([onlyOverTls, ...statements]));
}

/**
 * The pattern of the ARN of a topic that is not made yet, for the `publishers` of a queue: its name starts with that of the component.
 * @param name the topic component's name
 */
export const publisherOf = (name: string, { account, region }: Place): string =>
  `arn:aws:sns:${region}:${account}:${name}-*`;
