import { prometheus, signals } from "../signal/signal";
import { metrics } from "./metrics";
import { example, foreign, here, own, steady, when } from "./service.fixtures";
import type { ServiceRole, ServiceSize, ServiceSubject } from "./service.size";

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
 * How much room is left. What holds for every workload of a namespace stands there and is not said again: throttling, memory near the limit, an autoscaler at its
 * maximum, crashes and restarts.
 */
export const serviceRoomSignals = signals<ServiceRole, ServiceSubject, ServiceSize>()({
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
});
