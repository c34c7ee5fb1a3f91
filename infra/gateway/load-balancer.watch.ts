import type { LoadBalancer as Alb } from "@pulumi/aws/lb/loadBalancer.js";
import type { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Watch, type Watcher } from "../signal/watch";
import { changesTo, type GatewayChanges } from "./gateway.signals";
import {
  normalizeTargets,
  normalizeWatched,
  type TargetExpectations,
  type WatchLoadBalancerOptions,
} from "./load-balancer.args";
import { type LoadBalancerSize, loadBalancerSignals } from "./load-balancer.signals";
import { type TargetGroupSize, type TargetGroupSubject, targetGroupSignals } from "./target-group.signals";

/** The alarms of a load balancer. */
export type LoadBalancerWatch = Watch<"loadBalancer", LoadBalancerSize>;
/** The alarms of a target group. */
export type TargetGroupWatch = Watch<TargetGroupSubject, TargetGroupSize>;

/** How an existing target group is watched. */
export interface WatchTargetGroupOptions extends TargetExpectations {
  /** The load balancer that sends to it: its metrics need both. */
  loadBalancer: Alb;
  /** What it does differently, by signal id. */
  changes?: GatewayChanges;
  /** Who is told. */
  watcher: Watcher;
}

/**
 * Watches an Application Load Balancer that exists already, in any Pulumi program.
 * @param name the alarms' names start with it
 */
export function watchLoadBalancer(
  name: string,
  existing: Alb,
  options: WatchLoadBalancerOptions,
  opts?: ComponentResourceOptions,
): LoadBalancerWatch {
  const size = normalizeWatched(name, options);
  const part = { kind: "load-balancer", signals: loadBalancerSignals, role: "application", size } as const;
  const changes = changesTo(loadBalancerSignals, options.changes);
  const subjects = { loadBalancer: existing.arnSuffix };
  return new Watch(name, [{ ...part, resource: existing, subjects, changes }], options.watcher, opts);
}

/**
 * Watches a target group of an Application Load Balancer that exists already, in any Pulumi program.
 * @param name the alarms' names start with it
 */
export function watchTargetGroup(
  name: string,
  existing: TargetGroup,
  options: WatchTargetGroupOptions,
  opts?: ComponentResourceOptions,
): TargetGroupWatch {
  const size = normalizeTargets(name, options);
  const part = { kind: "target-group", signals: targetGroupSignals, role: "application", size } as const;
  const changes = changesTo(targetGroupSignals, options.changes);
  const subjects = { loadBalancer: options.loadBalancer.arnSuffix, targetGroup: existing.arnSuffix };
  return new Watch(name, [{ ...part, resource: existing, subjects, changes }], options.watcher, opts);
}
