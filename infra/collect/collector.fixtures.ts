import { Provider } from "@pulumi/kubernetes/provider.js";
import { place } from "../kit/recorder";
import type { CollectorArgs } from "./collector.args";

/** Who is told in tests. */
export const watcher = {
  actions: { page: ["arn:page"], ticket: ["arn:ticket"] },
  runbooks: "https://example.com/runbooks",
  prometheus: { workspaceId: "ws-1" },
} as const;

/** A collector of tests. Made inside a recording, for its provider is a resource. */
export const usual = (given: Partial<CollectorArgs> = {}): CollectorArgs => ({
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
  brokers: {
    broker: {
      targets: ["b-1.mq.eu-central-1.on.aws:16001", "b-1.mq.eu-central-1.on.aws:16002"],
      secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:monitoring",
      keyArn: "arn:aws:kms:eu-central-1:123456789012:key/broker",
    },
  },
  databases: {
    shop: {
      address: "shop.rds.amazonaws.com",
      databaseName: "shop",
      loginArn: "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-1/monitor",
    },
  },
  probes: { gateway: { url: "https://api.example.com/health" } },
  pods: {
    loki: { service: "loki-headless", namespace: "logs", port: 3_100, keep: "loki_.+", labels: { logs: "logs" } },
  },
  watcher,
  ...given,
});
