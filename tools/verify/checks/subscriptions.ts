import { ListSubscriptionsByTopicCommand, type Subscription } from "@aws-sdk/client-sns";
import { count } from "../../preview/text";
import { type Check, type Context, each, type Finding, grouped } from "../check";
import { type DeployedSubscription, placeOf } from "../deployed";
import { ask } from "../trouble";

async function listed({ aws }: Context, topic: string): Promise<Subscription[]> {
  const found: Subscription[] = [];
  const { region } = placeOf(topic);
  let NextToken: string | undefined;
  do {
    const command = new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken });
    const page = await ask("sns:ListSubscriptionsByTopic", () => aws.sns(region).send(command));
    found.push(...(page.Subscriptions ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** What SNS writes in place of the ARN. */
const unconfirmed = "PendingConfirmation";
const isConfirmed = ({ SubscriptionArn = "" }: Subscription) => SubscriptionArn.startsWith("arn:");

function findingOf({ topic, protocol, endpoint, arn }: DeployedSubscription, there: readonly Subscription[]) {
  const own = there.filter(
    ({ Protocol, Endpoint, SubscriptionArn }) =>
      SubscriptionArn === arn || (Protocol === protocol && Endpoint === endpoint),
  );
  if (own.some(isConfirmed)) return undefined;
  const where = `${protocol} ${endpoint} at ${topic}`;
  if (own.some(({ SubscriptionArn }) => SubscriptionArn === unconfirmed))
    return {
      what: "the subscription is not confirmed: nothing is delivered",
      where,
      wayOut: `follow the link in the message that SNS sent there; it counts for three days, then: aws sns subscribe --topic-arn ${topic} --protocol ${protocol} --notification-endpoint ${endpoint}`,
    };
  return {
    what: "the subscription is gone",
    where,
    wayOut: "somebody followed the link to unsubscribe, or deleted it: `pulumi refresh`, then `pulumi up`, and confirm",
  };
}

/** Topics by which people are told: nobody hears of anything where none of their subscriptions is confirmed. */
function peopleTopics({ deployed }: Context): string[] {
  const { paging, prometheus } = deployed;
  const routed = Object.values(prometheus?.routes ?? {}).flatMap(({ topics, pagerDuty }) =>
    pagerDuty > 0 ? [] : topics.slice(0, 1),
  );
  return [...new Set([...Object.values(paging ?? {}), ...routed])];
}

/** Whether each subscription is there and confirmed, and somebody is behind each topic that tells of alarms. */
export const subscriptions: Check = {
  name: "subscriptions",
  actions: ["sns:ListSubscriptionsByTopic"],
  skipped: (deployed) =>
    deployed.subscriptions.length === 0 && !deployed.paging ? "the stack has no subscription" : undefined,
  async run(context) {
    const { deployed } = context;
    const byTopic = grouped(deployed.subscriptions, ({ topic }) => topic);
    const people = peopleTopics(context);
    const topics = [...new Set([...byTopic.keys(), ...people])];
    const answers = new Map(await each(topics, async (topic) => [topic, await listed(context, topic)] as const));
    const findings = topics.flatMap((topic): Finding[] => {
      const there = answers.get(topic) ?? [];
      const wrong = (byTopic.get(topic) ?? []).flatMap((one) => findingOf(one, there) ?? []);
      const deaf = people.includes(topic) && !there.some(isConfirmed);
      return deaf
        ? [
            {
              what: "nobody hears of an alarm: no subscription is confirmed",
              where: `topic ${topic}`,
              wayOut: "confirm one of its subscriptions, or name somebody in vigia:paging and deploy",
            },
            ...wrong,
          ]
        : wrong;
    });
    const confirmed = [...answers.values()].flat().filter(isConfirmed).length;
    return { seen: `${count(confirmed, "confirmed subscription")} at ${count(topics.length, "topic")}`, findings };
  },
};
