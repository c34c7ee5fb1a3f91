/** What all pods of a collector have in common: what the standard "restricted" asks of them ("Pod Security Standards", Kubernetes documentation, 2026-11), and more. */

/** Nobody in the images owns anything by it. */
const uid = 65_532;

export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: uid,
  runAsGroup: uid,
  fsGroup: uid,
  seccompProfile: { type: "RuntimeDefault" },
} as const;

export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

/** By which policies, services and budgets find the pods. */
export const labelsOf = (name: string) => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/component": "collector",
});

export const probe = (path: string, port: string) => ({
  httpGet: { path, port },
  periodSeconds: 10,
  timeoutSeconds: 5,
});
