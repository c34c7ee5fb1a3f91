import { z } from "zod";
import { isDomain, isHostedZone } from "../../infra/gateway/domain";
import type { Bytes, Duration } from "../../infra/kit/units";
import { bytes, isBytes, seconds } from "../../infra/kit/units";
import { mostPerDay, pinnedVersion, versions } from "../../infra/logs/logs.args";
import { logsSignals } from "../../infra/logs/logs.signals";
import type { Changes } from "../../infra/signal/signal";
import { changesOf } from "./changes";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { duration, group, number, text, whole } from "./values";

/** By which name Loki is reached inside the network. */
interface InternalSettings {
  readonly address: string;
  readonly hostedZoneId: string;
}

/** What a stack says of where its services log. */
export interface LogsSettings {
  /** Without it there is no Loki: what pods write is read on their nodes, for as long as those keep it. */
  readonly internal?: InternalSettings | undefined;
  readonly perDay: Bytes;
  readonly retention: Duration;
  readonly errorLines: number;
  readonly slowQuery: Duration;
  readonly memory: number;
  readonly disk: number;
  readonly chartVersion: string;
  readonly shipperVersion: string;
  readonly changes?: Changes<typeof logsSignals> | undefined;
}

/** Namespaces in which Loki and the shippers run. */
export const logsNamespaces = { loki: "logs", shippers: "shippers" } as const;

const day = 86_400;
const version = (what: string) =>
  text('a whole version, written like "12.0.1"', (given) => pinnedVersion.test(given)).describe(
    `Version of the chart of ${what}.`,
  );

const perDay: z.ZodType<Bytes> = z.custom<Bytes>(
  (given) => typeof given === "string" && isBytes(given) && bytes(given) > 0 && bytes(given) <= bytes(mostPerDay),
  { error: `an amount of data of at most ${mostPerDay}, written like "5 GiB"` },
);

const internal: z.ZodType<InternalSettings> = group({
  address: text('a name such as "logs.internal.example.com", in at most 64 characters', isDomain).describe(
    "Name by which boards and shippers reach Loki. It stands in a private zone of its own, which only the network sees.",
  ),
  hostedZoneId: text('the id of a hosted zone of Route 53, such as "Z0123456789ABCDEFGHIJ"', isHostedZone).describe(
    "The public zone of Route 53 in which the name is proven for its certificate: nothing else stands there.",
  ),
}).describe("By which name Loki is reached inside the network. Without it there is no Loki.");

const schema: z.ZodType<LogsSettings> = group({
  internal: internal.optional(),
  perDay: perDay.describe("What all services together log on a usual day: the limits of Loki follow from it."),
  retention: duration("1 day", "1096 days", "30 days")
    .refine((given) => seconds(given) % day === 0, { error: 'whole days, written like "30 days"' })
    .describe("How long lines are kept."),
  errorLines: number("a number above 0", (given) => given > 0).describe(
    "Lines a second that a service may log as errors before somebody is told.",
  ),
  slowQuery: duration("1 second", "1 minute", "20 seconds").describe("How long 99 of 100 queries may take."),
  memory: whole(1_536, 65_536).describe("Mebibytes of memory that each of the three Lokis has."),
  disk: whole(10, 1_000).describe("Gibibytes of disk that each of them has, for lines that are not in S3 yet."),
  chartVersion: version("Loki"),
  shipperVersion: version("the shippers"),
  changes: changesOf(logsSignals).optional().describe("What they do differently, by signal id."),
}).describe("Where services log: Loki, its gateway and the shippers.");

/** Loki runs in namespaces of the cluster, which a stack may have taken away. */
function mistakes(given: unknown, { cluster }: Mapping): SectionMistake[] {
  if (!isMapping(given) || !isMapping(given.internal) || !isMapping(cluster)) return [];
  const namespaces = isMapping(cluster.namespaces) ? cluster.namespaces : {};
  const needed = Object.values(logsNamespaces).filter((name) => !isMapping(namespaces[name]));
  const { [logsNamespaces.shippers]: shippers } = namespaces;
  const strict = isMapping(shippers) && shippers.podSecurity !== "privileged";
  return [
    ...needed.map((name) => ({
      path: ["internal"],
      allowed: `needs the namespace "${name}" of vigia:cluster.namespaces: do not take it away`,
      aside: true,
    })),
    ...(strict
      ? [
          {
            path: ["internal"],
            allowed: `needs podSecurity "privileged" in vigia:cluster.namespaces.${logsNamespaces.shippers}: shippers read files of their nodes`,
            aside: true,
          },
        ]
      : []),
  ];
}

/** Where services log. */
export const logsSection = section<LogsSettings>({
  schema,
  defaults: {
    perDay: "5 GiB",
    retention: "30 days",
    errorLines: 1,
    slowQuery: "20 seconds",
    memory: 2_048,
    disk: 20,
    chartVersion: versions.chart,
    shipperVersion: versions.shipper,
  },
  mistakes,
});
