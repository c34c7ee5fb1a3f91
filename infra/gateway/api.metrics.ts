import type { Duration } from "../kit/units";
import { cloudwatch, math, type Stretch } from "../signal/signal";
import type { Statistic } from "../signal/spec";

/** What an API is: HTTP, or WebSocket, whose metrics are others and which the platform does not have. */
export type ApiRole = "http" | "websocket";
/** What the dimensions of its metrics name. */
export type ApiSubject = "api" | "stage";

/** What an instance declares of itself; limits are functions of it. */
export interface ApiSize {
  /** Requests on a usual day. */
  readonly requestsPerDay: number;
  /** Requests never pause for a quarter of an hour, by day or night. */
  readonly steady: boolean;
  /** How long nine of ten requests may take before users feel it, in milliseconds. */
  readonly acceptable: number;
  /** Requests a second that the throttle of the stage lets through. */
  readonly rate: number;
}

/** A metric of an API, of all its requests. */
export const metric = (name: string, statistic: Statistic) =>
  cloudwatch("AWS/ApiGateway", name, statistic, { ApiId: "api", Stage: "stage" });
/** Requests: the number of samples. */
export const requests = metric("Count", "SampleCount");

/** A minute with fewer requests is not judged: one failure of two requests is no outage. The canary covers what is quieter. */
export const enough = 20;
/** A percentile of the requests of a minute that had {@link enough} of them; 0 in a quieter one. */
export const percentile = (name: string, statistic: "p90" | "p99") =>
  math<ApiSubject, ApiSize>(`IF(requests >= ${enough}, latency, 0)`, { requests, latency: metric(name, statistic) });

/** The size at which limits are proven: a million requests a day, 500 a second at most. */
export const example: ApiSize = { requestsPerDay: 1_000_000, steady: true, acceptable: 2_500, rate: 500 };

/** So many requests in each minute. Only the number of samples is documented to count them, so what a sample holds is nothing here. */
export const served = (count: number, length: Duration): Stretch => `${Array(count).fill(0).join("/")} for ${length}`;

/** A query over the access log, busiest first. */
export const logQuery = (filter: string, by: string) =>
  `Logs Insights on the API's access log: filter ${filter} | stats count(*) as requests by ${by} | sort requests desc`;
