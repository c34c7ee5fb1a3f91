import { prometheus, signals } from "../signal/signal";
import { businessMetrics } from "./metrics";
import { counted, due, silent } from "./service.business";
import { example, foreign, here, own } from "./service.fixtures";
import type { ServiceRole, ServiceSize, ServiceSubject } from "./service.size";

const orders = businessMetrics.orders.name;
const up = (pod: string) => own("up", `pod="${pod}"`);
const shown = (pod: string) => own(orders, `currency="EUR", pod="${pod}"`);

/** What the business asks first: is anything sold? Users may see no error at all where it is not. */
export const serviceBusinessSignals = signals<ServiceRole, ServiceSubject, ServiceSize>()({
  "service-orders-silent": silent("orders", 20, "page", {
    title: "Hardly anything is sold",
    means:
      "In hours that are open, less than a tenth of the orders of a quiet hour come in: money is lost by the minute.",
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
