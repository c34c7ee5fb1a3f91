import type { PriceKey } from "./prices";

/** What decides the price of a metric alarm. */
export interface PricedAlarm {
  /** Metrics that it reads; each is billed. */
  readonly metrics: number;
  /** Its shortest period in seconds; under a minute it is a high-resolution alarm. */
  readonly period: number;
  /** Whether it compares with an anomaly band, which CloudWatch bills as the metric and two bounds. */
  readonly band: boolean;
}

/**
 * The price line of a metric alarm and how many of its units the alarm takes a month: CloudWatch bills metrics, not alarms ("Amazon CloudWatch billing and
 * cost", CloudWatch User Guide, 2026-11).
 */
export function alarmPrice({ metrics, period, band }: PricedAlarm): { price: PriceKey; quantity: number } {
  return {
    price: period < 60 ? "cloudwatch.alarm.high" : "cloudwatch.alarm.standard",
    quantity: band ? metrics + 2 : metrics,
  };
}
