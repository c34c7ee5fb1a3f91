import { type Own, sizes, table, totals } from "./table";

const topic = [["TopicName"]] as const;
const publishing = [
  ["TopicName"],
  ["PhoneNumber"],
  ["Country", "SMSType"],
  ["Application"],
  ["Application", "Platform"],
  ["Platform"],
] as const;
const notes: Own = { unit: "Count", kind: "counter", statistics: ["Sum", "Average"], dimensions: publishing };
const faults: Own = { ...notes, sparse: true, worse: "high" };
const redriven: Own = { ...faults, dimensions: topic, switch: "subscription redrive policy" };

export const sns = table("AWS/SNS", "Monitoring Amazon SNS topics using CloudWatch, SNS Developer Guide, 2026-11", {
  NumberOfMessagesPublished: { ...notes, statistics: totals, idle: true },
  NumberOfNotificationsDelivered: { ...notes, statistics: totals, idle: true },
  NumberOfNotificationsFailed: { ...faults, repeats: true },
  NumberOfNotificationsFilteredOut: notes,
  "NumberOfNotificationsFilteredOut-MessageAttributes": notes,
  "NumberOfNotificationsFilteredOut-MessageBody": notes,
  "NumberOfNotificationsFilteredOut-InvalidAttributes": faults,
  "NumberOfNotificationsFilteredOut-NoMessageAttributes": notes,
  "NumberOfNotificationsFilteredOut-InvalidMessageBody": faults,
  NumberOfNotificationsRedrivenToDlq: redriven,
  NumberOfNotificationsFailedToRedriveToDlq: redriven,
  PublishSize: { unit: "Bytes", kind: "distribution", statistics: sizes, dimensions: topic, idle: true },
  SMSMonthToDateSpentUSD: {
    kind: "gauge",
    statistics: ["Maximum"],
    dimensions: [[], ["PhoneNumber"], ["Country", "SMSType"]],
    worse: "high",
  },
  SMSSuccessRate: {
    unit: "Count",
    kind: "counter",
    statistics: ["Average", "Sum", "SampleCount"],
    dimensions: [[], ["PhoneNumber"], ["Country", "SMSType"]],
    worse: "low",
  },
});
