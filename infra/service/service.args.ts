import type { DeploymentArgs } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { Input } from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import type { Transform } from "../kit/transform";
import { type Bytes, bytes, type Duration, type Percent, percent, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { type Business, buckets, businesses } from "./metrics";
import type { serviceSignals } from "./service.signals";
import type { BusinessSize, ServiceSize } from "./service.size";
import type { ServiceUses } from "./service.uses";

/** Days of the week on which the business is open. */
export const weeks = { "Monday to Friday": 4, "Monday to Saturday": 5, "every day": 6 } as const;
/** Days of the week on which the business is open. */
export type Week = keyof typeof weeks;

/** What the business expects of a service. */
export interface BusinessExpectation {
  /** In the quietest hour that is open. */
  perHour: number;
  /** Hours of the day in UTC, such as "6-20": choose them so that they hold in summer time and in winter time. @default "0-24" */
  hours?: string;
  /** @default "every day" */
  days?: Week;
}

/** What is expected of a service: its alarms are made from it. */
export interface ServiceExpectations {
  /** Requests a second in a busy hour. */
  requestsPerSecond: number;
  /** How long 99 of 100 requests may take: a bucket of its histogram. */
  acceptable: Duration;
  /** Share of requests that are answered without a server error: "99.9 %". */
  availability: Percent;
  /** Sessions at once that it was built for. @default none: it has no sessions */
  sessions?: number;
  /** Traffic never pauses for a quarter of an hour, so that silence is an alarm. @default false */
  steady?: boolean;
  /** It runs on Node, and exports prom-client's default metrics. @default true */
  node?: boolean;
  /** What the business expects of it. @default nothing */
  business?: Readonly<Partial<Record<Business, BusinessExpectation>>>;
  /** What this service does differently, by signal id. */
  changes?: Changes<typeof serviceSignals>;
}

/** How an existing deployment is watched. */
export interface WatchServiceOptions extends ServiceExpectations {
  /** The label `cluster` of its series. */
  cluster: string;
  namespace: string;
  /** A collector scrapes it. @default whether the watcher evaluates rules */
  scraped?: boolean;
  /** A load balancer stands before it, whose target group is watched. @default false */
  balanced?: boolean;
  /** Who is told. */
  watcher: Watcher;
}

/** What a stack says of a service. */
export interface ServiceSettings extends ServiceExpectations {
  /** A tag that never moves, such as "1.4.2", or a digest. */
  version: string;
  /** Pods: two or more, or one that is gone while it is replaced. */
  replicas: { min: number; max: number };
  /** Cores of each pod. Without a limit it may use what the node has to spare, and is never throttled. */
  cpu: { request: number; limit?: number };
  /** Memory of each pod. */
  memory: { request: Bytes; limit: Bytes };
  /** How long requests that run may go on when a pod ends: that of its target group. @default "30 seconds" */
  drain?: Duration;
}

/** What a service is made from. */
export interface ServiceArgs extends ServiceSettings, Place {
  /** Where it runs. */
  cluster: Pick<Cluster, "clusterName" | "arn" | "label" | "provider" | "namespaces">;
  namespace: string;
  /** Its image, with the version. */
  image: Input<string>;
  /** Of pods, and of the requests that are let in. @default 8080 */
  port?: number;
  /** Answers 200 while it can serve. @default "/<service>/health" */
  healthPath?: string;
  /** Answers 200 while it need not be restarted: it asks nobody else. @default "/<service>/live" */
  livePath?: string;
  /** Group of a load balancer that its pods join. @default none: nobody calls it from outside the cluster */
  targetGroupArn?: Input<string>;
  /** Networks that call it, and those of databases and brokers. */
  networks: { callers: Input<readonly Input<string>[]>; data: Input<readonly Input<string>[]> };
  /** What it uses. @default nothing */
  uses?: ServiceUses;
  /** A collector scrapes the cluster. @default whether the watcher evaluates rules */
  scraped?: boolean;
  watcher: Watcher;
  /** Last changes to the arguments of the deployment, for what has no option here. */
  transform?: { deployment?: Transform<DeploymentArgs> };
}

/** Arguments with every default in place. */
export interface NormalService {
  readonly size: ServiceSize;
  readonly drain: number;
  readonly port: number;
  readonly healthPath: string;
  readonly livePath: string;
}

/** Tags that mean another image tomorrow. */
const moving = /^(latest|stable|edge|main|master|develop|dev|test|staging|prod(uction)?|v?\d+)$/;

/** What is wrong with a version; undefined where nothing is. */
export function refusedVersion(version: string): string | undefined {
  if (/^sha256:[0-9a-f]{64}$/.test(version)) return undefined;
  if (!/^\w[\w.-]{0,127}$/.test(version)) return 'a tag such as "1.4.2", or a digest such as "sha256:<64 digits>"';
  return moving.test(version)
    ? `a version that never moves, such as "1.4.2": "${version}" is another image tomorrow, and there is no way back`
    : undefined;
}

/** Edges of the histogram that are a promise: with shorter ones the network decides, and beyond the last nothing is measured. */
export const promises = buckets.filter((edge) => edge >= 0.05 && edge <= 5);

/** The fewest an hour of which silence says something: twenty in the window of orders, a dozen in that of the others. */
export const fewest: Readonly<Record<Business, number>> = { orders: 60, customers: 12, workOrders: 12 };

/** Opening and closing hour; undefined for a text that is none. */
export function hoursOf(text: string): readonly [opens: number, closes: number] | undefined {
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const [opens, closes] = [Number(from), Number(to)];
  return from !== undefined && to !== undefined && closes <= 24 && closes - opens >= 4 ? [opens, closes] : undefined;
}

function readBusiness(problems: Problems, given: ServiceExpectations["business"] = {}): ServiceSize["business"] {
  return Object.fromEntries(
    businesses.flatMap((what): [Business, BusinessSize][] => {
      const expected = given[what];
      if (!expected) return [];
      const { perHour, hours = "0-24", days = "every day" } = expected;
      problems.unless(
        Number.isFinite(perHour) && perHour >= fewest[what],
        `business.${what}.perHour must be ${fewest[what]} or more: of fewer, none in the window may be chance`,
        perHour,
      );
      const open = hoursOf(hours);
      problems.unless(
        open !== undefined,
        `business.${what}.hours must be two hours of a day in UTC, four or more apart, such as "6-20"`,
        hours,
      );
      const [opens, closes] = open ?? [0, 24];
      return [[what, { perHour, opens, closes, lastDay: weeks[days] }]];
    }),
  );
}

/** What is expected of a service, checked. */
function readSize(
  problems: Problems,
  args: ServiceExpectations & Pick<WatchServiceOptions, "scraped" | "balanced" | "watcher">,
): ServiceSize {
  const { requestsPerSecond, sessions = 0, steady = false, node = true, balanced = false, watcher } = args;
  const acceptable = problems.read("acceptable", () => seconds(args.acceptable)) ?? Number.NaN;
  const availability = problems.read("availability", () => percent(args.availability)) ?? Number.NaN;
  problems.unless(
    Number.isFinite(requestsPerSecond) && requestsPerSecond > 0,
    "requestsPerSecond must be a number above 0",
    requestsPerSecond,
  );
  problems.unless(
    Number.isNaN(acceptable) || promises.some((edge) => edge === acceptable),
    `acceptable must be an edge of its histogram: ${promises.map((edge) => `${edge} seconds`).join(", ")}`,
    args.acceptable,
  );
  problems.unless(
    !(availability < 90 || availability >= 100),
    "availability must be 90 % or more and below 100 %: somebody must be allowed to fail",
    args.availability,
  );
  problems.unless(
    Number.isInteger(sessions) && sessions >= 0,
    "sessions must be a whole number of 0 or more",
    sessions,
  );
  checkChanges(problems, args.changes);
  return {
    scraped: args.scraped ?? watcher.prometheus !== undefined,
    balanced,
    node,
    requestsPerSecond,
    steady,
    acceptable,
    availability,
    sessions,
    business: readBusiness(problems, args.business),
  };
}

/** What is expected of an existing service, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, options: WatchServiceOptions): ServiceSize {
  const problems = new Problems(`service "${name}"`);
  const size = readSize(problems, options);
  problems.throwIfAny();
  return size;
}

/** Notes what is wrong with how many pods there are, and with what each may have. */
function checkPods(problems: Problems, { version, replicas, cpu, memory }: ServiceSettings): void {
  const refused = refusedVersion(version);
  problems.unless(refused === undefined, `version must be ${refused}`, version);
  const whole = (count: number) => Number.isInteger(count) && count >= 1;
  problems.unless(whole(replicas.min), "replicas.min must be a whole number of 1 or more", replicas.min);
  problems.unless(whole(replicas.max), "replicas.max must be a whole number of 1 or more", replicas.max);
  problems.unless(
    !(replicas.max < replicas.min),
    `replicas.max must be replicas.min (${replicas.min}) or more`,
    replicas.max,
  );
  problems.unless(cpu.request >= 0.01, "cpu.request must be 0.01 cores or more", cpu.request);
  problems.unless(
    cpu.limit === undefined || cpu.limit >= cpu.request,
    `cpu.limit must be cpu.request (${cpu.request}) or more, or be left out`,
    cpu.limit,
  );
  const request = problems.read("memory.request", () => bytes(memory.request)) ?? Number.NaN;
  const limit = problems.read("memory.limit", () => bytes(memory.limit)) ?? Number.NaN;
  problems.unless(!(request < bytes("32 MiB")), "memory.request must be 32 MiB or more", memory.request);
  problems.unless(!(limit < request), `memory.limit must be memory.request (${memory.request}) or more`, memory.limit);
}

/** The longest that a pod may take to end. */
const longestDrain = 600;

/** What a stack says of a service, checked. Throws one error with every problem. */
export function normalizeService(
  name: string,
  args: ServiceSettings & Pick<WatchServiceOptions, "scraped" | "balanced" | "watcher">,
  more: Partial<Pick<ServiceArgs, "port" | "healthPath" | "livePath">> = {},
  also: (problems: Problems) => void = () => undefined,
): NormalService {
  const problems = new Problems(`service "${name}"`);
  const { port = 8_080, healthPath = `/${name}/health`, livePath = `/${name}/live` } = more;
  problems.unless(
    /^[a-z]([a-z0-9-]{0,48}[a-z0-9])?$/.test(name),
    "its name must be up to 50 lower-case letters, digits and hyphens, a letter first",
    name,
  );
  problems.add(checkName("role", name));
  const size = readSize(problems, args);
  checkPods(problems, args);
  const drain = problems.read("drain", () => seconds(args.drain ?? "30 seconds")) ?? Number.NaN;
  problems.unless(
    Number.isNaN(drain) || (Number.isInteger(drain) && drain <= longestDrain),
    "drain must be whole seconds, at most 10 minutes",
    args.drain,
  );
  problems.unless(
    Number.isInteger(port) && port >= 1_024 && port <= 65_535,
    "port must be from 1024 to 65535: a restricted pod opens none below",
    port,
  );
  for (const [what, path] of Object.entries({ healthPath, livePath }))
    problems.unless(/^\/[\w\-./]*$/.test(path), `${what} must be a path such as "/${name}/health"`, path);
  also(problems);
  problems.throwIfAny();
  return { size, drain, port, healthPath, livePath };
}
