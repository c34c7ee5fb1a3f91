import { createHash } from "node:crypto";
import { CustomResource as KubernetesObject } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { type CustomResourceOptions, type Input, interpolate, output, type Resource } from "@pulumi/pulumi";
import { containerSecurity, podSecurity, probe } from "../collect/pods";
import { authFolder, gatewayConfiguration, gatewayPort, lokiAddress, users } from "./gateway.config";
import { versions } from "./logs.args";

/** What the gateway is made from. */
export interface GatewayParts {
  readonly namespace: string;
  /** Name of Loki's service. */
  readonly loki: string;
  /** Of each user's password, as nginx reads it. */
  readonly hashes: Readonly<Record<keyof typeof users, Input<string>>>;
  readonly targetGroupArn: Input<string>;
  /** What must be there first: nginx does not start without an address to pass requests on to. */
  readonly after: readonly Resource[];
}

/** Pods of the gateway, one in each zone as far as there are zones. */
export const gateways = 3;
const folder = "/etc/gateway";

export const gatewayLabels = (name: string) => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/component": "gateway",
});

const container = () => ({
  name: "nginx",
  image: `docker.io/nginxinc/nginx-unprivileged:${versions.gateway}-alpine`,
  command: ["nginx", "-c", `${folder}/nginx.conf`, "-g", "daemon off;"],
  ports: [{ name: "http", containerPort: gatewayPort }],
  resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "128Mi" } },
  readinessProbe: probe("/health", "http"),
  livenessProbe: { ...probe("/health", "http"), failureThreshold: 6 },
  // The load balancer learns of the end of a pod, and only then it ends.
  lifecycle: { preStop: { sleep: { seconds: 15 } } },
  securityContext: containerSecurity,
  volumeMounts: [
    { name: "files", mountPath: folder, readOnly: true },
    { name: "auth", mountPath: authFolder, readOnly: true },
    { name: "scratch", mountPath: "/tmp" },
  ],
});

/** What stands before Loki, which asks nobody who he is: it knows two users, and lets each do its own. */
export function createGateway(name: string, parts: GatewayParts, opts: CustomResourceOptions): Deployment {
  const { namespace, hashes } = parts;
  const labels = gatewayLabels(name);
  const metadata = { name, namespace, labels };
  const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, opts);
  const text = gatewayConfiguration({ loki: lokiAddress(parts.loki, namespace) });
  const files = new ConfigMap(name, { metadata, data: { "nginx.conf": text } }, opts);
  const auth = new Secret(
    `${name}-users`,
    {
      metadata: { ...metadata, name: `${name}-users` },
      stringData: {
        readers: interpolate`${users.reader}:${hashes.reader}\n`,
        writers: interpolate`${users.writer}:${hashes.writer}\n`,
      },
    },
    opts,
  );
  new PodDisruptionBudget(
    name,
    {
      metadata,
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: labels } },
    },
    opts,
  );
  // What its pods say changes with what they are given: another password starts them anew.
  const checksum = output([hashes.reader, hashes.writer]).apply((known) =>
    createHash("sha256")
      .update([text, ...known].join())
      .digest("hex"),
  );
  const apart = { labelSelector: { matchLabels: labels }, maxSkew: 1 };
  const deployment = new Deployment(
    name,
    {
      metadata,
      spec: {
        replicas: gateways,
        selector: { matchLabels: labels },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: { labels, annotations: { "vigia/configuration": checksum } },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: podSecurity,
            terminationGracePeriodSeconds: 60,
            topologySpreadConstraints: [
              { ...apart, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
            ],
            containers: [container()],
            volumes: [
              { name: "files", configMap: { name: files.metadata.name } },
              { name: "auth", secret: { secretName: auth.metadata.name } },
              { name: "scratch", emptyDir: { sizeLimit: "256Mi" } },
            ],
          },
        },
      },
    },
    { ...opts, dependsOn: [account, ...parts.after] },
  );
  const port = gatewayPort;
  const service = new Service(
    name,
    {
      metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
      spec: { type: "ClusterIP", selector: labels, ports: [{ name: "http", port, targetPort: "http" }] },
    },
    opts,
  );
  new KubernetesObject(
    `${name}-targets`,
    {
      apiVersion: "eks.amazonaws.com/v1",
      kind: "TargetGroupBinding",
      metadata: { name, namespace },
      spec: { serviceRef: { name, port }, targetGroupARN: parts.targetGroupArn, targetType: "ip" },
    },
    { ...opts, dependsOn: [service] },
  );
  return deployment;
}
