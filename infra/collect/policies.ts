import { NetworkPolicy, type NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { metricsPorts } from "../broker/scrape";
import { agentPort } from "./agents";
import type { CollectorArgs } from "./collector.args";
import { exporterName, exporterPort } from "./exporter";
import { labelsOf } from "./pods";

type Spec = NonNullable<NetworkPolicyArgs["spec"]>;

const tcp = (...ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));
const podsOf = (name: string) => ({ podSelector: { matchLabels: labelsOf(name) } });
const within = (cidr: string) => [{ ipBlock: { cidr } }];
/** AWS and the addresses that are probed, inside the VPC or outside; not the metadata of nodes. */
const anywhere = [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }];

/** What the agents may reach, and who may reach them: each other. The namespace itself lets nothing through but names and credentials. */
const agents = (collector: string, { network, brokers = {}, databases = {}, pods = {} }: CollectorArgs): Spec => ({
  podSelector: { matchLabels: labelsOf(collector) },
  policyTypes: ["Ingress", "Egress"],
  ingress: [{ from: [podsOf(collector)], ports: tcp(agentPort) }],
  egress: [
    { to: [podsOf(collector)], ports: tcp(agentPort) },
    { to: anywhere, ports: tcp(443) },
    ...(Object.keys(brokers).length > 0 ? [{ to: within(network), ports: tcp(...metricsPorts) }] : []),
    ...Object.keys(databases).map((key) => ({
      to: [podsOf(exporterName(collector, key))],
      ports: tcp(exporterPort),
    })),
    ...Object.values(pods).map(({ namespace, port }) => ({
      to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } }],
      ports: tcp(port),
    })),
  ],
});

/** An exporter talks to its database, and fetches the authorities of RDS; only the agents ask it. */
const exporter = (collector: string, key: string, port: number, network: string): Spec => ({
  podSelector: { matchLabels: labelsOf(exporterName(collector, key)) },
  policyTypes: ["Ingress", "Egress"],
  ingress: [{ from: [podsOf(collector)], ports: tcp(exporterPort) }],
  egress: [
    { to: within(network), ports: tcp(port) },
    { to: anywhere, ports: tcp(443) },
  ],
});

/** The policies of all pods of a collector. */
export function createNetworkPolicies(
  collector: string,
  namespace: string,
  args: CollectorArgs,
  opts: CustomResourceOptions,
): readonly NetworkPolicy[] {
  const policy = (name: string, spec: Spec) => new NetworkPolicy(name, { metadata: { name, namespace }, spec }, opts);
  return [
    policy(collector, agents(collector, args)),
    ...Object.entries(args.databases ?? {}).map(([key, { port = 5_432 }]) =>
      policy(exporterName(collector, key), exporter(collector, key, port, args.network)),
    ),
  ];
}
