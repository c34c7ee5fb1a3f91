import type { DeploymentArgs } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { Input } from "@pulumi/pulumi";
import { bytes } from "../kit/units";
import type { NormalService, ServiceArgs } from "./service.args";
import { apiLabels } from "./service.kind";
import { environmentOf, secretFiles, secretsPath } from "./service.uses";

type Spec = NonNullable<DeploymentArgs["spec"]>;

/** Seconds for which a pod that ends still takes requests: until then the load balancer has heard of it, and sends it none. */
const farewell = 20;
/** Seconds after the last request, to close connections. */
const closing = 10;
/** A user that exists nowhere else. */
const user = 10_001;

/** What tells the pods of a service from all others. */
export const selectorOf = (name: string) => ({ "app.kubernetes.io/name": name });

const mebibytes = (amount: ServiceArgs["memory"]["request"]): string => `${Math.ceil(bytes(amount) / 2 ** 20)}Mi`;

/** Whether it has secrets that are mounted as files. */
export const hasFiles = ({ uses = {} }: ServiceArgs): boolean => Object.keys(secretFiles(uses)).length > 0;

function container(name: string, args: ServiceArgs, { port, healthPath, livePath }: NormalService) {
  const { image, version, region, cpu, memory, uses = {} } = args;
  const probe = (path: string, periodSeconds: number, failureThreshold: number) => ({
    httpGet: { path, port: "http" },
    periodSeconds,
    timeoutSeconds: 3,
    failureThreshold,
  });
  return {
    // Metrics of containers are told apart by it.
    name,
    image,
    ports: [{ name: "http", containerPort: port }],
    env: [
      { name: "SERVICE", value: name },
      { name: "VERSION", value: version },
      { name: "PORT", value: String(port) },
      { name: "AWS_REGION", value: region },
      ...environmentOf(uses),
    ],
    // A minute to start; out of the load balancer after 15 seconds; restarted only after a minute, because a restart loses what it was doing.
    startupProbe: probe(livePath, 5, 12),
    readinessProbe: probe(healthPath, 5, 3),
    livenessProbe: probe(livePath, 10, 6),
    lifecycle: { preStop: { sleep: { seconds: farewell } } },
    resources: {
      requests: { cpu: String(cpu.request), memory: mebibytes(memory.request) },
      limits: { memory: mebibytes(memory.limit), ...(cpu.limit !== undefined && { cpu: String(cpu.limit) }) },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      ...(hasFiles(args) ? [{ name: "secrets", mountPath: secretsPath, readOnly: true }] : []),
    ],
  };
}

/** Pods over zones and nodes. A zone that is gone counts for nothing, so that the others may take its pods. */
const spread = (name: string) =>
  [
    { topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
    { topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
  ].map((over) => ({
    ...over,
    maxSkew: 1,
    labelSelector: { matchLabels: selectorOf(name) },
    matchLabelKeys: ["pod-template-hash"],
    nodeTaintsPolicy: "Honor",
  }));

/** The deployment of a service, whose number of pods is its autoscaler's. */
export function deploymentSpec(
  name: string,
  args: ServiceArgs,
  normal: NormalService,
  serviceAccountName: Input<string>,
): Spec {
  const { version } = args;
  return {
    // A new pod is in the load balancer before an old one goes: its health check takes two times ten seconds.
    minReadySeconds: 30,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 5,
    selector: { matchLabels: selectorOf(name) },
    template: {
      metadata: {
        labels: {
          ...selectorOf(name),
          ...apiLabels,
          "app.kubernetes.io/part-of": "vigia",
          // A label takes 63 characters, of which a digest has more.
          "app.kubernetes.io/version": version
            .replace(/^sha256:/, "")
            .slice(0, 63)
            .replace(/[^A-Za-z0-9]+$/, ""),
        },
        annotations: {
          "prometheus.io/scrape": "true",
          "prometheus.io/port": String(normal.port),
          "prometheus.io/path": "/metrics",
        },
      },
      spec: {
        serviceAccountName,
        // The credentials of its role come by a token of their own; it asks nothing of the cluster.
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: farewell + normal.drain + closing,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: user,
          runAsGroup: user,
          fsGroup: user,
          seccompProfile: { type: "RuntimeDefault" },
        },
        topologySpreadConstraints: spread(name),
        containers: [container(name, args, normal)],
        volumes: [
          { name: "tmp", emptyDir: { sizeLimit: "128Mi" } },
          ...(hasFiles(args)
            ? [
                {
                  name: "secrets",
                  csi: {
                    driver: "secrets-store.csi.k8s.io",
                    readOnly: true,
                    volumeAttributes: { secretProviderClass: name },
                  },
                },
              ]
            : []),
        ],
      },
    },
  };
}
