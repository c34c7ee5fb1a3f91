/**
 * The alarms that AWS recommends for what the platform is made of: each is taken by a signal, or declined here with a reason. Amazon MQ, MSK and Application
 * Load Balancers, which AWS's list lacks, have their sources in their own tables.
 */
import type { Catalogue } from "./catalogue";
import type { SignalInfo } from "./kind";
import list from "./metrics/recommendations.json";

const account =
  "of the account as a whole, which other stacks share: the stack's own functions keep a part of it for themselves, and are watched one by one";

/** One alarm of AWS's list (see metrics/NOTICE). */
export interface Recommended {
  readonly namespace: string;
  readonly metric: string;
  /** Names, sorted. */
  readonly dimensions: string;
  /** Statistic, comparison, threshold (a question mark where AWS leaves it to the user), window, meaning of missing data. */
  readonly says: string;
}

/** What became of it: signals that read the same metric, or the reason why none does. */
export type Answer = Recommended & ({ readonly signals: readonly SignalInfo[] } | { readonly declined: string });

/** Namespaces of what comes with the platform's resources without being one of them: the nodes of a cluster, with their disks and groups. */
const companions: readonly string[] = ["ContainerInsights", "AWS/EC2", "AWS/EBS", "AWS/AutoScaling", "LambdaInsights"];

const nodes = "nodes are made and replaced by EKS itself, and are watched as servers by the node exporter (AMP)";
const detailed =
  "one alarm for each route would page many times for one fault: the alarm of the stage sees it, the panel by route tells where";
const restApi = "for a REST API: the gateway is an HTTP API, whose metrics have other names and dimensions";
const webSocket = "for a WebSocket API: the gateway has none";
const aurora = "for Aurora: the databases are RDS for PostgreSQL";
const mysql = "for MySQL: the databases run PostgreSQL";
const sms = "nobody is told by SMS";

/** Reasons by `namespace`, `namespace metric` or `namespace metric dimensions`; the most exact one counts. */
const declined: Readonly<Record<string, string>> = {
  ContainerInsights:
    "Container Insights is billed by the observation and would tell again what kube-state-metrics, the node exporter and the control plane's free metrics tell AMP and CloudWatch",
  "AWS/EC2": nodes,
  "AWS/EBS": nodes,
  "AWS/AutoScaling": nodes,
  LambdaInsights:
    "Lambda Insights is not installed: the functions are small, and running out of memory ends one with an error, which is watched",
  "AWS/ApiGateway 4XXError": restApi,
  "AWS/ApiGateway 5XXError": restApi,
  "AWS/ApiGateway Count ApiName, Stage": restApi,
  "AWS/ApiGateway Count ApiName, Method, Resource, Stage": restApi,
  "AWS/ApiGateway Latency ApiName, Stage": restApi,
  "AWS/ApiGateway Latency ApiName, Method, Resource, Stage": restApi,
  "AWS/ApiGateway Count ApiId, Method, Resource, Stage": detailed,
  "AWS/ApiGateway Latency ApiId, Method, Resource, Stage": detailed,
  "AWS/ApiGateway IntegrationLatency ApiId, Route, Stage": detailed,
  "AWS/ApiGateway MessageCount": webSocket,
  "AWS/ApiGateway ClientError": webSocket,
  "AWS/ApiGateway ExecutionError": webSocket,
  "AWS/RDS AuroraVolumeBytesLeftTotal": aurora,
  "AWS/RDS AuroraBinlogReplicaLag": aurora,
  "AWS/RDS EngineUptime": aurora,
  "AWS/RDS StorageNetworkThroughput": aurora,
  "AWS/RDS BlockedTransactions": mysql,
  "AWS/RDS BufferCacheHitRatio": mysql,
  "AWS/RDS RollbackSegmentHistoryListLength": mysql,
  "AWS/Lambda ClaimedAccountConcurrency": account,
  "AWS/SNS NumberOfNotificationsRedrivenToDlq":
    "the depth of the dead-letter queue pages for the same message, and until somebody took it out",
  "AWS/SNS SMSMonthToDateSpentUSD": sms,
  "AWS/SNS SMSSuccessRate": sms,
};

const all: readonly Recommended[] = list.map(([namespace = "", metric = "", dimensions = "", says = ""]) => ({
  namespace,
  metric,
  dimensions,
  says,
}));

const keysOf = ({ namespace, metric, dimensions }: Recommended) => [
  `${namespace} ${metric} ${dimensions}`,
  `${namespace} ${metric}`,
  namespace,
];

/** The namespaces that the types of a catalogue publish to, and what comes with them. */
export function namespacesOf({ kinds, exempt, publishers }: Catalogue): ReadonlySet<string> {
  const types = [...kinds.flatMap((kind) => kind.types), ...Object.keys(exempt)];
  return new Set([...types.flatMap((type) => publishers[type] ?? []), ...companions]);
}

/** Each recommendation for what a catalogue watches, with what became of it. One that is neither taken nor declined has no signals. */
export function answersTo(catalogue: Catalogue, reasons = declined): readonly Answer[] {
  const scope = namespacesOf(catalogue);
  const alarmed = catalogue.kinds.flatMap((kind) => kind.signals.filter(({ severity }) => severity !== undefined));
  return all
    .filter(({ namespace }) => scope.has(namespace))
    .map((recommended): Answer => {
      const reading = alarmed.filter(({ metrics }) =>
        metrics.some(({ namespace, metric }) => namespace === recommended.namespace && metric === recommended.metric),
      );
      const alike = reading.filter(({ metrics }) =>
        metrics.some(
          ({ dimensions, across = [] }) =>
            [...Object.keys(dimensions), ...across].sort().join(", ") === recommended.dimensions,
        ),
      );
      const reason = keysOf(recommended).flatMap((key) => reasons[key] ?? [])[0];
      if (alike.length === 0 && reason !== undefined) return { ...recommended, declined: reason };
      // Under other dimensions it is taken as well: the list names one set of several.
      return { ...recommended, signals: alike.length > 0 ? alike : reading };
    });
}

/** Reasons that decline nothing: the recommendation is taken, or there is none. */
export function staleReasons(catalogue: Catalogue, reasons = declined): readonly string[] {
  const open = answersTo(catalogue, reasons).filter((answer) => "declined" in answer);
  return Object.keys(reasons).filter(
    (key) => !open.some((answer) => keysOf(answer).find((other) => Object.hasOwn(reasons, other)) === key),
  );
}
