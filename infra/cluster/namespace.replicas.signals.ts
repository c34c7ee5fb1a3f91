import type { Duration } from "../kit/units";
import type { RuleSeries } from "../signal/rule.record";
import { prometheus, type Stretch, signals } from "../signal/signal";
import type { NamespaceSize, NamespaceSubject } from "./namespace.signals";
import { steady } from "./series";

/** The size at which limits are proven. */
const example: NamespaceSize = { scraped: true };

const when = { holds: (size: NamespaceSize) => size.scraped, otherwise: "no collector scrapes its cluster" };

/** What every query names. */
const here = 'cluster="{cluster}", namespace="{namespace}"';
const elsewhere = {
  cluster: 'cluster="other", namespace="{namespace}"',
  namespace: 'cluster="{cluster}", namespace="other"',
};
const shop = (metric: string, labels: string, where = here) => `${metric}{${where}, ${labels}}`;
const phase = (pod: string, name: string, where = here) =>
  shop("kube_pod_status_phase", `pod="${pod}", phase="${name}"`, where);
/** What is wanted and what there is of each sort of workload. */
const wanted = {
  deployment: ["kube_deployment_spec_replicas", "kube_deployment_status_replicas_available"],
  statefulset: ["kube_statefulset_replicas", "kube_statefulset_status_replicas_ready"],
  daemonset: ["kube_daemonset_status_desired_number_scheduled", "kube_daemonset_status_number_ready"],
} as const;
type Workload = keyof typeof wanted;
const all: readonly Workload[] = ["deployment", "statefulset", "daemonset"];
/** One workload of each sort, with three pods wanted and so many there. */
const workloads = (length: Duration, there: number, where = here): RuleSeries =>
  Object.assign(
    {},
    ...all.map((sort) => {
      const [want, has] = wanted[sort].map((metric) => shop(metric, `${sort}="it"`, where));
      return steady(length, { [want ?? ""]: 3, [has ?? ""]: there });
    }),
  );
const loses = (sort: Workload, ...there: readonly Stretch[]): RuleSeries => ({
  [shop(wanted[sort][1], `${sort}="it"`)]: there,
});

const look = "`kubectl -n <namespace> describe pod <pod>`: last state, exit code, and events.";
const rollBack = "Roll back to the version that ran: `pulumi up` of the commit before.";

/** Whether as many pods of a namespace run as were declared. */
export const namespaceReplicaSignals = signals<"namespace", NamespaceSubject, NamespaceSize>()({
  "namespace-down": {
    title: "A deployment has no pod that is available",
    golden: "availability",
    unit: "count",
    role: "namespace",
    source: prometheus(`kube_deployment_status_replicas_available{${here}} and kube_deployment_spec_replicas > 0`),
    when,
    alarm: { atMost: 0, for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("16 minutes", { [shop("kube_deployment_spec_replicas", 'deployment="api"')]: 1 }),
          [shop("kube_deployment_status_replicas_available", 'deployment="api"')]: [
            "1 for 10 minutes",
            "0 for 6 minutes",
          ],
        },
      ],
      fine: [
        {
          ...steady("30 minutes", {
            [shop("kube_deployment_spec_replicas", 'deployment="api"')]: 3,
            [shop("kube_deployment_spec_replicas", 'deployment="parked"')]: 0,
            [shop("kube_deployment_status_replicas_available", 'deployment="parked"')]: 0,
            [shop("kube_deployment_spec_replicas", 'deployment="api"', elsewhere.cluster)]: 3,
            [shop("kube_deployment_status_replicas_available", 'deployment="api"', elsewhere.cluster)]: 0,
            [shop("kube_deployment_spec_replicas", 'deployment="api"', elsewhere.namespace)]: 3,
            [shop("kube_deployment_status_replicas_available", 'deployment="api"', elsewhere.namespace)]: 0,
          }),
          [shop("kube_deployment_status_replicas_available", 'deployment="api"')]: [
            "1 for 10 minutes",
            "0 for 5 minutes",
            "1 for 15 minutes",
          ],
        },
      ],
      healed: steady("3 minutes", {
        [shop("kube_deployment_spec_replicas", 'deployment="api"')]: 1,
        [shop("kube_deployment_status_replicas_available", 'deployment="api"')]: 1,
      }),
    },
    runbook: {
      means:
        "Nothing of this deployment serves. Users feel it through whatever it serves, whose own alarms page: a queue that grows old, an API that fails.",
      check: [
        "`kubectl -n <namespace> get pods -l app.kubernetes.io/name=<deployment> -o wide`: none, pending, crashing, or running and not ready?",
        look,
        "`kubectl -n <namespace> rollout history deployment/<deployment>`: did a new version begin just before?",
        "Not ready: what does its readiness probe ask for? A database, broker or secret that is gone shows in its logs.",
      ],
      fix: [rollBack, "Mend the dependency that its readiness waits for."],
    },
  },
  "namespace-replicas-missing": {
    title: "Pods are missing",
    golden: "availability",
    unit: "count",
    role: "namespace",
    source: prometheus(
      `(kube_deployment_spec_replicas{${here}} - kube_deployment_status_replicas_available)
        or (kube_statefulset_replicas{${here}} - kube_statefulset_status_replicas_ready)
        or (kube_daemonset_status_desired_number_scheduled{${here}} - kube_daemonset_status_number_ready)`,
    ),
    when,
    alarm: { above: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { ...workloads("22 minutes", 3), ...loses("deployment", "3 for 6 minutes", "2 for 16 minutes") },
        { ...workloads("22 minutes", 3), ...loses("statefulset", "3 for 6 minutes", "2 for 16 minutes") },
        { ...workloads("22 minutes", 3), ...loses("daemonset", "3 for 6 minutes", "2 for 16 minutes") },
      ],
      fine: [
        {
          ...workloads("40 minutes", 3),
          ...workloads("40 minutes", 0, elsewhere.cluster),
          ...workloads("40 minutes", 0, elsewhere.namespace),
          ...loses(
            "deployment",
            "3 for 2 minutes",
            "0 for 15 minutes",
            "3 for 1 minute",
            "0 for 15 minutes",
            "3 for 7 minutes",
          ),
        },
      ],
      healed: workloads("3 minutes", 3),
    },
    runbook: {
      means:
        "For a quarter of an hour fewer pods are ready than declared: what is left carries the load, and one failure more may be felt.",
      check: [
        "`kubectl -n <namespace> get pods -o wide`: pending (no node), crashing, or running and not ready?",
        look,
        "Did a rollout stop half way? `kubectl -n <namespace> rollout status deployment/<deployment>`",
      ],
      fix: [
        rollBack,
        "Where pods are pending: see cluster-pods-unschedulable.",
        "Mend what the readiness probe waits for.",
      ],
    },
  },
  "namespace-pods-waiting": {
    title: "Pods do not get to run",
    golden: "saturation",
    unit: "count",
    role: "namespace",
    source: prometheus(`kube_pod_status_phase{${here}, phase=~"Pending|Unknown"}`),
    when,
    alarm: { above: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("22 minutes", {
            [phase("a", "Unknown")]: 0,
            [phase("b", "Running")]: 1,
            [phase("c", "Pending")]: 0,
          }),
          [phase("a", "Pending")]: ["0 for 6 minutes", "1 for 16 minutes"],
        },
        {
          ...steady("22 minutes", {
            [phase("a", "Pending")]: 0,
            [phase("b", "Running")]: 1,
            [phase("c", "Pending")]: 0,
          }),
          [phase("a", "Unknown")]: ["0 for 6 minutes", "1 for 16 minutes"],
        },
      ],
      fine: [
        // One pod waits after the other: each gets its node in time.
        {
          ...steady("40 minutes", {
            [phase("b", "Running")]: 1,
            [phase("d", "Failed")]: 1,
            [phase("a", "Pending", elsewhere.cluster)]: 1,
            [phase("a", "Pending", elsewhere.namespace)]: 1,
          }),
          [phase("a", "Pending")]: ["0 for 5 minutes", "1 for 15 minutes", "0 for 20 minutes"],
          [phase("c", "Pending")]: ["0 for 19 minutes", "1 for 15 minutes", "0 for 6 minutes"],
        },
      ],
      healed: steady("3 minutes", {
        [phase("a", "Pending")]: 0,
        [phase("a", "Unknown")]: 0,
        [phase("b", "Running")]: 1,
        [phase("c", "Pending")]: 0,
      }),
    },
    runbook: {
      means: "A pod has been pending, or unknown because its node is silent, for a quarter of an hour.",
      check: [
        look,
        "Pending without a node: cluster-pods-unschedulable and nodes-capacity of the cluster.",
        "Pending with a node: a volume that cannot be attached (`kubectl -n <namespace> get pvc,volumeattachment`), or an image being pulled.",
        "Unknown: `kubectl get node <node>`, and nodes-not-ready.",
      ],
      fix: [
        "Make room: raise the pool's limit or the namespace's quota, or lower requests.",
        "Delete the pod of a node that is gone: `kubectl -n <namespace> delete pod <pod> --force`.",
      ],
    },
  },
});
