import { SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, DeleteQueueCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { z } from "zod";
import { policyDocument } from "../../../infra/kit/policy";
import type { Aws } from "../aws";
import { placeOf } from "../deployed";
import { ask } from "../trouble";

/** A message as a topic leaves it in a queue. */
export interface Arrived {
  readonly topic: string;
  readonly text: string;
  readonly status?: string;
}

/** A queue of our own behind topics, for as long as a test takes. */
export interface Mailbox {
  /** What came since it was asked last; waits some seconds for it. @throws Trouble */
  read(signal: AbortSignal): Promise<readonly Arrived[]>;
  /** Removes what was made; answers what could not be removed, in words. */
  close(): Promise<readonly string[]>;
}

const envelope = z.object({
  TopicArn: z.string(),
  Message: z.string(),
  MessageAttributes: z.object({ status: z.object({ Value: z.string() }).optional() }).optional(),
});

function arrived({ Body = "" }: Message): Arrived[] {
  const { TopicArn, Message: text, MessageAttributes } = envelope.parse(JSON.parse(Body));
  const status = MessageAttributes?.status?.Value;
  return [{ topic: TopicArn, text, ...(status !== undefined && { status }) }];
}

/** Topics of the account may leave messages in the queue, and nobody else. */
const queuePolicy = (queueArn: string, topics: readonly string[]): string =>
  JSON.stringify(
    policyDocument([
      {
        Sid: "Topics",
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": [...topics] } },
      },
    ]),
  );

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Makes a queue and subscribes it to topics. Without a filter: a new one can take a quarter of an hour until it is in effect ("Amazon SNS subscription filter policies",
 * SNS Developer Guide, 2026-11), so the queue also gets what else the topics send meanwhile, and it goes with the queue.
 * @param name of the queue
 * @throws Trouble, after what was made is removed
 */
export async function openMailbox(aws: Aws, name: string, topics: readonly string[]): Promise<Mailbox> {
  const [first = ""] = topics;
  const { region, account } = placeOf(first);
  const queueArn = `${first.split(":").slice(0, 2).join(":")}:sqs:${region}:${account}:${name}`;
  const sns = aws.sns(region);
  const sqs = aws.sqs(region);
  const undo: { readonly what: string; readonly by: () => Promise<unknown> }[] = [];
  async function close(): Promise<string[]> {
    const left: string[] = [];
    for (const { what, by } of undo.splice(0).reverse()) {
      try {
        await by();
      } catch (error) {
        left.push(`${what} could not be removed (${reason(error)})`);
      }
    }
    return left;
  }
  try {
    const Attributes = {
      Policy: queuePolicy(queueArn, topics),
      SqsManagedSseEnabled: "true",
      // Nothing of what people are told is kept longer than the test, should the queue be left behind.
      MessageRetentionPeriod: "3600",
    };
    const made = await ask("sqs:CreateQueue", () => sqs.send(new CreateQueueCommand({ QueueName: name, Attributes })));
    const QueueUrl = made.QueueUrl ?? "";
    undo.push({
      what: `queue ${name}`,
      by: () => ask("sqs:DeleteQueue", () => sqs.send(new DeleteQueueCommand({ QueueUrl }))),
    });
    for (const TopicArn of topics) {
      const command = new SubscribeCommand({
        TopicArn,
        Protocol: "sqs",
        Endpoint: queueArn,
        ReturnSubscriptionArn: true,
      });
      const { SubscriptionArn } = await ask("sns:Subscribe", () => sns.send(command));
      undo.push({
        what: `subscription ${SubscriptionArn}`,
        by: () => ask("sns:Unsubscribe", () => sns.send(new UnsubscribeCommand({ SubscriptionArn }))),
      });
    }
    return {
      close,
      async read(abortSignal) {
        // Deleted with the queue, and until then hidden from the next question.
        const command = new ReceiveMessageCommand({
          QueueUrl,
          WaitTimeSeconds: 5,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 43_200,
        });
        const { Messages = [] } = await ask("sqs:ReceiveMessage", () => sqs.send(command, { abortSignal }));
        return Messages.flatMap(arrived);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
