import { SlackChannelConfiguration } from "@pulumi/aws/chatbot/slackChannelConfiguration.js";
import { Role } from "@pulumi/aws/iam/role.js";
import type { Input, Resource } from "@pulumi/pulumi";
import { trustPolicy } from "../../kit/policy";
import type { SlackChannel } from "./alerting.args";

/** What chat is made from. */
export interface ChatArgs {
  readonly slack: SlackChannel;
  readonly topics: readonly Input<string>[];
  readonly parent: Resource;
}

/**
 * A channel that is told of alarms and alerts. It shows and runs nothing: its role has no permission, and the guardrail would deny it any.
 * Amazon Q Developer in chat applications shows CloudWatch's alarms by itself, and those of Prometheus in the form of its custom notifications.
 */
export function createChat(name: string, { slack, topics, parent }: ChatArgs): SlackChannelConfiguration {
  const assumeRolePolicy = trustPolicy({ Service: "chatbot.amazonaws.com" });
  const role = new Role(`${name}-chat`, { assumeRolePolicy }, { parent });
  return new SlackChannelConfiguration(
    name,
    {
      configurationName: name,
      slackTeamId: slack.team,
      slackChannelId: slack.channel,
      iamRoleArn: role.arn,
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/AWSDenyAll"],
      // It would log to a group in us-east-1 that it makes itself, without key or end.
      loggingLevel: "NONE",
      snsTopicArns: [...topics],
      userAuthorizationRequired: true,
    },
    { parent },
  );
}
