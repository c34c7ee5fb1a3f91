import { Api } from "@pulumi/aws/apigatewayv2/api.js";
import { Stage } from "@pulumi/aws/apigatewayv2/stage.js";
import { ComponentResource, type ComponentResourceOptions, interpolate } from "@pulumi/pulumi";
import { Watch } from "../signal/watch";
import { type ApiSize, type ApiSubject, apiSignals } from "./api.signals";
import {
  type ApiExpectations,
  type GatewayArgs,
  type NormalGateway,
  normalizeExpectations,
  normalizeGateway,
} from "./gateway.args";
import { createDomain, type DomainNodes } from "./gateway.domain";
import { createRoutes, type RouteNodes } from "./gateway.routes";
import { changesTo } from "./gateway.signals";
import { createLog } from "./log";

/** The alarms of an API. */
export type ApiWatch = Watch<ApiSubject, ApiSize>;

/** How an existing API is watched. */
export interface WatchApiOptions extends ApiExpectations {
  /** Its stage: metrics are told apart by it. */
  stage: Stage;
}

/**
 * One line for each request, as JSON. An HTTP API has no trace of its own: the request id goes on to the services as `x-request-id`, and finds their lines ("Customize
 * HTTP API access logs", API Gateway Developer Guide, 2026-11).
 */
const logLine = {
  time: "$context.requestTimeEpoch",
  requestId: "$context.requestId",
  ip: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  subject: "$context.authorizer.claims.sub",
  method: "$context.httpMethod",
  routeKey: "$context.routeKey",
  path: "$context.path",
  status: "$context.status",
  latency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationStatus: "$context.integrationStatus",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  error: "$context.error.message",
  bytes: "$context.responseLength",
} as const;

/**
 * The only way in from the internet: an HTTP API under one name, which takes tokens of one issuer, lets through what its throttle allows, and reaches the services
 * by a VPC link and TLS all the way to their load balancer.
 */
export class Gateway extends ComponentResource {
  /** Its address on the web, without a slash at the end. */
  readonly address: string;
  /** The raw resources. */
  readonly nodes: {
    readonly api: Api;
    readonly stage: Stage;
    readonly routes: RouteNodes;
    readonly domain: DomainNodes;
    readonly watch: ApiWatch;
  };

  constructor(name: string, args: GatewayArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeGateway(name, args);
    super("vigia:gateway:Gateway", name, {}, opts);
    this.address = `https://${args.domain}`;
    const api = this.createApi(name, args);
    const routes = createRoutes(name, api, args, normal, this);
    const stage = this.createStage(name, args, normal, api);
    const domain = createDomain(name, args, api, stage, this);
    const watch = watchApi(name, api, { ...args, stage }, { parent: this });
    this.nodes = { api, stage, routes, domain, watch };
    this.registerOutputs({ address: this.address, apiId: api.id });
  }

  private createApi(name: string, { allowedOrigins = [] }: GatewayArgs): Api {
    const cors = {
      allowOrigins: [...allowedOrigins],
      allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
      allowHeaders: ["authorization", "content-type", "idempotency-key", "traceparent"],
      exposeHeaders: ["apigw-requestid"],
      maxAge: 3_600,
    };
    return new Api(
      name,
      {
        protocolType: "HTTP",
        description: `Way in to the services of ${name}`,
        // Whoever knows the API's own address must not get past the domain, its certificate and its records.
        disableExecuteApiEndpoint: true,
        ...(allowedOrigins.length > 0 && { corsConfiguration: cors }),
      },
      { parent: this },
    );
  }

  private createStage(name: string, args: GatewayArgs, { size, burst }: NormalGateway, api: Api): Stage {
    const log = createLog(`${name}-access-log`, {
      ...args,
      groups: "/aws/vendedlogs/apis/*",
      description: `Access log of the gateway ${name}`,
      // Groups of that beginning do not fill up the one resource policy that all delivered logs of an account share.
      physical: interpolate`/aws/vendedlogs/apis/${api.id}`,
      parent: this,
    });
    return new Stage(
      name,
      {
        apiId: api.id,
        // Any other stage's name would stand in each path, to the services too.
        name: "$default",
        autoDeploy: true,
        accessLogSettings: { destinationArn: log.arn, format: JSON.stringify(logLine) },
        defaultRouteSettings: {
          detailedMetricsEnabled: true,
          throttlingRateLimit: size.rate,
          throttlingBurstLimit: burst,
        },
      },
      { parent: this },
    );
  }
}

/**
 * Watches an HTTP API that exists already, in any Pulumi program: the alarms that {@link Gateway} makes, from the same records.
 * @param name the alarms' names start with it
 */
export function watchApi(
  name: string,
  existing: Api,
  options: WatchApiOptions,
  opts?: ComponentResourceOptions,
): ApiWatch {
  const size = normalizeExpectations(name, options);
  const part = { kind: "api", signals: apiSignals, role: "http", size } as const;
  const subjects = { api: existing.id, stage: options.stage.name };
  const changes = changesTo(apiSignals, options.changes);
  return new Watch(name, [{ ...part, resource: existing, subjects, changes }], options.watcher, opts);
}
