import { prometheus, repeat, signals } from "../signal/signal";
import { metrics } from "./metrics";
import { container, example, foreign, here, own, when } from "./service.fixtures";
import type { ServiceRole, ServiceSize, ServiceSubject } from "./service.size";

const count = `${metrics.duration.name}_count`;
const requests = (pod: string) => own(count, `pod="${pod}"`);

/** How much there is to do, and what it takes. */
export const serviceLoadSignals = signals<ServiceRole, ServiceSubject, ServiceSize>()({
  "service-busy": {
    title: "A service has far more to do than expected",
    golden: "traffic",
    unit: "percent",
    role: "api",
    source: prometheus(`100 * sum(rate(${count}{${here}}[30m])) / {requestsPerSecond}`, {
      requestsPerSecond: ({ requestsPerSecond }: ServiceSize) => requestsPerSecond,
    }),
    when,
    alarm: { above: "150 %", for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      // 40 a second are 2,400 a minute.
      bad: [
        {
          [requests("a")]: [
            "+1200 for 30 minutes",
            "+2401 for 40 minutes",
            "+4802 for 1 minute",
            "+0 for 1 minute",
            "+2401 for 17 minutes",
          ],
          [requests("b")]: ["+1200 for 89 minutes"],
          ...foreign(count, 'pod="x"', ["+1 for 89 minutes"]),
        },
      ],
      fine: [
        {
          [requests("a")]: ["+2399 for 60 minutes", "+3000 for 20 minutes", "+1000 for 100 minutes"],
          [requests("b")]: ["+1200 for 180 minutes"],
          ...foreign(count, 'pod="x"', ["+9000 for 180 minutes"]),
        },
        // Twice as much, for less than an hour.
        { [requests("a")]: ["+0 for 40 minutes", "+4800 for 45 minutes", "+0 for 60 minutes"] },
      ],
      healed: {
        [requests("a")]: ["+1200 for 5 minutes"],
        [requests("b")]: ["+1200 for 5 minutes"],
        ...foreign(count, 'pod="x"', ["+1 for 5 minutes"]),
      },
    },
    runbook: {
      means:
        "For an hour there was half as much again to do as the service was built for. Nothing need fail yet: room, quotas and limits were chosen for less.",
      check: [
        '`topk(5, sum by (route) (rate(http_request_duration_seconds_count{service="<service>"}[30m])))`: which routes?',
        "A campaign, a new client, a crawler, or somebody who tries again and again? The access log of the gateway names callers.",
        "Do pods reach their maximum (namespace-scaled-out), and does the gateway throttle (api-near-throttle)?",
      ],
      fix: [
        "Block or throttle a caller who should not: web ACL, or the throttle of the gateway.",
        "If it is here to stay: raise requestsPerSecond, replicas.max, the quota of the namespace and the connections of the database together.",
      ],
    },
  },
  "service-quiet": {
    title: "Hardly any requests reach a service",
    golden: "traffic",
    unit: "percent",
    role: "api",
    source: prometheus(`100 * sum(rate(${count}{${here}}[15m])) / {requestsPerSecond}`, {
      requestsPerSecond: ({ requestsPerSecond }: ServiceSize) => requestsPerSecond,
    }),
    when: {
      holds: ({ scraped, steady }) => scraped && steady,
      otherwise: "no collector scrapes its cluster, or its traffic may pause",
    },
    alarm: { below: "1 %", for: "15 minutes", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        {
          [requests("a")]: [
            "+1200 for 20 minutes",
            ...repeat(14, "+21.8 for 1 minute", "+0 for 1 minute"),
            "+21.8 for 1 minute",
          ],
          [requests("b")]: ["+1200 for 20 minutes", "+13 for 29 minutes"],
          ...foreign(count, 'pod="x"', ["+9000 for 49 minutes"]),
        },
      ],
      fine: [
        {
          [requests("a")]: ["+12.1 for 40 minutes", "+0 for 15 minutes", "+900 for 5 minutes", "+12.1 for 40 minutes"],
          [requests("b")]: ["+12 for 100 minutes"],
          ...foreign(count, 'pod="x"', ["+1 for 100 minutes"]),
        },
        { [requests("a")]: ["+2400 for 30 minutes", "+10 for 24 minutes", "+2400 for 30 minutes"] },
      ],
      healed: {
        [requests("a")]: ["+1200 for 5 minutes"],
        [requests("b")]: ["+1200 for 5 minutes"],
        ...foreign(count, 'pod="x"', ["+9000 for 5 minutes"]),
      },
    },
    runbook: {
      means:
        "A service whose traffic never pauses gets hardly a hundredth of it. It is fine itself: callers do not get as far.",
      check: [
        "Does the gateway page (api-silent, api-errors), or its certificate or domain?",
        "target-group-requests of the service: do they arrive at the load balancer? Then the pods are not in its group.",
        "`kubectl -n <namespace> describe targetgroupbinding <service>`: can it register pods?",
        "Did a client go live that calls another address?",
      ],
      fix: [
        "Mend the way in: gateway, listener rule, TargetGroupBinding.",
        "A service whose traffic does pause: `steady: false` in the stack's settings.",
      ],
    },
  },
  "service-requests": {
    title: "Requests a second",
    golden: "traffic",
    unit: "count/second",
    role: "api",
    source: prometheus(`sum(rate(${count}{${here}}[5m]))`),
    runbook: { means: "Compare with requestsPerSecond, for which it was built." },
  },
  "service-received": {
    title: "Data received",
    golden: "traffic",
    unit: "bytes/second",
    role: "api",
    source: prometheus(`sum(rate(${metrics.received.name}_sum{${here}}[5m]))`),
    runbook: { means: "What requests bring. It grows without them where somebody uploads." },
  },
  "service-sent": {
    title: "Data sent",
    golden: "traffic",
    unit: "bytes/second",
    role: "api",
    source: prometheus(`sum(rate(${metrics.sent.name}_sum{${here}}[5m]))`),
    runbook: { means: "What answers take. It grows without requests where a list lost its pages." },
  },
  "service-processor": {
    title: "Processor time in use, of what is requested",
    golden: "saturation",
    unit: "percent",
    role: "api",
    source: prometheus(
      `100 * sum(rate(container_cpu_usage_seconds_total{${container}}[5m])) / sum(kube_pod_container_resource_requests{${container}, resource="cpu"})`,
    ),
    runbook: {
      means:
        "The autoscaler adds pods above its target; more than that for long means that it has reached its maximum.",
    },
  },
  "service-memory": {
    title: "Memory in use, of the limit",
    golden: "saturation",
    unit: "percent",
    role: "api",
    source: prometheus(
      `100 * sum(container_memory_working_set_bytes{${container}}) / sum(kube_pod_container_resource_limits{${container}, resource="memory"})`,
    ),
    runbook: { means: "Of all its pods together; namespace-memory tells of a single one near its limit." },
  },
});
