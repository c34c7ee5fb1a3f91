import type { Severity } from "../../signal/signal";
import type { Maintenance } from "../calendar";

/** A node of the routing tree as Alertmanager writes it. */
export interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly mute_time_intervals?: readonly string[];
  readonly routes?: readonly Route[];
}

/** How long notifications wait: for more of the same to gather, between changes of a group, and until it is told again. */
interface Timing {
  readonly group_wait: string;
  readonly group_interval: string;
  readonly repeat_interval: string;
}

/**
 * A page waits just for what breaks in the same half minute, and comes again in each shift while nobody mended it. A ticket gathers. AMP repeats after five days at the
 * latest ("Create an alert manager configuration", AMP User Guide, 2026-11).
 */
const timings: Readonly<Record<Severity, Timing>> = {
  page: { group_wait: "30s", group_interval: "5m", repeat_interval: "4h" },
  ticket: { group_wait: "5m", group_interval: "30m", repeat_interval: "1d" },
};

/** The Watchdog comes every four to five minutes: a repeat falls due at the next interval of its group. */
const beat: Timing = { group_wait: "0s", group_interval: "1m", repeat_interval: "4m" };

/** Name of the alert that always fires. */
export const watchdogAlert = "Watchdog";
/** Name of the receiver that only it reaches. */
export const watchdogReceiver = "watchdog";

export const severities = ["page", "ticket"] as const satisfies readonly Severity[];

/** What the tree is made from. */
export interface Routing {
  /** Services that have somebody of their own, by severity. */
  readonly own: Readonly<Record<Severity, readonly string[]>>;
  readonly calendar: readonly Maintenance[];
}

/** The receiver of a severity, or that of a service with somebody of its own. */
export const receiverOf = (severity: Severity, service?: string): string =>
  service === undefined ? severity : `${severity}-${service}`;

/** The names of the entries that mute a service, or everything else. */
function mutes(calendar: readonly Maintenance[], service?: string): Pick<Route, "mute_time_intervals"> {
  const names = calendar
    .filter(({ services }) => services === undefined || (service !== undefined && services.includes(service)))
    .map(({ name }) => name);
  return names.length === 0 ? {} : { mute_time_intervals: names };
}

function severityRoute(severity: Severity, { own, calendar }: Routing): Route {
  const muted = calendar.flatMap(({ services = [] }) => services);
  const special = [...new Set([...own[severity], ...muted])].sort();
  const byService = { group_by: ["service"] };
  return {
    receiver: receiverOf(severity),
    matchers: [`severity="${severity}"`],
    ...timings[severity],
    ...mutes(calendar),
    routes: [
      ...special.map((service) => ({
        receiver: own[severity].includes(service) ? receiverOf(severity, service) : receiverOf(severity),
        matchers: [`service="${service}"`],
        ...byService,
        ...mutes(calendar, service),
      })),
      { receiver: receiverOf(severity), matchers: ['service!=""'], ...byService, ...mutes(calendar) },
    ],
  };
}

/**
 * The routing tree: by severity, within it by service. All alerts of a service, or of a component that belongs to none, are one notification. An alert whose severity
 * nobody knows pages. Muting is not inherited in Alertmanager, so each node has its own.
 */
export const routingTree = (routing: Routing): Route => ({
  receiver: receiverOf("page"),
  group_by: ["kind", "component"],
  ...timings.page,
  routes: [
    { receiver: watchdogReceiver, matchers: [`alertname="${watchdogAlert}"`], group_by: ["alertname"], ...beat },
    ...severities.map((severity) => severityRoute(severity, routing)),
  ],
});

/** Nodes of a tree, itself included. */
export const nodesIn = ({ routes = [] }: Route): number => routes.reduce((count, route) => count + nodesIn(route), 1);
