import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import type { Topic as SnsTopic, TopicArgs as SnsTopicArgs } from "@pulumi/aws/sns/topic.js";
import { type ComponentResource, type Input, interpolate } from "@pulumi/pulumi";
import { type RoleStatement, rolePolicy, trustPolicy } from "../kit/policy";
import type { Place } from "./senders";
import type { LoggedProtocol } from "./topic.args";

/** Days that deliveries are kept in the log: longer than the two weeks of a dead letter. */
const keptDays = 30;

/** The role by which SNS writes the log of its deliveries. */
export function createDeliveryRole(name: string, parent: ComponentResource): Role {
  const assumeRolePolicy = trustPolicy({ Service: "sns.amazonaws.com" });
  return new Role(`${name}-delivery-log`, { assumeRolePolicy }, { parent });
}

/** The arguments that make SNS log the deliveries of these protocols: every failure, and a share of the successes. */
export function loggedDeliveries(role: Role, protocols: readonly LoggedProtocol[], successes: number): SnsTopicArgs {
  const { arn } = role;
  const all: Readonly<Record<LoggedProtocol, SnsTopicArgs>> = {
    sqs: { sqsSuccessFeedbackRoleArn: arn, sqsSuccessFeedbackSampleRate: successes, sqsFailureFeedbackRoleArn: arn },
    http: {
      httpSuccessFeedbackRoleArn: arn,
      httpSuccessFeedbackSampleRate: successes,
      httpFailureFeedbackRoleArn: arn,
    },
    lambda: {
      lambdaSuccessFeedbackRoleArn: arn,
      lambdaSuccessFeedbackSampleRate: successes,
      lambdaFailureFeedbackRoleArn: arn,
    },
  };
  return Object.assign({}, ...protocols.map((protocol) => all[protocol]));
}

/**
 * The two groups that SNS writes to, made beforehand so that they are encrypted and do not grow for ever, and the role's right to write just there ("Amazon SNS
 * message delivery status", SNS Developer Guide, 2026-11: sns/<region>/<account>/<topic>, with /Failure for what failed).
 */
export function createDeliveryLog(
  name: string,
  topic: SnsTopic,
  role: Role,
  { account, region }: Place,
  key: Input<string>,
  parent: ComponentResource,
): void {
  const successes = interpolate`sns/${region}/${account}/${topic.name}`;
  const group = (logical: string, physical: Input<string>) =>
    new LogGroup(logical, { name: physical, retentionInDays: keptDays, kmsKeyId: key }, { parent });
  const groups = [
    group(`${name}-delivery-log`, successes),
    group(`${name}-delivery-failures`, interpolate`${successes}/Failure`),
  ];
  const write: RoleStatement = {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: groups.map(({ arn }) => interpolate`${arn}:*`),
  };
  new RolePolicy(`${name}-delivery-log`, { role: role.name, policy: rolePolicy([write]) }, { parent });
}
