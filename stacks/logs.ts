import type { Output } from "@pulumi/pulumi";
import type { Bucket } from "../infra/bucket/bucket";
import type { Cluster } from "../infra/cluster/cluster";
import { Certificate } from "../infra/gateway/certificate";
import { Logs } from "../infra/logs/logs";
import { PrivateName } from "../infra/logs/private-name";
import type { Network } from "../infra/network/network";
import type { Watcher } from "../infra/signal/watch";
import type { Workspace } from "../infra/watch/workspace";
import type { Account } from "./account";
import { bucketOf } from "./data";
import type { Settings } from "./settings";
import { wired } from "./settings/buckets";
import { logsNamespaces } from "./settings/logs";
import { isProtected } from "./settings/replaceable";

/** What the place for logs needs. */
export interface LogsNeeds {
  readonly network: Network;
  readonly cluster: Cluster;
  readonly workspace: Workspace;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly watcher: Watcher;
}

/** What the place for logs offers. */
export interface LogsPlace extends Pick<Logs, "scraped" | "url"> {
  /** ARN of the secret by which boards log in. */
  readonly readerSecret: Output<string>;
}

/** Where services log. Nothing where the stack names no address for it. */
export function logs(settings: Settings, account: Account, needs: LogsNeeds): LogsPlace | undefined {
  const { account: id, region, logs: said } = settings;
  const { network, cluster, workspace, buckets, watcher } = needs;
  const { internal, changes, ...expected } = said;
  if (!internal) return undefined;
  const { address, hostedZoneId } = internal;
  const certificate = new Certificate("logs", { domain: address, hostedZoneId, watcher }, account);
  const made = new Logs(
    "logs",
    {
      ...expected,
      ...(changes && { changes }),
      account: id,
      region,
      cluster,
      namespace: logsNamespaces.loki,
      shippers: logsNamespaces.shippers,
      workspace,
      network: network.cidr,
      vpcId: network.vpcId,
      subnets: network.subnets.private,
      securityGroups: [network.securityGroups.logs],
      address,
      certificateArn: certificate.arn,
      accessLogs: { bucket: bucketOf(buckets, wired.loadBalancerLogs.name).bucketName },
      backup: { none: "log lines: the bucket itself keeps what is deleted for another week" },
      protect: isProtected(settings, "logs"),
      watcher,
    },
    account,
  );
  new PrivateName("logs", { domain: address, vpcId: network.vpcId, target: made.target }, account);
  return { url: made.url, scraped: made.scraped, readerSecret: made.reader.secretArn };
}
