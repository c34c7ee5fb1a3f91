import type { Input, Output } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { type Duration, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import { type ApiSize, apiSignals } from "./api.signals";
import { checkDomain } from "./domain";
import { changesTo, type GatewayChanges } from "./gateway.signals";
import { checkRequests } from "./load-balancer.args";
import { checkRetention, type LogArgs } from "./log";

/** What is expected of an API: its alarms are made from it. */
export interface ApiExpectations {
  /** Requests on a usual day: what counts as silence, and the bill, follow from it. */
  requestsPerDay: number;
  /** Requests never pause for a quarter of an hour, so that silence is an alarm. @default false */
  steady?: boolean;
  /** How long nine of ten requests may take before users feel it: at most 30 seconds, which is when the gateway gives up. @default "2.5 seconds" */
  acceptable?: Duration;
  /** Requests a second that are let through. @default 500 */
  rate?: number;
  /** What it does differently, by signal id. */
  changes?: GatewayChanges;
  /** Who is told. */
  watcher: Watcher;
}

/** Whose tokens are taken. */
export interface JwtIssuer {
  /** Its address, as tokens name it in `iss`: `https://login.example.com/`. */
  readonly issuer: string;
  /** At least one of them stands in a token's `aud`. */
  readonly audiences: readonly string[];
}

/** How a service is reached from outside. */
export interface ServiceRoutes {
  /** Paths below `/<service>` that anybody may GET without a token. @default "/health", which the canary asks for */
  readonly open?: readonly string[];
  /** Scopes of which a token must have one. @default any valid token */
  readonly scopes?: readonly string[];
}

/** What a gateway is made from. */
export interface GatewayArgs extends ApiExpectations, Place, LogArgs {
  /** The public name. The gateway has no other address. */
  domain: string;
  /** The zone of Route 53 in which the name stands. */
  hostedZoneId: Input<string>;
  /** A certificate for the domain that is valid already; the load balancer shows the same. */
  certificateArn: Input<string>;
  /** Whose tokens are taken. */
  jwt: JwtIssuer;
  /** Where the gateway enters the network: ids of private subnets, and of security groups that reach the load balancer. */
  vpcLink: { subnets: Input<readonly Input<string>[]>; securityGroups: readonly Input<string>[] };
  /** The load balancer before the services. */
  loadBalancer: { readonly listenerArn: Output<string> };
  /** Services by name, which is the first part of their paths. */
  services: Readonly<Record<string, ServiceRoutes>>;
  /** Requests at once that are let through above the rate. @default twice the rate */
  burst?: number;
  /** How long a service may take before the gateway gives up: up to 30 seconds. @default "29 seconds" */
  timeout?: Duration;
  /** Front ends on other origins whose scripts may call: `https://shop.example.com`. @default none */
  allowedOrigins?: readonly string[];
}

/** A route with its key. */
export interface NormalRoute {
  readonly logical: string;
  readonly key: string;
  readonly open: boolean;
  readonly scopes: readonly string[];
}

/** Arguments with every default in place. */
export interface NormalGateway {
  readonly size: ApiSize;
  readonly burst: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly routes: readonly NormalRoute[];
}

/** Below this, the canary's own requests and a quiet night are too much alike for silence to be told: 30 requests in five minutes are an eighth of it. */
export const leastSteady = 70_000;

/** The longest that an HTTP API waits ("Quotas for configuring and running an HTTP API", API Gateway Developer Guide, 2026-11). */
const longestWait = 30;

function readSize(problems: Problems, args: ApiExpectations): ApiSize {
  const { requestsPerDay, steady = false, acceptable = "2.5 seconds", rate = 500 } = args;
  checkRequests(problems, requestsPerDay);
  const time = problems.read("acceptable", () => seconds(acceptable)) ?? Number.NaN;
  problems.unless(
    !(time <= 0 || time > longestWait),
    "acceptable must be longer than nothing, and at most 30 seconds",
    acceptable,
  );
  problems.unless(Number.isFinite(rate) && rate > 0, "rate must be a number above 0", rate);
  problems.unless(
    !steady || !(requestsPerDay < leastSteady),
    `steady needs at least ${leastSteady} requests a day, or silence cannot be told from a quiet night`,
    requestsPerDay,
  );
  checkChanges(problems, changesTo(apiSignals, args.changes));
  return { requestsPerDay, steady, acceptable: Math.round(time * 1_000), rate };
}

/** What is expected of an existing API, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, args: ApiExpectations): ApiSize {
  const problems = new Problems(`gateway "${name}"`);
  const size = readSize(problems, args);
  problems.throwIfAny();
  return size;
}

const isOrigin = (text: string): boolean => /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(text);

function checkJwt(problems: Problems, { issuer, audiences }: JwtIssuer): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  problems.unless(url?.protocol === "https:" && url.search === "", "jwt.issuer must be an address with https", issuer);
  problems.unless(
    audiences.length > 0 && audiences.every((audience) => audience.trim() !== ""),
    "jwt.audiences must name at least one audience, or tokens for any other application are taken",
    audiences,
  );
}

function routesOf(
  problems: Problems,
  service: string,
  { open = ["/health"], scopes = [] }: ServiceRoutes,
): NormalRoute[] {
  problems.unless(
    /^[a-z][a-z0-9-]*$/.test(service),
    "a service's name is lower-case letters, digits and hyphens",
    service,
  );
  for (const path of open) {
    problems.unless(
      /^(\/[\w.-]+)+$/.test(path),
      `services.${service}.open must be paths such as "/health", each given in full`,
      path,
    );
  }
  const closed = (logical: string, path: string): NormalRoute => ({ logical, key: `ANY ${path}`, open: false, scopes });
  return [
    closed(service, `/${service}`),
    closed(`${service}-below`, `/${service}/{proxy+}`),
    ...open.map((path) => ({
      logical: `${service}${path.replaceAll("/", "-")}`,
      key: `GET /${service}${path}`,
      open: true,
      scopes: [],
    })),
  ];
}

/** The arguments of a gateway, checked. Throws one error with every problem, before anything is registered. */
export function normalizeGateway(name: string, args: GatewayArgs): NormalGateway {
  const problems = new Problems(`gateway "${name}"`);
  problems.add(checkName("api", name));
  checkPlace(problems, args);
  checkDomain(problems, args.domain);
  checkJwt(problems, args.jwt);
  checkRetention(problems, args);
  const size = readSize(problems, args);
  const { burst = 2 * size.rate, timeout = "29 seconds", allowedOrigins = [] } = args;
  problems.unless(
    Number.isInteger(burst) && burst >= size.rate,
    `burst must be a whole number of at least the rate (${size.rate}), or it is the burst that limits every second`,
    args.burst,
  );
  const wait = problems.read("timeout", () => seconds(timeout)) ?? Number.NaN;
  problems.unless(!(wait < 0.05 || wait > longestWait), "timeout must be 0.05 to 30 seconds", timeout);
  problems.unless(
    !(wait * 1_000 < size.acceptable),
    `timeout must not be shorter than acceptable (${args.acceptable ?? "2.5 seconds"})`,
    timeout,
  );
  problems.unless(
    allowedOrigins.every(isOrigin),
    'allowedOrigins must be origins such as "https://shop.example.com"',
    allowedOrigins,
  );
  problems.unless(
    args.vpcLink.securityGroups.length > 0,
    "vpcLink.securityGroups must name at least one security group",
  );
  const services = Object.entries(args.services);
  problems.unless(services.length > 0, "services must name at least one service");
  const routes = services.flatMap(([service, given]) => routesOf(problems, service, given));
  problems.throwIfAny();
  return { size, burst, timeout: Math.round(wait * 1_000), routes };
}
