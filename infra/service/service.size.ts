import type { Business } from "./metrics";

/** When the business is done, and how much of it. */
export interface BusinessSize {
  /** In the quietest hour that is open. */
  readonly perHour: number;
  /** Hours of the day, UTC. */
  readonly opens: number;
  readonly closes: number;
  /** Of the week, counted from Monday as 0. */
  readonly lastDay: number;
}

/** What a service declares of itself, in base units. */
export interface ServiceSize {
  /** A collector scrapes its pods. */
  readonly scraped: boolean;
  /** A load balancer stands before it, and says itself when no pod is healthy. */
  readonly balanced: boolean;
  /** It runs on Node. */
  readonly node: boolean;
  /** Requests a second in a busy hour. */
  readonly requestsPerSecond: number;
  /** Traffic never pauses for a quarter of an hour. */
  readonly steady: boolean;
  /** Seconds that 99 of 100 requests take at most: the edge of a bucket. */
  readonly acceptable: number;
  /** Percent of the requests that are answered without a server error. */
  readonly availability: number;
  /** Sessions at once that it was built for: 0 where it has none. */
  readonly sessions: number;
  /** What the business expects of it. */
  readonly business: Readonly<Partial<Record<Business, BusinessSize>>>;
}

/** What queries name: cluster by its component, namespace and service as in Kubernetes. */
export type ServiceSubject = "cluster" | "namespace" | "service";

/** Deployments that serve requests, and all others. */
export type ServiceRole = "api" | "workload";

/** How many times faster than allowed the error budget burns when somebody is woken ("Alerting on SLOs", The Site Reliability Workbook, 2018): a month's in two days. */
const fastBurn = 14.4;

/** Share of failed requests, in percent, at which somebody is woken: between 1 %, below which a few requests decide, and 5 %, which users feel in any case. */
export const tolerableErrors = ({ availability }: ServiceSize): number =>
  Math.min(5, Math.max(1, Number((fastBurn * (100 - availability)).toPrecision(6))));
