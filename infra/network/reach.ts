/**
 * Who must reach what. The only place where it stands: the security groups and their rules are made from it, and so is the table in docs/deploy.md.
 */
import type { EndpointService } from "./endpoints";

/** Those that take part. Each inside the VPC has a security group of its own. */
export const parties = {
  runner: "the runner inside the VPC that previews, deploys and looks for drift",
  nodes: "nodes of the cluster, with their pods",
  controlPlane: "interfaces of the EKS control plane in the VPC",
  scraper: "managed scrapers of AMP",
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

/** Everyone, in the order of the table. */
export const partyNames = Object.keys(parties) as readonly Party[];

/** What lies outside the VPC, and by which path it is reached. */
export const outsides = {
  s3: { what: "S3 in the same region", path: "gateway endpoint" },
  internet: { what: "the internet, and AWS services that have no endpoint in the VPC", path: "NAT gateway" },
} as const;

/** A destination that has no security group. */
export type Outside = keyof typeof outsides;

/** One port, or a first and a last one. */
export type Ports = number | readonly [first: number, last: number];

/** One line of the table: all that is not in it is refused. */
export interface Reach {
  readonly from: Party;
  readonly to: Party | Outside;
  /** TCP ports; `all` is every protocol and port. */
  readonly ports: readonly Ports[] | "all";
  /** Why, in the few characters that a rule's description may have. */
  readonly why: string;
  /** It holds only in a VPC that lacks one of these endpoints: with all of them, the way out is closed. */
  readonly without?: readonly EndpointService[];
}

/** Endpoints without which a function must go out by NAT. */
const ofFunctions = ["secretsmanager", "kms", "monitoring", "sts"] as const satisfies readonly EndpointService[];
/** Endpoints without which Managed Grafana must: with a VPC configuration, its own VPC carries all that its data sources ask. */
const ofGrafana = ["aps-workspaces", "monitoring", "logs", "sts"] as const satisfies readonly EndpointService[];

/**
 * The table. Not in it, because no security group filters it: DNS, time, instance metadata ("Control traffic to your AWS resources using security groups",
 * VPC User Guide, 2026-11), answers to what is let through, and what members of a broker or of MSK say to each other, which goes over networks of AWS's own.
 *
 * Sources of ports: "View Amazon EKS security group requirements for clusters" (EKS User Guide), "Broker" (Amazon MQ Developer Guide: 443 and 15671 are the same
 * console and API), "Port information" and "Monitor with Prometheus" (MSK Developer Guide), 2026-11.
 */
export const reach: readonly Reach[] = [
  { from: "runner", to: "controlPlane", ports: [443], why: "deploys to the private API of the cluster" },
  { from: "runner", to: "broker", ports: [443], why: "console of the broker, for a person in a session on the runner" },
  { from: "runner", to: "endpoints", ports: [443], why: "AWS services" },
  { from: "runner", to: "s3", ports: [443], why: "state of Pulumi" },
  { from: "runner", to: "internet", ports: [443], why: "code host, package registries, services without an endpoint" },

  { from: "nodes", to: "controlPlane", ports: [443], why: "kubelets and pods ask the API of the cluster" },
  { from: "controlPlane", to: "nodes", ports: [10_250], why: "kubelet: logs, exec, metrics" },
  { from: "controlPlane", to: "nodes", ports: [443, 8443, 9443], why: "webhooks of add-ons" },
  { from: "controlPlane", to: "nodes", ports: [10_251], why: "metrics server, an aggregated API" },
  {
    from: "nodes",
    to: "nodes",
    ports: "all",
    why: "pods among themselves, DNS of the cluster; policies in the cluster narrow it",
  },
  { from: "nodes", to: "broker", ports: [5671], why: "services send and receive over AMQPS" },
  {
    from: "nodes",
    to: "broker",
    ports: [[16_001, 16_003]],
    why: "Prometheus in agent mode reads the three members, with a password",
  },
  { from: "nodes", to: "kafka", ports: [9098], why: "services produce and consume with IAM" },
  { from: "nodes", to: "database", ports: [5432], why: "services, migrations and the exporter" },
  { from: "nodes", to: "logs", ports: [443], why: "collectors and the log canary use the address that Grafana uses" },
  { from: "nodes", to: "endpoints", ports: [443], why: "AWS services" },
  { from: "nodes", to: "s3", ports: [443], why: "image layers, documents, chunks of Loki" },
  {
    from: "nodes",
    to: "internet",
    ports: [443],
    why: "public image registries, partners, services without an endpoint",
  },

  { from: "vpcLink", to: "loadBalancer", ports: [443], why: "requests that the gateway let in" },
  { from: "loadBalancer", to: "nodes", ports: [8080], why: "requests and health checks of the services" },
  { from: "grafana", to: "logs", ports: [443], why: "queries of Loki" },
  { from: "logs", to: "nodes", ports: [3100], why: "Loki and its health checks" },

  { from: "scraper", to: "controlPlane", ports: [443], why: "finds its targets, metrics of the API server" },
  { from: "scraper", to: "nodes", ports: [8080], why: "metrics of services and of kube-state-metrics" },
  { from: "scraper", to: "nodes", ports: [9100, 10_250], why: "node exporter, kubelet and cAdvisor" },
  { from: "scraper", to: "kafka", ports: [[11_001, 11_002]], why: "open monitoring: JMX and node exporter" },

  { from: "functions", to: "broker", ports: [443], why: "definitions and passwords, by the management API" },
  { from: "functions", to: "database", ports: [5432], why: "users of databases, who log in by IAM" },
  { from: "functions", to: "endpoints", ports: [443], why: "AWS services" },
  { from: "functions", to: "s3", ports: [443], why: "exports of the definitions" },
  { from: "functions", to: "internet", ports: [443], why: "AWS services without an endpoint", without: ofFunctions },
  { from: "grafana", to: "endpoints", ports: [443], why: "AMP, CloudWatch and logs" },
  { from: "grafana", to: "internet", ports: [443], why: "AWS services without an endpoint", without: ofGrafana },
];

/** Whether a destination is outside the VPC. */
export const isOutside = (to: Party | Outside): to is Outside => Object.hasOwn(outsides, to);

/** The lines that hold in a VPC with these endpoints. */
export const reachWith = (endpoints: readonly EndpointService[]): readonly Reach[] =>
  reach.filter(({ without }) => without === undefined || without.some((service) => !endpoints.includes(service)));

/** The ranges of ports that a line opens; undefined is every protocol and port. */
export const rangesOf = ({ ports }: Reach): readonly (readonly [first: number, last: number] | undefined)[] =>
  ports === "all" ? [undefined] : ports.map((range) => (typeof range === "number" ? [range, range] : range));
