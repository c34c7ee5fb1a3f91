/** Rules between the values of a service, and those of the rest of the stack. */
import type { z } from "zod";
import { nearest } from "../../infra/kit/nearest";
import { bytes, isBytes } from "../../infra/kit/units";
import { normalizeService, type ServiceSettings } from "../../infra/service/service.args";
import { platformBuckets } from "./buckets";
import { completed, sentencesOf, unwatched } from "./component";
import { platformDatabases } from "./databases";
import { platformKafka } from "./kafka";
import { isMapping, type Mapping } from "./merge";
import { platformQueues } from "./queues";
import type { SectionMistake } from "./section";
import { platformTopics } from "./topics";
import { platformTopology } from "./topology";

/** Stand-ins for refused values. */
const standIns: Readonly<Record<string, unknown>> = {
  replicas: { min: 1, max: 1 },
  cpu: { request: 1 },
  memory: { request: "1 GiB", limit: "1 GiB" },
  requestsPerSecond: 1,
  acceptable: "1 second",
  availability: "99 %",
};

/** The rules between values are the component's; its sentences begin with the field. */
function fromComponent(
  name: string,
  given: Mapping,
  fieldsOfService: Readonly<Record<string, z.ZodType>>,
): SectionMistake[] {
  const { settings, refused } = completed<ServiceSettings>(fieldsOfService, given, standIns);
  const args = { ...settings, version: settings.version ?? "1.0.0", ...unwatched };
  return sentencesOf("service", () => normalizeService(name, args)).flatMap(
    ({ text, field, rule }): SectionMistake[] => {
      const [top = "", ...below] = field.split(".");
      const must = "must be ";
      if (!Object.hasOwn(fieldsOfService, top) || !rule.startsWith(must))
        return [{ path: [name], allowed: text, aside: true }];
      return refused.includes(top) ? [] : [{ path: [name, top, ...below], allowed: rule.slice(must.length) }];
    },
  );
}

const at = (given: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined), given);
/** Where the names stand that a service may use, and those that the platform has. */
const places = [
  { from: ["sendsTo"], all: ["queues"], platform: platformQueues, what: "queue" },
  { from: ["receivesFrom"], all: ["queues"], platform: platformQueues, what: "queue" },
  { from: ["publishesTo"], all: ["topics"], platform: platformTopics, what: "topic" },
  { from: ["kafka", "reads"], all: ["kafka", "topics"], platform: platformKafka.topics, what: "topic of Kafka" },
  { from: ["kafka", "writes"], all: ["kafka", "topics"], platform: platformKafka.topics, what: "topic of Kafka" },
  { from: ["kafka", "groups"], all: ["kafka", "consumers"], platform: platformKafka.consumers, what: "consumer group" },
  { from: ["buckets"], all: ["buckets"], platform: platformBuckets, what: "bucket" },
  { from: ["database"], all: ["databases"], platform: platformDatabases, what: "database" },
  { from: ["virtualHost"], all: ["topology"], platform: platformTopology, what: "virtual host" },
] as const;

/** The names at a place, each with what its path ends in: it may be one text, a list, or a mapping. */
function namesAt(given: unknown): readonly (readonly [path: readonly PropertyKey[], name: string])[] {
  if (typeof given === "string") return given === "" ? [] : [[[], given]];
  if (isMapping(given)) return Object.keys(given).map((name) => [[name], name]);
  const items: readonly unknown[] = Array.isArray(given) ? given : [];
  return items.flatMap((name, i) => (typeof name === "string" ? [[[i], name] as const] : []));
}

/**
 * Names that a service uses and the stack does not have. What the platform has and the stack takes away is only missed once the service runs: without a version
 * nothing is made for it.
 */
const unknownUses = (name: string, given: Mapping, all: Mapping): SectionMistake[] =>
  places.flatMap(({ from, all: where, platform, what }) =>
    namesAt(at(given, "uses", ...from)).flatMap(([end, used]): SectionMistake[] => {
      const known = at(all, ...where);
      // What is no mapping is answered by its own section.
      if (!isMapping(known) || Object.hasOwn(known, used)) return [];
      const takenAway = Object.hasOwn(platform, used);
      if (takenAway && given.version === undefined) return [];
      const meant = takenAway ? undefined : nearest(used, Object.keys(known));
      const way = meant === undefined ? "take it out of what the service uses" : `did you mean ${meant}?`;
      return [{ path: [name, "uses", ...from, ...end], allowed: `no such ${what}: ${way}`, aside: true }];
    }),
  );

/** Pods that there may be at once: a deployment adds a quarter. */
const surged = (most: number): number => most + Math.ceil(most / 4);

/** What its namespace lets it have. */
function beyondQuota(name: string, given: Mapping, { cluster }: Mapping): SectionMistake[] {
  const namespaces = at(cluster, "namespaces");
  if (!isMapping(namespaces)) return [];
  if (!isMapping(namespaces[name]))
    return given.version === undefined
      ? []
      : [{ path: [name], allowed: `needs a namespace of its name in vigia:cluster.namespaces`, aside: true }];
  const [most, request] = [Number(at(given, "replicas", "max")), Number(at(given, "cpu", "request"))];
  const [cpu, memory, limit] = [
    Number(at(namespaces, name, "quota", "cpu")),
    at(namespaces, name, "quota", "memory"),
    at(given, "memory", "limit"),
  ];
  const pods = surged(most);
  const inBytes = (text: unknown) => (typeof text === "string" && isBytes(text) ? bytes(text) : Number.NaN);
  const beyond = (what: string, needs: string, has: string): SectionMistake => ({
    path: [name, "replicas", "max"],
    allowed: `its pods, with a quarter more while it is deployed, need ${needs}${what}, and its namespace has ${has}`,
  });
  return [
    ...(pods * request > cpu ? [beyond(" cores", String(pods * request), String(cpu))] : []),
    ...(pods * inBytes(limit) > inBytes(memory)
      ? [beyond(" of memory", `${Math.ceil((pods * inBytes(limit)) / 2 ** 30)} GiB`, String(memory))]
      : []),
  ];
}

/** Mistakes in a service that no value shows alone. @param fields what is allowed of each value by itself */
export const serviceMistakes = (
  name: string,
  given: Mapping,
  all: Mapping,
  fields: Readonly<Record<string, z.ZodType>>,
): readonly SectionMistake[] => [
  ...fromComponent(name, given, fields),
  ...unknownUses(name, given, all),
  ...beyondQuota(name, given, all),
];
