import assert from "node:assert/strict";
import { type LintContext, lint, type Rule } from "../lint";
import type { AlarmSpec, Comparison, MetricStat, Statistic } from "../spec";

/** A metric at one minute. */
export const stat = (
  namespace: string,
  metric: string,
  statistic: Statistic,
  dimensions: Record<string, string>,
): MetricStat => ({
  namespace,
  metric,
  statistic,
  period: 60,
  dimensions,
});

export const sqs = (metric: string, statistic: Statistic = "Maximum") =>
  stat("AWS/SQS", metric, statistic, { QueueName: "orders" });
export const sns = (metric: string, statistic: Statistic = "Sum") =>
  stat("AWS/SNS", metric, statistic, { TopicName: "pages" });
export const s3 = (metric: string, statistic: Statistic) =>
  stat("AWS/S3", metric, statistic, { BucketName: "invoices", FilterId: "all" });
export const rds = (metric: string, statistic: Statistic) =>
  stat("AWS/RDS", metric, statistic, { DBInstanceIdentifier: "shop" });

export const symbols = {
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
  "<": "LessThanThreshold",
  "<=": "LessThanOrEqualToThreshold",
} as const satisfies Record<string, Comparison>;

/** An alarm that would be fine but for what a test changes: 1 of 1 minute, a missing point is fine. */
export const alarm = (
  metric: MetricStat,
  comparison: keyof typeof symbols,
  threshold: number,
  over: Partial<AlarmSpec> = {},
): AlarmSpec => ({
  metrics: { value: { ...metric, period: over.period ?? metric.period } },
  comparison: symbols[comparison],
  threshold,
  period: metric.period,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  treatMissingData: "notBreaching",
  ...over,
});

export const mathAlarm = (
  expression: string,
  metrics: Record<string, MetricStat>,
  comparison: keyof typeof symbols,
  threshold: number,
) => ({
  ...alarm(sqs("NumberOfMessagesSent", "Sum"), comparison, threshold),
  metrics,
  expression,
});

export const deadLetters = alarm(sqs("ApproximateNumberOfMessagesVisible"), ">", 0);

/** Exactly one problem, of that rule, with that message. */
export function refuses(
  spec: AlarmSpec,
  rule: Rule,
  message: RegExp,
  context?: LintContext,
  level: "error" | "warning" = "error",
): void {
  const problems = lint(spec, context);
  assert.deepEqual(
    problems.map((problem) => [problem.rule, problem.level]),
    [[rule, level]],
    JSON.stringify(problems),
  );
  assert.match(problems[0]?.message ?? "", message);
}
export const accepts = (spec: AlarmSpec, context?: LintContext) => assert.deepEqual(lint(spec, context), []);
