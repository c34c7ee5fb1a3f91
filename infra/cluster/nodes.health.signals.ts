import { prometheus, signals } from "../signal/signal";
import type { NodesSize } from "./nodes.signals";
import { steady } from "./series";

/** The size at which limits are proven. */
const example: NodesSize = { scraped: true, cpuLimit: 32 };

const when = { holds: (size: NodesSize) => size.scraped, otherwise: "no collector scrapes its cluster" };

const condition = (node: string, status: string, name = "Ready", cluster = "{cluster}") =>
  `kube_node_status_condition{cluster="${cluster}", node="${node}", condition="${name}", status="${status}"}`;
const cordoned = (node: string, cluster = "{cluster}") =>
  `kube_node_spec_unschedulable{cluster="${cluster}", node="${node}"}`;
const cores = (node: string, resource = "cpu", cluster = "{cluster}") =>
  `kube_node_status_capacity{cluster="${cluster}", node="${node}", resource="${resource}"}`;
const kills = (node: string, cluster = "{cluster}") => `node_vmstat_oom_kill{cluster="${cluster}", node="${node}"}`;

/** Whether nodes are there and sound. */
export const nodeHealthSignals = signals<"nodes", "cluster", NodesSize>()({
  "nodes-too-few": {
    title: "Fewer than two nodes are ready",
    golden: "availability",
    unit: "count",
    role: "nodes",
    source: prometheus('sum(kube_node_status_condition{cluster="{cluster}", condition="Ready", status="true"})'),
    when,
    alarm: { below: 2, for: "10 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("20 minutes", {
            [condition("a", "true")]: 1,
            [condition("b", "false")]: 1,
            [condition("a", "true", "PIDPressure")]: 1,
            [condition("c", "true", "Ready", "other")]: 1,
          }),
          [condition("b", "true")]: ["1 for 9 minutes", "0 for 11 minutes"],
        },
      ],
      fine: [
        {
          ...steady("30 minutes", { [condition("a", "true")]: 1, [condition("b", "true")]: 1 }),
          [condition("c", "true")]: ["1 for 8 minutes", "0 for 22 minutes"],
        },
        {
          ...steady("30 minutes", { [condition("a", "true")]: 1 }),
          [condition("b", "true")]: ["0 for 10 minutes", "1 for 1 minute", "0 for 10 minutes", "1 for 9 minutes"],
        },
      ],
      healed: steady("3 minutes", {
        [condition("a", "true")]: 1,
        [condition("b", "true")]: 1,
        [condition("b", "false")]: 0,
        [condition("a", "true", "PIDPressure")]: 0,
        [condition("c", "true", "Ready", "other")]: 0,
      }),
    },
    runbook: {
      means:
        "One node or none carries all services: the next failure of a node or a zone takes the platform down, if it is not down already.",
      felt: "Slow or failing requests if what is left cannot carry the load, and everything fails with one more node.",
      check: [
        "`kubectl get nodes -o wide -L topology.kubernetes.io/zone,karpenter.sh/capacity-type`",
        "`kubectl get nodeclaim` and `kubectl describe nodeclaim <name>`: does a launch fail (capacity, quota, key, a subnet without addresses)?",
        "CloudTrail in the last hour, events TerminateInstances and BidEvictedEvent: did spot capacity go, or did somebody delete nodes?",
        "AWS Health Dashboard: is a zone of the region impaired?",
      ],
      fix: [
        "Take capacityType on-demand, or allow more sizes, in the stack's settings.",
        "While a zone is impaired: `aws arc-zonal-shift start-zonal-shift` for the cluster.",
        "Ask for a higher EC2 quota where launches fail with VcpuLimitExceeded.",
      ],
    },
  },
  "nodes-not-ready": {
    title: "A node is not ready",
    golden: "availability",
    unit: "count",
    role: "nodes",
    // A cordoned node is being drained: that is no failure.
    source: prometheus(
      `kube_node_status_condition{cluster="{cluster}", condition="Ready", status=~"false|unknown"}
        unless on (node) kube_node_spec_unschedulable{cluster="{cluster}"} == 1`,
    ),
    when,
    alarm: { above: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("22 minutes", {
            [condition("a", "false")]: 0,
            [cordoned("a")]: 0,
            [cordoned("b")]: 1,
            [cordoned("a", "other")]: 1,
          }),
          [condition("a", "unknown")]: ["0 for 6 minutes", "1 for 16 minutes"],
        },
        {
          ...steady("22 minutes", {
            [condition("a", "unknown")]: 0,
            [cordoned("a")]: 0,
            [cordoned("b")]: 0,
            [cordoned("a", "other")]: 0,
          }),
          [condition("a", "false")]: ["0 for 6 minutes", "1 for 16 minutes"],
        },
      ],
      fine: [
        {
          ...steady("34 minutes", {
            [condition("b", "false")]: 1,
            [cordoned("b")]: 1,
            [condition("c", "false", "Ready", "other")]: 1,
            [condition("d", "true")]: 1,
            [condition("d", "unknown", "DiskPressure")]: 1,
          }),
          [condition("a", "unknown")]: ["0 for 3 minutes", "1 for 15 minutes", "0 for 1 minute", "1 for 15 minutes"],
        },
      ],
      healed: steady("3 minutes", {
        [condition("a", "false")]: 0,
        [condition("a", "unknown")]: 0,
        [cordoned("a")]: 0,
        [cordoned("b")]: 1,
        [cordoned("a", "other")]: 1,
      }),
    },
    runbook: {
      means:
        "A node has not been ready for a quarter of an hour, and was not replaced by itself. Its pods are moved away.",
      check: [
        "`kubectl describe node <node>`: its conditions and their reasons. Network, runtime, or is nothing heard of it?",
        "`aws ec2 get-console-output --instance-id <id> --latest`: the kernel's last words.",
        "nodes-memory, nodes-disk-space and nodes-disk-busy of the same node in the hour before.",
        "Does a disruption budget or a finalizer keep it from being replaced? `kubectl get pdb -A`",
      ],
      fix: [
        "`kubectl delete nodeclaim <name>`: a new node is made, and the pods move.",
        "Mend the disruption budget that blocks the drain.",
      ],
    },
  },
  "nodes-capacity": {
    title: "Nodes near the limit of their pool",
    golden: "saturation",
    unit: "percent",
    role: "nodes",
    source: prometheus('100 * sum(kube_node_status_capacity{cluster="{cluster}", resource="cpu"}) / {cpuLimit}', {
      cpuLimit: ({ cpuLimit }: NodesSize) => cpuLimit,
    }),
    when,
    alarm: { above: "85 %", for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("40 minutes", { [cores("a")]: 16, [cores("a", "memory")]: 1 }),
          [cores("b")]: ["8 for 9 minutes", "11.21 for 31 minutes"],
        },
      ],
      fine: [
        {
          ...steady("70 minutes", {
            [cores("a")]: 16,
            [cores("a", "memory")]: 9_000,
            [cores("c", "cpu", "other")]: 64,
          }),
          [cores("b")]: ["16 for 30 minutes", "11.2 for 40 minutes"],
        },
      ],
      healed: steady("3 minutes", { [cores("a")]: 16, [cores("b")]: 8, [cores("a", "memory")]: 1 }),
    },
    runbook: {
      means: "The pool may hardly grow any more. At its limit the next scale-out finds no node.",
      check: [
        "`kubectl get nodepool -o custom-columns=NAME:.metadata.name,LIMIT:.spec.limits.cpu,USED:.status.resources.cpu`",
        'Which service grew? `sum by (namespace) (kube_pod_container_resource_requests{cluster="<cluster>", resource="cpu"})` over a week.',
        "Do pods ask for far more than they use? Compare with rate(container_cpu_usage_seconds_total[1h]).",
      ],
      fix: [
        "Raise cluster.nodes.cpuLimit in the stack's settings, with an eye on the bill.",
        "Lower requests that are far above use, or the maximum of an autoscaler.",
      ],
    },
  },
  "nodes-out-of-memory": {
    title: "A node's kernel kills processes",
    golden: "errors",
    unit: "count",
    role: "nodes",
    source: prometheus('increase(node_vmstat_oom_kill{cluster="{cluster}"}[15m])'),
    when,
    // A kill is seen for as long as the window.
    alarm: { above: 0, for: "0 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { ...steady("21 minutes", { [kills("b")]: 0 }), [kills("a")]: ["3 for 20 minutes", "4 for 1 minute"] },
        { ...steady("33 minutes", { [kills("b")]: 0 }), [kills("a")]: ["3 for 20 minutes", "4 for 13 minutes"] },
      ],
      fine: [{ ...steady("40 minutes", { [kills("a")]: 3, [kills("b", "other")]: "+1" }) }],
      healed: steady("14 minutes", { [kills("a")]: 4, [kills("b")]: 0 }),
    },
    runbook: {
      means: "The kernel ended a process because memory ran out, of a container or of the node as a whole.",
      check: [
        "namespace-out-of-memory of any namespace: was it a container at its own limit? Then that ticket says all.",
        "nodes-memory of the node: did all of its memory run out? Then pods use more than they request.",
        "`kubectl get events -A --field-selector reason=OOMKilling` and `reason=SystemOOM`",
      ],
      fix: [
        "Raise the limit or mend the leak of the container that was killed.",
        "Raise requests to what is used, so that fewer pods share a node.",
      ],
    },
  },
  "nodes-count": {
    title: "Nodes",
    golden: "traffic",
    unit: "count",
    role: "nodes",
    source: prometheus('count(kube_node_info{cluster="{cluster}"})'),
    runbook: { means: "How many nodes carry the services; it moves with the autoscalers." },
  },
});
