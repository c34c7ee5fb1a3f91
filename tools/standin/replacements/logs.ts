import type { Replacement } from "../replacements";

/** A chart of Helm, which is no object of Kubernetes. */
export const releaseType = "kubernetes:helm.sh/v3:Release";

/** What replaces a chart: another version or other values are an upgrade in place. */
export const releaseReplacement: Replacement = {
  inputs: ["name", "namespace"],
  source: "pulumi-kubernetes provider/pkg/provider/helm_release.go at 01799d5, forceNewFields",
};
