import { cloudwatch, math, ratio, repeat, signals } from "../signal/signal";
import type { ClusterSize } from "./cluster.signals";

/** The size at which limits are proven. */
const example: ClusterSize = { scraped: true, jobs: 4 };

const metric = (name: string, statistic: "Sum" | "Average" | "Maximum") =>
  cloudwatch("AWS/EKS", name, statistic, { ClusterName: "cluster" });
const p99 = (verb: string) => metric(`apiserver_request_duration_seconds_${verb}_P99`, "Average");

/** What AWS publishes of the control plane. */
export const controlPlaneSignals = signals<"cluster", "cluster", ClusterSize>()({
  "cluster-api-silent": {
    title: "The Kubernetes API answers nobody",
    golden: "availability",
    unit: "count",
    role: "cluster",
    source: metric("apiserver_request_total", "Sum"),
    alarm: { atMost: 0, for: "15 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["4200 for 30 minutes", "0 for 15 minutes"],
        ["4200 for 30 minutes", "missing for 20 minutes"],
      ],
      fine: [["4200 for 20 minutes", "0 for 14 minutes", "1 for 1 minute", "0 for 14 minutes", "3900 for 5 minutes"]],
      healed: ["1 for 2 minutes"],
    },
    runbook: {
      means:
        "For a quarter of an hour the API server counted no request, although nodes alone send some each second. What runs goes on, but nothing is scheduled, scaled or replaced.",
      felt: "Nothing while all pods run. A pod that ends is not replaced, and more load finds no more pods.",
      check: [
        "`kubectl get --raw '/readyz?verbose'` from inside the VPC: does it answer, and which check fails?",
        "`aws eks describe-cluster --name <cluster> --query 'cluster.[status,health]'`, and the AWS Health Dashboard of the region.",
        "Log group /aws/eks/<cluster>/cluster, streams kube-apiserver-*: the last entries and their time.",
        "Did a security group or the endpoint's access change (CloudTrail: RevokeSecurityGroupIngress, UpdateClusterConfig)?",
      ],
      fix: [
        "Undo the change of the network or the endpoint.",
        "Open a case of severity urgent with AWS: the control plane is theirs to mend. Deploy nothing until it answers.",
      ],
    },
  },
  "cluster-storage-critical": {
    title: "The control plane's database is nearly full",
    golden: "saturation",
    unit: "bytes",
    role: "cluster",
    // It takes no more writes at 8 GiB ("EKS control plane", Amazon EKS Best Practices Guide, 2026-11).
    source: metric("apiserver_storage_size_bytes", "Maximum"),
    alarm: { above: "7.25 GiB", for: "5 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["6000000000 for 10 minutes", "7784628225 for 5 minutes"]],
      fine: [
        ["7784628224 for 30 minutes"],
        ["6000000000 for 5 minutes", ...repeat(2, "8000000000 for 4 minutes", "6000000000 for 1 minute")],
      ],
      healed: ["7000000000 for 5 minutes"],
    },
    runbook: {
      means:
        "At 8 GiB the database becomes read-only: no pod can be made, moved or scaled any more, leases expire, and the cluster cannot heal itself.",
      felt: "Nothing while all pods run. Then no pod that ends can be replaced.",
      check: [
        "Which objects are many? `kubectl get --raw /metrics | grep apiserver_storage_objects | sort -k2 -nr | head`",
        "Which are large? Secrets and ConfigMaps of Helm releases, custom resources with logs in their status.",
        "Since when? apiserver_storage_size_bytes over a week: a jump is a loop, a slope is growth.",
        "Who writes? Logs Insights on kube-apiserver-audit: `filter verb in ['create','update','patch'] | stats count() by user.username, objectRef.resource | sort by count() desc`",
      ],
      fix: [
        "Stop the controller that writes in a loop (scale its Deployment to 0), and delete what it left behind.",
        "Delete finished Jobs and old ReplicaSets; give Jobs ttlSecondsAfterFinished.",
        "EKS compacts and defragments by itself; if the size does not fall within an hour, open a case with AWS.",
      ],
    },
  },
  "cluster-storage": {
    title: "The control plane's database grows",
    golden: "saturation",
    unit: "bytes",
    role: "cluster",
    source: metric("apiserver_storage_size_bytes", "Maximum"),
    alarm: { above: "6 GiB", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["3000000000 for 10 minutes", "6442450945 for 15 minutes"]],
      fine: [
        ["6442450944 for 40 minutes"],
        ["3000000000 for 5 minutes", ...repeat(2, "7000000000 for 14 minutes", "3000000000 for 1 minute")],
      ],
      healed: ["6000000000 for 15 minutes"],
    },
    runbook: {
      means: "Three quarters of the 8 GiB are used at which the control plane takes no more writes.",
      check: [
        "Which objects are many? `kubectl get --raw /metrics | grep apiserver_storage_objects | sort -k2 -nr | head`",
        "Did it jump (a loop) or rise over weeks (growth)? apiserver_storage_size_bytes over a month.",
        "Are there finished Jobs, old ReplicaSets (revisionHistoryLimit) or releases that nobody deletes?",
      ],
      fix: ["Delete what is not needed, and let it expire from now on.", "Mend the controller that writes in a loop."],
    },
  },
  "cluster-pods-unschedulable": {
    title: "Pods find no node",
    golden: "saturation",
    unit: "count",
    role: "cluster",
    source: metric("scheduler_pending_pods_UNSCHEDULABLE", "Sum"),
    // A new node takes one or two minutes: after a quarter of an hour none will come.
    alarm: { above: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["0 for 10 minutes", "1 for 15 minutes"]],
      fine: [["0 for 5 minutes", "40 for 14 minutes", "0 for 1 minute", "12 for 14 minutes", "0 for 1 minute"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "Pods have waited for a quarter of an hour, and no node was made for them: a deployment or a scale-out stands still.",
      check: [
        "`kubectl get pods -A --field-selector=status.phase=Pending`, and the events of one: `kubectl describe pod <pod>`",
        "`kubectl get nodepool,nodeclaim`, and `kubectl describe nodeclaim <name>`: limits reached, no capacity, launch refused?",
        "CloudTrail, event CreateFleet: errors such as InsufficientInstanceCapacity, VcpuLimitExceeded, or refused use of the key.",
        "Do the pods ask for more than any allowed node has (requests, zone of a volume, architecture)?",
      ],
      fix: [
        "Raise cluster.nodes.cpuLimit in the stack's settings, or the account's EC2 quota.",
        "Allow more sizes or architectures, so that another instance type can be had.",
        "Lower the pods' requests, or move the volume's zone constraint.",
      ],
    },
  },
  "cluster-api-errors": {
    title: "The Kubernetes API fails",
    golden: "errors",
    unit: "percent",
    role: "cluster",
    source: ratio(metric("apiserver_request_total_5XX", "Sum"), metric("apiserver_request_total", "Sum"), 100),
    alarm: { above: "5 %", for: "10 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          part: ["0 for 10 minutes", "202 for 10 minutes"],
          whole: ["4000 for 10 minutes", "4000 for 10 minutes"],
        },
        { part: ["6 for 10 minutes"], whole: ["100 for 10 minutes"] },
      ],
      fine: [
        { part: ["200 for 30 minutes"], whole: ["4000 for 30 minutes"] },
        { part: ["1000 for 9 minutes", "0 for 5 minutes"], whole: ["4000 for 14 minutes"] },
        { part: ["40 for 20 minutes"], whole: ["99 for 20 minutes"] },
      ],
      healed: { part: ["10 for 10 minutes"], whole: ["4000 for 10 minutes"] },
    },
    runbook: {
      means:
        "More than one of twenty requests to the API server ends in a server error: controllers, scaling and deployments fail at random.",
      felt: "Nothing while all pods run. Pods that end come back late, and scaling does not follow the load.",
      check: [
        "Logs Insights on /aws/eks/<cluster>/cluster: `filter @logStream like /kube-apiserver-audit/ and responseStatus.code >= 500 | stats count() by verb, objectRef.resource, user.username | sort by count() desc`",
        "Does one resource fail (a webhook or an aggregated API behind it), or all of them (the control plane)?",
        "`kubectl get apiservices | grep False` and `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations`",
        "cluster-storage and cluster-api-slow of the same cluster: is its database full or slow?",
      ],
      fix: [
        "Mend or remove the webhook or aggregated API whose backend does not answer.",
        "Stop the client that floods the API server.",
        "If all resources fail and nothing changed: open a case with AWS.",
      ],
    },
  },
  "cluster-api-throttled": {
    title: "The Kubernetes API turns requests away",
    golden: "errors",
    unit: "count",
    role: "cluster",
    source: metric("apiserver_request_total_429", "Sum"),
    alarm: { above: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["0 for 10 minutes", "1 for 15 minutes"]],
      fine: [["0 for 5 minutes", "500 for 14 minutes", "0 for 1 minute", "500 for 14 minutes"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "For a quarter of an hour the API server answered some client in each minute with 429: it sends more than its share.",
      check: [
        "Logs Insights on /aws/eks/<cluster>/cluster: `filter @logStream like /kube-apiserver-audit/ and responseStatus.code = 429 | stats count() by user.username, userAgent, verb | sort by count() desc`",
        "`kubectl get --raw /metrics | grep apiserver_flowcontrol_rejected_requests_total`: which flow schema and priority level?",
        "Was a controller or a job deployed that lists all objects in a loop?",
      ],
      fix: [
        "Roll back or slow down the client: watch instead of list, page its lists.",
        "Give an important client a flow schema of its own.",
      ],
    },
  },
  "cluster-api-slow": {
    title: "The Kubernetes API is slow",
    golden: "latency",
    unit: "seconds",
    role: "cluster",
    // "Kubernetes scalability and performance SLIs/SLOs", kubernetes/community: a mutating call, and a read of one object, within a second at the 99th percentile.
    source: math("MAX([get, post, put, patch, delete])", {
      get: p99("GET"),
      post: p99("POST"),
      put: p99("PUT"),
      patch: p99("PATCH"),
      delete: p99("DELETE"),
    }),
    alarm: { above: "1 second", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: (["get", "post", "put", "patch", "delete"] as const).map((slow) => ({
        get: ["0.04 for 20 minutes"],
        post: ["0.04 for 20 minutes"],
        put: ["0.04 for 20 minutes"],
        patch: ["0.04 for 20 minutes"],
        delete: ["0.04 for 20 minutes"],
        [slow]: ["0.04 for 5 minutes", "1.1 for 15 minutes"],
      })),
      fine: [
        {
          get: ["1 for 30 minutes"],
          post: ["0.9 for 30 minutes"],
          put: ["5 for 14 minutes", "0.9 for 16 minutes"],
          patch: ["0.9 for 30 minutes"],
          delete: ["0.9 for 15 minutes", "5 for 14 minutes", "0.9 for 1 minute"],
        },
      ],
      healed: {
        get: ["0.1 for 15 minutes"],
        post: ["0.1 for 15 minutes"],
        put: ["0.1 for 15 minutes"],
        patch: ["0.1 for 15 minutes"],
        delete: ["0.1 for 15 minutes"],
      },
    },
    runbook: {
      means:
        "For some verb the slowest hundredth of calls takes more than a second: deployments drag, and controllers act late.",
      check: [
        "Which verb? apiserver_request_duration_seconds_<VERB>_P99 of each; writes alone point at admission webhooks or the database.",
        "apiserver_admission_webhook_admission_duration_seconds_VALIDATING_P99 and _ADMIT_P99: does a webhook take the time?",
        "apiserver_current_inflight_requests_MUTATING and _READONLY, and cluster-api-throttled: is it flooded?",
      ],
      fix: [
        "Mend, speed up or narrow the webhook (objectSelector, timeoutSeconds).",
        "Stop lists without paging and controllers that write in loops.",
        "If load is legitimate: a higher control plane scaling tier.",
      ],
    },
  },
  "cluster-api-requests": {
    title: "Requests to the Kubernetes API",
    golden: "traffic",
    unit: "count",
    role: "cluster",
    source: metric("apiserver_request_total", "Sum"),
    runbook: { means: "How busy the control plane is; a jump is a new controller or a loop." },
  },
  "cluster-api-list-latency": {
    title: "Slowest hundredth of lists",
    golden: "latency",
    unit: "seconds",
    role: "cluster",
    source: p99("LIST"),
    runbook: { means: "Lists of many objects may take up to 30 seconds; they say how large the cluster has become." },
  },
  "cluster-webhook-latency": {
    title: "Slowest hundredth of validating webhooks",
    golden: "latency",
    unit: "seconds",
    role: "cluster",
    source: metric("apiserver_admission_webhook_admission_duration_seconds_VALIDATING_P99", "Average"),
    runbook: { means: "How long writes wait for webhooks. A slow one slows every deployment." },
  },
});
