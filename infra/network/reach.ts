/**
 * Who must reach what. The only place where it stands: the security groups and their rules are made from it, and so is the table in docs/deploy.md.
 */

/** Those that take part. Each inside the VPC has a security group of its own. */
export const parties = {
  runner: "the runner inside the VPC that previews, deploys and looks for drift",
  nodes: "nodes of the cluster, with their pods",
  controlPlane: "interfaces of the EKS control plane in the VPC",
  scraper: "AMP's managed scrapers",
  functions: "Lambda functions in the VPC",
  broker: "Amazon MQ for RabbitMQ",
  kafka: "MSK brokers",
  database: "PostgreSQL on RDS",
  vpcLink: "the VPC link of the API gateway",
  loadBalancer: "the internal load balancer before the services",
  logs: "the internal load balancer before Loki",
  grafana: "interfaces of Managed Grafana in the VPC",
  endpoints: "interface endpoints of AWS services",
  restoreTests: "databases that a restore test makes, which nobody needs to reach",
} as const;

/** One that takes part. */
export type Party = keyof typeof parties;
