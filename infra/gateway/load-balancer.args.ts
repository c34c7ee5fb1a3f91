import type { Input } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { type Duration, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Watcher } from "../signal/watch";
import { changesTo, type GatewayChanges } from "./gateway.signals";
import { type LoadBalancerSize, loadBalancerSignals } from "./load-balancer.signals";
import { type TargetGroupSize, targetGroupSignals } from "./target-group.signals";

/** How an existing load balancer is watched. */
export interface WatchLoadBalancerOptions {
  /** Requests on a usual day: how many errors are too many follows from it. */
  requestsPerDay: number;
  /** Only reached from within the VPC. @default true */
  internal?: boolean;
  /** What it does differently, by signal id. */
  changes?: GatewayChanges;
  /** Who is told. */
  watcher: Watcher;
}

/** What is expected of the pods of a service. */
export interface TargetExpectations {
  /** Healthy targets that there are never fewer of, in a deployment neither. */
  targets: number;
  /** How long 99 of 100 requests may take before users feel it: shorter than a minute. @default "2 seconds" */
  acceptable?: Duration;
  /** How the load balancer speaks to them. It takes any certificate that a target shows. @default "HTTP" */
  protocol?: "HTTP" | "HTTPS";
}

/** The pods of a service behind a load balancer. */
export interface ServiceTargets extends TargetExpectations {
  /** Port of the pods. @default 8080 */
  port?: number;
  /** What a target must answer with 200. @default "/<service>/health" */
  healthPath?: string;
  /** How long a target that leaves may finish its requests: shorter than its pod lives after the signal to end. @default "30 seconds" */
  deregistrationDelay?: Duration;
}

/** What a load balancer is made from. */
export interface LoadBalancerArgs extends Omit<WatchLoadBalancerOptions, "internal"> {
  /** The network. */
  vpcId: Input<string>;
  /** Ids of private subnets, one in each zone. */
  subnets: Input<readonly Input<string>[]>;
  /** Ids of the security groups that let the gateway's VPC link in, and the load balancer to the pods. */
  securityGroups: readonly Input<string>[];
  /** A certificate that is valid already, whose name the gateway verifies. */
  certificateArn: Input<string>;
  /** Service to its pods: requests below `/<service>` go there. */
  services: Readonly<Record<string, ServiceTargets>>;
  /** Name in AWS of the EKS cluster whose pods join: in Auto Mode it registers pods only with target groups that carry it as a tag. @default none */
  clusterName?: Input<string>;
  /** Where access and health check logs go. The bucket is encrypted with S3's own key, since load balancers write to no other. */
  logs: { bucket: Input<string>; prefix?: string };
  /** AWS refuses to delete the load balancer. @default true */
  protect?: boolean;
}

/** A service with every default in place. */
export interface NormalService {
  readonly service: string;
  readonly size: TargetGroupSize;
  readonly protocol: "HTTP" | "HTTPS";
  readonly port: number;
  readonly healthPath: string;
  readonly deregistrationDelay: number;
}

/** Arguments with every default in place. */
export interface NormalLoadBalancer {
  readonly size: LoadBalancerSize;
  readonly services: readonly NormalService[];
}

/** Notes a number of requests that is none. */
export const checkRequests = (problems: Problems, requestsPerDay: number): void =>
  problems.unless(
    Number.isFinite(requestsPerDay) && requestsPerDay >= 0,
    "requestsPerDay must be a number of 0 or more",
    requestsPerDay,
  );

/** What is expected of an existing load balancer, checked. */
export function normalizeWatched(name: string, options: WatchLoadBalancerOptions): LoadBalancerSize {
  const { requestsPerDay, internal = true } = options;
  const problems = new Problems(`load balancer "${name}"`);
  checkRequests(problems, requestsPerDay);
  checkChanges(problems, changesTo(loadBalancerSignals, options.changes));
  problems.throwIfAny();
  return { requestsPerDay, internal };
}

function readTargets(problems: Problems, label: string, args: TargetExpectations): TargetGroupSize {
  const { targets, acceptable = "2 seconds", protocol = "HTTP" } = args;
  const time = problems.read(`${label}acceptable`, () => seconds(acceptable)) ?? Number.NaN;
  problems.unless(
    Number.isInteger(targets) && targets >= 1,
    `${label}targets must be a whole number of 1 or more`,
    targets,
  );
  problems.unless(
    !(time <= 0 || time > 60),
    `${label}acceptable must be longer than nothing, and at most 1 minute`,
    acceptable,
  );
  return { targets, acceptable: time, tls: protocol === "HTTPS" };
}

/** What is expected of an existing target group, checked. */
export function normalizeTargets(
  name: string,
  options: TargetExpectations & { changes?: GatewayChanges },
): TargetGroupSize {
  const problems = new Problems(`target group "${name}"`);
  const size = readTargets(problems, "", options);
  checkChanges(problems, changesTo(targetGroupSignals, options.changes));
  problems.throwIfAny();
  return size;
}

function readService(problems: Problems, name: string, service: string, args: ServiceTargets): NormalService {
  const { port = 8_080, healthPath = `/${service}/health`, protocol = "HTTP" } = args;
  const label = `services.${service}.`;
  problems.unless(
    /^[a-z][a-z0-9-]*$/.test(service),
    "a service's name is lower-case letters, digits and hyphens",
    service,
  );
  problems.add(checkName("target group", `${name}-${service}`));
  problems.unless(Number.isInteger(port) && port >= 1 && port <= 65_535, `${label}port must be 1 to 65535`, port);
  problems.unless(
    /^\/[\w\-./]*$/.test(healthPath),
    `${label}healthPath must be a path such as "/${service}/health"`,
    healthPath,
  );
  const delay = problems.read(`${label}deregistrationDelay`, () => seconds(args.deregistrationDelay ?? "30 seconds"));
  problems.unless(
    delay === undefined || (Number.isInteger(delay) && delay <= 3_600),
    `${label}deregistrationDelay must be whole seconds, at most 1 hour`,
    args.deregistrationDelay,
  );
  const size = readTargets(problems, label, args);
  return { service, size, protocol, port, healthPath, deregistrationDelay: delay ?? Number.NaN };
}

/** The arguments of a load balancer, checked. Throws one error with every problem, before anything is registered. */
export function normalizeLoadBalancer(name: string, args: LoadBalancerArgs): NormalLoadBalancer {
  const problems = new Problems(`load balancer "${name}"`);
  problems.add(checkName("load balancer", name));
  checkRequests(problems, args.requestsPerDay);
  checkChanges(problems, changesTo({ ...loadBalancerSignals, ...targetGroupSignals }, args.changes));
  const services = Object.entries(args.services);
  problems.unless(services.length > 0, "services must name at least one service");
  problems.unless(args.securityGroups.length > 0, "securityGroups must name at least one security group");
  const normal = services.map(([service, targets]) => readService(problems, name, service, targets));
  problems.throwIfAny();
  return { size: { requestsPerDay: args.requestsPerDay, internal: true }, services: normal };
}
