/** The pods of the pair: Prometheus in agent mode, and beside it what probes addresses. */
import type { StatefulSetArgs } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import type { Input, Output } from "@pulumi/pulumi";
import { containerSecurity, labelsOf, podSecurity, probe } from "./pods";
import { replicaVariable } from "./scrape";

/** What both agents are made from. */
export interface AgentsParts {
  readonly namespace: string;
  readonly images: { readonly prometheus: string; readonly blackbox: string };
  /** Mebibytes of each agent. */
  readonly memory: number;
  /** Name of the map with their files. */
  readonly configMap: Output<string>;
  /** Of what the files say: another one starts the pods anew, one after the other. */
  readonly checksum: Input<string>;
  /** Name of the SecretProviderClass; absent where no broker is read. */
  readonly secrets?: Input<string>;
  readonly probes: boolean;
}

/** How many agents there are: one writes, the other takes over. */
export const replicas = 2;
export const agentPort = 9_090;
export const proberPort = 9_115;
/** Where the passwords of the monitoring users are, one file for each broker. */
export const passwordFolder = "/run/secrets/brokers";
const files = "/etc/collector";
const data = "/data";

/** Where the agents are found: each has a name of its own, also while it is down. */
export const agentAddresses = (collector: string, namespace: string): readonly string[] =>
  Array.from({ length: replicas }, (_, index) => `${collector}-${index}.${collector}.${namespace}.svc:${agentPort}`);

const mount = (name: string, mountPath: string, readOnly = true) => ({ name, mountPath, readOnly });

function prometheus({ images, memory, secrets }: AgentsParts) {
  return {
    name: "prometheus",
    image: images.prometheus,
    args: [
      "--agent",
      `--config.file=${files}/prometheus.yaml`,
      `--storage.agent.path=${data}`,
      `--web.listen-address=:${agentPort}`,
      // What AMP could not be told for so long is let go, before the disk is full.
      "--storage.agent.retention.max-time=1h",
    ],
    env: [{ name: replicaVariable, valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
    ports: [{ name: "http", containerPort: agentPort }],
    resources: { requests: { cpu: "100m", memory: `${memory}Mi` }, limits: { memory: `${memory}Mi` } },
    readinessProbe: probe("/-/ready", "http"),
    livenessProbe: { ...probe("/-/healthy", "http"), failureThreshold: 6 },
    // It reads what it had not sent yet, before it answers.
    startupProbe: { ...probe("/-/ready", "http"), failureThreshold: 60 },
    securityContext: containerSecurity,
    volumeMounts: [
      mount("files", files),
      mount("data", data, false),
      ...(secrets === undefined ? [] : [mount("secrets", passwordFolder)]),
    ],
  };
}

const blackbox = ({ images }: AgentsParts) => ({
  name: "blackbox",
  image: images.blackbox,
  // For the agent beside it, and for nobody else.
  args: [`--config.file=${files}/blackbox.yaml`, `--web.listen-address=127.0.0.1:${proberPort}`],
  resources: { requests: { cpu: "20m", memory: "48Mi" }, limits: { memory: "96Mi" } },
  securityContext: containerSecurity,
  volumeMounts: [mount("files", files)],
});

/** Both agents, in two zones, never both away at once by an update. */
export function agentsSpec(collector: string, parts: AgentsParts): NonNullable<StatefulSetArgs["spec"]> {
  const labels = labelsOf(collector);
  const { configMap, checksum, secrets, probes } = parts;
  const apart = { labelSelector: { matchLabels: labels }, topologyKey: "topology.kubernetes.io/zone" };
  return {
    serviceName: collector,
    replicas,
    selector: { matchLabels: labels },
    podManagementPolicy: "Parallel",
    updateStrategy: { type: "RollingUpdate" },
    // The second one is touched only when the first has written for a while.
    minReadySeconds: 60,
    template: {
      metadata: { labels, annotations: { "vigia/configuration": checksum } },
      spec: {
        serviceAccountName: collector,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: podSecurity,
        affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } },
        // To write what it has read.
        terminationGracePeriodSeconds: 90,
        containers: [prometheus(parts), ...(probes ? [blackbox(parts)] : [])],
        volumes: [
          { name: "files", configMap: { name: configMap } },
          // A disk of its own would bind it to a zone: what is lost with the pod, the other one has written.
          { name: "data", emptyDir: { sizeLimit: "4Gi" } },
          ...(secrets === undefined
            ? []
            : [
                {
                  name: "secrets",
                  csi: {
                    driver: "secrets-store.csi.k8s.io",
                    readOnly: true,
                    volumeAttributes: { secretProviderClass: secrets },
                  },
                },
              ]),
        ],
      },
    },
  };
}
