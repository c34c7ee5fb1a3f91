/** What a service promises, in base units. */
export interface ObjectiveSize {
  /** A collector scrapes its pods. */
  readonly scraped: boolean;
  /** Percent of the requests that are answered without a server error. */
  readonly answered: number;
  /** Percent of the requests that are answered in time. */
  readonly inTime: number;
  /** Seconds that a request in time takes at most: the edge of a bucket. */
  readonly acceptable: number;
  /** Over how many days a budget is counted. */
  readonly days: number;
}

/** What is promised: that requests are answered, and that they are answered in time. */
export type Promised = "errors" | "latency";

/** What queries name: the objective by its component, the service as its series are labelled. */
export type ObjectiveSubject = "cluster" | "namespace" | "service" | "objective";

/** The share of the requests, in percent, that may break a promise. */
export const budgetOf = (what: Promised, { answered, inTime }: ObjectiveSize): number =>
  Number((100 - (what === "errors" ? answered : inTime)).toPrecision(12));
