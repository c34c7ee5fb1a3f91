import { containerSecurity } from "../collect/pods";
import { nodeVariable, passwordFile, shipperPort } from "./shipper.config";

/** What the chart is given. */
export interface ShipperParts {
  readonly fullname: string;
  readonly serviceAccount: string;
  readonly configuration: string;
  /** Name of the secret with the password. */
  readonly secret: string;
}

export const shipperLabels = (fullname: string) => ({
  "app.kubernetes.io/name": "alloy",
  "app.kubernetes.io/instance": fullname,
});

/** Where it remembers how far it has read: it outlives the pod, and not the node, as the files do. */
const positions = "/var/lib/alloy";

/** Values of the chart: one on every node, also on those that are kept for others. */
export const shipperValues = ({ fullname, serviceAccount, configuration, secret }: ShipperParts) => ({
  fullnameOverride: fullname,
  crds: { create: false },
  rbac: { create: false },
  serviceAccount: { create: false, name: serviceAccount },
  configReloader: { enabled: false },
  alloy: {
    configMap: { create: true, content: configuration },
    enableReporting: false,
    listenPort: shipperPort,
    storagePath: positions,
    extraEnv: [{ name: nodeVariable, valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }],
    mounts: {
      varlog: true,
      extra: [
        { name: "password", mountPath: passwordFile.slice(0, passwordFile.lastIndexOf("/")), readOnly: true },
        { name: "positions", mountPath: positions },
      ],
    },
    // Files of pods belong to root. It can read them, and nothing else of what root may.
    securityContext: { ...containerSecurity, runAsUser: 0, seccompProfile: { type: "RuntimeDefault" } },
    resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "256Mi" } },
  },
  controller: {
    type: "daemonset",
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
    tolerations: [{ operator: "Exists" }],
    priorityClassName: "system-node-critical",
    volumes: {
      extra: [
        { name: "password", secret: { secretName: secret } },
        { name: "positions", hostPath: { path: `/run/${fullname}`, type: "DirectoryOrCreate" } },
      ],
    },
  },
  // Each is found by itself.
  service: { enabled: true, clusterIP: "None" },
});
