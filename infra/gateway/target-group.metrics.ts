import { cloudwatch } from "../signal/signal";
import type { Statistic } from "../signal/spec";

/** What a target group is for. Those of network load balancers publish their metrics elsewhere, and the platform has none. */
export type TargetGroupRole = "application" | "other";
/** What the dimensions of its metrics name. */
export type TargetGroupSubject = "loadBalancer" | "targetGroup";

/** What an instance declares of itself; limits are functions of it. */
export interface TargetGroupSize {
  /** Healthy targets that the service never has fewer of, in a deployment neither. */
  readonly targets: number;
  /** How long 99 of 100 requests may take before the service's users feel it, in seconds. */
  readonly acceptable: number;
  /** Targets are spoken to over TLS. */
  readonly tls: boolean;
}

/** A metric of a target group behind one load balancer. */
export const metric = (name: string, statistic: Statistic) =>
  cloudwatch("AWS/ApplicationELB", name, statistic, { LoadBalancer: "loadBalancer", TargetGroup: "targetGroup" });
/** Requests for which one of its targets was chosen. */
export const requests = metric("RequestCount", "Sum");

/** The size at which limits are proven: a service with three pods or more, which answers within two seconds. */
export const example: TargetGroupSize = { targets: 3, acceptable: 2, tls: true };

/** What the load balancer says of each target. */
export const health = "aws elbv2 describe-target-health --target-group-arn <arn>";
