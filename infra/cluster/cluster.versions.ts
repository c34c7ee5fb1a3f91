/**
 * Minor versions of Kubernetes that EKS supports at its usual price for some time to come ("Understand the Kubernetes version lifecycle on EKS", Amazon EKS
 * User Guide, 2026-11). 1.34 leaves standard support on 2026-12-02.
 */
export const kubernetesVersions = ["1.35", "1.36"] as const;
export type KubernetesVersion = (typeof kubernetesVersions)[number];
export const defaultVersion: KubernetesVersion = "1.36";

/** Why a version is refused; undefined where it is not. */
export const refusedVersion = (version: string): string | undefined =>
  kubernetesVersions.some((known) => known === version)
    ? undefined
    : `version must be ${kubernetesVersions.join(" or ")}, got ${JSON.stringify(version)}: others are out of standard support, or not known yet (infra/cluster/cluster.versions.ts)`;
