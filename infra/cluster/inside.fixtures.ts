import { Provider } from "@pulumi/kubernetes/provider.js";
import type { Inside } from "./inside";

/** Who is told in tests. */
export const watcher = {
  actions: { page: ["arn:page"], ticket: ["arn:ticket"] },
  runbooks: "https://example.com/runbooks",
  prometheus: { workspaceId: "ws-1" },
} as const;

/** A cluster and a workspace of tests. Made inside a recording, for its provider is a resource. */
export const inside = (): Inside => ({
  cluster: {
    clusterName: "main",
    arn: "arn:aws:eks:eu-central-1:123456789012:cluster/main",
    provider: new Provider("kubernetes", { kubeconfig: "{}" }),
    label: "main",
  },
  workspace: {
    arn: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1",
    endpoint: "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/",
  },
});
