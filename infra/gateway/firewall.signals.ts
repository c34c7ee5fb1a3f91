import { cloudwatch, math, repeat, signals } from "../signal/signal";

/** Where a web ACL stands. One of CloudFront publishes its metrics in another region, without that dimension. */
export type FirewallRole = "regional" | "cloudfront";
/** What the dimensions of its metrics name. */
export type FirewallSubject = "acl" | "region" | "all";

/** What an instance declares of itself; limits are functions of it. */
export interface FirewallSize {
  /** Requests on a usual day. */
  readonly requestsPerDay: number;
  /** It blocks, and does not only count. */
  readonly blocks: boolean;
}

const metric = (name: string) => cloudwatch("AWS/WAFV2", name, "Sum", { WebACL: "acl", Region: "region", Rule: "all" });

const example: FirewallSize = { requestsPerDay: 1_000_000, blocks: true };

/** What is watched of the web ACL before the services: that it does its work, and that it does not keep users out. */
export const firewallSignals = signals<FirewallRole, FirewallSubject, FirewallSize>()({
  "firewall-blocking": {
    title: "The web ACL blocks many requests",
    golden: "errors",
    unit: "percent",
    role: "regional",
    source: math("IF(blocked >= 50, 100 * blocked / (blocked + FILL(allowed, 0)), 0)", {
      blocked: metric("BlockedRequests"),
      allowed: metric("AllowedRequests"),
    }),
    when: { holds: (size) => size.blocks, otherwise: "its rules only count" },
    alarm: { above: "10 %", every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { blocked: ["missing for 10 minutes", "6/5 for 15 minutes"], allowed: ["50/40 for 25 minutes"] },
        { blocked: ["101 for 15 minutes"], allowed: ["899 for 15 minutes"] },
        { blocked: ["10 for 15 minutes"], allowed: ["missing for 15 minutes"] },
      ],
      fine: [
        { blocked: ["10 for 1 hour"], allowed: ["90 for 1 hour"] },
        { blocked: repeat(12, "10 for 4 minutes", "9 for 1 minute"), allowed: ["1 for 1 hour"] },
        { blocked: ["missing for 1 hour"], allowed: ["100 for 1 hour"] },
        {
          blocked: ["90 for 6 minutes", "1 for 10 minutes", "90 for 6 minutes"],
          allowed: ["100 for 22 minutes"],
        },
      ],
      healed: { blocked: ["10 for 5 minutes"], allowed: ["90 for 5 minutes"] },
    },
    runbook: {
      means:
        "More than one of ten requests was blocked for a quarter of an hour. Either somebody attacks, or a rule takes users for attackers.",
      check: [
        'Which rule, and whose requests? Logs Insights on aws-waf-logs-*: filter action = "BLOCK" | stats count(*) as requests by terminatingRuleId, httpRequest.uri | sort requests desc',
        "Did it begin with a release of a front end or of the managed rules (their version in the web ACL)?",
        "One address or many? The client's address stands in the header x-client-address.",
      ],
      fix: [
        "A rule that takes users for attackers: override it to count in the settings, and report it.",
        "An attack: nothing, it is held; lower the requests per client if the services feel it.",
      ],
    },
  },
  "firewall-allowed": {
    title: "Requests let through",
    golden: "traffic",
    unit: "count",
    role: "regional",
    source: metric("AllowedRequests"),
    runbook: { means: "Requests that passed every rule." },
  },
  "firewall-blocked": {
    title: "Requests blocked",
    golden: "traffic",
    unit: "count",
    role: "regional",
    source: metric("BlockedRequests"),
    runbook: { means: "Requests that a rule answered with 403 before a service saw them." },
  },
});
