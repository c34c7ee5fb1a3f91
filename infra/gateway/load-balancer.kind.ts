import { hoursPerMonth } from "../network/hours";
import { defineKind } from "../signal/kind";
import { type LoadBalancerRole, type LoadBalancerSize, loadBalancerSignals } from "./load-balancer.signals";

/** Load balancers as the catalogue knows them, ours and those of any other program. */
export const loadBalancerKind = defineKind<LoadBalancerRole, "loadBalancer", LoadBalancerSize>({
  name: "load-balancer",
  types: ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"],
  signals: loadBalancerSignals,
  nameOf: {},
  roleOf: ({ known }) =>
    known.loadBalancerType === undefined || known.loadBalancerType === "application" ? "application" : "other",
  sizeOf: ({ known }) => ({ requestsPerDay: 0, internal: known.internal === true }),
  costs: ({ name }, role) =>
    role === "application"
      ? [
          { item: `hours of ${name}`, price: "alb.hour", quantity: hoursPerMonth },
          { item: `capacity units of ${name}`, price: "alb.lcu" },
        ]
      : [{ item: `hours of ${name}` }],
});
