/** What a deployment needs around it. */
import { CustomResource as KubernetesObject } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { Service as KubernetesService } from "@pulumi/kubernetes/core/v1/service.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { type CustomResourceOptions, type Input, jsonStringify, output } from "@pulumi/pulumi";
import type { NormalService, ServiceArgs } from "./service.args";
import { selectorOf } from "./service.pod";
import { callsAws, portsOf, secretFiles } from "./service.uses";

/** Percent of the requested processor time at which pods are added: room for the minutes until they are there. */
const target = 60;

const blocks = (cidrs: Input<readonly Input<string>[]>) =>
  output(cidrs).apply((known) => known.map((cidr) => ({ ipBlock: { cidr } })));
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));

/** Where a pod may go, and who may come, beyond what its namespace lets through. */
export function createNetworkPolicy(
  name: string,
  { namespace, networks, targetGroupArn, uses = {} }: ServiceArgs,
  { port }: NormalService,
  opts: CustomResourceOptions,
): NetworkPolicy {
  const ports = portsOf(uses);
  const egress = [
    ...(ports.length > 0 ? [{ to: blocks(networks.data), ports: tcp(...ports) }] : []),
    // Services of AWS answer at endpoints in the VPC, and S3 at public addresses. Never the node's metadata.
    ...(callsAws(uses)
      ? [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }], ports: tcp(443) }]
      : []),
  ];
  const ingress = targetGroupArn === undefined ? [] : [{ from: blocks(networks.callers), ports: tcp(port) }];
  return new NetworkPolicy(
    name,
    {
      metadata: { name, namespace },
      spec: { podSelector: { matchLabels: selectorOf(name) }, policyTypes: ["Ingress", "Egress"], ingress, egress },
    },
    opts,
  );
}

/** Which secrets are mounted as files. Named by ARN, so that the same name in another account is none of them. */
export function createSecretFiles(
  name: string,
  { namespace, region, uses = {} }: ServiceArgs,
  opts: CustomResourceOptions,
): KubernetesObject {
  // JSON is YAML.
  const objects = jsonStringify(
    Object.entries(secretFiles(uses)).map(([objectAlias, { arn }]) => ({
      objectName: arn,
      objectType: "secretsmanager",
      objectAlias,
    })),
  );
  return new KubernetesObject(
    name,
    {
      apiVersion: "secrets-store.csi.x-k8s.io/v1",
      kind: "SecretProviderClass",
      metadata: { name, namespace },
      spec: { provider: "aws", parameters: { region, usePodIdentity: "true", objects } },
    },
    opts,
  );
}

/** How many pods there are, and how many of them may be away while nodes are replaced. */
export function createScaling(
  name: string,
  { namespace, replicas: { min, max } }: ServiceArgs,
  opts: CustomResourceOptions,
): { readonly autoscaler: HorizontalPodAutoscaler; readonly budget: PodDisruptionBudget } {
  const metadata = { name, namespace };
  const autoscaler = new HorizontalPodAutoscaler(
    name,
    {
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
        minReplicas: min,
        maxReplicas: max,
        metrics: [
          {
            type: "ContainerResource",
            containerResource: {
              container: name,
              name: "cpu",
              target: { type: "Utilization", averageUtilization: target },
            },
          },
        ],
        // Up at once, down slowly: a dip of minutes is not the end of the day.
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: "Max",
            policies: [
              { type: "Percent", value: 100, periodSeconds: 60 },
              { type: "Pods", value: 2, periodSeconds: 60 },
            ],
          },
          scaleDown: {
            stabilizationWindowSeconds: 600,
            policies: [{ type: "Percent", value: 20, periodSeconds: 60 }],
          },
        },
      },
    },
    opts,
  );
  const budget = new PodDisruptionBudget(
    name,
    {
      metadata,
      // A pod that does not work must not keep a node from being replaced.
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: selectorOf(name) },
      },
    },
    opts,
  );
  return { autoscaler, budget };
}

/** The address of a service in the cluster, and its place in the group of a load balancer, as EKS Auto Mode has it. */
export function createAddress(
  name: string,
  { namespace, targetGroupArn }: ServiceArgs,
  opts: CustomResourceOptions,
): { readonly service: KubernetesService; readonly binding?: KubernetesObject } {
  const metadata = { name, namespace };
  const port = 80;
  const service = new KubernetesService(
    name,
    {
      // Waiting for pods is the deployment's part.
      metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
      spec: { type: "ClusterIP", selector: selectorOf(name), ports: [{ name: "http", port, targetPort: "http" }] },
    },
    opts,
  );
  if (targetGroupArn === undefined) return { service };
  const binding = new KubernetesObject(
    `${name}-targets`,
    {
      apiVersion: "eks.amazonaws.com/v1",
      kind: "TargetGroupBinding",
      metadata,
      spec: { serviceRef: { name, port }, targetGroupARN: targetGroupArn, targetType: "ip" },
    },
    { ...opts, dependsOn: [service] },
  );
  return { service, binding };
}
