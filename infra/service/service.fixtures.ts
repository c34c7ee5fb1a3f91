/** What the proofs of a service's signals share. */
import type { Duration } from "../kit/units";
import type { RuleSeries } from "../signal/rule.record";
import type { Stretch } from "../signal/signal";
import type { ServiceSize } from "./service.size";

/** The size at which limits are proven. */
export const example: ServiceSize = {
  scraped: true,
  balanced: false,
  node: true,
  requestsPerSecond: 40,
  steady: true,
  acceptable: 1,
  availability: 99.9,
  sessions: 2_000,
  business: {
    orders: { perHour: 600, opens: 2, closes: 6, lastDay: 4 },
    customers: { perHour: 600, opens: 2, closes: 6, lastDay: 4 },
    workOrders: { perHour: 600, opens: 2, closes: 6, lastDay: 4 },
  },
};

/** What every query of an application's own metrics names. */
export const here = 'cluster="{cluster}", namespace="{namespace}", service="{service}"';
/** What a query of Kubernetes' metrics names: the container has the name of its service. */
export const container = 'cluster="{cluster}", namespace="{namespace}", container="{service}"';
export const deployment = 'cluster="{cluster}", namespace="{namespace}", deployment="{service}"';

/** The same labels, each time with one that is somebody else's. */
const others = (labels: string): readonly string[] =>
  ["cluster", "namespace", "service"].map((subject) => labels.replace(`"{${subject}}"`, '"other"'));

/** A series of the service; a second label tells pods apart. */
export const own = (metric: string, more = "", labels = here): string =>
  `${metric}{${labels}${more === "" ? "" : `, ${more}`}}`;

/** The same series of three others: another cluster's, another namespace's, another service's. */
export const foreign = (metric: string, more: string, stretches: readonly Stretch[], labels = here): RuleSeries =>
  Object.fromEntries(others(labels).map((other) => [own(metric, more, other), stretches]));

/** Series that keep one value, or grow evenly (`"+2"`), for as long as the case lasts. */
export const steady = (length: Duration, values: Readonly<Record<string, number | `+${number}`>>): RuleSeries =>
  Object.fromEntries(
    Object.entries(values).map(([series, value]): [string, readonly Stretch[]] => [series, [`${value} for ${length}`]]),
  );

/** When the signals of a service apply. */
export const when = {
  holds: ({ scraped }: ServiceSize): boolean => scraped,
  otherwise: "no collector scrapes its cluster",
};
