import { type Own, table, totals } from "./table";

/** Published when there is something to count. `Rule` is ALL for the web ACL as a whole. */
const requests: Own = {
  unit: "Count",
  kind: "counter",
  statistics: totals,
  dimensions: [["Region", "Rule", "WebACL"]],
  sparse: true,
};

/** Of a regional web ACL, by the metric name that it gives itself. */
export const waf = table("AWS/WAFV2", "AWS WAF metrics and dimensions, AWS WAF Developer Guide, 2026-11", {
  AllowedRequests: requests,
  BlockedRequests: { ...requests, worse: "high" },
  CountedRequests: requests,
  PassedRequests: requests,
});
