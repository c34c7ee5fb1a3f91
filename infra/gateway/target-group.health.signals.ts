import { signals } from "../signal/signal";
import {
  example,
  health,
  metric,
  type TargetGroupRole,
  type TargetGroupSize,
  type TargetGroupSubject,
} from "./target-group.metrics";

/** Whether there are targets, and how they are. */
export const targetHealthSignals = signals<TargetGroupRole, TargetGroupSubject, TargetGroupSize>()({
  "target-group-none-healthy": {
    title: "No healthy target",
    golden: "availability",
    unit: "count",
    role: "application",
    source: metric("HealthyHostCount", "Minimum"),
    alarm: { below: 1, for: "3 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["3 for 10 minutes", "0/3 for 3 minutes"],
        ["3 for 10 minutes", "missing for 1 hour"],
      ],
      fine: [
        ["1 for 1 hour"],
        ["3 for 10 minutes", "0 for 2 minutes", "1 for 1 minute", "0 for 2 minutes", "3 for 5 minutes"],
      ],
      healed: ["1 for 1 minute"],
    },
    runbook: {
      means:
        "No pod of the service is fit to answer, or none is registered: nothing is published for a group without targets. All requests to the service fail.",
      felt: "Every request to this service fails with 503.",
      check: [
        `What does the load balancer say of each target? ${health}`,
        "Are there ready pods (kubectl get pods -l app=<service>), and does the TargetGroupBinding name this group (kubectl describe targetgroupbinding)?",
        "Target.Timeout: do the security groups let the load balancer reach the pods' port?",
        "Target.ResponseCodeMismatch: what does the health path answer, and which dependency does it wait for?",
      ],
      fix: [
        "Roll back the last deployment of the service.",
        "Pods ready but not registered: restart the load balancer controller, or mend the binding.",
        "A health path that fails with its dependency takes the whole service away: make it look at the pod alone.",
      ],
    },
  },
  "target-group-too-few": {
    title: "Too few healthy targets",
    golden: "saturation",
    unit: "count",
    role: "application",
    source: metric("HealthyHostCount", "Minimum"),
    when: { holds: (size) => size.targets > 1, otherwise: "one target is all that it ever has" },
    alarm: { below: ({ targets }) => targets, for: "10 minutes", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["4 for 10 minutes", "2/4 for 10 minutes"],
        ["4 for 10 minutes", "missing for 1 hour"],
      ],
      fine: [
        ["3 for 1 hour"],
        ["4 for 10 minutes", "1 for 9 minutes", "3 for 1 minute", "1 for 9 minutes", "4 for 5 minutes"],
      ],
      healed: ["3 for 1 minute"],
    },
    runbook: {
      means:
        "For ten minutes the service had fewer healthy pods than it is meant to have. The loss of one more zone or node may end it.",
      check: [
        `Which targets are missing or unhealthy? ${health}`,
        "Do pods wait for a node (kubectl get pods, events FailedScheduling), or crash (CrashLoopBackOff)?",
        "Was a deployment or a drain of nodes under way, and did it stop half-way?",
      ],
      fix: [
        "Roll back the deployment, or let the cluster have nodes again.",
        "Raise the replicas if traffic needs them.",
      ],
    },
  },
  "target-group-unhealthy": {
    title: "Unhealthy targets",
    golden: "availability",
    unit: "count",
    role: "application",
    // Maximum: one node of the load balancer that cannot reach a target is worth a look too; ten minutes keep deployments quiet.
    source: metric("UnHealthyHostCount", "Maximum"),
    alarm: { above: 0, for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["0 for 10 minutes", "0/1 for 10 minutes"]],
      fine: [
        ["0 for 1 hour"],
        ["0 for 10 minutes", "2 for 9 minutes", "0 for 1 minute", "2 for 9 minutes", "0 for 5 minutes"],
      ],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "A pod is registered and does not pass its health check for ten minutes: Kubernetes takes it for ready, the load balancer does not.",
      check: [
        `Which one, and why? ${health} (Reason, Description); the load balancer's health check log keeps the history.`,
        "Do readiness probe and health check ask the same path and port?",
        "Is it one zone only (AvailabilityZone dimension)? Then look at that zone's subnets and network ACLs.",
      ],
      fix: ["Restart the pod.", "Make the readiness probe ask what the health check asks."],
    },
  },
  "target-group-fail-open": {
    title: "Requests sent to unhealthy targets",
    golden: "availability",
    unit: "count",
    role: "application",
    source: metric("UnhealthyRoutingRequestCount", "Sum"),
    alarm: { above: 0, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["missing for 10 minutes", "1 for 1 minute"]],
      fine: [["missing for 1 hour"], ["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "So few targets were healthy that the load balancer sent requests to all of them, sick ones too. What comes back is luck.",
      check: [
        `How many targets are healthy now? ${health}`,
        "Do all targets fail at once? Then it is the health path's own dependency, or the network.",
        "Which share of these requests failed (target-group-errors)?",
      ],
      fix: ["As for target-group-none-healthy."],
    },
  },
});
