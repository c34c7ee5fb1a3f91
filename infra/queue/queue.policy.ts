import type { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { type Input, jsonStringify, type Output } from "@pulumi/pulumi";
import { type PolicyStatement, policyDocument } from "../kit/policy";

/** Requests without TLS are refused ("Amazon SQS security best practices", SQS Developer Guide, 2026-11). */
export const onlyOverTls = (queue: SqsQueue): PolicyStatement => ({
  Sid: "OnlyOverTls",
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: queue.arn,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** Those topics deliver ("Subscribing an Amazon SQS queue to an Amazon SNS topic", SNS Developer Guide, 2026-11). */
const topicsDeliver = (queue: SqsQueue, topics: readonly Input<string>[]): PolicyStatement => ({
  Sid: "TopicsDeliver",
  Effect: "Allow",
  Principal: { Service: "sns.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: queue.arn,
  Condition: { ArnLike: { "aws:SourceArn": topics } },
});

/**
 * The policy of a queue. A queue has only one: who may deliver to it stands here.
 * @param publishers ARNs of topics, or patterns of them
 */
export const queuePolicy = (queue: SqsQueue, publishers: readonly Input<string>[] = []): Output<string> =>
  jsonStringify(
    policyDocument([onlyOverTls(queue), ...(publishers.length > 0 ? [topicsDeliver(queue, publishers)] : [])]),
  );
