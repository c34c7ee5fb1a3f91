import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import type { Input } from "@pulumi/pulumi";
import { handMade, handMadeMath, watchedPair } from "./parts";

type Query = Exclude<Exclude<MetricAlarmArgs["metricQueries"], undefined>, PromiseLike<unknown>>;

const metric = (id: string, metricName: string, QueueName: Input<string>, stat = "Sum", returnData = false) => ({
  id,
  returnData,
  metric: { namespace: "AWS/SQS", metricName, stat, period: 60, dimensions: { QueueName } },
});
const result = (expression: string, id = "result") => ({ id, expression, returnData: true });
const sentAndDeleted = (queue: Input<string>) => [
  metric("sent", "NumberOfMessagesSent", queue),
  metric("deleted", "NumberOfMessagesDeleted", queue),
];

/** Alarms that fit, however their metrics are written. */
export function passes(): void {
  const { queue } = watchedPair("fitting");
  const { name } = queue;
  for (const minutes of [10, 20])
    handMade(`in-a-loop-${minutes}`, { dimensions: { QueueName: name }, threshold: minutes * 60 });
  handMade("literal", { dimensions: { QueueName: "of-another-stack" } });
  handMadeMath("math", [result("sent - deleted"), ...sentAndDeleted(name)], { threshold: 100 });
  handMadeMath("math-in-steps", [
    result("100 * failed / sent"),
    { id: "failed", expression: "sent - deleted", returnData: false },
    ...sentAndDeleted(name),
  ]);
  const band: Query = [
    result("ANOMALY_DETECTION_BAND(sent, 3)", "band"),
    metric("sent", "NumberOfMessagesSent", name, "Sum", true),
  ];
  handMadeMath("band", band, {
    comparisonOperator: "GreaterThanUpperThreshold",
    threshold: undefined,
    thresholdMetricId: "band",
  });
  handMadeMath("insights", [
    { ...result('SELECT MAX(ApproximateAgeOfOldestMessage) FROM SCHEMA("AWS/SQS", QueueName)'), period: 60 },
  ]);
}

/** Each alarm would stay silent, or cry for ever. */
export function fails(): void {
  const { queue, deadLetters } = watchedPair("unfitting");
  const dimensions = { QueueName: queue.name };
  handMade("no-such-metric", { dimensions, metricName: "AgeOfOldestMessage" }); // wrong
  handMade("no-such-dimension", { dimensions: { QueueNames: queue.name } }); // wrong
  handMade("sum-of-a-gauge", { dimensions, metricName: "ApproximateNumberOfMessagesVisible", statistic: "Sum" }); // wrong
  handMade("never", { dimensions, threshold: 1_209_600 }); // wrong: no message gets older than 14 days
  handMade("sent-to-dead-letters", {
    metricName: "NumberOfMessagesSent", // wrong: moves are not counted
    statistic: "Sum",
    threshold: 0,
    dimensions: { QueueName: deadLetters.name },
  });
  handMade("many-of-few", { dimensions, evaluationPeriods: 3, datapointsToAlarm: 5 }); // wrong: five of three
  handMade("of-another-unit", {
    dimensions,
    metricName: "SentMessageSize", // wrong: the signal is in seconds
    tags: { severity: "page", signal: "queue-oldest-message" },
    alarmDescription: "https://example.com/runbooks/queue-oldest-message.md",
  });
  const misspelt = [
    metric("sent", "NumberOfMessagesSend", queue.name),
    metric("deleted", "NumberOfMessagesDeleted", queue.name),
  ]; // wrong
  handMadeMath("misspelt-in-math", [result("sent - deleted"), ...misspelt]);
  handMadeMath("undeclared-in-math", [result("sent - removed"), ...sentAndDeleted(queue.name)]); // wrong: no metric has that id
  handMadeMath(
    "misspelt-in-a-band",
    [
      result("ANOMALY_DETECTION_BAND(sent)", "band"),
      metric("sent", "MessagesSent", queue.name, "Sum", true), // wrong
    ],
    { comparisonOperator: "LessThanLowerThreshold", threshold: undefined, thresholdMetricId: "band" },
  );
  handMade("filtered", { dimensions, unit: "Seconds" }); // odd: a filter that does nothing but harm
}
