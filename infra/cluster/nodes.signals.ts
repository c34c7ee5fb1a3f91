import { nodeClockSignals } from "./nodes.clock.signals";
import { nodeDiskSignals } from "./nodes.disk.signals";
import { nodeHealthSignals } from "./nodes.health.signals";
import { nodeLoadSignals } from "./nodes.load.signals";

/** What an instance declares of itself. */
export interface NodesSize {
  /** A collector scrapes the cluster, so that there is data. */
  readonly scraped: boolean;
  /** Cores that all nodes may have together. */
  readonly cpuLimit: number;
}

/** The nodes as servers: what the node exporter and kube-state-metrics tell of them. The text of subject `cluster` is the component's name. */
export const nodesSignals = { ...nodeHealthSignals, ...nodeDiskSignals, ...nodeLoadSignals, ...nodeClockSignals };
