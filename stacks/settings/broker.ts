import { z } from "zod";
import type { BrokerArgs } from "../../infra/broker/broker.args";
import { type BrokerVersion, days, isTimeOfDay, isZone, versions } from "../../infra/broker/broker.configuration";
import { brokerMistakes } from "../../infra/broker/broker.rules";
import { brokerSignals } from "../../infra/broker/broker.signals";
import { type BrokerInstanceType, instanceTypes, isInstanceType } from "../../infra/broker/sizes";
import { type Bytes, bytes, isBytes } from "../../infra/kit/units";
import { changesOf } from "./changes";
import { isMapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { duration, group, oneOf, text, whole } from "./values";

/** What a stack says of its broker. */
export type BrokerSettings = Required<
  Pick<BrokerArgs, "instanceType" | "mode" | "version" | "maintenance" | "connections" | "oldestMessage">
> &
  Pick<BrokerArgs, "consumerTimeout" | "largestMessage" | "limits" | "changes">;

const instanceType = z.custom<BrokerInstanceType>(isInstanceType, {
  error: `one of ${instanceTypes.join(", ")}: RabbitMQ 4 runs on no other`,
});
/** A version looks like a number, and YAML reads it as one. */
const version = z.preprocess(
  (given) => (typeof given === "number" ? String(given) : given),
  z.custom<BrokerVersion>((given) => versions.some((known) => known === given), {
    error: `${versions.map((known) => `"${known}"`).join(" or ")}: RabbitMQ 3 has no endpoint for Prometheus, and its mirrored queues are gone`,
  }),
);
const largest = z.custom<Bytes>(
  (given) => typeof given === "string" && isBytes(given) && bytes(given) >= 1_024 && bytes(given) <= bytes("128 MiB"),
  { error: '1 KiB to 128 MiB, written like "512 KiB"' },
);
const limit = (what: string) => whole(1, 480_000).optional().describe(what);

const fields = {
  instanceType: instanceType.describe("Size of each node."),
  mode: oneOf("cluster", "single").describe(
    "Three nodes in three zones, or one that is gone while it is patched. Replaces the broker.",
  ),
  version: version.describe("Engine version. 4.3 can be reached from 4.2 in place; there is no way back."),
  maintenance: group({
    day: oneOf(...days).describe("Day of the week."),
    time: text('a time of day in 24 hours, written like "03:00"', isTimeOfDay).describe("When it begins."),
    zone: text('a time zone such as "Europe/Berlin" or "UTC"', isZone).describe("Whose time that is."),
  }).describe("When Amazon MQ patches the broker, for up to two hours each week."),
  connections: whole(0, 480_000).describe("Connections of all clients together on a usual day."),
  oldestMessage: duration("1 minute", "14 days", "10 minutes").describe(
    "How long a message may wait in any of its queues before somebody feels it.",
  ),
  consumerTimeout: duration("1 minute", "24 days", "30 minutes")
    .optional()
    .describe("After how long an unacknowledged message is taken back from its consumer."),
  largestMessage: largest.optional().describe("Largest message that the broker takes."),
  limits: group({
    connections: limit("Connections on each node."),
    channels: limit("Channels on each node."),
    queues: limit("Queues in the whole broker."),
  })
    .optional()
    .describe("More, or less, than what Amazon MQ allows by default."),
  changes: changesOf(brokerSignals).optional().describe("What this broker does differently, by signal id."),
};

const schema: z.ZodType<BrokerSettings> = group(fields).describe("RabbitMQ broker of the stack.");

/** The broker of the platform, as production has it. */
export const platformBroker: BrokerSettings = {
  instanceType: "mq.m7g.large",
  mode: "cluster",
  version: "4.3",
  maintenance: { day: "SUNDAY", time: "03:00", zone: "Europe/Berlin" },
  connections: 300,
  oldestMessage: "10 minutes",
};

/** What each value gives alone; undefined for one that is refused, which has been told already. */
const read = (name: keyof typeof fields, given: unknown): unknown => fields[name].safeParse(given).data;

/** The RabbitMQ broker. */
export const brokerSection = section<BrokerSettings>({
  schema,
  defaults: platformBroker,
  mistakes: (given) => {
    if (!isMapping(given)) return [];
    const plan = {
      instanceType: read("instanceType", given.instanceType),
      mode: read("mode", given.mode),
      connections: read("connections", given.connections),
      limits: read("limits", given.limits),
    };
    return brokerMistakes(plan).map(({ path, allowed }): SectionMistake => ({ path, allowed }));
  },
});
