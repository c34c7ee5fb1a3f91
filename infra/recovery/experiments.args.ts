import { getProject, getStack, type Input } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { type Duration, seconds } from "../kit/units";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";

/** Pods of which one is taken away. */
export interface PodTarget {
  /** Name of the cluster. */
  cluster: Input<string>;
  /** ARN of the cluster. */
  clusterArn: Input<string>;
  namespace: string;
  /** Label of the pods: "app=shop". */
  selector: string;
  /** Account in the namespace that may delete pods there, and to whose role this experiment's is bound (an EKS access entry). */
  serviceAccount: string;
}

/** What experiments are made from. */
export interface ExperimentsArgs extends Place {
  /** ARNs of the alarms that end an experiment at once: one to five, of symptoms that users feel. */
  stopOn: readonly Input<string>[];
  /** Ids of the subnets of one zone, which lose all traffic: at most five. */
  zone?: { subnets: readonly Input<string>[]; for: Duration };
  /** By name. */
  pods?: Readonly<Record<string, PodTarget>>;
  /** ARNs of Multi-AZ instances whose standby takes over, by name. */
  databases?: Readonly<Record<string, Input<string>>>;
  /** Brokers that are rebooted node by node, by name. */
  brokers?: Readonly<Record<string, { id: Input<string>; arn: Input<string> }>>;
}

/** Arguments, checked. */
export interface NormalExperiments {
  readonly place: Place;
  readonly logGroup: string;
  /** As FIS writes lengths of time: PT10M. */
  readonly outage: string;
}

/** "Quotas and limitations for AWS FIS" (FIS User Guide, 2026-11): stop conditions of a template, and ARNs of a target. */
const most = 5;

/** The arguments of experiments, checked. Throws one error with every problem. */
export function normalizeExperiments(name: string, args: ExperimentsArgs): NormalExperiments {
  const { account, region, stopOn, zone, pods = {}, databases = {}, brokers = {} } = args;
  const problems = new Problems(`experiments "${name}"`);
  checkPlace(problems, args);
  problems.unless(
    stopOn.length >= 1 && stopOn.length <= most,
    `stopOn must name 1 to ${most} alarms: an experiment that nothing ends is an outage`,
    stopOn.length,
  );
  const targets = [pods, databases, brokers].flatMap((all) => Object.keys(all));
  problems.unless(zone !== undefined || targets.length > 0, "nothing to try: give zone, pods, databases or brokers");
  for (const target of targets) problems.add(checkName("role", `${name}-${target}-automation`));
  const named = [...(zone ? ["zone"] : []), ...targets];
  problems.unless(new Set(named).size === named.length, "each experiment must have a name of its own", named);
  const outage = zone ? (problems.read("zone.for", () => seconds(zone.for) / 60) ?? 10) : 10;
  problems.unless(
    Number.isInteger(outage) && outage >= 1 && outage <= 720,
    "zone.for must be 1 minute to 12 hours in whole minutes",
    zone?.for,
  );
  problems.unless(
    zone === undefined || (zone.subnets.length >= 1 && zone.subnets.length <= most),
    `zone.subnets must be 1 to ${most} subnets of one zone`,
    zone?.subnets.length,
  );
  for (const [pod, { selector }] of Object.entries(pods))
    problems.unless(
      /^[^=\s]+=[^=\s]+$/.test(selector),
      `pods.${pod}.selector must be a label, written like "app=shop"`,
      selector,
    );
  const logGroup = `/aws/vendedlogs/fis/${getProject()}-${getStack()}-${name}`;
  problems.add(checkName("log group", logGroup, { physical: true }));
  problems.throwIfAny();
  return { place: { account, region }, logGroup, outage: `PT${outage}M` };
}
