import { controlPlaneSignals } from "./control-plane.signals";
import { scrapeSignals } from "./scrape.signals";

/** What an instance declares of itself. */
export interface ClusterSize {
  /** A collector scrapes it, so that rules of Prometheus have data. */
  readonly scraped: boolean;
  /** Jobs of that collector that watch the cluster itself. */
  readonly jobs: number;
}

/** The control plane, and whether the collector sees the cluster. Nodes and namespaces have kinds of their own. */
export const clusterSignals = { ...controlPlaneSignals, ...scrapeSignals };
