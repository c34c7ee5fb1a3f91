import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { RedrivePolicy } from "@pulumi/aws/sqs/redrivePolicy.js";
import { jsonStringify } from "@pulumi/pulumi";
import { watchDeadLetters } from "../../infra/queue/dead-letters";
import { watchQueue } from "../../infra/queue/queue";
import { watchTopic } from "../../infra/topic/topic";
import { expected, pair, watchedPair, watcher } from "./parts";

const arnOf = (name: string) => `arn:aws:sqs:eu-central-1:123456789012:${name}`;
const publishes = { publishesPerDay: 1_000, watcher } as const;

/** Redrive policies in every form that a program may give them. */
export function passes(): void {
  watchedPair("automatic-name");
  const apart = {
    queue: new SqsQueue("apart"),
    deadLetters: new SqsQueue("apart-failed", { messageRetentionSeconds: 1_209_600 }),
  };
  const redrivePolicy = jsonStringify({ deadLetterTargetArn: apart.deadLetters.arn, maxReceiveCount: 3 });
  new RedrivePolicy("apart", { queueUrl: apart.queue.url, redrivePolicy });
  watchQueue("apart", apart.queue, { ...expected, deadLetters: apart.deadLetters });
  const literal = JSON.stringify({ deadLetterTargetArn: arnOf("literal-failed"), maxReceiveCount: 5 });
  watchedPair("literal-name", { redrivePolicy: literal }, { name: "literal-failed" });
  const topic = new Topic("events");
  watchTopic("events", topic, { ...publishes, deadLetters: true });
  const undelivered = new SqsQueue("undelivered", { messageRetentionSeconds: 1_209_600 });
  watchDeadLetters("undelivered", undelivered, { watcher });
  new TopicSubscription("events-to-apart", {
    topic: topic.arn,
    protocol: "sqs",
    endpoint: apart.queue.arn,
    redrivePolicy: jsonStringify({ deadLetterTargetArn: undelivered.arn }),
  });
}

/** Each loses messages in another way. */
export function fails(): void {
  new SqsQueue("alone"); // wrong: nothing keeps what fails
  pair("hasty", {}, { messageRetentionSeconds: 345_600 }); // wrong: both keep four days
  pair("astray", { redrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn:aws:s3:::failed", maxReceiveCount: 5 }) }); // wrong: a bucket
  pair("uncounted", { redrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf("elsewhere") }) }); // wrong: no maxReceiveCount
  const circular = JSON.stringify({ deadLetterTargetArn: arnOf("circular"), maxReceiveCount: 5 });
  new SqsQueue("circular", { name: "circular", redrivePolicy: circular }); // wrong: its own dead-letter queue
  const topic = new Topic("news");
  new SqsQueue("to-a-topic", { redrivePolicy: jsonStringify({ deadLetterTargetArn: topic.arn, maxReceiveCount: 5 }) }); // wrong: a topic
  new TopicSubscription("news-by-mail", { topic: topic.arn, protocol: "email", endpoint: "news@example.com" }); // wrong: no dead-letter queue
  new SqsQueue("waived-importer"); // wrong, but waived
  new SqsQueue("lapsed-importer"); // wrong: its waiver has expired
}
