import { WebAcl } from "@pulumi/aws/wafv2/webAcl.js";
import { WebAclAssociation } from "@pulumi/aws/wafv2/webAclAssociation.js";
import { WebAclLoggingConfiguration } from "@pulumi/aws/wafv2/webAclLoggingConfiguration.js";
import { ComponentResource, type ComponentResourceOptions, getStack, type Input, type Output } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { checkChanges } from "../signal/changes";
import { Watch, type Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import { type CountOnly, type FirewallMode, firewallRules } from "./firewall.rules";
import { type FirewallSize, type FirewallSubject, firewallSignals } from "./firewall.signals";
import { changesTo, type GatewayChanges } from "./gateway.signals";
import { checkRequests } from "./load-balancer.args";
import { checkRetention, createLog, type LogArgs } from "./log";

/** How an existing regional web ACL is watched. */
export interface WatchFirewallOptions {
  /** Where it is, such as `eu-central-1`: its metrics are told apart by it. */
  readonly region: string;
  /** Requests on a usual day: the bill follows from it. */
  requestsPerDay: number;
  /** `count` lets everything through and only counts, to try new rules. @default "block" */
  mode?: FirewallMode;
  /** What it does differently, by signal id. */
  changes?: GatewayChanges;
  /** Who is told. */
  watcher: Watcher;
}

/** What a firewall is made from. */
export interface FirewallArgs extends WatchFirewallOptions, Place, LogArgs {
  /** The load balancer that it stands before. */
  loadBalancerArn: Input<string>;
  /** Requests that one address may make in five minutes: 10 to 2,000,000,000. @default 2000 */
  requestsPerClient?: number;
  /** Rules of AWS's groups that only count, because they take the platform's own requests for attacks. @default none */
  countOnly?: CountOnly;
}

/** The alarms of a firewall. */
export type FirewallWatch = Watch<FirewallSubject, FirewallSize>;

const longestLimit = 2_000_000_000;

function check(name: string, args: FirewallArgs): void {
  const problems = new Problems(`firewall "${name}"`);
  const { requestsPerClient = 2_000 } = args;
  problems.add(checkName("web ACL", name));
  checkPlace(problems, args);
  checkRetention(problems, args);
  checkRequests(problems, args.requestsPerDay);
  problems.unless(
    Number.isInteger(requestsPerClient) && requestsPerClient >= 10 && requestsPerClient <= longestLimit,
    `requestsPerClient must be a whole number from 10 to ${longestLimit}`,
    requestsPerClient,
  );
  checkChanges(problems, changesTo(firewallSignals, args.changes));
  problems.throwIfAny();
}

/**
 * A web ACL before the services' load balancer: it looks into requests that the gateway let in, since WAF cannot stand before an HTTP API itself. What it blocks is
 * logged without tokens and cookies.
 */
export class Firewall extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly acl: WebAcl; readonly association: WebAclAssociation; readonly watch: FirewallWatch };

  constructor(name: string, args: FirewallArgs, opts?: ComponentResourceOptions) {
    check(name, args);
    super("vigia:gateway:Firewall", name, {}, opts);
    const { mode = "block", requestsPerClient = 2_000, countOnly = {}, loadBalancerArn } = args;
    // Metrics know a web ACL by this name alone: that of another stack in the same account must differ.
    const metricName = `${name}-${getStack()}`;
    const acl = new WebAcl(
      name,
      {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: firewallRules(metricName, mode, requestsPerClient, countOnly),
        visibilityConfig: { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true },
      },
      { parent: this },
    );
    const association = new WebAclAssociation(
      name,
      { resourceArn: loadBalancerArn, webAclArn: acl.arn },
      { parent: this },
    );
    this.createLog(name, args, acl);
    const watch = watchFirewall(name, acl, args, { parent: this });
    this.nodes = { acl, association, watch };
    this.registerOutputs({ arn: acl.arn });
  }

  get arn(): Output<string> {
    return this.nodes.acl.arn;
  }

  private createLog(name: string, args: FirewallArgs, acl: WebAcl): void {
    const log = createLog(`${name}-firewall-log`, {
      ...args,
      groups: "aws-waf-logs-*",
      description: `Log of the firewall ${name}`,
      // AWS takes no other beginning ("Sending web ACL traffic logs to an Amazon CloudWatch Logs log group", AWS WAF Developer Guide, 2026-11).
      physical: acl.name.apply((unique) => `aws-waf-logs-${unique}`),
      parent: this,
    });
    const conditions = ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } }));
    new WebAclLoggingConfiguration(
      name,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [log.arn],
        redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { name: header } })),
        // What passed is in the access logs of gateway and load balancer.
        loggingFilter: {
          defaultBehavior: "DROP",
          filters: [{ behavior: "KEEP", requirement: "MEETS_ANY", conditions }],
        },
      },
      { parent: this },
    );
  }
}

/**
 * Watches a regional web ACL that exists already, in any Pulumi program: the alarms that {@link Firewall} makes, from the same records.
 * @param name the alarms' names start with it
 */
export function watchFirewall(
  name: string,
  existing: WebAcl,
  options: WatchFirewallOptions,
  opts?: ComponentResourceOptions,
): FirewallWatch {
  const { region, requestsPerDay, mode = "block", watcher } = options;
  const changes = changesTo(firewallSignals, options.changes);
  const problems = new Problems(`firewall "${name}"`);
  checkRequests(problems, requestsPerDay);
  checkChanges(problems, changes);
  problems.throwIfAny();
  const size = { requestsPerDay, blocks: mode === "block" };
  const part = { kind: "firewall", signals: firewallSignals, role: "regional", size } as const;
  const acl = existing.visibilityConfig.apply(({ metricName }) => metricName);
  return new Watch(
    name,
    [{ ...part, resource: existing, subjects: { acl, region, all: "ALL" }, changes }],
    watcher,
    opts,
  );
}
