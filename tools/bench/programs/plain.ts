import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { queueNames, runbooks, topics } from "./terms";

const pages = [topics.page];

const onlyOverTls = (queue: aws.sqs.Queue) =>
  pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OnlyOverTls",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queue.arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });

/** The same resources as a team writes them that has only Pulumi: no component, nothing of this project. */
export function plain(count: number): void {
  for (const name of queueNames(count)) queueWithAlarms(name);
}

function queueWithAlarms(name: string): void {
  const deadLetters = new aws.sqs.Queue(`${name}-dead-letters`, {
    sqsManagedSseEnabled: true,
    messageRetentionSeconds: 1_209_600,
  });
  const queue = new aws.sqs.Queue(name, {
    sqsManagedSseEnabled: true,
    messageRetentionSeconds: 345_600,
    visibilityTimeoutSeconds: 30,
    delaySeconds: 0,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 5 }),
  });
  new aws.sqs.RedriveAllowPolicy(name, {
    queueUrl: deadLetters.url,
    redriveAllowPolicy: pulumi.jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
  });
  new aws.sqs.QueuePolicy(name, { queueUrl: queue.url, policy: onlyOverTls(queue) });
  new aws.sqs.QueuePolicy(`${name}-dead-letters`, { queueUrl: deadLetters.url, policy: onlyOverTls(deadLetters) });

  new aws.cloudwatch.MetricAlarm(`${name}-queue-dead-letters`, {
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: deadLetters.name },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
    alarmDescription: `Dead letters waiting: ${name}. A message could not be processed as often as it may be tried: somebody waits until a person acts. Runbook: ${runbooks}/queue-dead-letters.md`,
    alarmActions: pages,
    okActions: pages,
    tags: { signal: "queue-dead-letters", severity: "page" },
  });
  new aws.cloudwatch.MetricAlarm(`${name}-queue-dead-letters-expiring`, {
    namespace: "AWS/SQS",
    metricName: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: deadLetters.name },
    statistic: "Maximum",
    period: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 648_000,
    treatMissingData: "notBreaching",
    alarmDescription: `Dead letters about to be lost: ${name}. The oldest one has used three quarters of the time that it can stay; SQS then deletes it. Runbook: ${runbooks}/queue-dead-letters-expiring.md`,
    alarmActions: pages,
    okActions: pages,
    tags: { signal: "queue-dead-letters-expiring", severity: "page" },
  });
  new aws.cloudwatch.MetricAlarm(`${name}-queue-oldest-message`, {
    namespace: "AWS/SQS",
    metricName: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: queue.name },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 15,
    datapointsToAlarm: 15,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 600,
    treatMissingData: "notBreaching",
    alarmDescription: `Messages wait too long: ${name}. Work arrives later than users accept; one poison message alone does not cause it. Runbook: ${runbooks}/queue-oldest-message.md`,
    alarmActions: pages,
    okActions: pages,
    tags: { signal: "queue-oldest-message", severity: "page" },
  });
}
