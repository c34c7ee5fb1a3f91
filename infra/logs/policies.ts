import { NetworkPolicy, type NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { gatewayLabels } from "./gateway";
import { gatewayPort } from "./gateway.config";
import { grpcPort, lokiPort, memberPort } from "./loki.config";
import { lokiLabels } from "./loki.values";
import { shipperPort } from "./shipper.config";
import { shipperLabels } from "./shipper.values";

type Spec = NonNullable<NetworkPolicyArgs["spec"]>;

/** Names of all that the policies are about. */
export interface Places {
  readonly name: string;
  readonly loki: string;
  readonly gateway: string;
  readonly shipper: string;
  readonly namespace: string;
  readonly shippers: string;
  readonly collector: string;
  readonly network: string;
}

const tcp = (...ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));
const pods = (matchLabels: Readonly<Record<string, string>>) => ({ podSelector: { matchLabels } });
const within = (namespace: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
});
/** AWS, inside the VPC or outside, and the API of the cluster; not the metadata of nodes. */
const anywhere = [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }];

/** Lokis talk among themselves, to S3 and to AMP. Only the gateway asks them, and the collector. */
const loki = (places: Places): Spec => ({
  ...pods(lokiLabels(places.loki)),
  policyTypes: ["Ingress", "Egress"],
  ingress: [
    { from: [pods(lokiLabels(places.loki))], ports: tcp(lokiPort, grpcPort, memberPort) },
    { from: [pods(gatewayLabels(places.gateway)), within(places.collector)], ports: tcp(lokiPort) },
  ],
  egress: [
    { to: [pods(lokiLabels(places.loki))], ports: tcp(lokiPort, grpcPort, memberPort) },
    { to: anywhere, ports: tcp(443) },
  ],
});

/** The load balancer, whose addresses are the network's, is the only way in. */
const gateway = (places: Places): Spec => ({
  ...pods(gatewayLabels(places.gateway)),
  policyTypes: ["Ingress", "Egress"],
  ingress: [{ from: [{ ipBlock: { cidr: places.network } }], ports: tcp(gatewayPort) }],
  egress: [{ to: [pods(lokiLabels(places.loki))], ports: tcp(lokiPort) }],
});

const shipper = (places: Places): Spec => ({
  ...pods(shipperLabels(places.shipper)),
  policyTypes: ["Ingress", "Egress"],
  ingress: [{ from: [within(places.collector)], ports: tcp(shipperPort) }],
  egress: [{ to: anywhere, ports: tcp(443) }],
});

/** The policies of all pods. The namespaces themselves let nothing through but names and credentials. */
export function createNetworkPolicies(places: Places, opts: CustomResourceOptions): readonly NetworkPolicy[] {
  const policy = (name: string, namespace: string, spec: Spec) =>
    new NetworkPolicy(name, { metadata: { name, namespace }, spec }, opts);
  return [
    policy(places.loki, places.namespace, loki(places)),
    policy(places.gateway, places.namespace, gateway(places)),
    policy(places.shipper, places.shippers, shipper(places)),
  ];
}
