import { output } from "@pulumi/pulumi";
import { place } from "../kit/recorder";
import type { FirewallArgs } from "./firewall";
import type { GatewayArgs } from "./gateway.args";
import type { LoadBalancerArgs } from "./load-balancer.args";

/** Who is told in tests. */
export const watcher = {
  actions: { page: ["arn:page"], ticket: ["arn:ticket"] },
  runbooks: "https://example.com/runbooks",
};

/** An internal load balancer of two services. */
export const loadBalancerArgs: LoadBalancerArgs = {
  vpcId: "vpc-1",
  subnets: ["subnet-a", "subnet-b"],
  securityGroups: ["sg-load-balancer"],
  certificateArn: "arn:certificate",
  services: { shop: { targets: 2 }, crm: { targets: 1, protocol: "HTTPS", port: 8443, acceptable: "3 seconds" } },
  logs: { bucket: "logs" },
  requestsPerDay: 3_000_000,
  watcher,
};

/** A gateway before them. */
export const gatewayArgs: GatewayArgs = {
  ...place,
  domain: "api.example.com",
  hostedZoneId: "Z123",
  certificateArn: "arn:certificate",
  jwt: { issuer: "https://login.example.com/", audiences: ["shop"] },
  vpcLink: { subnets: ["subnet-a", "subnet-b"], securityGroups: ["sg-link"] },
  loadBalancer: { listenerArn: output("arn:listener") },
  services: { shop: {}, crm: { open: [], scopes: ["crm"] } },
  requestsPerDay: 1_000_000,
  watcher,
};

/** A firewall before their load balancer. */
export const firewallArgs: FirewallArgs = {
  ...place,
  loadBalancerArn: "arn:load-balancer",
  requestsPerDay: 1_000_000,
  watcher,
};
