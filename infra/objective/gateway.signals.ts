import { type Duration, durationText, seconds } from "../kit/units";
import {
  type AlarmedSignal,
  cloudwatch,
  type InfoSignal,
  math,
  type Proof,
  type Stretch,
  signals,
} from "../signal/signal";
import type { Statistic } from "../signal/spec";
import { fewest, lengths, type PaceName, paces, type Window } from "./paces";

/** What a gateway promises, in base units. */
export interface GatewayObjectiveSize {
  /** Percent of the requests that do not fail on the way to a service. */
  readonly answered: number;
}
/** What the dimensions of its metrics name. */
export type GatewayObjectiveSubject = "api" | "stage" | "loadBalancer";

type Size = GatewayObjectiveSize;
type Alarmed = AlarmedSignal<"percent", "http", GatewayObjectiveSubject, Size>;
type Info = InfoSignal<"percent", "http", GatewayObjectiveSubject, Size>;

const api = (name: string, statistic: Statistic) =>
  cloudwatch("AWS/ApiGateway", name, statistic, { ApiId: "api", Stage: "stage" });

/** What is counted: all failures, those that a service answered with, and all requests. */
const metrics = {
  failed: api("5xx", "Sum"),
  theirs: cloudwatch("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "Sum", { LoadBalancer: "loadBalancer" }),
  requests: api("Count", "SampleCount"),
};
/** Failures on the way: what a service answers with is that service's objective, which Prometheus measures and which pages by itself. Of none there is no point. */
const lost = "(failed - FILL(theirs, 0))";
const share = `100 * ${lost} / requests`;

/** The share of requests lost in a window. In a long one, too few of them are 0: one failure of five requests is no outage. */
const sourceOf = (half: "long" | "short") =>
  math<GatewayObjectiveSubject, Size>(half === "long" ? `IF(${lost} >= ${fewest}, ${share}, 0)` : share, metrics);

/** So many requests in each minute. */
const served = (count: number, length: Duration): Stretch => `${Array(count).fill(0).join("/")} for ${length}`;

/** Numbers of one window, at the size of the proof: one of a hundred may fail. */
interface Chosen {
  /** Requests a minute. */
  readonly perMinute: number;
  /** Failures in the window that are just too many, and those that are just not; in two minutes. */
  readonly over: readonly [number, number];
  readonly under: readonly [number, number];
  /** How long one request a minute comes, so that ten failures are too many and nine would be. */
  readonly quiet?: Duration;
}
/** By pace: its long and its short window. */
const chosen: Readonly<Record<PaceName, readonly [long: Chosen, short: Chosen]>> = {
  "1h": [
    // 14.4 % of 1,500, and of 1,000.
    { perMinute: 25, over: [108, 109], under: [108, 108], quiet: "60 minutes" },
    { perMinute: 200, over: [72, 73], under: [72, 72] },
  ],
  "6h": [
    // 6 % of 1,800, both times.
    { perMinute: 5, over: [54, 55], under: [54, 54], quiet: "120 minutes" },
    { perMinute: 60, over: [54, 55], under: [54, 54] },
  ],
  "1d": [
    // 3 % of 7,200, and of 12,000.
    { perMinute: 5, over: [108, 109], under: [108, 108], quiet: "240 minutes" },
    { perMinute: 100, over: [180, 181], under: [180, 180] },
  ],
  "3d": [
    // 1 % of 21,600, and of 14,400.
    { perMinute: 5, over: [108, 109], under: [108, 108], quiet: "720 minutes" },
    { perMinute: 40, over: [72, 73], under: [72, 72] },
  ],
};

/** Minutes, each with so many. */
const minutes = (counts: readonly number[]): Stretch[] => counts.map((count): Stretch => `${count} for 1 minute`);
const missing = (length: Duration): Stretch => `missing for ${length}`;

/** Nothing fails for twice the window but in the last two minutes. @param theirs failures of the services besides, in each of the two minutes */
function ending({ perMinute }: Chosen, window: Duration, failures: readonly number[], theirs?: number) {
  const before = durationText(2 * seconds(window) - 120);
  return {
    failed: [`0 for ${before}`, ...minutes(failures.map((count) => count + (theirs ?? 0)))] as const,
    theirs:
      theirs === undefined
        ? [missing(durationText(2 * seconds(window)))]
        : [missing(before), ...minutes([theirs, theirs])],
    requests: [served(perMinute, before), served(perMinute, "2 minutes")],
  } as const;
}

/** Nobody asks, and then one request a minute, of which some fail in the end. */
function quiet(length: Duration, window: Duration, failures: readonly number[], theirs?: number) {
  const silence = durationText(seconds(window));
  const before = durationText(seconds(length) - 120);
  return {
    failed: [missing(silence), `0 for ${before}`, ...minutes(failures.map((count) => count + (theirs ?? 0)))] as const,
    theirs:
      theirs === undefined
        ? [missing(silence), missing(length)]
        : [missing(silence), missing(before), ...minutes([theirs, theirs])],
    requests: [missing(silence), served(1, length)],
  } as const;
}

function proofOf(numbers: Chosen, window: Window): Proof<Size> {
  const { over, under } = numbers;
  const length = lengths[window];
  // Where that is no longer than hours: until nothing of it is in the window any more, nor would be in the one before. What lasts longer than a day is looked at once an
  // hour, when the hour is over.
  const day = seconds("1 day");
  const next: Duration =
    seconds(length) < day ? durationText(seconds(length) + 60) : seconds(length) === day ? "1 minute" : "60 minutes";
  return {
    size: { answered: 99 },
    bad: [
      ending(numbers, length, over),
      ending(numbers, length, over, 35),
      ...(numbers.quiet ? [quiet(numbers.quiet, length, [4, 6])] : []),
    ],
    fine: [
      ending(numbers, length, under),
      ending(numbers, length, under, 35),
      ...(numbers.quiet ? [quiet(numbers.quiet, length, [4, 5]), quiet(numbers.quiet, length, [4, 5], 3)] : []),
    ],
    healed: {
      failed: [`0 for ${next}`],
      theirs: [missing(next)],
      requests: [served(next === "1 minute" ? 600 : Math.max(20, numbers.perMinute), next)],
    },
  };
}

const logQuery = (filter: string, by: string) =>
  `Logs Insights on the API's access log: filter ${filter} | stats count(*) as requests by ${by} | sort requests desc`;

const checks = [
  `What fails, and where? ${logQuery("status >= 500", "status, integrationStatus, routeKey, integrationError")}`,
  "504 after the timeout: the service did not answer (service-down, target-group-none-healthy). 503 at once: the VPC link or the load balancer refused.",
  "load-balancer-errors and target-group-unreachable: did the load balancer answer for targets that were gone, or speak TLS with them in vain?",
  "CloudTrail of the hour before: was the VPC link, a listener, a certificate or a security group changed?",
] as const;
const fixes = [
  "Put back what was changed: a pulumi up of this stack makes what was removed.",
  "Targets gone: see the service's own signals, and scale it out or roll it back.",
  "A service that needs longer than the gateway waits: make the answer asynchronous, or mend what it waits for.",
] as const;

/** One half of a pace. A composite alarm of both tells somebody; a half by itself is silent. */
function half(name: PaceName, which: "long" | "short"): Alarmed {
  const { factor, severity, long, short, gone } = paces[name];
  const window = which === "long" ? long : short;
  const [slow, now] = chosen[name];
  const limit = ({ answered }: Size) => Number((factor * (100 - answered)).toPrecision(12));
  return {
    title:
      which === "long" ? `Requests are lost on the way (${long})` : `Requests are still lost on the way (${short})`,
    golden: "errors",
    unit: "percent",
    role: "http",
    source: sourceOf(which),
    alarm: { above: limit, every: lengths[window], for: lengths[window], severity, whenMissing: "ok" },
    proof: proofOf(which === "long" ? slow : now, window),
    runbook: {
      means:
        which === "long"
          ? `In ${lengths[long]} more requests failed before a service answered than were promised: ${factor === 1 ? "a month's budget is gone" : `at ${factor} times the pace a month's budget is gone`} ${gone}. It is told where gateway-objective-${name}-now says so too: in the last ${lengths[short]}.`
          : `The second half of gateway-objective-${name}: whether it goes on in the last ${lengths[short]}. It tells nobody by itself.`,
      ...(severity === "page" && {
        felt: "Some of their requests end without any service having seen them: pages do not load, and what they sent is not there.",
      }),
      check: checks,
      fix: fixes,
    },
  };
}

const info: Info = {
  title: "Requests lost on the way",
  golden: "errors",
  unit: "percent",
  role: "http",
  source: math(share, metrics),
  runbook: {
    means: "The share of the requests that failed before a service answered: gateway, link and load balancer.",
  },
};

/** What is watched of a gateway's promise. */
export const gatewayObjectiveSignals = signals<"http", GatewayObjectiveSubject, Size>()({
  "gateway-objective-1h": half("1h", "long"),
  "gateway-objective-1h-now": half("1h", "short"),
  "gateway-objective-6h": half("6h", "long"),
  "gateway-objective-6h-now": half("6h", "short"),
  "gateway-objective-1d": half("1d", "long"),
  "gateway-objective-1d-now": half("1d", "short"),
  "gateway-objective-3d": half("3d", "long"),
  "gateway-objective-3d-now": half("3d", "short"),
  "gateway-objective-lost": info,
});
