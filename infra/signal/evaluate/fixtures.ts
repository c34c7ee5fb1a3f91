import type { AlarmSpec, MetricStat } from "../spec";

/** Some metric of a queue. */
export const metric = (over: Partial<MetricStat> = {}): MetricStat => ({
  namespace: "AWS/SQS",
  metric: "ApproximateNumberOfMessagesVisible",
  statistic: "Maximum",
  period: 60,
  dimensions: { QueueName: "orders" },
  ...over,
});

/** More than 10, in 1 of 1 minute, unless a test says otherwise. */
export const alarm = (over: Partial<AlarmSpec> = {}, stat: Partial<MetricStat> = {}): AlarmSpec => ({
  metrics: { value: metric({ period: over.period ?? 60, ...stat }) },
  comparison: "GreaterThanThreshold",
  threshold: 10,
  period: 60,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  treatMissingData: "missing",
  ...over,
});
