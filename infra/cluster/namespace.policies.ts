import { NetworkPolicy, type NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { type CustomResourceOptions, type Input, output } from "@pulumi/pulumi";
import type { NamespaceArgs } from "./namespace.args";

type Spec = NonNullable<NetworkPolicyArgs["spec"]>;
const everyPod = { podSelector: {} };

/** Where a pod gets the credentials of its role ("EKS Pod Identity Agent considerations", Amazon EKS User Guide, 2026-11). */
const podIdentityAgent = "169.254.170.23/32";

/**
 * Nothing goes in or out but what a policy lets through. Each pod needs names and the credentials of its role; everything else is let through by the
 * policies of what runs here.
 */
export function createPolicies(
  name: string,
  { namespace, within = false, metricsPorts = [8080], collector }: NamespaceArgs,
  opts: CustomResourceOptions,
): readonly NetworkPolicy[] {
  const policy = (what: string, spec: Spec) =>
    new NetworkPolicy(`${name}-${what}`, { metadata: { name: what, namespace }, spec }, opts);
  const metrics = (cidrs: readonly Input<string>[]) =>
    policy("collector", {
      ...everyPod,
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: output(cidrs).apply((known) => known.map((cidr) => ({ ipBlock: { cidr } }))),
          ports: metricsPorts.map((port) => ({ protocol: "TCP", port })),
        },
      ],
    });
  return [
    policy("deny", { ...everyPod, policyTypes: ["Ingress", "Egress"] }),
    policy("basics", {
      ...everyPod,
      policyTypes: ["Egress"],
      egress: [
        // In Auto Mode names are answered by the node itself, for which no selector stands.
        {
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
        { to: [{ ipBlock: { cidr: podIdentityAgent } }], ports: [{ protocol: "TCP", port: 80 }] },
      ],
    }),
    ...(within
      ? [
          policy("within", {
            ...everyPod,
            policyTypes: ["Ingress", "Egress"],
            ingress: [{ from: [everyPod] }],
            egress: [{ to: [everyPod] }],
          }),
        ]
      : []),
    ...(collector && collector.length > 0 ? [metrics(collector)] : []),
  ];
}
