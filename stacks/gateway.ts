import type { Output } from "@pulumi/pulumi";
import type { Bucket } from "../infra/bucket/bucket";
import { Canary } from "../infra/canary/canary";
import { Certificate } from "../infra/gateway/certificate";
import { Firewall } from "../infra/gateway/firewall";
import { Gateway } from "../infra/gateway/gateway";
import { LoadBalancer } from "../infra/gateway/load-balancer";
import type { Network } from "../infra/network/network";
import { GatewayObjective } from "../infra/objective/gateway";
import { insteadOfGateway } from "../infra/objective/instead";
import type { Watcher } from "../infra/signal/watch";
import type { Account } from "./account";
import { bucketOf, encryptedBucket } from "./data";
import type { Settings } from "./settings";
import { wired } from "./settings/buckets";
import { canaryPaths } from "./settings/gateway";

/** What the way in needs. */
export interface DoorNeeds {
  readonly network: Network;
  /** Name in AWS of the cluster whose pods answer. */
  readonly clusterName: Output<string>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly watcher: Watcher;
}

/** What the way in offers. */
export interface Door {
  /** Address on the web. */
  readonly address: string;
  /** Service to the group that its pods join. */
  readonly targetGroups: LoadBalancer["targetGroups"];
  readonly alarms: readonly Output<string>[];
}

/** The only way in from outside: certificate, firewall, load balancer, API and the canary that tries them. Nothing where the stack is not public. */
export function door(
  settings: Settings,
  account: Account,
  { network, clusterName, buckets, watcher }: DoorNeeds,
): Door | undefined {
  const { gateway: said, region } = settings;
  const { public: open, services, firewall, canary, logRetention, requestsPerDay, changes } = said;
  if (!open) return undefined;
  const place = { account: settings.account, region };
  const common = { ...place, requestsPerDay, logRetention, watcher, ...(changes && { changes }) };
  const { vpcId, subnets, securityGroups } = network;
  const { domain, hostedZoneId } = open;
  const certificate = new Certificate("platform", { domain, hostedZoneId, watcher }, account);
  const logs = { bucket: bucketOf(buckets, wired.loadBalancerLogs.name).bucketName };
  const balancer = new LoadBalancer(
    "services",
    {
      ...common,
      vpcId,
      subnets: subnets.private,
      securityGroups: [securityGroups.loadBalancer],
      certificateArn: certificate.arn,
      clusterName,
      services,
      logs,
    },
    account,
  );
  new Firewall("services", { ...common, ...firewall, loadBalancerArn: balancer.arn }, account);
  const { steady, acceptable, rate, burst } = said;
  const gateway = new Gateway(
    "platform",
    {
      ...common,
      changes: { ...insteadOfGateway, ...changes },
      ...open,
      ...(steady !== undefined && { steady }),
      ...(acceptable !== undefined && { acceptable }),
      rate,
      burst,
      certificateArn: certificate.arn,
      vpcLink: { subnets: subnets.private, securityGroups: [securityGroups.vpcLink] },
      loadBalancer: balancer,
      services,
    },
    account,
  );
  const { api, stage } = gateway.nodes;
  new GatewayObjective(
    "platform",
    { api, stage, loadBalancer: balancer.nodes.loadBalancer.arnSuffix, answered: settings.objectives.gateway, watcher },
    account,
  );
  const reports = encryptedBucket(buckets, wired.canaryReports.name);
  const { interval, acceptable: within } = canary;
  new Canary(
    "platform",
    {
      ...place,
      addresses: canaryPaths(said).map((path) => `${gateway.address}${path}`),
      artifacts: { bucket: reports.bucketName, keyArn: reports.keyArn },
      interval,
      acceptable: within,
      logRetention,
      watcher,
    },
    account,
  );
  const { alarms } = gateway.nodes.watch;
  const felt = ["api-errors", "api-slow"].flatMap((id) => alarms[id]?.arn ?? []);
  return { address: gateway.address, targetGroups: balancer.targetGroups, alarms: felt };
}
