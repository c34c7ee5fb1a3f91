import type { WebAclArgs } from "@pulumi/aws/wafv2/webAcl.js";
import { clientAddressHeader } from "./client-address";

/** Whether the rules block, or only count what they would block. */
export type FirewallMode = "block" | "count";

type Rules = NonNullable<WebAclArgs["rules"]>;

/**
 * Groups of rules that AWS keeps ("AWS Managed Rules rule groups list", AWS WAF Developer Guide, 2026-11), with rules of them that only count. Lists of bad
 * addresses are not among them: they look at the address of the connection, which behind a VPC link is always the link's.
 */
const groups = {
  // Bodies over 8 KB are no attack on an API that takes orders with many lines; the gateway's own limit is 10 MB.
  common: { rules: "AWSManagedRulesCommonRuleSet", countOnly: ["SizeRestrictions_BODY"] },
  badInputs: { rules: "AWSManagedRulesKnownBadInputsRuleSet", countOnly: [] },
  sql: { rules: "AWSManagedRulesSQLiRuleSet", countOnly: [] },
} as const;

/** A group of AWS's rules. */
export type RuleGroup = keyof typeof groups;
/** Every group in use. */
export const ruleGroups = Object.keys(groups) as readonly RuleGroup[];
/** Rules that only count, because they take the platform's own requests for attacks, by group. */
export type CountOnly = Readonly<Partial<Record<RuleGroup, readonly string[]>>>;

const visible = (metricName: string, rule: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName: `${metricName}-${rule}`,
  sampledRequestsEnabled: true,
});

/**
 * The rules of a web ACL before the services: too many requests of one client, and then AWS's groups.
 * @param metricName the metrics of its rules begin with it
 * @param requestsPerClient in five minutes
 */
export function firewallRules(
  metricName: string,
  mode: FirewallMode,
  requestsPerClient: number,
  countOnly: CountOnly,
): Rules {
  const blocks = mode === "block";
  const perClient = {
    name: "requests-per-client",
    priority: 0,
    action: blocks ? { block: { customResponse: { responseCode: 429 } } } : { count: {} },
    statement: {
      rateBasedStatement: {
        limit: requestsPerClient,
        evaluationWindowSec: 300,
        aggregateKeyType: "FORWARDED_IP",
        forwardedIpConfig: { headerName: clientAddressHeader, fallbackBehavior: "NO_MATCH" },
      },
    },
    visibilityConfig: visible(metricName, "requests-per-client"),
  };
  const managed = ruleGroups.map((group, index) => {
    const { rules, countOnly: always } = groups[group];
    const counted = [...always, ...(countOnly[group] ?? [])];
    return {
      name: rules,
      priority: index + 1,
      overrideAction: blocks ? { none: {} } : { count: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name: rules,
          ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        },
      },
      visibilityConfig: visible(metricName, rules),
    };
  });
  return [perClient, ...managed];
}
