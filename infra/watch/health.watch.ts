import type { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import { Watch, type Watcher } from "../signal/watch";
import { type EventRuleSize, eventRuleSignals } from "./health.signals";

/** How an existing rule of EventBridge is watched. */
export interface WatchEventRuleOptions extends Partial<EventRuleSize> {
  readonly watcher: Watcher;
  /** What this rule does differently, by signal id. */
  readonly changes?: Changes<typeof eventRuleSignals>;
}

/** The alarms of a rule of EventBridge. */
export type EventRuleWatch = Watch<"rule", EventRuleSize>;

/**
 * Watches a rule on the default bus that exists already, in any Pulumi program.
 * @param name the alarms' names start with it
 */
export function watchEventRule(
  name: string,
  existing: EventRule,
  { deadLetters = false, here = true, forwardsPerDay: forwards = 0, watcher, changes = {} }: WatchEventRuleOptions,
  opts?: ComponentResourceOptions,
): EventRuleWatch {
  const problems = new Problems(`event rule "${name}"`);
  checkChanges(problems, changes);
  problems.throwIfAny();
  const size = { deadLetters, here, forwardsPerDay: forwards };
  const part = { resource: existing, kind: "event-rule", signals: eventRuleSignals, role: "rule", size } as const;
  return new Watch(name, [{ ...part, subjects: { rule: existing.name }, changes }], watcher, opts);
}
