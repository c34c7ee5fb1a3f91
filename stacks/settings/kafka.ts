import { z } from "zod";
import { consumerSignals } from "../../infra/kafka/consumer.signals";
import type { ConsumerExpectation, KafkaArgs, KafkaTopic } from "../../infra/kafka/kafka.args";
import { isKraftVersion } from "../../infra/kafka/kafka.normal";
import {
  type ConsumerPlan,
  type KafkaPlan,
  kafkaMistakes,
  mostBrokers,
  type TopicPlan,
} from "../../infra/kafka/kafka.rules";
import { kafkaSignals } from "../../infra/kafka/kafka.signals";
import { brokerClasses, type MonitoringLevel, monitoringLevels } from "../../infra/kafka/kafka.size";
import { bytes, type Duration, isBytes, isDuration, seconds } from "../../infra/kit/units";
import { changesOf } from "./changes";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { amount, count, duration, group, oneOf, text, truth, whole } from "./values";

type Said = Required<
  Pick<
    KafkaArgs,
    | "brokers"
    | "brokerClass"
    | "version"
    | "storage"
    | "maxStorage"
    | "monitoring"
    | "replication"
    | "minInSync"
    | "retention"
    | "produceWithin"
    | "topics"
    | "consumers"
  >
> &
  Pick<KafkaArgs, "changes">;

/** What a stack says of its Kafka cluster. */
export interface KafkaSettings extends Said {
  readonly enabled: boolean;
}

const moment = z.custom<Duration>((given) => typeof given === "string" && isDuration(given) && seconds(given) > 0, {
  error: 'a length of time, written like "0.2 seconds"',
});
const kept = () => duration("1 minute", "3650 days", "7 days");
const copies = () => whole(1, mostBrokers);
const partitions = whole(1, 4_000);

const topic: z.ZodType<KafkaTopic> = group({
  partitions: partitions.describe("How many consumers of a group can share the work; never shrinks."),
  retention: kept().optional().describe("How long a message is kept, if not as long as the cluster says."),
  compact: truth().optional().describe("Keeps the newest message of each key for ever, and no other."),
  replication: copies()
    .optional()
    .describe("Copies of each message, if not as many as the cluster says. Replaces the topic."),
  minInSync: copies().optional().describe("Copies that must have a message before it counts as written."),
});
const consumer: z.ZodType<ConsumerExpectation> = group({
  within: duration("1 second", "30 days", "5 minutes").describe("By how much it may be behind before users feel it."),
  backlog: count().optional().describe("How many messages may wait for it."),
  service: text("the name of a service", (given) => /^[a-z][a-z0-9-]*$/.test(given))
    .optional()
    .describe("The service that it belongs to."),
  changes: changesOf(consumerSignals).optional().describe("What this group does differently, by signal id."),
});
const topics = z.record(z.string(), topic, { error: "a mapping of topic names to their settings" });
const consumers = z.record(
  z.string(),
  z.record(z.string(), consumer, { error: "a mapping of topic names to what is expected" }),
  { error: "a mapping of group names to the topics that they read" },
);

const fields = {
  enabled: truth().describe("Whether the stack has a Kafka cluster."),
  brokers: whole(2, mostBrokers).describe("Brokers: a multiple of the zones."),
  brokerClass: text(
    'a class of Standard brokers for production, kafka.m7g or kafka.m5 from large on, such as "kafka.m7g.large"',
    (given) => brokerClasses.includes(given),
  ).describe(
    "Class of its brokers. Express brokers and kafka.t3 are not taken: the one has other alarms, the other cannot run Kafka 4.",
  ),
  version: text('a version in KRaft mode from "3.9.x.kraft" on, such as "4.1.x.kraft"', isKraftVersion).describe(
    "Version of Kafka, as MSK writes it. Going back replaces the cluster.",
  ),
  storage: amount().describe("Storage of each broker at the beginning."),
  maxStorage: amount().describe("To which the storage of each broker grows by itself."),
  monitoring: oneOf<MonitoringLevel>(...monitoringLevels).describe(
    "How finely MSK publishes metrics. From PER_BROKER on they cost; with DEFAULT the signals of threads and quotas are left out.",
  ),
  replication: copies().describe("Copies of each message."),
  minInSync: copies().describe("Copies that must have a message before it counts as written: fewer than there are."),
  retention: kept().describe("How long a topic keeps messages that says nothing else."),
  produceWithin: moment.describe("How long a broker may take on average to accept a batch, replication included."),
  topics: topics.describe(
    "Topics by name: a new name is a new topic, and null takes one away, which its protection refuses.",
  ),
  consumers: consumers.describe("Consumer groups by name, with what is expected of each for each topic that it reads."),
  changes: changesOf(kafkaSignals).optional().describe("What this cluster does differently, by signal id."),
};

/** The cluster of the platform, as production has it. */
export const platformKafka: KafkaSettings = {
  enabled: true,
  brokers: 3,
  brokerClass: "kafka.m7g.large",
  version: "4.1.x.kraft",
  storage: "100 GiB",
  maxStorage: "1 TiB",
  monitoring: "PER_BROKER",
  replication: 3,
  minInSync: 2,
  retention: "7 days",
  produceWithin: "0.2 seconds",
  topics: {
    "order-history": { partitions: 12, retention: "14 days" },
    "machine-readings": { partitions: 24, retention: "3 days" },
    "stock-levels": { partitions: 12, compact: true },
  },
  consumers: {
    "orders-projection": { "order-history": { within: "5 minutes", backlog: 100_000 } },
    "production-analytics": { "machine-readings": { within: "15 minutes" } },
    "search-index": { "stock-levels": { within: "10 minutes" } },
  },
};

const entries = (given: unknown): [string, unknown][] => Object.entries(isMapping(given) ? given : {});
const at = (given: unknown, key: string): unknown => (isMapping(given) ? given[key] : undefined);
/** A value that cannot be read is NaN: its own mistake is told, and comparisons with it find nothing. */
const read = (schema: z.ZodType<number>, given: unknown): number => schema.safeParse(given).data ?? Number.NaN;
const gib = (given: unknown): number =>
  typeof given === "string" && isBytes(given) ? bytes(given) / 2 ** 30 : Number.NaN;
const length = (given: unknown): number =>
  typeof given === "string" && isDuration(given) ? seconds(given) : Number.NaN;

function topicPlan(given: unknown, cluster: Mapping): TopicPlan {
  const own = (key: string) => at(given, key) ?? cluster[key];
  return {
    partitions: read(partitions, at(given, "partitions")),
    replication: read(copies(), own("replication")),
    minInSync: read(copies(), own("minInSync")),
    retention: length(own("retention")),
    compact: fields.enabled.safeParse(at(given, "compact")).data === true,
  };
}

function planOf(given: Mapping, zones: number | undefined): KafkaPlan {
  const consumerPlan = (expected: unknown): ConsumerPlan => ({ within: length(at(expected, "within")), backlog: 0 });
  return {
    brokers: read(fields.brokers, given.brokers),
    ...(zones !== undefined && { zones }),
    brokerClass: String(given.brokerClass),
    storage: gib(given.storage),
    maxStorage: gib(given.maxStorage),
    replication: read(fields.replication, given.replication),
    minInSync: read(fields.minInSync, given.minInSync),
    topics: Object.fromEntries(entries(given.topics).map(([name, one]) => [name, topicPlan(one, given)])),
    consumers: Object.fromEntries(
      entries(given.consumers).map(([group, reads]) => [
        group,
        Object.fromEntries(entries(reads).map(([name, expected]) => [name, consumerPlan(expected)])),
      ]),
    ),
  };
}

/** How many zones a stack has, where it says so. */
const zonesIn = ({ network }: Mapping): number | undefined => {
  const zones = at(network, "zones");
  return Array.isArray(zones) ? zones.length : undefined;
};

/** Rules between values are the component's. Those about the network stand where the network is. */
function mistakes(given: unknown, all: Mapping): SectionMistake[] {
  // What a stack does not have need not fit its network.
  if (!isMapping(given) || given.enabled === false || given.enabled === "false") return [];
  return kafkaMistakes(planOf(given, zonesIn(all)))
    .filter(({ path }) => path[0] !== "subnets")
    .map(({ path, allowed, got }): SectionMistake => {
      const value = path.reduce<unknown>(at, given);
      const inherited = value === undefined && got !== undefined;
      return { path, allowed, ...(inherited ? { byDefault: JSON.stringify(got) } : { aside: isMapping(value) }) };
    });
}

/** The Kafka cluster. */
export const kafkaSection = section<KafkaSettings>({
  schema: group(fields).describe("Kafka cluster of the stack."),
  defaults: platformKafka,
  mistakes,
});
