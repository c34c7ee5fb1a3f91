/**
 * What a service must export on `/metrics`: the only place where the names stand. Rules and boards are made from them, and an application that exports others is
 * not watched. Requests of probes and of the collector are not counted. In Node, prom-client's default metrics come besides (`collectDefaultMetrics()`).
 */

/** Upper edges of the buckets of a request's time, in seconds. A service's objective is one of them: between two edges a histogram only guesses. */
export const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Metrics of every service. Labels have few values: never an id, and the template of a route instead of its path. */
export const metrics = {
  /** Time of a request until its last byte. Its count is the number of requests. */
  duration: {
    name: "http_request_duration_seconds",
    type: "histogram",
    labels: ["route", "method", "code"],
    help: "Time of a request until its last byte",
  },
  inFlight: {
    name: "http_requests_in_flight",
    type: "gauge",
    labels: [],
    help: "Requests that have no answer yet",
  },
  received: {
    name: "http_request_size_bytes",
    type: "histogram",
    labels: ["route", "method"],
    help: "Bytes of a request, its headers included",
  },
  sent: {
    name: "http_response_size_bytes",
    type: "histogram",
    labels: ["route", "method", "code"],
    help: "Bytes of an answer, its headers included",
  },
  /** A session that was used in the last five minutes. */
  sessions: { name: "http_sessions", type: "gauge", labels: [], help: "Sessions in use" },
} as const;

/**
 * What the business counts, by whom: read by the teams beside the technical measures. Each set of labels is exported with 0 from the start, or the first sale of a
 * pod is not counted.
 */
export const businessMetrics = {
  orders: { name: "shop_orders_sold_total", type: "counter", labels: ["currency"], help: "Orders sold" },
  customers: { name: "crm_customers_created_total", type: "counter", labels: ["source"], help: "Customers created" },
  workOrders: {
    name: "mes_work_orders_finished_total",
    type: "counter",
    labels: ["line"],
    help: "Work orders finished",
  },
} as const;

/** Something that the business counts. */
export type Business = keyof typeof businessMetrics;

/** Everything that the business counts. */
export const businesses = Object.keys(businessMetrics) as readonly Business[];
