import { type InfoSignal, prometheus, type RuledSignal, signals } from "../signal/signal";
import { errorsProof, latencyProof } from "./objective.cases";
import { failing, late, plainlyFailing } from "./objective.proofs";
import { burningOf, leftIn, leftOf, recordsOf } from "./objective.records";
import { budgetOf, type ObjectiveSize, type ObjectiveSubject, type Promised } from "./objective.size";
import { lengths, type PaceName, paces } from "./paces";

/** When the signals apply. */
const when = {
  holds: ({ scraped }: ObjectiveSize): boolean => scraped,
  otherwise: "no collector scrapes its cluster",
};

/** What the texts of a promise say. */
interface Told {
  readonly title: string;
  readonly share: string;
  /** By users, at the paces that page. */
  readonly felt: string;
  readonly check: readonly [string, string, string, ...string[]];
  readonly fix: readonly [string, ...string[]];
}

const rollBack =
  "Roll back: the version before in services.<service>.version of the stack's settings, then `pulumi up`; at once: `kubectl -n <namespace> rollout undo deployment/<service>`.";
const left =
  '`objective:budget_left:percent{objective="<service>"}`: how much of the budget is left? At 0 the promise is broken, and what is left of the month belongs to mending, not to new versions.';

const told: Readonly<Record<Promised, Told>> = {
  errors: {
    title: "fails requests",
    share: "more requests end with a server error than were promised",
    felt: "So many of their requests fail, and for so long, that they notice: pages show errors, and orders do not go through.",
    check: [
      '`topk(5, sum by (route, code) (rate(http_request_duration_seconds_count{service="<service>", code=~"5.."}[5m])))`: which routes? Over days: the same with [1d].',
      '`sum by (pod) (rate(http_request_duration_seconds_count{service="<service>", code=~"5.."}[5m]))`: one pod, or all?',
      '`{service="<service>"} | json | level="error"` in Loki since it began: the first error, not the most frequent.',
      "`kubectl -n <namespace> rollout history deployment/<service>`: did it begin with a version?",
      "Do its database, broker or queues page too? Then it only passes their errors on.",
      left,
    ],
    fix: [rollBack, "One pod: `kubectl -n <namespace> delete pod <pod>`.", "Mend the dependency that it waits for."],
  },
  latency: {
    title: "is slow",
    share: "more requests take longer than promised",
    felt: "So many of their requests take too long, and for so long, that they notice: they reload, give up, or order twice.",
    check: [
      '`histogram_quantile(0.99, sum by (le, route) (rate(http_request_duration_seconds_bucket{service="<service>"}[5m])))`: one route, or all?',
      "service-event-loop, namespace-throttled and service-processor: is it short of processor time, and has the autoscaler reached its maximum?",
      "Its database (database-load, long transactions) and whatever else it calls: did that get slower at the same minute?",
      "`kubectl -n <namespace> rollout history deployment/<service>`: did it begin with a version?",
      left,
    ],
    fix: [
      rollBack,
      'More pods: services.<service>.replicas.max, or for now `kubectl -n <namespace> patch hpa <service> --patch \'{"spec":{"minReplicas":<more>}}\'`.',
      "Mend the query or the dependency that is slow.",
    ],
  },
};

/** What the title says of a pace. */
const speed: Readonly<Record<PaceName, string>> = {
  "1h": "badly",
  "6h": "for hours",
  "1d": "all day",
  "3d": "for days",
};

type Ruled = RuledSignal<"percent", "service", ObjectiveSubject, ObjectiveSize>;
type Info = InfoSignal<"percent", "service", ObjectiveSubject, ObjectiveSize>;

function burning(what: Promised, name: PaceName): Ruled {
  const { factor, severity, pending, every, long, short, gone } = paces[name];
  const { title, share, felt, check, fix } = told[what];
  const query = burningOf(what, name);
  const [record = ""] = query.split("{");
  const proof =
    what === "errors"
      ? errorsProof(every === "1 minute" ? failing(record) : plainlyFailing(record), name)
      : latencyProof(late(record), name);
  return {
    title: `A service ${title} ${speed[name]}`,
    golden: what,
    unit: "percent",
    role: "service",
    source: prometheus(query, undefined, recordsOf(what, name)),
    when,
    alarm: {
      // Sums of tenths leave dust.
      above: (size) => Number((factor * budgetOf(what, size)).toPrecision(12)),
      every,
      for: pending,
      severity,
      whenMissing: "ok",
    },
    proof,
    runbook: {
      means: `In ${lengths[long]}, and in the last ${lengths[short]} too, ${share}: ${factor === 1 ? "just so fast that the budget of the period is gone" : `${factor} times as fast as it may be, so that the budget of thirty days is gone`} ${gone}.`,
      ...(severity === "page" && { felt }),
      check,
      fix,
    },
  };
}

const budget = (what: Promised): Info => ({
  title: what === "errors" ? "Error budget left" : "Budget of late requests left",
  golden: what,
  unit: "percent",
  role: "service",
  source: prometheus(leftIn(what), undefined, leftOf(what)),
  when,
  runbook: {
    means:
      "How much of what may fail in the period is left. At 0 the promise is broken: new versions wait, and what fails is mended first. In a period's first days it counts what there is.",
  },
});

/**
 * What is watched of a promise. The two fast paces page for errors and for latency; whoever gives a service objectives makes tickets of service-errors and service-slow,
 * which know a moment only: one symptom pages once, and this one says how much it matters.
 */
export const objectiveSignals = signals<"service", ObjectiveSubject, ObjectiveSize>()({
  // First: it is always there, so that a board knows every objective by it.
  "objective-budget-left": budget("errors"),
  "objective-errors-1h": burning("errors", "1h"),
  "objective-errors-6h": burning("errors", "6h"),
  "objective-errors-1d": burning("errors", "1d"),
  "objective-errors-3d": burning("errors", "3d"),
  "objective-latency-1h": burning("latency", "1h"),
  "objective-latency-6h": burning("latency", "6h"),
  "objective-latency-1d": burning("latency", "1d"),
  "objective-latency-3d": burning("latency", "3d"),
  "objective-latency-budget-left": budget("latency"),
});
