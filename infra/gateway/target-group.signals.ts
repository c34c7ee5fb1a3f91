import { math, ratio, signals } from "../signal/signal";
import { targetHealthSignals } from "./target-group.health.signals";
import {
  example,
  metric,
  requests,
  type TargetGroupRole,
  type TargetGroupSize,
  type TargetGroupSubject,
} from "./target-group.metrics";

export type { TargetGroupRole, TargetGroupSize, TargetGroupSubject } from "./target-group.metrics";

/** How targets answer. */
const targetAnswerSignals = signals<TargetGroupRole, TargetGroupSubject, TargetGroupSize>()({
  "target-group-errors": {
    title: "The service answers with errors",
    golden: "errors",
    unit: "percent",
    role: "application",
    source: ratio(metric("HTTPCode_Target_5XX_Count", "Sum"), requests, 20),
    alarm: { above: "5 %", for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { part: ["5 for 5 minutes", "3/3 for 5 minutes"], whole: ["60/40 for 10 minutes"] },
        { part: ["51 for 5 minutes"], whole: ["1000 for 5 minutes"] },
        { part: ["101 for 5 minutes"], whole: ["2000 for 5 minutes"] },
        { part: ["2 for 5 minutes"], whole: ["20 for 5 minutes"] },
      ],
      fine: [
        { part: ["5 for 1 hour"], whole: ["100 for 1 hour"] },
        { part: ["19 for 1 hour"], whole: ["19 for 1 hour"] },
        {
          part: ["50 for 4 minutes", "5 for 1 minute", "50 for 4 minutes", "5 for 6 minutes"],
          whole: ["60/40 for 15 minutes"],
        },
      ],
      healed: { part: ["5 for 1 minute"], whole: ["100 for 1 minute"] },
    },
    runbook: {
      means: "More than one of twenty requests to this service ended in a 5xx of its own: it runs, and fails.",
      check: [
        "Which route and which error? The service's log, level error, of the last ten minutes.",
        "Is it all pods or one (http_request_duration_seconds_count by pod and status)?",
        "Does a dependency fail: database, broker, Kafka, another service?",
      ],
      fix: ["Roll back the release.", "Delete the one pod that fails alone."],
    },
  },
  "target-group-unreachable": {
    title: "Connections to targets fail",
    golden: "errors",
    unit: "count",
    role: "application",
    source: metric("TargetConnectionErrorCount", "Sum"),
    alarm: { above: 10, every: "5 minutes", for: "15 minutes", datapoints: 2, severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        [
          "missing for 10 minutes",
          "3/8 for 1 minute",
          "missing for 4 minutes",
          "11 for 1 minute",
          "missing for 9 minutes",
        ],
        ["11 for 1 minute", "0 for 9 minutes", "11 for 1 minute", "missing for 4 minutes"],
      ],
      fine: [["2 for 1 hour"], ["missing for 10 minutes", "500 for 1 minute", "missing for 20 minutes"]],
      healed: ["2 for 10 minutes"],
    },
    runbook: {
      means:
        "The load balancer could not open connections to pods, time and again: they end before they leave the group, or are full.",
      check: [
        "Does it go with deployments? Then the preStop wait is shorter than the deregistration takes.",
        "Do pods run out of file descriptors or of their accept queue (process_open_fds, event loop lag)?",
        "Did a security group between load balancer and pods change (CloudTrail: RevokeSecurityGroupIngress)?",
      ],
      fix: ["Lengthen the preStop wait.", "Scale the service out.", "Put the security group rule back."],
    },
  },
  "target-group-tls-errors": {
    title: "TLS handshakes with targets fail",
    golden: "errors",
    unit: "count",
    role: "application",
    source: metric("TargetTLSNegotiationErrorCount", "Sum"),
    when: { holds: (size) => size.tls, otherwise: "its targets are spoken to over HTTP" },
    alarm: { above: 5, every: "5 minutes", for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        [
          "missing for 10 minutes",
          "6 for 1 minute",
          "missing for 4 minutes",
          "2/4 for 1 minute",
          "missing for 4 minutes",
        ],
      ],
      fine: [["1 for 1 hour"], ["missing for 10 minutes", "900 for 1 minute", "missing for 10 minutes"]],
      healed: ["1 for 5 minutes"],
    },
    runbook: {
      means: "Pods refuse the handshake of the load balancer: no common cipher or version, or no certificate to show.",
      check: [
        "Does the pod serve TLS on the group's port (openssl s_client -connect <pod ip>:<port>)?",
        "Did the pods' certificate or its mount change with the last deployment?",
        "All pods or one?",
      ],
      fix: ["Roll the deployment back.", "Renew what the pods show as their certificate, and restart them."],
    },
  },
  "target-group-slow": {
    title: "The service answers slowly",
    golden: "latency",
    unit: "seconds",
    role: "application",
    source: math("IF(requests >= 20, latency, 0)", { requests, latency: metric("TargetResponseTime", "p99") }),
    alarm: { atLeast: ({ acceptable }) => acceptable, for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [{ requests: ["12/8 for 15 minutes"], latency: ["0.4 for 5 minutes", "0.1/0.1/0.1/2 for 10 minutes"] }],
      fine: [
        { requests: ["100 for 1 hour"], latency: ["1.99 for 1 hour"] },
        { requests: ["19 for 1 hour"], latency: ["30 for 1 hour"] },
        { requests: ["100 for 1 hour"], latency: [`${"0.1/".repeat(99)}30 for 1 hour`] },
        { requests: ["100 for 19 minutes"], latency: ["30 for 9 minutes", "1.99 for 1 minute", "30 for 9 minutes"] },
      ],
      healed: { requests: ["100 for 1 minute"], latency: ["1.99 for 1 minute"] },
    },
    runbook: {
      means:
        "One of a hundred requests to this service takes longer than its users accept, from the load balancer to the first byte back.",
      check: [
        'Which route? histogram_quantile(0.99, sum by (route, le) (rate(http_request_duration_seconds_bucket{service="<service>"}[5m])))',
        "CPU throttling, event loop lag or heap of its pods?",
        "What does it wait for: connections of its database pool, locks, another service?",
      ],
      fix: ["Scale it out.", "Roll back the release since which it is slow."],
    },
  },
  "target-group-requests": {
    title: "Requests for each target",
    golden: "traffic",
    unit: "count",
    role: "application",
    source: metric("RequestCountPerTarget", "Sum"),
    runbook: {
      means: "Requests that a target had on average; far apart from what its autoscaler aims at, the scaling is wrong.",
    },
  },
});

/**
 * What is watched of the pods of a service, as the load balancer sees them. A target that is deregistered leaves HealthyHostCount and never enters
 * UnHealthyHostCount, so both are watched. Only a service without any healthy target pages: the rest is felt at the gateway, which pages for it.
 */
export const targetGroupSignals = { ...targetHealthSignals, ...targetAnswerSignals };
