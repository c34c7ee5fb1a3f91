import { Cluster } from "../infra/cluster/cluster";
import type { Network } from "../infra/network/network";
import type { Watcher } from "../infra/signal/watch";
import type { Workspace } from "../infra/watch/workspace";
import type { Account } from "./account";
import type { Settings } from "./settings";
import { isProtected } from "./settings/replaceable";

/** What the cluster needs. */
export interface ClusterNeeds {
  readonly network: Network;
  readonly workspace: Workspace;
  readonly watcher: Watcher;
}

/** Where services run. */
export function cluster(settings: Settings, account: Account, { network, workspace, watcher }: ClusterNeeds): Cluster {
  const { account: id, region, environment } = settings;
  const { subnets, securityGroups } = network;
  return new Cluster(
    "cluster",
    {
      // Log groups are named by it beforehand, and must be the only ones of their names in account and region.
      clusterName: `${environment}-vigia`,
      ...settings.cluster,
      admins: settings.cluster.admins.map((role) =>
        role.startsWith("arn:") ? role : `arn:aws:iam::${id}:role/${role}`,
      ),
      account: id,
      region,
      subnets: subnets.private,
      securityGroups: { controlPlane: [securityGroups.controlPlane], nodes: [securityGroups.nodes] },
      scraping: {
        workspaceArn: workspace.arn,
        subnets: subnets.private,
        securityGroups: [securityGroups.scraper],
        cidrs: network.nodes.zones.map((zone) => zone.private.subnet.cidrBlock.apply((cidr) => cidr ?? network.cidr)),
      },
      protect: isProtected(settings, "cluster"),
      watcher,
    },
    account,
  );
}
