import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { type QueueArgs, Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { jsonStringify } from "@pulumi/pulumi";
import { watchQueue } from "../../infra/queue/queue";
import type { Watcher } from "../../infra/signal/watch";

/** Topics of another stack, by their ARNs. */
export const pageTopic = "arn:aws:sns:eu-central-1:123456789012:page";

export const watcher: Watcher = {
  actions: { page: [pageTopic], ticket: ["arn:aws:sns:eu-central-1:123456789012:ticket"] },
  runbooks: "https://example.com/runbooks",
};

export const expected = { oldestMessage: "10 minutes", messagesPerDay: 1_000, watcher } as const;

/** A queue and its dead-letter queue as any program makes them: nothing watches them. */
export function pair(name: string, args: QueueArgs = {}, deadLetterArgs: QueueArgs = {}) {
  const deadLetters = new SqsQueue(`${name}-dead-letters`, { messageRetentionSeconds: 1_209_600, ...deadLetterArgs });
  const redrivePolicy = jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 5 });
  return { queue: new SqsQueue(name, { redrivePolicy, ...args }), deadLetters };
}

/** The same, watched. */
export function watchedPair(name: string, args: QueueArgs = {}, deadLetterArgs: QueueArgs = {}) {
  const { queue, deadLetters } = pair(name, args, deadLetterArgs);
  watchQueue(name, queue, { ...expected, deadLetters });
  return { queue, deadLetters };
}

/** An alarm of a program that does not know this project, but keeps its rules: a person is told what, how badly, and what to do. */
export const handMade = (name: string, args: Partial<MetricAlarmArgs>) =>
  new MetricAlarm(name, {
    namespace: "AWS/SQS",
    metricName: "ApproximateAgeOfOldestMessage",
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 5,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 900,
    treatMissingData: "notBreaching",
    alarmActions: [pageTopic],
    alarmDescription: "Orders wait too long. See https://wiki.example.com/orders.",
    tags: { severity: "page", signal: "orders" },
    ...args,
  });

/** The same with metric math, which takes none of the arguments of a single metric. */
export const handMadeMath = (
  name: string,
  metricQueries: MetricAlarmArgs["metricQueries"],
  args: Partial<MetricAlarmArgs> = {},
) =>
  handMade(name, {
    namespace: undefined,
    metricName: undefined,
    statistic: undefined,
    period: undefined,
    metricQueries,
    ...args,
  });

/** What makes a hand-made alarm the one of a signal of the catalogue. */
export const standsFor = (signal: string) => ({
  alarmDescription: `See ${watcher.runbooks}/${signal}.md.`,
  tags: { severity: "ticket", signal },
});
