/**
 * Types of the AWS provider that cost nothing by themselves: settings of another resource, permissions, and names. A type that is neither here nor in the
 * catalogue is "not priced" in the bill, never 0.
 */
const settingsOfAnother = [
  "aws:kms/alias:Alias",
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:sns/topicPolicy:TopicPolicy",
  // Deliveries are what costs; they are counted at the topic.
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
  "aws:sqs/redrivePolicy:RedrivePolicy",
] as const;

/** IAM and its resources are free of charge ("AWS Identity and Access Management (IAM)", AWS product page, 2026-11). */
const iam = /^aws:iam\//;

const free: ReadonlySet<string> = new Set(settingsOfAnother);

/** Whether AWS may bill a resource of that type: one of the AWS provider that is not known to be free. */
export const mayCost = (type: string): boolean => type.startsWith("aws:") && !free.has(type) && !iam.test(type);
