import { hoursPerMonth } from "../network/hours";
import { defineKind } from "../signal/kind";
import { type ClusterSize, clusterSignals } from "./cluster.signals";
import { clusterJobs } from "./scrape";

export const clusterType = "aws:eks/cluster:Cluster";
const scraperType = "aws:amp/scraper:Scraper";

/** EKS clusters as the catalogue knows them. */
export const clusterKind = defineKind<"cluster", "cluster", ClusterSize>({
  name: "cluster",
  types: [clusterType],
  signals: clusterSignals,
  nameOf: { ClusterName: "name" },
  roleOf: () => "cluster",
  sizeOf: ({ urn }, _role, graph) => ({
    scraped: graph.users(urn, scraperType, "source").length > 0,
    jobs: clusterJobs.length,
  }),
  costs: ({ name }) => [{ item: `control plane of ${name}`, price: "eks.cluster", quantity: hoursPerMonth }],
});
