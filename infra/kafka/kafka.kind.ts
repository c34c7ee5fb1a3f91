import type { GraphResource } from "../signal/graph";
import { type Cost, defineKind } from "../signal/kind";
import type { PriceKey } from "../signal/prices";
import { kafkaSignals } from "./kafka.signals";
import { type KafkaSize, type KafkaSubject, monitoringLevels, partitionsOf } from "./kafka.size";

export const clusterType = "aws:msk/cluster:Cluster";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
/** What an input holds at a path, or undefined where it is unknown or absent. */
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
const numeric = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** What MSK assumes where a cluster says nothing of its brokers ("CreateCluster", MSK API Reference, 2026-11): nothing, so that the smallest class is counted. */
const smallestClass = "kafka.t3.small";
const hoursPerMonth = 730;

const classOf = ({ known }: GraphResource): string | undefined => {
  const given = at(known.brokerNodeGroupInfo, "instanceType");
  return typeof given === "string" ? given : undefined;
};

/** Broker hours by class: others are not priced, rather than guessed. */
const brokerPrices: Readonly<Record<string, PriceKey>> = {
  "kafka.t3.small": "msk.broker.t3.small",
  "kafka.m5.24xlarge": "msk.broker.m5.24xlarge",
};

function costsOf(cluster: GraphResource, brokers: number): readonly Cost[] {
  const { name, known } = cluster;
  const brokerClass = classOf(cluster);
  const price = brokerClass === undefined ? undefined : brokerPrices[brokerClass];
  const volume = numeric(at(known.brokerNodeGroupInfo, "storageInfo", "ebsStorageInfo", "volumeSize"));
  const level = monitoringLevels.find((one) => one === known.enhancedMonitoring) ?? "DEFAULT";
  const paid: Cost = { item: `metrics of ${name} at ${level}: custom metrics, by number` };
  return [
    {
      item: `${brokers} brokers ${brokerClass ?? "of unknown class"} of ${name}`,
      ...(price && { price, quantity: brokers * hoursPerMonth }),
    },
    ...(brokerClass?.startsWith("express.")
      ? [{ item: `storage and traffic of ${name}, by use` }]
      : [
          {
            item: `storage of ${name}, before it grows`,
            price: "msk.storage" as const,
            ...(volume !== undefined && { quantity: brokers * volume }),
          },
        ]),
    ...(level === "DEFAULT" ? [] : [paid]),
  ];
}

/** Clusters as the catalogue knows them, ours and those of any other program, with Standard or Express brokers. */
export const kafkaKind = defineKind<"cluster", KafkaSubject, KafkaSize>({
  name: "kafka",
  types: [clusterType],
  signals: kafkaSignals,
  nameOf: { "Cluster Name": "clusterName" },
  roleOf: () => "cluster",
  sizeOf: (cluster) => {
    const { known } = cluster;
    const brokerClass = classOf(cluster) ?? smallestClass;
    return {
      brokers: numeric(known.numberOfBrokerNodes) ?? 1,
      perBroker: monitoringLevels.some((level) => level !== "DEFAULT" && level === known.enhancedMonitoring),
      express: brokerClass.startsWith("express."),
      partitions: partitionsOf(brokerClass),
      produce: 0,
      scales: false,
      scraped: false,
    };
  },
  costs: (cluster, _role, size) => costsOf(cluster, size.brokers),
});
