import { Provider } from "@pulumi/kubernetes/provider.js";
import { place } from "../kit/recorder";
import type { LogsArgs } from "./logs.args";

/** Who is told in tests. */
export const watcher = {
  actions: { page: ["arn:page"], ticket: ["arn:ticket"] },
  runbooks: "https://example.com/runbooks",
  prometheus: { workspaceId: "ws-1" },
} as const;

/** A place for logs of tests. Made inside a recording, for its provider is a resource. */
export const usual = (given: Partial<LogsArgs> = {}): LogsArgs => ({
  ...place,
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
  network: "10.0.0.0/16",
  vpcId: "vpc-1",
  subnets: ["subnet-a", "subnet-b", "subnet-c"],
  securityGroups: ["sg-logs"],
  address: "logs.internal.example.com",
  certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/1",
  accessLogs: { bucket: "access-logs" },
  perDay: "5 GiB",
  watcher,
  ...given,
});
