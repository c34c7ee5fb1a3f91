import type { Duration } from "../kit/units";
import type { RuleSeries } from "../signal/rule.record";
import { prometheus, repeat, signals } from "../signal/signal";
import { metrics } from "./metrics";
import { example, foreign, here, own, steady, when } from "./service.fixtures";
import { type ServiceRole, type ServiceSize, type ServiceSubject, tolerableErrors } from "./service.size";

const count = `${metrics.duration.name}_count`;
const bucket = `${metrics.duration.name}_bucket`;
const answered = (code: string, pod = "a") => own(count, `code="${code}", pod="${pod}"`);
const within = (edge: string, pod = "a") => own(bucket, `le="${edge}", pod="${pod}"`);

/** Below so few requests a second one that fails says nothing: 60 in five minutes. */
const enough = 0.2;

const rollBack =
  "Roll back: the version before in services.<service>.version of the stack's settings, then `pulumi up`; at once: `kubectl -n <namespace> rollout undo deployment/<service>`.";

/** Two pods, all of whose requests are fast, but for what a case says of them. */
const requests = (length: Duration, changed: RuleSeries): RuleSeries => ({
  ...steady(length, {
    [answered("200")]: "+10000",
    [answered("200", "b")]: "+10000",
    [within("0.5")]: "+5000",
    [within("1")]: "+10000",
    [within("1", "b")]: "+10000",
    [within("2.5")]: "+10000",
  }),
  [within("1.0")]: [`missing for ${length}`],
  ...foreign(count, 'code="200", pod="x"', [`+1000 for ${length}`]),
  ...foreign(bucket, 'le="1", pod="x"', [`+2000 for ${length}`]),
  ...changed,
});

/** Whether requests are answered, and in time. */
export const serviceRequestSignals = signals<ServiceRole, ServiceSubject, ServiceSize>()({
  "service-errors": {
    title: "A service fails requests",
    golden: "errors",
    unit: "percent",
    role: "api",
    source: prometheus(
      `100 * sum(rate(${count}{${here}, code=~"5.."}[5m])) / (sum(rate(${count}{${here}}[5m])) > ${enough})`,
    ),
    when,
    alarm: { above: tolerableErrors, for: "5 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        // 1.45 % of two pods, in fits and starts.
        {
          [answered("200")]: repeat(10, "+22000 for 1 minute", "+0 for 1 minute"),
          [answered("200", "b")]: ["+8710 for 20 minutes"],
          [answered("500")]: ["+0 for 10 minutes", "+190 for 10 minutes"],
          [answered("503", "b")]: ["+0 for 10 minutes", ...repeat(5, "+200 for 1 minute", "+0 for 1 minute")],
          ...foreign(count, 'code="200", pod="x"', ["+90000 for 20 minutes"]),
        },
        // All of few.
        {
          [answered("200")]: ["+21 for 10 minutes", "+0 for 15 minutes"],
          [answered("200", "b")]: ["+0 for 25 minutes"],
          [answered("500")]: ["+0 for 10 minutes", "+12.5 for 15 minutes"],
          [answered("503", "b")]: ["+0 for 25 minutes"],
          ...foreign(count, 'code="200", pod="x"', ["+0 for 25 minutes"]),
        },
      ],
      fine: [
        // 1.43 %, for a moment more; refused and unknown is the caller's fault; and what others do is not counted.
        {
          ...steady("40 minutes", {
            [answered("200")]: "+15714",
            [answered("404")]: "+2000",
            [answered("499", "b")]: "+2000",
          }),
          [answered("500")]: ["+186 for 10 minutes", "+900 for 2 minutes", "+186 for 28 minutes"],
          [answered("502", "b")]: ["+100 for 40 minutes"],
          ...foreign(count, 'code="500", pod="x"', ["+9000 for 40 minutes"]),
        },
        // All of too few.
        { [answered("500")]: ["+12 for 40 minutes"] },
      ],
      healed: {
        [answered("200")]: ["+11000 for 5 minutes"],
        [answered("200", "b")]: ["+9000 for 5 minutes"],
        [answered("500")]: ["+0 for 5 minutes"],
        [answered("503", "b")]: ["+0 for 5 minutes"],
        ...foreign(count, 'code="200", pod="x"', ["+90000 for 5 minutes"]),
      },
    },
    runbook: {
      means:
        "So many requests end with a server error that a month's error budget would be gone in two days: users feel it.",
      felt: "Some requests fail, of all users or of one function: pages show errors, and orders do not go through.",
      check: [
        '`topk(5, sum by (route, code) (rate(http_request_duration_seconds_count{service="<service>", code=~"5.."}[5m])))`: which routes?',
        '`sum by (pod) (rate(http_request_duration_seconds_count{service="<service>", code=~"5.."}[5m]))`: one pod, or all?',
        '`{service="<service>"} | json | level="error"` in Loki for the same minutes: the first error, not the most frequent.',
        "`kubectl -n <namespace> rollout history deployment/<service>`: did it begin with a version?",
        "Do its database, broker or queues page too? Then it only passes their errors on.",
      ],
      fix: [rollBack, "One pod: `kubectl -n <namespace> delete pod <pod>`.", "Mend the dependency that it waits for."],
    },
  },
  "service-slow": {
    title: "A service is slower than promised",
    golden: "latency",
    unit: "percent",
    role: "api",
    // The share beyond the promised time, which is the edge of a bucket: exact, where a percentile is guessed between two. Prometheus 3 writes "1" as "1.0".
    source: prometheus(
      `100 * (1 - sum(rate(${bucket}{${here}, le=~"{acceptable}|{acceptable}.0"}[5m])) / (sum(rate(${count}{${here}}[5m])) > ${enough}))`,
      { acceptable: ({ acceptable }: ServiceSize) => acceptable },
    ),
    when,
    alarm: { above: "1 %", for: "10 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        // 1.005 % of two pods, in fits and starts.
        requests("24 minutes", {
          [answered("200")]: repeat(12, "+15000 for 1 minute", "+5000 for 1 minute"),
          [within("1")]: [
            ...repeat(5, "+15000 for 1 minute", "+5000 for 1 minute"),
            ...repeat(7, "+14800 for 1 minute", "+5000 for 1 minute"),
          ],
          [within("1", "b")]: ["+10000 for 10 minutes", "+9899 for 14 minutes"],
        }),
        // As Prometheus 3 writes it.
        requests("24 minutes", {
          [within("1")]: ["missing for 24 minutes"],
          [within("1", "b")]: ["missing for 24 minutes"],
          [within("1.0")]: ["+20000 for 10 minutes", "+19799 for 14 minutes"],
        }),
        // All of few.
        requests("40 minutes", {
          [answered("200")]: ["+12.5 for 40 minutes"],
          [answered("200", "b")]: ["+0 for 40 minutes"],
          [within("0.5")]: ["+0 for 40 minutes"],
          [within("1")]: ["+12.5 for 10 minutes", "+0 for 30 minutes"],
          [within("1", "b")]: ["+0 for 40 minutes"],
        }),
      ],
      fine: [
        // 0.995 %, with a slow spell; others are slow all the time.
        requests("60 minutes", {
          [within("1")]: ["+9901 for 20 minutes", "+9000 for 7 minutes", "+9901 for 33 minutes"],
          [within("1", "b")]: ["+9900 for 60 minutes"],
          ...foreign(count, 'code="200", pod="x"', ["+9000 for 60 minutes"]),
          ...foreign(bucket, 'le="1", pod="x"', ["+0 for 60 minutes"]),
        }),
        // All of too few.
        requests("60 minutes", {
          [answered("200")]: ["+12 for 60 minutes"],
          [answered("200", "b")]: ["+0 for 60 minutes"],
          [within("0.5")]: ["+0 for 60 minutes"],
          [within("1")]: ["+0 for 60 minutes"],
          [within("1", "b")]: ["+0 for 60 minutes"],
        }),
      ],
      healed: requests("6 minutes", { [within("1.0")]: ["missing for 6 minutes"] }),
    },
    runbook: {
      means: "More than one of a hundred requests takes longer than the service promises: users wait.",
      felt: "More than one request of a hundred takes longer than promised: people reload, give up, or order twice.",
      check: [
        '`histogram_quantile(0.99, sum by (le, route) (rate(http_request_duration_seconds_bucket{service="<service>"}[5m])))`: one route, or all?',
        "service-event-loop, namespace-throttled and service-processor: is it short of processor time, and has the autoscaler reached its maximum?",
        "Its database (database-load, long transactions) and whatever else it calls: did that get slower at the same minute?",
        "`kubectl -n <namespace> rollout history deployment/<service>`: did it begin with a version?",
        "service-busy: is there more to do than it was built for?",
      ],
      fix: [
        rollBack,
        'More pods: services.<service>.replicas.max, or for now `kubectl -n <namespace> patch hpa <service> --patch \'{"spec":{"minReplicas":<more>}}\'`.',
        "Mend the query or the dependency that is slow.",
      ],
    },
  },
  "service-response-time": {
    title: "Time of 99 of 100 requests",
    golden: "latency",
    unit: "seconds",
    role: "api",
    source: prometheus(`histogram_quantile(0.99, sum by (le) (rate(${bucket}{${here}}[5m])))`),
    runbook: {
      means: "Guessed between the edges of two buckets, and never above the last one of 10 seconds.",
    },
  },
  "service-succeeded": {
    title: "Requests answered with 200 and its kin",
    golden: "traffic",
    unit: "count/second",
    role: "api",
    source: prometheus(`sum(rate(${count}{${here}, code=~"2.."}[5m]))`),
    runbook: { means: "What users came for. It falls with the traffic, and with every sort of failure." },
  },
  "service-failed": {
    title: "Requests answered with 500 and its kin",
    golden: "errors",
    unit: "count/second",
    role: "api",
    source: prometheus(`sum(rate(${count}{${here}, code=~"5.."}[5m]))`),
    runbook: { means: "The number behind service-errors: how many users were hit." },
  },
});
