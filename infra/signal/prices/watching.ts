import type { Price } from "../prices";

/** What watching costs: metrics, alarms, logs, boards and probes. */
export const watchingPrices = {
  "cloudwatch.alarm.standard": {
    item: "CloudWatch alarm, standard resolution",
    price: 0.1,
    unit: "alarm metric-month",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "cloudwatch.alarm.high": {
    item: "CloudWatch alarm, high resolution",
    price: 0.3,
    unit: "alarm metric-month",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "cloudwatch.alarm.composite": {
    item: "CloudWatch composite alarm",
    price: 0.5,
    unit: "alarm-month",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "cloudwatch.metric": {
    item: "CloudWatch custom metric, first 10,000",
    price: 0.3,
    unit: "metric-month",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "amp.ingestion": {
    item: "AMP samples ingested, first 2 billion a month",
    price: 0.9,
    unit: "10 million samples",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "amp.storage": {
    item: "AMP storage",
    price: 0.03,
    unit: "GB-month",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "amp.query": {
    item: "AMP query samples processed",
    price: 0.1,
    unit: "billion samples",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "amp.collector": {
    item: "AMP managed collector",
    price: 0.04,
    unit: "collector-hour",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "amp.collector.samples": {
    item: "AMP managed collector, samples collected",
    price: 0.03,
    unit: "10 million samples",
    source: "Amazon Managed Service for Prometheus pricing, 2026-10-02",
  },
  "grafana.editor": {
    item: "Managed Grafana, active editor or administrator",
    price: 9,
    unit: "user-month",
    source: "Amazon Managed Grafana pricing, 2026-11",
  },
  "logs.ingestion": {
    item: "CloudWatch Logs ingestion, standard class",
    price: 0.5,
    unit: "GB",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "synthetics.runs": {
    item: "CloudWatch Synthetics canary runs",
    price: 0.0012,
    unit: "run",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
} as const satisfies Record<string, Price>;
