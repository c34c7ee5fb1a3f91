import type { Equivalents } from "../equivalents";
import { filledIn } from "./reasons";

/** Equivalent mutants of gateway, load balancer, firewall, canaries and functions. */
export const edge: Equivalents = {
  "api-backend-slow": {
    "expression -> IF(requests >= 20, latency, 1)":
      "only 2,000 ms and more is bad, so a minute with too few requests may count as any time below",
    "expression -> IF(requests >= 20, latency, (-1))":
      "only 2,000 ms and more is bad, so a minute with too few requests may count as any time below",
  },
  "api-client-errors": {
    "expression -> IF(whole >= 20, 100 * part / whole, 1)":
      "only values above 20 are bad, so too few requests may count as any share below",
    "expression -> IF(whole >= 20, 100 * part / whole, (-1))":
      "only values above 20 are bad, so too few requests may count as any share below",
  },
  "api-errors": {
    "expression -> IF(whole >= 20, 100 * part / whole, 1)":
      "only values above 5 are bad, so too few requests may count as any share below",
    "expression -> IF(whole >= 20, 100 * part / whole, (-1))":
      "only values above 5 are bad, so too few requests may count as any share below",
  },
  "api-slow": {
    "expression -> IF(requests >= 20, latency, 1)":
      "only 2,500 ms and more is bad, so a minute with too few requests may count as any time below",
    "expression -> IF(requests >= 20, latency, (-1))":
      "only 2,500 ms and more is bad, so a minute with too few requests may count as any time below",
  },
  "api-slow-tail": {
    "expression -> IF(requests >= 20, latency, 1)":
      "only 5,000 ms and more is bad, so a minute with too few requests may count as any time below",
    "expression -> IF(requests >= 20, latency, (-1))":
      "only 5,000 ms and more is bad, so a minute with too few requests may count as any time below",
  },
  "canary-not-running": {
    "threshold 1 -> 0.5": "a number of runs is whole, so under 1 and under a half are both none",
    "missing data breaching -> notBreaching": filledIn,
    "missing data breaching -> ignore": filledIn,
    "missing data breaching -> missing": filledIn,
    "expression -> FILL(runs, (-1))": "only values below 1 are bad, so no run may count as 0 or as less",
  },
  "firewall-blocking": {
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + FILL(allowed, 1)), 0)":
      "beside 50 blocked requests and more, one that is allowed changes no share from above to below 10",
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + FILL(allowed, (-1))), 0)":
      "beside 50 blocked requests and more, one that is allowed changes no share from above to below 10",
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + FILL(allowed, 0)), 1)":
      "only values above 10 are bad, so too few to judge may count as any share below",
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + FILL(allowed, 0)), (-1))":
      "only values above 10 are bad, so too few to judge may count as any share below",
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + allowed), 0)":
      "IF takes a missing value for 0 where its condition holds; FILL says so for the reader",
  },
  "function-failing": {
    "expression -> IF(invocations >= 20, 100 * errors / invocations, 1)":
      "only values above 5 are bad, so a function with too few invocations may count as any share below",
    "expression -> IF(invocations >= 20, 100 * errors / invocations, (-1))":
      "only values above 5 are bad, so a function with too few invocations may count as any share below",
  },
  "target-group-errors": {
    "expression -> IF(whole >= 20, 100 * part / whole, 1)":
      "only values above 5 are bad, so too few requests may count as any share below",
    "expression -> IF(whole >= 20, 100 * part / whole, (-1))":
      "only values above 5 are bad, so too few requests may count as any share below",
    "part: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
    "whole: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
  },
  "target-group-none-healthy": {
    "threshold 1 -> 0.5": "a number of targets is whole, so under 1 and under a half are both none",
  },
  "target-group-slow": {
    "expression -> IF(requests >= 20, latency, 1)":
      "only 2 seconds and more is bad, so a minute with too few requests may count as any time below",
    "expression -> IF(requests >= 20, latency, (-1))":
      "only 2 seconds and more is bad, so a minute with too few requests may count as any time below",
    "requests: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
    "latency: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
  },
  "target-group-tls-errors": {
    "value: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
  },
  "target-group-unhealthy": {
    "value: statistic Maximum -> Average":
      "a number of targets is never negative, so the average is above 0 just when the maximum is",
  },
  "target-group-unreachable": {
    "value: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
  },
};
