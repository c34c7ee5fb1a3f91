import { defineKind } from "../signal/kind";
import { daysPerMonth } from "../signal/prices";
import { type FirewallRole, type FirewallSize, type FirewallSubject, firewallSignals } from "./firewall.signals";

/** Web ACLs as the catalogue knows them, ours and those of any other program. */
export const firewallKind = defineKind<FirewallRole, FirewallSubject, FirewallSize>({
  name: "firewall",
  types: ["aws:wafv2/webAcl:WebAcl"],
  signals: firewallSignals,
  nameOf: {},
  roleOf: ({ known }) => (known.scope === "CLOUDFRONT" ? "cloudfront" : "regional"),
  sizeOf: () => ({ requestsPerDay: 0, blocks: true }),
  costs: ({ name, known }, _role, size, declared) => [
    { item: `web ACL ${name}`, price: "waf.acl", quantity: 1 },
    {
      item: `rules of ${name}`,
      price: "waf.rule",
      ...(Array.isArray(known.rules) && { quantity: known.rules.length }),
    },
    {
      item: `requests through ${name}`,
      price: "waf.requests",
      ...(declared && { quantity: (size.requestsPerDay * daysPerMonth) / 1e6 }),
    },
  ],
});
