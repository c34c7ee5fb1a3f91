import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Changes } from "../signal/signal";
import { Watch, type Watched, type Watcher } from "../signal/watch";
import { type ClusterSize, clusterSignals } from "./cluster.signals";
import { clusterJobs } from "./scrape";

/** The alarms of a cluster. */
export type ClusterWatch = Watch<"cluster", ClusterSize>;

/** How an existing cluster is watched. */
export interface WatchClusterOptions {
  /** The label `cluster` of its series. */
  readonly label: string;
  /** A collector scrapes it with the configuration of {@link scrapeConfiguration}. */
  readonly scraped: boolean;
  readonly service?: string;
  /** What it does differently, by signal id. */
  readonly changes?: Changes<typeof clusterSignals>;
  readonly watcher: Watcher;
}

/**
 * Watches a cluster that exists already, in any Pulumi program: the alarms that `Cluster` makes, from the same records. Its nodes and namespaces are watched
 * by {@link watchNodes} and {@link watchNamespace}.
 */
export function watchCluster(
  name: string,
  existing: EksCluster,
  options: WatchClusterOptions,
  opts?: ComponentResourceOptions,
): ClusterWatch {
  const { label, scraped, service, changes = {}, watcher } = options;
  const part: Watched<"cluster", ClusterSize> = {
    resource: existing,
    kind: "cluster",
    signals: clusterSignals,
    role: "cluster",
    size: { scraped, jobs: clusterJobs.length },
    subjects: { cluster: existing.name },
    texts: { cluster: label },
    ...(service !== undefined && { service }),
    changes,
  };
  return new Watch(name, [part], watcher, opts);
}
