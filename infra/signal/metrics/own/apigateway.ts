import { type Own, table } from "./table";

/** Of a REST API by its name, of an HTTP API by its id; by method only where detailed metrics are on. */
const rest = [
  ["ApiName", "Stage"],
  ["ApiName", "Stage", "Resource", "Method"],
] as const;
const http = [
  ["ApiId", "Stage"],
  ["ApiId", "Stage", "Resource", "Method"],
] as const;
/** One sample a request, 0 or 1: the average is the share. */
const errors: Own = {
  unit: "Count",
  kind: "counter",
  statistics: ["Average", "Sum", "SampleCount"],
  idle: true,
  worse: "high",
};
const latency: Own = {
  unit: "Milliseconds",
  kind: "distribution",
  statistics: ["Average", "Minimum", "Maximum", "SampleCount", "Percentile"],
  dimensions: [...http, ...rest],
  idle: true,
  worse: "high",
};

/** Metrics of HTTP and REST APIs; those of WebSocket APIs are in AWS's list. */
export const apiGateway = table(
  "AWS/ApiGateway",
  "Monitor CloudWatch metrics for HTTP APIs, and Amazon API Gateway dimensions and metrics, API Gateway Developer Guide, 2026-11",
  {
    "4xx": { ...errors, dimensions: http },
    "5xx": { ...errors, dimensions: http },
    "4XXError": { ...errors, dimensions: rest },
    "5XXError": { ...errors, dimensions: rest },
    Count: {
      unit: "Count",
      kind: "counter",
      statistics: ["SampleCount", "Sum"],
      dimensions: [...http, ...rest],
      idle: true,
    },
    Latency: latency,
    IntegrationLatency: { ...latency, dimensions: [...http, ...rest, ["ApiId", "Stage", "Route"]] },
    DataProcessed: {
      unit: "Bytes",
      kind: "distribution",
      statistics: ["Sum", "Average", "Minimum", "Maximum", "SampleCount"],
      dimensions: http,
      idle: true,
    },
  },
);
