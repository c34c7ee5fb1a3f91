import { noLess, table, totals } from "./table";

/** Our own: infra/broker/operations/metrics.ts publishes them from the function that compares, as often as it runs. */
export const brokerOperations = table("Vigia/Broker", "infra/broker/operations/metrics.ts", {
  TopologyDifferences: {
    unit: "Count",
    kind: "gauge",
    statistics: ["Maximum", "Minimum", "Average"],
    dimensions: [["Broker"]],
    period: 900,
    worse: "high",
  },
  TopologyExports: { unit: "Count", kind: "counter", statistics: totals, dimensions: [["Broker"]], period: 900 },
  SecretAge: {
    unit: "Seconds",
    kind: "gauge",
    statistics: ["Maximum", "Minimum", "Average"],
    dimensions: [["SecretArn"]],
    period: 900,
    range: noLess,
    worse: "high",
  },
});
