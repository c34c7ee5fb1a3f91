import { createHash } from "node:crypto";
import { containerSecurity } from "../collect/pods";
import { grpcPort, lokiPort, podFolders, schemaConfig } from "./loki.config";

/** What the chart is given. */
export interface LokiParts {
  readonly fullname: string;
  readonly serviceAccount: string;
  readonly bucket: string;
  readonly configuration: string;
  /** Name of the map with the rules, and what stands in it. */
  readonly rules: { readonly configMap: string; readonly text: string; readonly tenant: string };
  readonly version: string;
  readonly replicas: number;
  /** Mebibytes of each. */
  readonly memory: number;
  /** Gibibytes of each disk. */
  readonly disk: number;
  readonly storageClass?: string;
}

/** By which policies, services and the chart's own objects find the pods. */
export const lokiLabels = (fullname: string) => ({
  "app.kubernetes.io/name": "loki",
  "app.kubernetes.io/instance": fullname,
});

const uid = 10_001;
const off = { enabled: false };
const none = { replicas: 0 };
/** What the chart's pods keep chunks in. */
const objects = "s3";

/** Values of the chart: only what it cannot guess. The configuration is given whole, so that what the real program was checked with is what runs. */
export function lokiValues(parts: LokiParts): Record<string, unknown> {
  const { fullname, bucket, configuration, rules, memory } = parts;
  const apart = { matchLabels: lokiLabels(fullname) };
  return {
    fullnameOverride: fullname,
    deploymentMode: "Monolithic",
    loki: {
      image: { tag: parts.version },
      config: configuration,
      // The chart refuses to work without seeing this part by itself. It is laid over the same part of the whole.
      structuredConfig: { schema_config: schemaConfig(objects) },
      // What the chart makes ports and its own checks from.
      server: { http_listen_port: lokiPort, grpc_listen_port: grpcPort },
      storage: { type: objects, bucketNames: { chunks: bucket, ruler: bucket, admin: bucket } },
      podSecurityContext: {
        runAsNonRoot: true,
        runAsUser: uid,
        runAsGroup: uid,
        fsGroup: uid,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      containerSecurityContext: containerSecurity,
      enableServiceLinks: false,
      readinessProbe: {
        httpGet: { path: "/ready", port: "http-metrics" },
        initialDelaySeconds: 15,
        periodSeconds: 10,
        timeoutSeconds: 5,
      },
    },
    serviceAccount: { create: true, name: parts.serviceAccount, automountServiceAccountToken: false },
    singleBinary: {
      replicas: parts.replicas,
      podAnnotations: { "vigia/rules": createHash("sha256").update(rules.text).digest("hex") },
      resources: { requests: { cpu: "500m", memory: `${memory}Mi` }, limits: { memory: `${memory}Mi` } },
      // Go gives memory back before the kernel takes the pod.
      extraEnv: [{ name: "GOMEMLIMIT", value: `${Math.floor(memory * 0.9)}MiB` }],
      // To write its chunks to S3 before it goes.
      terminationGracePeriodSeconds: 300,
      // Two of three must answer: no two on a node, and one in each zone; of two zones, one has two.
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: apart, topologyKey: "kubernetes.io/hostname" },
          ],
        },
      },
      topologySpreadConstraints: [
        {
          labelSelector: apart,
          topologyKey: "topology.kubernetes.io/zone",
          maxSkew: 1,
          whenUnsatisfiable: "DoNotSchedule",
        },
      ],
      // Ours is the only one: of a pod with two, no node could be drained.
      podDisruptionBudget: { enabled: false },
      persistence: {
        enabled: true,
        size: `${parts.disk}Gi`,
        ...(parts.storageClass !== undefined && { storageClass: parts.storageClass }),
        enableStatefulSetAutoDeletePVC: false,
      },
      extraVolumes: [
        {
          name: "rules",
          // Below the tenant whose rules they are.
          configMap: { name: rules.configMap, items: [{ key: "rules.yaml", path: `${rules.tenant}/rules.yaml` }] },
        },
      ],
      extraVolumeMounts: [{ name: "rules", mountPath: podFolders.rules, readOnly: true }],
    },
    // It asks the API of the cluster for nothing.
    rbac: { namespaced: true },
    // Other ways to run it, and what comes with them.
    backend: none,
    read: none,
    write: none,
    gateway: off,
    chunksCache: off,
    resultsCache: off,
    lokiCanary: off,
    test: off,
    minio: off,
    sidecar: { rules: off },
    rollout_operator: off,
  };
}
