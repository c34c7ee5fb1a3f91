import { place } from "../kit/recorder";
import type { ClusterArgs } from "./cluster.args";

/** Who is told in tests. */
export const watcher = {
  actions: { page: ["arn:page"], ticket: ["arn:ticket"] },
  runbooks: "https://example.com/runbooks",
  prometheus: { workspaceId: "ws-1" },
};

/** A cluster of tests. */
export const usual: ClusterArgs = {
  ...place,
  subnets: ["subnet-a", "subnet-b"],
  securityGroups: { controlPlane: ["sg-control"], nodes: ["sg-nodes"] },
  admins: ["deploy"],
  nodes: { cpuLimit: 32 },
  namespaces: {
    shop: { quota: { cpu: 8, memory: "16 GiB" } },
    logs: { quota: { cpu: 4, memory: "8 GiB" }, within: true },
  },
  scraping: {
    workspaceArn: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1",
    subnets: ["subnet-a", "subnet-b"],
    securityGroups: ["sg-scraper"],
    cidrs: ["10.0.0.0/24", "10.0.1.0/24"],
  },
  watcher,
};
