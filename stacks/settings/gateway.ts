import { z } from "zod";
import { canarySignals } from "../../infra/canary/canary.signals";
import { isDomain, isHostedZone } from "../../infra/gateway/domain";
import { type CountOnly, type FirewallMode, ruleGroups } from "../../infra/gateway/firewall.rules";
import type { JwtIssuer, ServiceRoutes } from "../../infra/gateway/gateway.args";
import { gatewaySignals } from "../../infra/gateway/gateway.signals";
import type { ServiceTargets } from "../../infra/gateway/load-balancer.args";
import { isRetention, retentions } from "../../infra/kit/retention";
import type { Duration } from "../../infra/kit/units";
import type { Changes } from "../../infra/signal/signal";
import { changesOf } from "./changes";
import { gatewayMistakes, healthPaths } from "./gateway.mistakes";
import { section } from "./section";
import { count, duration, group, list, number, oneOf, text, truth, whole } from "./values";

/** Every signal between the internet and the services. */
const signals = { ...gatewaySignals, ...canarySignals };

/** What makes the platform public. */
export interface PublicSettings {
  readonly domain: string;
  readonly hostedZoneId: string;
  readonly jwt: JwtIssuer;
  readonly allowedOrigins?: readonly string[];
}

/** What a stack says of the way in to its services. */
export interface GatewaySettings {
  /** Without it, nothing is public: no gateway, no load balancer, no canary. */
  readonly public?: PublicSettings;
  readonly services: Readonly<Record<string, ServiceTargets & ServiceRoutes>>;
  readonly requestsPerDay: number;
  readonly steady?: boolean;
  readonly acceptable?: Duration;
  readonly rate: number;
  readonly burst: number;
  readonly logRetention: number;
  readonly firewall: {
    readonly mode: FirewallMode;
    readonly requestsPerClient: number;
    readonly countOnly?: CountOnly;
  };
  readonly canary: { readonly interval: Duration; readonly acceptable: Duration; readonly paths?: readonly string[] };
  readonly changes?: Changes<typeof signals>;
}

const isIssuer = (given: string) => {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url?.protocol === "https:" && url.username === "" && url.password === "" && url.search === "";
};
const path = (allowed: string) => text(allowed, (given) => /^(\/[\w.-]+)+$/.test(given));

const publicly: z.ZodType<PublicSettings> = group({
  domain: text('a name such as "api.example.com", in at most 64 characters', isDomain).describe(
    "The one public name. Its certificate and records are made in the zone.",
  ),
  hostedZoneId: text('the id of a hosted zone of Route 53, such as "Z0123456789ABCDEFGHIJ"', isHostedZone).describe(
    "The public zone of Route 53 in which the name stands.",
  ),
  jwt: group({
    issuer: text('an address with https, such as "https://login.example.com/"', isIssuer).describe(
      "Whose tokens are taken, as they name it in iss.",
    ),
    audiences: list(
      text("the audience of an application", (given) => given.trim() !== ""),
      "audiences",
    )
      .min(1, { error: "at least one audience" })
      .describe("One of them stands in a token's aud."),
  }).describe("Who signs the tokens without which no request gets in."),
  allowedOrigins: list(
    text('an origin such as "https://shop.example.com"', (given) => /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(given)),
    "origins",
  )
    .optional()
    .describe("Front ends on other origins whose scripts may call."),
});

const service = group({
  targets: whole(1, 1_000).describe("Healthy pods that there are never fewer of."),
  acceptable: duration("1 second", "1 minute", "2 seconds")
    .optional()
    .describe("How long 99 of 100 requests may take before users feel it."),
  protocol: oneOf("HTTP", "HTTPS").optional().describe("How the load balancer speaks to the pods."),
  port: whole(1, 65_535).optional().describe("Port of the pods."),
  healthPath: path('a path such as "/shop/health"').optional().describe("What a healthy pod answers with 200."),
  deregistrationDelay: duration("0 seconds", "1 hour", "30 seconds")
    .optional()
    .describe("How long a pod that leaves may finish its requests."),
  open: list(path('a path such as "/health"'), "paths")
    .optional()
    .describe("Paths below the service that anybody may GET without a token."),
  scopes: list(
    text("a scope", (given) => given.trim() !== ""),
    "scopes",
  )
    .optional()
    .describe("Scopes of which a token must have one."),
});

const countOnly = z
  .partialRecord(
    z.enum(ruleGroups),
    list(
      text("the name of a rule", (given) => /^\w+$/.test(given)),
      "rules",
    ),
    {
      error: `a mapping of ${ruleGroups.join(", ")} to lists of rules`,
    },
  )
  .optional();

const gateway: z.ZodType<GatewaySettings> = group({
  public: publicly
    .optional()
    .describe("What makes the platform public. Without it there is no gateway, no load balancer and no canary."),
  services: z
    .record(z.string(), service, { error: "a mapping of service names to their settings" })
    .describe("Services by name, which is the first part of their paths; null takes one away."),
  requestsPerDay: count().describe("Requests on a usual day."),
  steady: truth().optional().describe("Requests never pause for a quarter of an hour, so that silence is an alarm."),
  acceptable: duration("1 second", "30 seconds", "2 seconds")
    .optional()
    .describe("How long nine of ten requests may take before users feel it."),
  rate: number("a number of requests above 0", (given) => given > 0).describe(
    "Requests a second that are let through.",
  ),
  burst: whole(1, 1_000_000).describe("Requests at once that are let through above the rate."),
  logRetention: number(`days that CloudWatch Logs knows: ${retentions.join(", ")}`, isRetention).describe(
    "Days that the access log, the firewall's log and the canary's are kept.",
  ),
  firewall: group({
    mode: oneOf<FirewallMode>("block", "count").describe("Whether rules block, or only count, to be tried out."),
    requestsPerClient: whole(10, 2_000_000_000).describe("Requests that one address may make in five minutes."),
    countOnly: countOnly.describe("Rules that only count, since they take the platform's own requests for attacks."),
  }).describe("The web ACL before the services."),
  canary: group({
    interval: oneOf<Duration>("1 minute", "2 minutes", "3 minutes", "4 minutes", "5 minutes").describe(
      "How often the platform is looked at from outside.",
    ),
    acceptable: duration("1 second", "30 seconds", "4 seconds").describe("How long such a look may take."),
    paths: list(path('a path such as "/shop/health"'), "paths")
      .min(1, { error: "at least one path" })
      .optional()
      .describe("What is asked for: open paths of services."),
  }).describe("The probe from outside."),
  changes: changesOf(signals)
    .optional()
    .describe("What the gateway, its load balancer and its canary do differently, by signal id."),
}).describe("The way in from outside: API, firewall, load balancer and canary.");

/** The way in to the platform, as production has it; where it is, each stack says. */
export const platformGateway: GatewaySettings = {
  services: {
    shop: { targets: 3, acceptable: "2 seconds" },
    crm: { targets: 2, acceptable: "3 seconds" },
    mes: { targets: 2, acceptable: "3 seconds" },
  },
  requestsPerDay: 3_000_000,
  steady: true,
  acceptable: "2 seconds",
  rate: 500,
  burst: 1_000,
  logRetention: 90,
  firewall: { mode: "block", requestsPerClient: 2_000 },
  canary: { interval: "5 minutes", acceptable: "4 seconds" },
};

/** The paths that anybody may GET, of all services. */
export const openPaths = (services: GatewaySettings["services"]): readonly string[] =>
  Object.entries(services).flatMap(([name, { open = healthPaths }]) => open.map((below) => `/${name}${below}`));

/** What the canary asks for. */
export const canaryPaths = ({ canary, services }: GatewaySettings): readonly string[] =>
  canary.paths ?? openPaths(services);

/** The way in to the platform. */
export const gatewaySection = section<GatewaySettings>({
  schema: gateway,
  defaults: platformGateway,
  mistakes: gatewayMistakes,
});
