import type { Replacement } from "../replacements";

const aws = (path: string, commit: string, word = "ForceNew"): string =>
  `terraform-provider-aws internal/service/${path} at ${commit}, ${word}`;

/** What replaces a cluster, its parts and its collector. */
export const clusterReplacements: Readonly<Record<string, Replacement>> = {
  // The file is from before the service could update collectors, and replaces on every argument; the provider's page of 2026 says it of the source alone.
  "aws:amp/scraper:Scraper": { inputs: ["source"], source: aws("amp/scraper.go", "54472d0", "RequiresReplace") },
  "aws:amp/scraperLoggingConfiguration:ScraperLoggingConfiguration": {
    inputs: ["scraperId"],
    source: aws("amp/scraper_logging_configuration.go", "2f6a074", "RequiresReplace"),
  },
  "aws:eks/accessEntry:AccessEntry": {
    inputs: ["clusterName", "principalArn", "type"],
    source: aws("eks/access_entry.go", "01f4311"),
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    inputs: ["accessScope", "clusterName", "policyArn", "principalArn"],
    source: aws("eks/access_policy_association.go", "6450ce3"),
  },
  "aws:eks/addon:Addon": { inputs: ["addonName", "clusterName"], source: aws("eks/addon.go", "af55dfb") },
  "aws:eks/cluster:Cluster": {
    inputs: [
      "accessConfig.bootstrapClusterCreatorAdminPermissions",
      "bootstrapSelfManagedAddons",
      "kubernetesNetworkConfig.ipFamily",
      "kubernetesNetworkConfig.serviceIpv4Cidr",
      "name",
      "roleArn",
    ],
    source: aws("eks/cluster.go", "e33a89d"),
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    inputs: ["clusterName", "namespace", "serviceAccount"],
    source: aws("eks/pod_identity_association.go", "93bd0ba", "RequiresReplace"),
  },
};
