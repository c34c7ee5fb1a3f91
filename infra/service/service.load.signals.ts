import { prometheus, repeat, signals } from "../signal/signal";
import { metrics } from "./metrics";
import { container, example, foreign, here, own, steady, when } from "./service.fixtures";
import type { ServiceRole, ServiceSize, ServiceSubject } from "./service.size";

const count = `${metrics.duration.name}_count`;
const requests = (pod: string) => own(count, `pod="${pod}"`);
const sessions = (pod: string) => own(metrics.sessions.name, `pod="${pod}"`);
const lag = (pod: string) => own("nodejs_eventloop_lag_p99_seconds", `pod="${pod}"`);
const open = (pod: string) => own("process_open_fds", `pod="${pod}"`);
const most = (pod: string) => own("process_max_fds", `pod="${pod}"`);

const onNode = {
  holds: ({ scraped, node }: ServiceSize): boolean => scraped && node,
  otherwise: "no collector scrapes its cluster, or it does not run on Node",
};
const morePods =
  'More pods: services.<service>.replicas.max, or for now `kubectl -n <namespace> patch hpa <service> --patch \'{"spec":{"minReplicas":<more>}}\'`.';

/**
 * How much there is to do, and how much room is left. What holds for every workload of a namespace stands there and is not said again: throttling, memory near
 * the limit, an autoscaler at its maximum, crashes and restarts.
 */
export const serviceLoadSignals = signals<ServiceRole, ServiceSubject, ServiceSize>()({
  "service-sessions": {
    title: "Nearly as many sessions as a service was built for",
    golden: "saturation",
    unit: "percent",
    role: "api",
    source: prometheus(`100 * sum(${metrics.sessions.name}{${here}}) / {sessions}`, {
      sessions: ({ sessions }: ServiceSize) => sessions,
    }),
    when: {
      holds: ({ scraped, sessions }) => scraped && sessions > 0,
      otherwise: "no collector scrapes its cluster, or it has no sessions",
    },
    alarm: { above: "85 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [sessions("a")]: ["700 for 10 minutes", "1000.5 for 16 minutes"],
          [sessions("b")]: ["700 for 26 minutes"],
          ...foreign(metrics.sessions.name, 'pod="x"', ["1 for 26 minutes"]),
        },
      ],
      fine: [
        {
          [sessions("a")]: ["1000 for 20 minutes", "1900 for 15 minutes", "1000 for 25 minutes"],
          [sessions("b")]: ["700 for 60 minutes"],
          ...foreign(metrics.sessions.name, 'pod="x"', ["5000 for 60 minutes"]),
        },
      ],
      healed: {
        [sessions("a")]: ["700 for 3 minutes"],
        [sessions("b")]: ["700 for 3 minutes"],
        ...foreign(metrics.sessions.name, 'pod="x"', ["1 for 3 minutes"]),
      },
    },
    runbook: {
      means:
        "There is hardly room for more users at once: what each session holds (memory, connections) runs out next.",
      check: [
        '`sum by (pod) (http_sessions{service="<service>"})`: are they spread evenly?',
        "service-requests of the same hour: more users, or sessions that nobody ends?",
        "Memory of its pods, and connections of its database: what runs out first?",
      ],
      fix: [
        morePods,
        "End sessions sooner where they are left behind.",
        "Raise `sessions` once it was tested with more.",
      ],
    },
  },
  "service-event-loop": {
    title: "A pod of a service answers late because it is busy",
    golden: "saturation",
    unit: "seconds",
    role: "api",
    // Each pod tells its own 99th percentile: only the worst of them says something.
    source: prometheus(`max(nodejs_eventloop_lag_p99_seconds{${here}})`),
    when: onNode,
    alarm: { above: "0.5 seconds", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [lag("a")]: ["0.02 for 26 minutes"],
          [lag("b")]: ["0.02 for 10 minutes", "0.6 for 16 minutes"],
          ...foreign("nodejs_eventloop_lag_p99_seconds", 'pod="x"', ["0.02 for 26 minutes"]),
        },
      ],
      fine: [
        {
          [lag("a")]: ["0.49 for 60 minutes"],
          [lag("b")]: ["0.4 for 10 minutes", "3 for 15 minutes", "0.5 for 35 minutes"],
          ...foreign("nodejs_eventloop_lag_p99_seconds", 'pod="x"', ["4 for 60 minutes"]),
        },
      ],
      healed: {
        [lag("a")]: ["0.02 for 3 minutes"],
        [lag("b")]: ["0.02 for 3 minutes"],
        ...foreign("nodejs_eventloop_lag_p99_seconds", 'pod="x"', ["0.02 for 3 minutes"]),
      },
    },
    runbook: {
      means: "Node does one thing at a time, and in that pod one thing takes so long that every request waits for it.",
      check: [
        '`nodejs_eventloop_lag_p99_seconds{service="<service>"}`: one pod, or all?',
        '`rate(nodejs_gc_duration_seconds_sum{service="<service>"}[5m])`: does it collect garbage all the time? Then memory is short.',
        "namespace-throttled: is it held back by its CPU limit?",
        "Which route got slower at the same time? A large JSON document, a loop over a list, or encryption in the request.",
      ],
      fix: [
        morePods,
        "Restart the one that hangs: `kubectl -n <namespace> delete pod <pod>`.",
        "Take the long work out of the request: page the list, stream the document, use a worker.",
      ],
    },
  },
  "service-descriptors": {
    title: "A pod of a service runs out of connections and files",
    golden: "saturation",
    unit: "percent",
    role: "api",
    source: prometheus(`100 * max(process_open_fds{${here}} / process_max_fds)`),
    when,
    alarm: { above: "80 %", for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("21 minutes", { [most("a")]: 2_000, [most("b")]: 2_000, [open("a")]: 100 }),
          [open("b")]: ["100 for 10 minutes", "1601 for 11 minutes"],
          ...foreign("process_open_fds", 'pod="x"', ["1 for 21 minutes"]),
          ...foreign("process_max_fds", 'pod="x"', ["2000 for 21 minutes"]),
        },
      ],
      fine: [
        {
          ...steady("60 minutes", { [most("a")]: 2_000, [most("b")]: 2_000, [open("a")]: 1_600 }),
          [open("b")]: ["900 for 20 minutes", "1900 for 10 minutes", "900 for 30 minutes"],
          ...foreign("process_open_fds", 'pod="x"', ["1990 for 60 minutes"]),
          ...foreign("process_max_fds", 'pod="x"', ["2000 for 60 minutes"]),
        },
      ],
      healed: {
        ...steady("3 minutes", { [most("a")]: 2_000, [most("b")]: 2_000, [open("a")]: 100, [open("b")]: 100 }),
        ...foreign("process_open_fds", 'pod="x"', ["1 for 3 minutes"]),
        ...foreign("process_max_fds", 'pod="x"', ["2000 for 3 minutes"]),
      },
    },
    runbook: {
      means:
        "Each connection and each open file takes a descriptor. At the limit the pod takes no connection any more, and its probes fail too.",
      check: [
        '`process_open_fds{service="<service>"}` over a day: does it only grow? Then something is never closed.',
        '`sum by (type) (nodejs_active_resources{service="<service>"})`: sockets, files or timers?',
        "Are connections to its database, broker or other services made anew for each request?",
      ],
      fix: ["Restart it: `kubectl -n <namespace> rollout restart deployment/<service>`.", "Close what is left open."],
    },
  },
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
