import type { Cluster } from "../infra/cluster/cluster";
import { Collector } from "../infra/collect/collector";
import { KafkaScraper } from "../infra/collect/kafka-scraper";
import type { Network } from "../infra/network/network";
import type { Watcher } from "../infra/signal/watch";
import type { Workspace } from "../infra/watch/workspace";
import type { Account } from "./account";
import type { Data } from "./data";
import type { Door } from "./gateway";
import type { Boards } from "./grafana";
import type { LogsPlace } from "./logs";
import type { Messaging } from "./messaging";
import type { Settings } from "./settings";
import { canaryPaths } from "./settings/gateway";

/** What the collectors need: where they run, what they read, and where they write it. */
export interface CollectorsNeeds extends Pick<Messaging, "broker" | "kafka">, Pick<Data, "databases"> {
  readonly network: Network;
  readonly cluster: Cluster;
  readonly door?: Door;
  readonly logs?: LogsPlace;
  readonly boards?: Boards;
  readonly workspace: Workspace;
  readonly watcher: Watcher;
}

/** What reads the metrics that the cluster's own collector cannot: of brokers, databases, Kafka, and addresses as users see them. */
export function collectors(settings: Settings, account: Account, needs: CollectorsNeeds): void {
  const { account: id, region, environment } = settings;
  const { network, cluster, door, logs, boards, workspace, broker, kafka, databases, watcher } = needs;
  const { user, probes, ...said } = settings.collector;
  const place = { account: id, region };
  const [asked = ""] = canaryPaths(settings.gateway);
  new Collector(
    "agents",
    {
      ...said,
      ...place,
      cluster,
      workspace,
      network: network.cidr,
      brokers: {
        broker: {
          targets: broker.metricsTargets,
          secretArn: broker.secrets.monitoring.arn,
          keyArn: broker.key,
        },
      },
      databases: Object.fromEntries(
        [...databases].map(([name, database]) => {
          const { address, databaseName } = database;
          return [name, { address, databaseName, user, loginArn: database.loginArn(user) }];
        }),
      ),
      probes: {
        ...probes,
        ...(door && { gateway: { url: `${door.address}${asked}` } }),
        ...(boards && { grafana: boards.probe }),
      },
      ...(logs && { pods: logs.scraped }),
      watcher,
    },
    account,
  );
  if (kafka)
    new KafkaScraper(
      "kafka",
      {
        ...place,
        kafka: "kafka",
        hosts: kafka.hosts,
        alias: `${environment}-kafka`,
        workspaceArn: workspace.arn,
        subnets: network.subnets.private,
        securityGroups: [network.securityGroups.scraper],
        kmsKeyArn: workspace.nodes.key.arn,
      },
      account,
    );
}
