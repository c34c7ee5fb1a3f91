/** Which alert explains which: while a cause fires, what it explains is not told as well. */

/** One row: a signal, and the signals whose alerts follow from it. */
export interface Cause {
  /** Id of the signal. */
  readonly signal: string;
  /** Ids of what it explains. */
  readonly explains: readonly [string, ...string[]];
  /** Labels that must be alike, so that a cause silences only what it explains and not the same trouble elsewhere. */
  readonly alike: readonly [string, ...string[]];
}

/**
 * Causes among the rules of Prometheus. What pages silences the tickets of its component in any case: rows are for pages that explain pages, and tickets that
 * explain tickets.
 */
export const causes: readonly Cause[] = [
  {
    signal: "broker-quorum-lost",
    explains: ["broker-queue-abandoned", "broker-queue-waiting"],
    alike: ["component"],
  },
  { signal: "broker-queue-abandoned", explains: ["broker-queue-waiting"], alike: ["component", "vhost", "queue"] },
  { signal: "nodes-disk-space", explains: ["nodes-disk-filling"], alike: ["component", "node", "device"] },
  { signal: "namespace-down", explains: ["namespace-replicas-missing"], alike: ["component", "deployment"] },
  { signal: "namespace-not-starting", explains: ["namespace-pods-waiting"], alike: ["component", "pod"] },
  {
    signal: "namespace-out-of-memory",
    explains: ["namespace-crash-looping"],
    alike: ["component", "pod", "container"],
  },
  { signal: "database-exporter-blind", explains: ["database-exporter-errors"], alike: ["component"] },
  {
    signal: "database-long-transaction",
    explains: ["database-lock-waits", "database-dead-rows"],
    alike: ["component"],
  },
  { signal: "kafka-broker-silent", explains: ["kafka-isr-shrinking"], alike: ["component"] },
  {
    signal: "service-down",
    explains: [
      "service-errors",
      "service-slow",
      "service-orders-silent",
      "objective-errors-1h",
      "objective-errors-6h",
      "objective-latency-1h",
      "objective-latency-6h",
    ],
    alike: ["component", "service"],
  },
  { signal: "service-errors", explains: ["service-orders-silent"], alike: ["component", "service"] },
  { signal: "service-slow", explains: ["service-orders-silent"], alike: ["component", "service"] },
  // A service that has objectives pages by them, and what knows a moment only is a ticket then. Both are named like the service.
  {
    signal: "objective-errors-1h",
    explains: ["objective-errors-6h", "service-errors", "service-orders-silent"],
    alike: ["component", "service"],
  },
  {
    signal: "objective-errors-6h",
    explains: ["service-errors", "service-orders-silent"],
    alike: ["component", "service"],
  },
  { signal: "objective-errors-1d", explains: ["objective-errors-3d"], alike: ["component", "service"] },
  {
    signal: "objective-latency-1h",
    explains: ["objective-latency-6h", "service-slow", "service-orders-silent"],
    alike: ["component", "service"],
  },
  {
    signal: "objective-latency-6h",
    explains: ["service-slow", "service-orders-silent"],
    alike: ["component", "service"],
  },
  { signal: "objective-latency-1d", explains: ["objective-latency-3d"], alike: ["component", "service"] },
];

/** A rule of inhibition as Alertmanager writes it. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

/**
 * All rules of inhibition: page over ticket of the same component, and cause by cause. An instance may give a signal another severity, so that a cause which became a
 * ticket could keep a page back, and nobody would be woken: a page silences both, a ticket only tickets.
 */
export const inhibitRules = (rows: readonly Cause[] = causes): InhibitRule[] => [
  { source_matchers: ['severity="page"'], target_matchers: ['severity="ticket"'], equal: ["kind", "component"] },
  ...rows.flatMap(({ signal, explains, alike }) => {
    const target = `signal=~"${explains.join("|")}"`;
    return [
      { source_matchers: [`signal="${signal}"`, 'severity="page"'], target_matchers: [target], equal: alike },
      {
        source_matchers: [`signal="${signal}"`, 'severity="ticket"'],
        target_matchers: [target, 'severity="ticket"'],
        equal: alike,
      },
    ];
  }),
];
