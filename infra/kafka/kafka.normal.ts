import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { isRetention, retentions } from "../kit/retention";
import { type Bytes, bytes, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import { checkPlace } from "../topic/topic.args";
import type { ConsumerExpectation, KafkaArgs, KafkaExpectations, KafkaTopic, WatchKafkaOptions } from "./kafka.args";
import { type ConsumerPlan, type KafkaPlan, kafkaMistakes, mostBrokers, type TopicPlan } from "./kafka.rules";
import { brokerClasses, type KafkaSize, type MonitoringLevel, monitoringLevels, partitionsOf } from "./kafka.size";

/** Arguments with every default in place, lengths of time in seconds and storage in GiB. */
export interface NormalKafka {
  readonly plan: KafkaPlan;
  readonly version: string;
  readonly retention: number;
  readonly monitoring: MonitoringLevel;
  readonly logDays: number;
  readonly size: KafkaSize;
}

/** Versions in KRaft mode, which MSK names with ".kraft", from the first on that no longer has to be left for Kafka 4 ("Supported Apache Kafka versions", MSK Developer Guide, 2026-11). */
export const isKraftVersion = (version: string): boolean => /^(3\.9|4\.\d+)\.x\.kraft$/.test(version);

const gib = 2 ** 30;

const count = (value: number, least: number) => Number.isInteger(value) && value >= least;

function checkClass(problems: Problems, brokerClass: string): void {
  const known = brokerClasses.includes(brokerClass);
  const why = brokerClass.startsWith("express.")
    ? "brokerClass must be one of Standard brokers, because Express brokers need other storage, other settings and other alarms: watch an Express cluster by watchKafka"
    : brokerClass.startsWith("kafka.t3.")
      ? "brokerClass must not be a burstable one: Kafka 4 on MSK does not take kafka.t3, and its credits end when load is highest"
      : 'brokerClass must be kafka.m7g or kafka.m5 from large on, such as "kafka.m7g.large"';
  problems.unless(known, why, brokerClass);
}

function readSize(problems: Problems, args: KafkaExpectations, brokers: number, brokerClass: string): KafkaSize {
  const produce =
    1_000 * (problems.read("produceWithin", () => seconds(args.produceWithin ?? "0.2 seconds")) ?? Number.NaN);
  const monitoring = args.monitoring ?? "PER_BROKER";
  problems.unless(!(produce <= 0), "produceWithin must be longer than nothing", args.produceWithin);
  problems.unless(
    monitoringLevels.includes(monitoring),
    `monitoring must be one of ${monitoringLevels.join(", ")}`,
    monitoring,
  );
  const scraped = args.scraped ?? args.watcher.prometheus !== undefined;
  problems.unless(
    !scraped || args.watcher.prometheus !== undefined,
    "scraped needs a watcher with a workspace of Prometheus (prometheus: { workspaceId })",
  );
  checkChanges(problems, args.changes);
  return {
    brokers,
    perBroker: monitoring !== "DEFAULT",
    express: brokerClass.startsWith("express."),
    partitions: partitionsOf(brokerClass),
    produce,
    scales: false,
    scraped,
  };
}

/** What is expected of an existing cluster, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, options: WatchKafkaOptions): KafkaSize {
  const problems = new Problems(`kafka "${name}"`);
  const { brokers, brokerClass, scales = false } = options;
  problems.unless(count(brokers, 1), "brokers must be a whole number of 1 or more", brokers);
  problems.unless(
    /^(kafka|express)\.\w+\.\w+$/.test(brokerClass),
    'brokerClass must be written as "kafka.m7g.large"',
    brokerClass,
  );
  const size = readSize(problems, options, brokers, brokerClass);
  problems.throwIfAny();
  return { ...size, scales };
}

/** What is expected of a consumer group, checked. Throws one error with every problem. */
export function normalizeConsumer(where: string, expectation: ConsumerExpectation): ConsumerPlan {
  const problems = new Problems(where);
  const plan = readConsumer(problems, "within", expectation);
  problems.throwIfAny();
  return plan;
}

function readConsumer(
  problems: Problems,
  label: string,
  { within, backlog = 0, changes }: ConsumerExpectation,
): ConsumerPlan {
  const length = problems.read(label, () => seconds(within)) ?? Number.NaN;
  problems.unless(!(length < 1), `${label} must be at least 1 second`, within);
  problems.unless(
    count(backlog, 0),
    `${label.replace(/within$/, "backlog")} must be a whole number of 0 or more`,
    backlog,
  );
  checkChanges(problems, changes);
  return { within: length, backlog };
}

const mapped = <Value, Result>(record: Readonly<Record<string, Value>>, read: (value: Value, key: string) => Result) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, read(value, key)] as const));

function readPlan(problems: Problems, args: KafkaArgs, retention: number): KafkaPlan {
  const { brokers = 3, brokerClass = "kafka.m7g.large", replication = 3, minInSync = 2, subnets } = args;
  const size = (label: string, text: Bytes) => (problems.read(label, () => bytes(text)) ?? Number.NaN) / gib;
  const topic = (name: string, { partitions, compact = false, ...given }: KafkaTopic): TopicPlan => {
    const { retention: kept, replication: copies = replication, minInSync: least = minInSync } = given;
    problems.unless(count(partitions, 1), `topics.${name}.partitions must be a whole number of 1 or more`, partitions);
    const read = kept === undefined ? retention : problems.read(`topics.${name}.retention`, () => seconds(kept));
    return { partitions, compact, replication: copies, minInSync: least, retention: read ?? Number.NaN };
  };
  return {
    brokers,
    brokerClass,
    replication,
    minInSync,
    ...(Array.isArray(subnets) && { zones: subnets.length }),
    storage: size("storage", args.storage ?? "100 GiB"),
    maxStorage: size("maxStorage", args.maxStorage ?? "1 TiB"),
    topics: mapped(args.topics ?? {}, (given, name) => topic(name, given)),
    consumers: mapped(args.consumers ?? {}, (reads, group) =>
      mapped(reads, (given, name) => readConsumer(problems, `consumers.${group}.${name}.within`, given)),
    ),
  };
}

/** The arguments of a cluster, checked. Throws one error with every problem, before anything is registered. */
export function normalizeKafka(name: string, args: KafkaArgs): NormalKafka {
  const problems = new Problems(`kafka "${name}"`);
  const { brokers = 3, brokerClass = "kafka.m7g.large", version = "4.1.x.kraft", logDays = 30 } = args;
  problems.add(checkName("Kafka cluster", name));
  checkPlace(problems, args);
  checkClass(problems, brokerClass);
  problems.unless(
    count(brokers, 2) && brokers <= mostBrokers,
    `brokers must be a whole number from 2 to ${mostBrokers}`,
    brokers,
  );
  problems.unless(
    isKraftVersion(version),
    'version must be one in KRaft mode from "3.9.x.kraft" on, such as "4.1.x.kraft"',
    version,
  );
  problems.unless(isRetention(logDays), `logDays must be one of ${retentions.join(", ")}`, logDays);
  problems.unless(args.securityGroups.length > 0, "securityGroups must name at least one");
  const retention = problems.read("retention", () => seconds(args.retention ?? "7 days")) ?? Number.NaN;
  problems.unless(!(retention < 1), "retention must be at least 1 second", args.retention);
  const plan = readPlan(problems, args, retention);
  for (const { path, allowed, got } of kafkaMistakes(plan))
    problems.unless(false, `${path.join(".")}: ${allowed}`, got);
  const size = readSize(problems, args, brokers, brokerClass);
  problems.throwIfAny();
  const scales = plan.maxStorage > plan.storage;
  return { plan, version, retention, logDays, monitoring: args.monitoring ?? "PER_BROKER", size: { ...size, scales } };
}
