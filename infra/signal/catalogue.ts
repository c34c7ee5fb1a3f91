import { brokerKind } from "../broker/broker.kind";
import { rotationKind, topologyKind } from "../broker/operations/operations.kind";
import { bucketKind } from "../bucket/bucket.kind";
import { canaryKind } from "../canary/canary.kind";
import { clusterKind } from "../cluster/cluster.kind";
import { namespaceKind } from "../cluster/namespace.kind";
import { nodesKind } from "../cluster/nodes.kind";
import { collectorKind } from "../collect/collector.kind";
import { databaseKind } from "../database/database.kind";
import { functionKind } from "../function/function.kind";
import { apiKind } from "../gateway/api.kind";
import { certificateKind } from "../gateway/certificate.kind";
import { firewallKind } from "../gateway/firewall.kind";
import { loadBalancerKind } from "../gateway/load-balancer.kind";
import { targetGroupKind } from "../gateway/target-group.kind";
import { consumerKind } from "../kafka/consumer.kind";
import { kafkaKind } from "../kafka/kafka.kind";
import { logsKind } from "../logs/logs.kind";
import { endpointKind } from "../network/endpoint.kind";
import { hoursPerMonth } from "../network/hours";
import { natKind } from "../network/nat.kind";
import { vpcKind } from "../network/vpc.kind";
import { gatewayObjectiveKind } from "../objective/gateway.kind";
import { objectiveKind } from "../objective/objective.kind";
import { queueKind } from "../queue/queue.kind";
import { vaultKind } from "../recovery/vault.kind";
import { scheduleKind } from "../schedule/schedule.kind";
import { serviceKind } from "../service/service.kind";
import { topicKind } from "../topic/topic.kind";
import { alertManagerKind } from "../watch/alerting/alerting.kind";
import { eventRuleKind } from "../watch/health.kind";
import { workspaceKind } from "../watch/workspace.kind";
import type { Cost, Kind } from "./kind";
import { publishers } from "./publishers";

/** A type that needs no signal although its service publishes metrics, or that costs money without being watched. */
export interface Exemption {
  readonly reason: string;
  /** What one of them costs a month. */
  readonly costs?: readonly Cost[];
}

/** All kinds of resources that the project watches, and the types that it knowingly does not. */
export interface Catalogue {
  readonly kinds: readonly Kind[];
  readonly kindOf: (type: string) => Kind | undefined;
  readonly exempt: Readonly<Record<string, Exemption>>;
  /** Types whose service publishes metrics, with the namespace. */
  readonly publishers: Readonly<Record<string, string>>;
}

/** Gathers kinds. Throws when two of them name a signal alike, or claim the same type. */
export function catalogueOf(kinds: readonly Kind[], exempt: Catalogue["exempt"]): Catalogue {
  const byType = new Map<string, Kind>();
  const ids = new Set<string>();
  for (const kind of kinds) {
    for (const type of kind.types) {
      if (byType.has(type))
        throw new TypeError(`${type} belongs to two kinds: ${byType.get(type)?.name} and ${kind.name}`);
      byType.set(type, kind);
    }
    for (const { id } of kind.signals) {
      if (ids.has(id))
        throw new TypeError(`two signals are named "${id}": ids name alarms and runbooks, so each stands once`);
      ids.add(id);
    }
  }
  return { kinds, kindOf: (type) => byType.get(type), exempt, publishers };
}

/** The project's catalogue: a new kind is one line here. */
export const catalogue = catalogueOf(
  [
    queueKind,
    topicKind,
    brokerKind,
    databaseKind,
    kafkaKind,
    clusterKind,
    nodesKind,
    namespaceKind,
    collectorKind,
    logsKind,
    consumerKind,
    bucketKind,
    vaultKind,
    workspaceKind,
    alertManagerKind,
    vpcKind,
    natKind,
    endpointKind,
    apiKind,
    loadBalancerKind,
    targetGroupKind,
    certificateKind,
    firewallKind,
    canaryKind,
    functionKind,
    scheduleKind,
    eventRuleKind,
    serviceKind,
    objectiveKind,
    gatewayObjectiveKind,
    topologyKind,
    rotationKind,
  ],
  {
    "aws:ec2/eip:Eip": {
      reason: "an address publishes nothing: what uses it does",
      costs: [{ item: "public address", price: "vpc.address", quantity: hoursPerMonth }],
    },
    "aws:amp/scraper:Scraper": {
      reason: "what a collector should see is watched by the kinds of what it scrapes",
      costs: [
        { item: "collector", price: "amp.collector", quantity: hoursPerMonth },
        { item: "collected samples", price: "amp.collector.samples" },
      ],
    },
    "aws:cloudwatch/logGroup:LogGroup": {
      reason:
        "AWS/Logs counts how much is logged, which tells nothing that the signals of whatever writes there do not tell first",
      costs: [{ item: "ingested logs", price: "logs.ingestion" }],
    },
    "aws:ecr/repository:Repository": {
      reason: "ECR counts how often images are pulled: that a pull fails shows at the pod that waits for it",
      costs: [{ item: "stored images", price: "ecr.storage" }],
    },
    "aws:secretsmanager/secret:Secret": {
      reason: "Secrets Manager counts secrets for the account, and tells nothing of a single one",
      costs: [{ item: "secret", price: "secretsmanager.secret", quantity: 1 }],
    },
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": {
      reason: "RDS publishes no metric of it: that it is late shows in the backups that the other region lists",
      costs: [{ item: "storage and transfer of a database's backups in another region" }],
    },
    "aws:grafana/workspace:Workspace": {
      reason:
        "Managed Grafana publishes no metric of a workspace, and nobody is called by it: that it answers is asked by a probe of the collector",
      costs: [
        { item: "first editor or administrator of Grafana", price: "grafana.editor", quantity: 1 },
        { item: "further people of Grafana who come in within the month" },
      ],
    },
    "aws:grafana/workspaceServiceAccount:WorkspaceServiceAccount": {
      reason: "it publishes nothing: that boards cannot be written shows at whoever writes them",
      costs: [{ item: "service account of Grafana, a user like any other", price: "grafana.editor", quantity: 1 }],
    },
    "aws:kms/key:Key": {
      reason: "KMS publishes a metric only for keys with imported material, which expire",
      costs: [{ item: "key", price: "kms.key", quantity: 1 }],
    },
  },
);
