import { checkName } from "../kit/names";
import { nearest } from "../kit/nearest";
import { partitionsOf } from "./kafka.size";

/** A topic with every default in place. */
export interface TopicPlan {
  readonly partitions: number;
  readonly replication: number;
  readonly minInSync: number;
  /** Seconds. */
  readonly retention: number;
  readonly compact: boolean;
}

/** A group that reads a topic: seconds and messages; 0 where the backlog is not declared. */
export interface ConsumerPlan {
  readonly within: number;
  readonly backlog: number;
}

/** What a cluster is to be. A value that could not be read, and has been told, is NaN or missing: comparisons with it find nothing. */
export interface KafkaPlan {
  readonly brokers: number;
  /** Zones, one subnet each; undefined where nobody knows yet. */
  readonly zones?: number;
  readonly brokerClass: string;
  /** GiB of each broker. */
  readonly storage: number;
  readonly maxStorage: number;
  readonly replication: number;
  readonly minInSync: number;
  readonly topics: Readonly<Record<string, TopicPlan>>;
  /** By group and topic. */
  readonly consumers: Readonly<Record<string, Readonly<Record<string, ConsumerPlan>>>>;
}

/** A rule that a plan breaks: where, and what is allowed instead. */
export interface KafkaMistake {
  readonly path: readonly string[];
  readonly allowed: string;
  /** What stands there, where it is the value that is wrong and not its name. */
  readonly got?: number | string;
}

/** Brokers in KRaft mode ("Amazon MSK quota", MSK Developer Guide, 2026-11). */
export const mostBrokers = 60;
/** GiB of a broker (the same). */
export const mostStorage = 16_384;

function sizeMistakes({ brokers, zones, storage, maxStorage }: KafkaPlan): KafkaMistake[] {
  const found: KafkaMistake[] = [];
  if (zones !== undefined && zones !== 2 && zones !== 3)
    found.push({ path: ["subnets"], allowed: "two or three subnets, each in another zone", got: zones });
  if (zones !== undefined && brokers % zones > 0)
    found.push({
      path: ["brokers"],
      allowed: `a multiple of the ${zones} zones, because MSK spreads brokers evenly`,
      got: brokers,
    });
  for (const [field, value] of Object.entries({ storage, maxStorage })) {
    if (value < 1 || value > mostStorage || value % 1 > 0)
      found.push({ path: [field], allowed: `whole GiB from "1 GiB" to "${mostStorage} GiB"` });
  }
  if (maxStorage < storage)
    found.push({ path: ["maxStorage"], allowed: `at least the storage that each broker begins with (${storage} GiB)` });
  return found;
}

function replicaMistakes(
  path: readonly string[],
  replication: number,
  minInSync: number,
  brokers: number,
): KafkaMistake[] {
  if (replication < 2)
    return [
      {
        path: [...path, "replication"],
        allowed: "2 or more copies, or a restart of one broker takes partitions offline",
        got: replication,
      },
    ];
  const found: KafkaMistake[] = [];
  if (replication > brokers)
    found.push({
      path: [...path, "replication"],
      allowed: `at most one copy on each of the ${brokers} brokers`,
      got: replication,
    });
  if (minInSync >= replication)
    found.push({
      path: [...path, "minInSync"],
      allowed: `less than the ${replication} copies, or nobody can write while a broker restarts`,
      got: minInSync,
    });
  return found;
}

function topicMistakes({ topics, brokers, brokerClass, ...cluster }: KafkaPlan): KafkaMistake[] {
  const found = Object.entries(topics).flatMap(([name, { replication, minInSync }]): KafkaMistake[] => {
    const path = ["topics", name];
    const problem = checkName("Kafka topic", name, { physical: true });
    const wrongName = problem === undefined ? [] : [{ path, allowed: problem }];
    // What a topic has from its cluster is told there, once.
    const own = replication !== cluster.replication || minInSync !== cluster.minInSync;
    return [...wrongName, ...(own ? replicaMistakes(path, replication, minInSync, brokers) : [])];
  });
  const replicas = Object.values(topics).reduce(
    (sum, { partitions, replication }) => sum + partitions * replication,
    0,
  );
  const room = brokers * partitionsOf(brokerClass);
  if (replicas > room)
    found.push({
      path: ["topics"],
      allowed: `at most ${room} partitions with their copies on ${brokers} brokers ${brokerClass}, not ${replicas}: use fewer, or a larger class`,
    });
  return found;
}

/** Group names that CloudWatch publishes the lag of ("Monitor consumer lags", MSK Developer Guide, 2026-11): other groups are dropped in silence. */
function groupProblem(group: string): string | undefined {
  if (!/^[ -~]+$/.test(group))
    return "use only letters of ASCII in the name of a group: CloudWatch shows no lag of others";
  if (group.includes(":")) return "leave colons out of the name of a group: MSK shows no lag of it";
  return group.length > 255 ? "the name of a group has at most 255 characters" : undefined;
}

function consumerMistakes({ topics, consumers }: KafkaPlan): KafkaMistake[] {
  return Object.entries(consumers).flatMap(([group, reads]): KafkaMistake[] => {
    const path = ["consumers", group];
    const problem = groupProblem(group);
    const wrongName = problem === undefined ? [] : [{ path, allowed: problem }];
    const wrong = Object.entries(reads).flatMap(([topic, { within }]): KafkaMistake[] => {
      const of = Object.hasOwn(topics, topic) ? topics[topic] : undefined;
      if (!of) {
        const meant = nearest(topic, Object.keys(topics));
        const allowed = `no such topic: ${meant === undefined ? "declare it among the topics" : `did you mean ${meant}?`}`;
        return [{ path: [...path, topic], allowed }];
      }
      if (of.compact || !(within >= of.retention)) return [];
      return [
        {
          path: [...path, topic, "within"],
          allowed: "shorter than the topic keeps its messages, or they are lost before anybody hears of it",
        },
      ];
    });
    return [...wrongName, ...wrong];
  });
}

/** Every rule between values that a plan breaks. The component and the settings have them from here. */
export const kafkaMistakes = (plan: KafkaPlan): readonly KafkaMistake[] => [
  ...sizeMistakes(plan),
  ...replicaMistakes([], plan.replication, plan.minInSync, plan.brokers),
  ...topicMistakes(plan),
  ...consumerMistakes(plan),
];
