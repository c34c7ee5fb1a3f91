/** A pretended AWS in which an alarm reaches the queues behind its topic, for tests. */
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Answer, type Answers, type FakeAws, fakeAws } from "../fake";
import { topics } from "../verify.fixtures";

export interface FakePager {
  readonly fake: FakeAws;
  /** What nobody removed. */
  left(): Readonly<Record<"alarms" | "queues" | "subscriptions", readonly string[]>>;
}

const result = (name: string, body: string): Answer => ({
  xml: `<${name}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${name}Result>${body}</${name}Result></${name}Response>`,
});

/** The client holds it against what came. */
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** An alarm as it was put. */
interface Kept {
  readonly to: readonly string[];
  readonly description: string;
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** @param deaf topics that lose every message */
export async function fakePager(other: Answers = {}, deaf: readonly string[] = []): Promise<FakePager> {
  const alarms = new Map<string, Kept>();
  const queues = new Map<string, string[]>();
  const subscriptions = new Map<string, { readonly topic: string; readonly queue: string }>();

  function publish(TopicArn: string, Message: string, status?: string) {
    if (deaf.includes(TopicArn)) return;
    const MessageAttributes = status === undefined ? undefined : { status: { Type: "String", Value: status } };
    const body = JSON.stringify({ Type: "Notification", TopicArn, Subject: "s", Message, MessageAttributes });
    for (const { topic, queue } of subscriptions.values()) if (topic === TopicArn) queues.get(queue)?.push(body);
  }

  const fake = await fakeAws({
    "cloudwatch:PutMetricAlarm": ({ AlarmName, AlarmActions, AlarmDescription }) => {
      alarms.set(String(AlarmName), { to: texts(AlarmActions), description: String(AlarmDescription) });
      return { json: {} };
    },
    "cloudwatch:SetAlarmState": ({ AlarmName, StateValue, StateReason }) => {
      const alarm = alarms.get(String(AlarmName));
      if (!alarm) return { error: "ResourceNotFound", message: "no such alarm" };
      const notice = {
        AlarmName,
        AlarmDescription: alarm.description,
        NewStateValue: StateValue,
        NewStateReason: StateReason,
      };
      for (const topic of alarm.to) publish(topic, JSON.stringify(notice));
      return { json: {} };
    },
    "cloudwatch:DeleteAlarms": ({ AlarmNames }) => {
      for (const name of texts(AlarmNames)) alarms.delete(name);
      return { json: {} };
    },
    "aps:CreateAlertManagerAlerts": ({ alerts }) => {
      for (const { labels, annotations, endsAt } of Object.values(Object(alerts)).map(Object)) {
        const to = labels.severity === "page" ? topics.prometheusPage : topics.prometheusTicket;
        publish(
          to,
          `${annotations.summary}\nComponent: ${labels.component}`,
          Date.parse(endsAt) > Date.now() ? "firing" : "resolved",
        );
      }
      return { json: {} };
    },
    "sqs:CreateQueue": ({ QueueName }) => {
      queues.set(String(QueueName), []);
      return { json: { QueueUrl: `http://queue/${QueueName}` } };
    },
    "sqs:ReceiveMessage": async ({ QueueUrl }) => {
      await pause(20);
      const waiting = queues.get(String(QueueUrl).split("/").pop() ?? "")?.splice(0, 1) ?? [];
      return {
        json: {
          Messages: waiting.map((Body, index) => ({
            MessageId: `${index}`,
            ReceiptHandle: "h",
            MD5OfBody: md5(Body),
            Body,
          })),
        },
      };
    },
    "sqs:DeleteQueue": ({ QueueUrl }) => {
      queues.delete(String(QueueUrl).split("/").pop() ?? "");
      return { json: {} };
    },
    "sns:Subscribe": ({ TopicArn, Endpoint }) => {
      const arn = `${TopicArn}:${subscriptions.size}`;
      subscriptions.set(arn, { topic: String(TopicArn), queue: String(Endpoint).split(":").pop() ?? "" });
      return result("Subscribe", `<SubscriptionArn>${arn}</SubscriptionArn>`);
    },
    "sns:Unsubscribe": ({ SubscriptionArn }) => {
      subscriptions.delete(String(SubscriptionArn));
      return result("Unsubscribe", "");
    },
    ...other,
  });
  return {
    fake,
    left: () => ({ alarms: [...alarms.keys()], queues: [...queues.keys()], subscriptions: [...subscriptions.keys()] }),
  };
}
