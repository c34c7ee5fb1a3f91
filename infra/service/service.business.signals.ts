import { prometheus, type Stretch, signals } from "../signal/signal";
import { businessMetrics } from "./metrics";
import { counted, declared, due, silent } from "./service.business";
import { example, foreign, here, own } from "./service.fixtures";
import type { ServiceRole, ServiceSize, ServiceSubject } from "./service.size";

const orders = businessMetrics.orders.name;
/** What was sold in a quarter of an hour, in two currencies. */
const sold = (eur: readonly Stretch[], chf: readonly Stretch[]) => ({
  [own(orders, 'currency="EUR"')]: eur,
  [own(orders, 'currency="CHF"')]: chf,
});
const up = (pod: string) => own("up", `pod="${pod}"`);
const shown = (pod: string) => own(orders, `currency="EUR", pod="${pod}"`);

/** What the business asks first: is anything sold? Users may see no error at all where it is not. */
export const serviceBusinessSignals = signals<ServiceRole, ServiceSubject, ServiceSize>()({
  "service-orders-silent": silent("orders", 20, "page", {
    title: "Hardly anything is sold",
    means:
      "In hours that are open, less than a tenth of the orders of a quiet hour come in: money is lost by the minute.",
    felt: "They cannot order, or give up before the end, even if no request fails.",
    check: [
      "Place an order yourself: where does it stop?",
      "Do gateway, shop, database, broker or payment queues page too? Then mend that first: sales follow.",
      '`sum by (route, code) (rate(http_request_duration_seconds_count{service="<service>"}[5m]))`: does the last step before the order still get requests?',
      "Did a version of shop or front end, a price list, or a payment provider's change come just before?",
    ],
    fix: [
      "Roll back what came last: the version before in services.<service>.version of the stack's settings, then `pulumi up`.",
      "Open only at other hours, or a holiday: services.<service>.business.orders of the stack's settings.",
    ],
  }),
  "service-orders-dropped": {
    title: "Less than half of last week's orders",
    golden: "traffic",
    unit: "percent",
    role: "api",
    // Only where that hour of last week was a good one, so that nights and holidays do not count.
    source: prometheus(
      `100 * sum(increase(${orders}{${here}}[1h])) / (sum(increase(${orders}{${here}}[1h] offset 1w)) > {perHour})`,
      { perHour: (size: ServiceSize) => declared("orders", size).perHour },
    ),
    when: due("orders"),
    alarm: { below: "50 %", every: "15 minutes", for: "1 hour", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      scrape: "15 minutes",
      bad: [
        // 600.5 in the hour; a week later 50.01 % of it, and then for just as long as it must be 49.95 %.
        {
          ...sold(
            ["+100 for 4 hours", "+40 for 164 hours", "+50.02 for 2 hours", "+49.98 for 75 minutes"],
            ["+50.125 for 4 hours", "+20 for 164 hours", "+25.0575 for 2 hours", "+25.0075 for 75 minutes"],
          ),
          ...foreign(orders, "", ["+0 for 4 hours", "+900 for 167.25 hours"]),
        },
      ],
      fine: [
        // 50.01 % of it, and an hour without any whose orders come late; then none, where 600 in the hour were no good one.
        {
          ...sold(
            [
              "+100 for 10 hours",
              "+40 for 158 hours",
              "+50.02 for 2 hours",
              "+0 for 1 hour",
              "+300 for 15 minutes",
              "+50.02 for 4.75 hours",
              "+0 for 2 hours",
            ],
            [
              "+50.125 for 6 hours",
              "+50 for 4 hours",
              "+20 for 158 hours",
              "+25.0575 for 2 hours",
              "+0 for 1 hour",
              "+150 for 15 minutes",
              "+25.0575 for 4.75 hours",
              "+0 for 2 hours",
            ],
          ),
          ...foreign(orders, "", ["+900 for 10 hours", "+0 for 168 hours"]),
        },
      ],
      // Sooner than an alert that is kept for as long as it waited would clear.
      healed: {
        ...sold(["+300 for 30 minutes"], ["+150 for 30 minutes"]),
        ...foreign(orders, "", ["+900 for 30 minutes"]),
      },
    },
    runbook: {
      means: "For an hour the shop has sold less than half of what it sold in the same hour of last week.",
      check: [
        "Is it a holiday, or was last week a campaign? The board of the sales team shows four weeks.",
        "`sum by (currency) (rate(shop_orders_sold_total[1h]))`: one market, or all?",
        "Did latency or errors rise, or do fewer users come at all (service-requests)?",
      ],
      fix: [
        "Roll back what came last in shop or front end.",
        "Tell the sales team where it is the market and not the platform.",
      ],
    },
  },
  "service-orders-uncounted": {
    title: "A pod counts no orders",
    golden: "errors",
    unit: "count",
    role: "api",
    source: prometheus(`up{${here}} unless on (pod) ${orders}{${here}}`),
    when: due("orders"),
    alarm: { above: 0, for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        // For five minutes Prometheus goes on with what it saw last.
        {
          [up("a")]: ["1 for 55 minutes"],
          [up("b")]: ["1 for 55 minutes"],
          [shown("a")]: ["+5 for 20 minutes", "missing for 35 minutes"],
          [shown("b")]: ["+5 for 55 minutes"],
          ...foreign(orders, 'currency="EUR", pod="a"', ["+5 for 55 minutes"]),
          ...foreign("up", 'pod="x"', ["0 for 55 minutes"]),
        },
      ],
      fine: [
        {
          [up("a")]: ["1 for 90 minutes"],
          [up("b")]: ["1 for 90 minutes"],
          [shown("a")]: ["+5 for 20 minutes", "missing for 34 minutes", "+5 for 36 minutes"],
          [shown("b")]: ["+0 for 90 minutes"],
          ...foreign("up", 'pod="x"', ["1 for 90 minutes"]),
        },
        // What is not measured at all is another matter.
        { [up("a")]: ["0 for 90 minutes"] },
      ],
      healed: {
        [up("a")]: ["1 for 10 minutes"],
        [up("b")]: ["1 for 10 minutes"],
        [shown("a")]: ["+5 for 10 minutes"],
        [shown("b")]: ["+5 for 10 minutes"],
        ...foreign(orders, 'currency="EUR", pod="a"', ["+5 for 10 minutes"]),
        ...foreign("up", 'pod="x"', ["0 for 10 minutes"]),
      },
    },
    runbook: {
      means:
        "A pod is measured, but does not show shop_orders_sold_total: its sales are not counted, and without any such pod nobody is woken when sales stop.",
      check: [
        "`kubectl -n <namespace> port-forward <pod> 8080` and `curl -s localhost:8080/metrics | grep orders`: is it called something else?",
        "Did a version come just before? `kubectl -n <namespace> rollout history deployment/<service>`",
        "Is each currency exported with 0 from the start? A counter that appears with its first sale is missing until then.",
      ],
      fix: ["Mend the version: the names stand in infra/service/metrics.ts.", "Roll back until then."],
    },
  },
  "service-customers-silent": silent("customers", 60, "ticket", {
    title: "Hardly any customer is created",
    means:
      "In hours that are open, less than a tenth of the new customers of a quiet hour: nobody can register, or nobody is told.",
    check: [
      "Register yourself: where does it stop?",
      "`sum by (source) (rate(crm_customers_created_total[1h]))`: one source, or all?",
      "Do messages about customers wait in the broker (broker-oldest-message, broker-dead-letters)?",
    ],
    fix: ["Roll back what came last, or mend the source that stopped."],
  }),
  "service-work-orders-silent": silent("workOrders", 60, "ticket", {
    title: "Hardly any work order is finished",
    means:
      "In hours of the shifts, less than a tenth of the work orders of a quiet hour are finished: the plant stands, or does not report.",
    check: [
      "Ask the shift: does the plant work?",
      "`sum by (line) (rate(mes_work_orders_finished_total[1h]))`: one line, or all?",
      "Do messages of machines wait (kafka consumer lag, queue production), or do none arrive?",
    ],
    fix: ["Mend the way from the machines, or roll back what came last."],
  }),
  "service-orders": counted("orders", "Orders sold in the last hour", "What the board of the sales team shows."),
  "service-customers": counted(
    "customers",
    "Customers created in the last hour",
    "How many new customers registered, whatever their source.",
  ),
  "service-work-orders": counted(
    "workOrders",
    "Work orders finished in the last hour",
    "What the plant reports, of all its lines.",
  ),
});
