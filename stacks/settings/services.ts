import { z } from "zod";
import type { Duration } from "../../infra/kit/units";
import { type Business, businesses } from "../../infra/service/metrics";
import {
  type BusinessExpectation,
  type ServiceSettings as Expected,
  hoursOf,
  refusedVersion,
  type Week,
} from "../../infra/service/service.args";
import { serviceSignals } from "../../infra/service/service.signals";
import { changesOf } from "./changes";
import { isMapping } from "./merge";
import { section } from "./section";
import { serviceMistakes } from "./services.rules";
import { amount, count, duration, group, list, number, oneOf, share, text, truth, whole } from "./values";

/** What of this stack a service uses, by name. */
export interface UseSettings {
  readonly sendsTo?: readonly string[];
  readonly receivesFrom?: readonly string[];
  readonly publishesTo?: readonly string[];
  readonly buckets?: Readonly<Record<string, "read" | "write">>;
  readonly database?: string;
  readonly virtualHost?: string;
  readonly kafka?: {
    readonly reads?: readonly string[];
    readonly writes?: readonly string[];
    readonly groups?: readonly string[];
  };
}

/** What a stack says of a service. */
export interface ServiceSettings extends Omit<Expected, "version"> {
  /** Without one there is only its image repository, for the first image to be pushed to. */
  readonly version?: string;
  readonly uses?: UseSettings;
}

const version = z.custom<string>((given) => typeof given === "string" && refusedVersion(given) === undefined, {
  error: ({ input }) =>
    (typeof input === "string" ? refusedVersion(input)?.replace(/: ".*" is/, ": that is") : undefined) ??
    'a tag such as "1.4.2" in quotes, or a digest such as "sha256:<64 digits>"',
});
const cores = () => number("a number of cores of 0.01 or more", (given) => given >= 0.01);
const names = (what: string) =>
  list(
    text(`the name of one of the ${what}`, (given) => given !== ""),
    `names of ${what}`,
  );

const expectation: z.ZodType<BusinessExpectation> = group({
  perHour: count().describe("In the quietest hour that is open."),
  hours: text('two hours of a day in UTC, four or more apart, such as "6-20"', (given) => hoursOf(given) !== undefined)
    .optional()
    .describe("When it is open, in UTC: hours that hold in summer time and in winter time."),
  days: oneOf<Week>("Monday to Friday", "Monday to Saturday", "every day").optional().describe("Days of the week."),
});
const titles: Readonly<Record<Business, string>> = {
  orders: "Orders that are sold.",
  customers: "Customers who register.",
  workOrders: "Work orders that are finished.",
};

const fieldsOfUse = {
  sendsTo: names("queues").optional().describe("Queues that it sends to."),
  receivesFrom: names("queues").optional().describe("Queues that it reads."),
  publishesTo: names("topics").optional().describe("Topics that it publishes to."),
  buckets: z
    .record(z.string(), oneOf("read", "write"), { error: 'a mapping of bucket names to "read" or "write"' })
    .optional()
    .describe("Buckets that it reads, or reads and writes."),
  database: text("the name of a database", (given) => given !== "")
    .optional()
    .describe("Database that it logs in to by IAM, as the user with its own name."),
  virtualHost: text("the name of a virtual host", (given) => given !== "")
    .optional()
    .describe("Virtual host of the broker that it sends to and receives from."),
  kafka: group({
    reads: names("topics of Kafka").optional().describe("Topics that it reads."),
    writes: names("topics of Kafka").optional().describe("Topics that it writes."),
    groups: names("consumer groups").optional().describe("Consumer groups that it joins."),
  })
    .optional()
    .describe("What it does on Kafka, where the stack has it."),
};

const fieldsOfService = {
  version: version
    .optional()
    .describe("Tag or digest of its image. Without one there is only its repository, for the first image."),
  replicas: group({
    min: whole(1, 1_000).describe("At least: two or more, or it is gone while its only pod is replaced."),
    max: whole(1, 1_000).describe("At most."),
  }).describe("How many pods there are: as many as the processor time in use asks for."),
  cpu: group({
    request: cores().describe("What each pod is sure of."),
    limit: cores().optional().describe("What each pod has at most: without one it may use what its node can spare."),
  }).describe("Cores."),
  memory: group({
    request: amount().describe("What each pod is sure of."),
    limit: amount().describe("At which a pod is killed."),
  }).describe("Memory."),
  requestsPerSecond: number("a number above 0", (given) => given > 0).describe("Requests a second in a busy hour."),
  acceptable: oneOf<Duration>(
    "0.05 seconds",
    "0.1 seconds",
    "0.25 seconds",
    "0.5 seconds",
    "1 second",
    "2.5 seconds",
    "5 seconds",
  ).describe("How long 99 of 100 requests may take: an edge of the service's histogram."),
  availability: share().describe("Share of the requests that are answered without a server error."),
  sessions: whole(0, 10_000_000).optional().describe("Sessions at once that it was built for."),
  steady: truth().optional().describe("Requests never pause for a quarter of an hour, so that silence is an alarm."),
  node: truth().optional().describe("It runs on Node, and tells how busy its event loop is."),
  drain: duration("0 seconds", "10 minutes", "30 seconds")
    .optional()
    .describe("How long requests that run may go on when a pod ends."),
  business: group(Object.fromEntries(businesses.map((what) => [what, expectation.optional().describe(titles[what])])))
    .optional()
    .describe("What the business expects of it: a service counts what it names here."),
  uses: group(fieldsOfUse).optional().describe("What of this stack it uses: all its rights follow from it."),
  changes: changesOf(serviceSignals).optional().describe("What this service does differently, by signal id."),
};
const service = group(fieldsOfService) as unknown as z.ZodType<ServiceSettings>;

const services: z.ZodType<Readonly<Record<string, ServiceSettings>>> = z
  .record(z.string(), service, { error: "a mapping of service names to their settings" })
  .describe(
    "Services on the cluster by name, each in the namespace of its name: a stack gives only what differs, and null takes one away.",
  );

/** The services of the platform, as production has them. Which version runs, each stack says. */
export const platformServices: Readonly<Record<string, ServiceSettings>> = {
  shop: {
    replicas: { min: 3, max: 18 },
    cpu: { request: 0.5 },
    memory: { request: "512 MiB", limit: "768 MiB" },
    requestsPerSecond: 120,
    acceptable: "0.5 seconds",
    availability: "99.9 %",
    sessions: 20_000,
    steady: true,
    business: { orders: { perHour: 2_000 } },
    uses: {
      sendsTo: ["orders", "payments"],
      receivesFrom: ["orders", "payments"],
      publishesTo: ["order-events", "payment-events"],
      buckets: { documents: "write" },
      database: "shop",
      virtualHost: "shop",
      kafka: {
        reads: ["order-history", "stock-levels"],
        writes: ["order-history", "stock-levels"],
        groups: ["orders-projection", "search-index"],
      },
    },
  },
  crm: {
    replicas: { min: 2, max: 8 },
    cpu: { request: 0.25 },
    memory: { request: "384 MiB", limit: "512 MiB" },
    requestsPerSecond: 30,
    acceptable: "1 second",
    availability: "99.5 %",
    sessions: 2_000,
    business: { customers: { perHour: 20, hours: "7-20" } },
    uses: {
      receivesFrom: ["shipments"],
      publishesTo: ["shipment-events"],
      buckets: { documents: "read" },
      virtualHost: "crm",
    },
  },
  mes: {
    replicas: { min: 2, max: 8 },
    cpu: { request: 0.5 },
    memory: { request: "512 MiB", limit: "768 MiB" },
    requestsPerSecond: 50,
    acceptable: "1 second",
    availability: "99.9 %",
    sessions: 500,
    steady: true,
    business: { workOrders: { perHour: 30, hours: "5-20", days: "Monday to Saturday" } },
    uses: {
      receivesFrom: ["production"],
      publishesTo: ["production-events"],
      database: "mes",
      virtualHost: "mes",
      kafka: { reads: ["machine-readings"], writes: ["machine-readings"], groups: ["production-analytics"] },
    },
  },
};

/** Services by name. */
export const servicesSection = section<Readonly<Record<string, ServiceSettings>>>({
  schema: services,
  defaults: platformServices,
  mistakes: (given, all) =>
    Object.entries(isMapping(given) ? given : {}).flatMap(([name, one]) =>
      isMapping(one) ? serviceMistakes(name, one, all, fieldsOfService) : [],
    ),
});
