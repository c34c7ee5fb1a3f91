import { prometheus, repeat, signals } from "../signal/signal";
import type { NamespaceSize, NamespaceSubject } from "./namespace.signals";
import { steady } from "./series";

/** The size at which limits are proven. */
const example: NamespaceSize = { scraped: true };

const when = { holds: (size: NamespaceSize) => size.scraped, otherwise: "no collector scrapes its cluster" };

/** What every query names. One side of an expression does: the other side has the same labels. */
const here = 'cluster="{cluster}", namespace="{namespace}"';
const cluster = 'cluster="other", namespace="{namespace}"';
const namespace = 'cluster="{cluster}", namespace="other"';

const of = (metric: string, labels: string, where = here) => `${metric}{${where}, ${labels}}`;
const periods = (what: "throttled_periods" | "periods", where = here) =>
  of(`container_cpu_cfs_${what}_total`, 'pod="api-1", container="api"', where);
/** What cAdvisor tells of all containers of a pod together. */
const wholePod = (what: "throttled_periods" | "periods") =>
  of(`container_cpu_cfs_${what}_total`, 'pod="api-1", container=""');
const scaler = (what: "status_current_replicas" | "spec_max_replicas" | "spec_min_replicas", where = here) =>
  of(`kube_horizontalpodautoscaler_${what}`, 'horizontalpodautoscaler="api"', where);
const inUse = (where = here) => of("container_memory_working_set_bytes", 'pod="api-1", container="api"', where);
const allowed = (resource = "memory", where = here) =>
  of("kube_pod_container_resource_limits", `pod="api-1", container="api", resource="${resource}"`, where);
const quota = (type: "used" | "hard", where = here) =>
  of("kube_resourcequota", `resourcequota="quota", resource="requests.cpu", type="${type}"`, where);

/** What workloads of a namespace use of what they may. */
export const namespaceResourceSignals = signals<"namespace", NamespaceSubject, NamespaceSize>()({
  "namespace-quota": {
    title: "A quota is nearly used up",
    golden: "saturation",
    unit: "percent",
    role: "namespace",
    source: prometheus(
      `100 * kube_resourcequota{${here}, type="used"} / ignoring (type) kube_resourcequota{type="hard"}`,
    ),
    when,
    alarm: { above: "90 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("26 minutes", { [quota("hard")]: 20 }),
          [quota("used")]: ["10 for 10 minutes", "18.01 for 16 minutes"],
        },
      ],
      fine: [
        {
          ...steady("40 minutes", {
            [quota("hard")]: 20,
            [quota("used", cluster)]: 20,
            [quota("hard", cluster)]: 20,
            [quota("used", namespace)]: 20,
            [quota("hard", namespace)]: 20,
          }),
          [quota("used")]: ["18 for 10 minutes", "20 for 15 minutes", "18 for 15 minutes"],
        },
      ],
      healed: steady("3 minutes", { [quota("used")]: 10, [quota("hard")]: 20 }),
    },
    runbook: {
      means: "The next pods of this namespace will be refused by its quota: a scale-out or a rollout stands still.",
      check: [
        "`kubectl -n <namespace> describe quota`: which resource?",
        "`kubectl -n <namespace> get events --field-selector reason=FailedCreate`: are pods refused already?",
        "Did replicas or requests grow for a reason, or does an autoscaler run away?",
      ],
      fix: [
        "Raise cluster.namespaces.<namespace>.quota in the stack's settings.",
        "Lower requests that are far above use.",
      ],
    },
  },
  "namespace-scaled-out": {
    title: "An autoscaler is at its maximum",
    golden: "saturation",
    unit: "percent",
    role: "namespace",
    source: prometheus(
      `100 * kube_horizontalpodautoscaler_status_current_replicas{${here}} / kube_horizontalpodautoscaler_spec_max_replicas
        and kube_horizontalpodautoscaler_spec_max_replicas > kube_horizontalpodautoscaler_spec_min_replicas`,
    ),
    when,
    alarm: { atLeast: "100 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("26 minutes", { [scaler("spec_max_replicas")]: 2_000, [scaler("spec_min_replicas")]: 1_999 }),
          [scaler("status_current_replicas")]: ["1999 for 10 minutes", "2000 for 16 minutes"],
        },
      ],
      fine: [
        {
          ...steady("40 minutes", { [scaler("spec_max_replicas")]: 2_000, [scaler("spec_min_replicas")]: 2 }),
          ...steady("40 minutes", {
            [scaler("spec_max_replicas", cluster)]: 10,
            [scaler("spec_min_replicas", cluster)]: 2,
          }),
          ...steady("40 minutes", { [scaler("status_current_replicas", cluster)]: 10 }),
          ...steady("40 minutes", {
            [scaler("spec_max_replicas", namespace)]: 10,
            [scaler("spec_min_replicas", namespace)]: 2,
            [scaler("status_current_replicas", namespace)]: 10,
          }),
          [scaler("status_current_replicas")]: ["1999 for 10 minutes", "2000 for 15 minutes", "1999 for 15 minutes"],
        },
        // As many as ever: the maximum says nothing.
        steady("40 minutes", {
          [scaler("spec_max_replicas")]: 3,
          [scaler("spec_min_replicas")]: 3,
          [scaler("status_current_replicas")]: 3,
        }),
      ],
      healed: steady("3 minutes", {
        [scaler("spec_max_replicas")]: 2_000,
        [scaler("spec_min_replicas")]: 1_999,
        [scaler("status_current_replicas")]: 1_999,
      }),
    },
    runbook: {
      means: "For a quarter of an hour an autoscaler has had all the pods that it may have: more load will be felt.",
      check: [
        "`kubectl -n <namespace> describe hpa <name>`: what does it measure, and how far above its target is that?",
        "Is there more to do (requests, messages), or is each piece slower (latency of a dependency, a new version)?",
        "Would more pods help, or do they all wait for the same database?",
      ],
      fix: [
        "Raise its maximum, and look at nodes-capacity and the quota.",
        "Mend the dependency or the version that made it slow.",
      ],
    },
  },
  "namespace-memory": {
    title: "A container is near its memory limit",
    golden: "saturation",
    unit: "percent",
    role: "namespace",
    source: prometheus(
      `100 * container_memory_working_set_bytes{${here}}
        / on (cluster, namespace, pod, container) kube_pod_container_resource_limits{resource="memory"}`,
    ),
    when,
    alarm: { above: "92 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("26 minutes", { [allowed()]: 10_000, [allowed("cpu")]: 1 }),
          [inUse()]: ["6000 for 10 minutes", "9205 for 16 minutes"],
        },
      ],
      fine: [
        {
          ...steady("40 minutes", { [allowed()]: 10_000, [allowed("cpu")]: 1 }),
          [inUse()]: ["9200 for 10 minutes", "9900 for 15 minutes", "9200 for 15 minutes"],
        },
        steady("40 minutes", { [inUse(namespace)]: 9_900, [allowed("memory", namespace)]: 10_000 }),
        steady("40 minutes", { [inUse(cluster)]: 9_900, [allowed("memory", cluster)]: 10_000 }),
      ],
      healed: steady("3 minutes", { [inUse()]: 6_000, [allowed()]: 10_000, [allowed("cpu")]: 1 }),
    },
    runbook: {
      means: "A container uses nearly all the memory that it may: at its limit it is killed in the middle of its work.",
      check: [
        'A level or a slope? `container_memory_working_set_bytes{cluster="<cluster>", namespace="<namespace>", pod="<pod>"}` over a day.',
        "Is the limit smaller than what its runtime was told (heap, GOMEMLIMIT, --max-old-space-size)?",
        "Did it change with the last deployment?",
      ],
      fix: ["Raise the limit if it needs that much.", "Restart what leaks, and mend it."],
    },
  },
  "namespace-throttled": {
    title: "A container is held back",
    golden: "latency",
    unit: "percent",
    role: "namespace",
    source: prometheus(
      `100 * rate(container_cpu_cfs_throttled_periods_total{${here}, container!=""}[5m]) / rate(container_cpu_cfs_periods_total[5m])`,
    ),
    when,
    // Short bursts are throttled in every healthy cluster: half of the time for half an hour is no burst.
    alarm: { above: "50 %", for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [periods("periods")]: [
            "+600 for 10 minutes",
            ...repeat(8, "+700 for 2 minutes", "+500 for 2 minutes"),
            "+700 for 2 minutes",
            "+500 for 1 minute",
          ],
          [periods("throttled_periods")]: [
            "+0 for 10 minutes",
            ...repeat(8, "+400.1 for 2 minutes", "+200.1 for 2 minutes"),
            "+400.1 for 2 minutes",
            "+200.1 for 1 minute",
          ],
        },
      ],
      fine: [
        {
          ...steady("80 minutes", {
            [periods("periods")]: "+600",
            [periods("periods", cluster)]: "+600",
            [periods("throttled_periods", cluster)]: "+600",
            [periods("periods", namespace)]: "+600",
            [periods("throttled_periods", namespace)]: "+600",
            [wholePod("periods")]: "+600",
            [wholePod("throttled_periods")]: "+600",
          }),
          [periods("throttled_periods")]: ["+300 for 20 minutes", "+500 for 29 minutes", "+60 for 31 minutes"],
        },
      ],
      healed: steady("10 minutes", { [periods("periods")]: "+600", [periods("throttled_periods")]: "+0" }),
    },
    runbook: {
      means:
        "In more than half of all periods a container used up its CPU limit and was stopped: whatever it does takes longer.",
      check: [
        'How much does it use, against its limit? `rate(container_cpu_usage_seconds_total{namespace="<namespace>", pod="<pod>"}[5m])` and kube_pod_container_resource_limits{resource="cpu"}.',
        "Does its latency suffer at the same time? If not, it is background work.",
        "Does its runtime start more threads than it has cores (GOMAXPROCS, thread pools)?",
      ],
      fix: ["Raise or remove its CPU limit; keep the request.", "More replicas, if it is busy with requests."],
    },
  },
  "namespace-cpu": {
    title: "Processor time in use",
    golden: "traffic",
    unit: "ratio",
    role: "namespace",
    source: prometheus(`sum(rate(container_cpu_usage_seconds_total{${here}, container!=""}[5m]))`),
    runbook: { means: "Cores that the namespace uses on average; compare with what it requests." },
  },
  "namespace-memory-used": {
    title: "Memory in use",
    golden: "saturation",
    unit: "bytes",
    role: "namespace",
    source: prometheus(`sum(container_memory_working_set_bytes{${here}, container!=""})`),
    runbook: { means: "What the containers of the namespace hold and the kernel could not take back at once." },
  },
  "namespace-restarts": {
    title: "Restarts of containers in an hour",
    golden: "errors",
    unit: "count",
    role: "namespace",
    source: prometheus(`sum(increase(kube_pod_container_status_restarts_total{${here}}[1h]))`),
    runbook: { means: "A few after a deployment are usual; more is a container that ends now and then." },
  },
});
