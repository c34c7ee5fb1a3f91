import { Provider } from "@pulumi/kubernetes/provider.js";
import { output } from "@pulumi/pulumi";
import { watcher } from "../cluster/cluster.testing";
import { Namespace } from "../cluster/namespace";
import { place } from "../kit/recorder";
import type { ServiceArgs, ServiceSettings } from "./service.args";

/** What a stack says of a service of tests. */
export const expected: ServiceSettings = {
  version: "1.4.2",
  replicas: { min: 3, max: 12 },
  cpu: { request: 0.5 },
  memory: { request: "256 MiB", limit: "512 MiB" },
  requestsPerSecond: 200,
  acceptable: "0.5 seconds",
  availability: "99.9 %",
};

/** A service of tests, on a cluster that has its namespace. */
export function usual(changed: Partial<ServiceArgs> = {}): ServiceArgs {
  const provider = new Provider("cluster");
  const quota = { cpu: 16, memory: "32 GiB" } as const;
  const shop = new Namespace("cluster-shop", { namespace: "shop", cluster: "main", provider, quota, watcher });
  return {
    ...place,
    ...expected,
    cluster: {
      clusterName: output("main-1234567"),
      arn: output("arn:aws:eks:eu-central-1:123456789012:cluster/main-1234567"),
      label: "main",
      provider,
      namespaces: { shop },
    },
    namespace: "shop",
    image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1.4.2",
    networks: { callers: ["10.0.0.0/20"], data: ["10.0.64.0/20"] },
    watcher,
    ...changed,
  };
}
