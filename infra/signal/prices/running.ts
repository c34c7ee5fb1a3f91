import type { Price } from "../prices";

/** What runs code, and what starts it. */
export const runningPrices = {
  "ecr.storage": {
    item: "ECR, images in private repositories",
    price: 0.1,
    unit: "GB-month",
    source: "cloudburn.io, Amazon ECR pricing (us-east-1), 2026-03",
  },
  "eks.cluster": {
    item: "EKS control plane, standard support",
    price: 0.1,
    unit: "cluster-hour",
    source: "Amazon EKS pricing, 2026-10-02",
  },
  "lambda.requests": {
    item: "Lambda requests",
    price: 0.2,
    unit: "million requests",
    source: "AWS Lambda pricing, 2026-11-21",
  },
  "lambda.duration.arm": {
    item: "Lambda running, arm64, first 7.5 billion GB-seconds",
    price: 0.0000133334,
    unit: "GB-second",
    source: "AWS Lambda pricing, 2026-11-21",
  },
  "eventbridge.events": {
    item: "EventBridge events that are put, or sent to another region; those of AWS itself are free",
    price: 1,
    unit: "million events",
    source: "Amazon EventBridge pricing, 2026-11-21",
  },
  "scheduler.invocations": {
    item: "EventBridge Scheduler invocations",
    price: 1,
    unit: "million invocations",
    source: "Amazon EventBridge pricing, 2026-11-21",
  },
} as const satisfies Record<string, Price>;
