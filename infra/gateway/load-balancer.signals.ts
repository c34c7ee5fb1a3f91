import { cloudwatch, signals } from "../signal/signal";
import type { Statistic } from "../signal/spec";

/** What a load balancer is. Network and gateway load balancers publish other metrics elsewhere, and the platform has none. */
export type LoadBalancerRole = "application" | "other";

/** What an instance declares of itself; limits are functions of it. */
export interface LoadBalancerSize {
  /** Requests on a usual day. */
  readonly requestsPerDay: number;
  /** Only reached from within the VPC. */
  readonly internal: boolean;
}

const metric = (name: string, statistic: Statistic) =>
  cloudwatch("AWS/ApplicationELB", name, statistic, { LoadBalancer: "loadBalancer" });

/** A hundredth of the requests of a usual minute, and more than 10: a deployment may cost a few. */
const tolerable = ({ requestsPerDay }: LoadBalancerSize) => Math.max(10, Math.floor(requestsPerDay / 1_440 / 100));

/** The size at which limits are proven: the internal load balancer of a platform with three million requests a day. */
const example: LoadBalancerSize = { requestsPerDay: 3_000_000, internal: true };

/**
 * What is watched of the load balancer behind the gateway. Its faults are causes of what the gateway pages for, and make tickets. A load balancer without a
 * gateway before it raises them at its call site: `changes: { "load-balancer-errors": { severity: "page" } }`.
 */
export const loadBalancerSignals = signals<LoadBalancerRole, "loadBalancer", LoadBalancerSize>()({
  "load-balancer-rejecting": {
    title: "Connections rejected",
    golden: "saturation",
    unit: "count",
    role: "application",
    source: metric("RejectedConnectionCount", "Sum"),
    alarm: { above: 0, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["missing for 10 minutes", "1 for 1 minute"]],
      fine: [["missing for 1 hour"], ["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "The load balancer holds as many connections as it can, and refused new ones. It grows by itself, but not as fast as a flood.",
      check: [
        "How fast did connections rise (ActiveConnectionCount, NewConnectionCount), and since when?",
        "Do targets answer slowly, so that connections pile up (target-group-slow)?",
        "Is it real traffic? The gateway's access log says whose.",
      ],
      fix: [
        "Slow the flood at the gateway's throttle or in the web ACL.",
        "Before a known rush, reserve capacity (elbv2 modify-capacity-reservation --minimum-load-balancer-capacity).",
      ],
    },
  },
  "load-balancer-errors": {
    title: "The load balancer itself answers with errors",
    golden: "errors",
    unit: "count",
    role: "application",
    source: metric("HTTPCode_ELB_5XX_Count", "Sum"),
    alarm: { above: tolerable, for: "5 minutes", datapoints: 3, severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["missing for 10 minutes", "21 for 3 minutes"],
        ["21 for 1 minute", "20 for 1 minute", "21 for 1 minute", "20 for 1 minute", "11/10 for 1 minute"],
      ],
      fine: [
        ["20 for 1 hour"],
        ["missing for 10 minutes", "500 for 2 minutes", "20 for 10 minutes", "500 for 2 minutes", "missing for 1 hour"],
      ],
      healed: ["20 for 5 minutes"],
    },
    runbook: {
      means:
        "The load balancer found no target, could not connect, or waited too long. 503: no healthy target; 502: the target closed the connection; 504: it did not answer in time.",
      check: [
        "Which of HTTPCode_ELB_502_Count, _503_Count and _504_Count rises?",
        "503: has each target group registered, healthy targets (aws elbv2 describe-target-health --target-group-arn <arn>)?",
        "502: is the pods' keep-alive timeout longer than the load balancer's idle timeout, and does a pod finish its requests before it ends?",
        "The load balancer's access log: elb_status_code, target_status_code and error_reason of the failed requests.",
      ],
      fix: [
        "Bring the targets back: roll back the deployment, or mend the TargetGroupBinding.",
        "Lengthen the pods' keep-alive and their preStop wait beyond the deregistration delay.",
      ],
    },
  },
  "load-balancer-tls-errors": {
    title: "TLS handshakes fail",
    golden: "errors",
    unit: "count",
    role: "application",
    source: metric("ClientTLSNegotiationErrorCount", "Sum"),
    when: {
      holds: (size) => size.internal,
      otherwise: "anybody on the internet can start a handshake and break it off, so that errors mean nothing",
    },
    alarm: { above: 5, every: "5 minutes", for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["missing for 10 minutes", "2/1 for 10 minutes"],
        [
          "missing for 10 minutes",
          "6 for 1 minute",
          "missing for 4 minutes",
          "6 for 1 minute",
          "missing for 4 minutes",
        ],
      ],
      fine: [["1 for 1 hour"], ["missing for 10 minutes", "900 for 1 minute", "missing for 10 minutes"]],
      healed: ["1 for 5 minutes"],
    },
    runbook: {
      means:
        "Clients of an internal load balancer are few and known: the gateway's VPC link. When its handshakes fail, so do its requests.",
      check: [
        "Does the listener's certificate hold the name that the gateway's integration verifies (tlsConfig.serverNameToVerify)?",
        "Is the certificate valid (certificate-expiring), and is the intermediate chain there (openssl s_client -connect <dns name>:443 -servername <domain>)?",
        "Did the listener's security policy change (CloudTrail: ModifyListener)?",
      ],
      fix: [
        "Put the certificate or the security policy back.",
        "A client that is not the VPC link: find it in the VPC's flow logs.",
      ],
    },
  },
  "load-balancer-sessions": {
    title: "Simultaneous connections",
    golden: "saturation",
    unit: "count",
    role: "application",
    source: metric("ActiveConnectionCount", "Sum"),
    runbook: { means: "Connections from clients to the load balancer and from it to targets, at the same time." },
  },
  "load-balancer-capacity": {
    title: "Capacity units",
    golden: "saturation",
    unit: "count",
    role: "application",
    source: metric("ConsumedLCUs", "Average"),
    runbook: { means: "Load balancer capacity units (LCU) in use, which are what is billed." },
  },
  "load-balancer-refused": {
    title: "Requests that no target saw",
    golden: "errors",
    unit: "count",
    role: "application",
    source: metric("HTTPCode_ELB_4XX_Count", "Sum"),
    runbook: { means: "Malformed requests, requests that the web ACL blocked, and clients that went away." },
  },
  "load-balancer-unrouted": {
    title: "Requests that no rule matched",
    golden: "errors",
    unit: "count",
    role: "application",
    source: metric("HTTP_Fixed_Response_Count", "Sum"),
    runbook: {
      means: "Answered with 404 by the default action: the gateway's routes and the listener's rules differ.",
    },
  },
  "load-balancer-requests": {
    title: "Requests to targets",
    golden: "traffic",
    unit: "count",
    role: "application",
    source: metric("RequestCount", "Sum"),
    runbook: { means: "Requests for which a target was chosen." },
  },
});
