import { type Own, table } from "./table";

const canary = [["CanaryName"]] as const;
const answers: Own = { unit: "Count", kind: "counter", statistics: ["Sum"], dimensions: canary };

/** A point for each run, at the interval of the canary. Requests are counted only by scripts that make them through the library of Synthetics. */
export const synthetics = table(
  "CloudWatchSynthetics",
  "CloudWatch metrics published by canaries, CloudWatch User Guide, 2026-11",
  {
    SuccessPercent: {
      unit: "Percent",
      kind: "gauge",
      statistics: ["Average", "Minimum", "SampleCount"],
      dimensions: canary,
      range: [0, 100],
      worse: "low",
    },
    Duration: {
      unit: "Milliseconds",
      kind: "distribution",
      statistics: ["Average", "Minimum", "Maximum", "SampleCount", "Percentile"],
      dimensions: canary,
      worse: "high",
    },
    "2xx": answers,
    "4xx": { ...answers, worse: "high" },
    "5xx": { ...answers, worse: "high" },
    Failed: { ...answers, worse: "high" },
    "Failed requests": { ...answers, worse: "high" },
  },
);
