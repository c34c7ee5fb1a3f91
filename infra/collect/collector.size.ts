/** What an instance declares of itself. */
export interface CollectorSize {
  /** Addresses that are probed. */
  readonly probes: number;
  /** Seconds that a probe may take on average. */
  readonly slowProbe: number;
}

/** The pair, or other pods that are none of a collector. */
export type CollectorRole = "agents" | "workload";

/** The size at which limits are proven. */
export const example: CollectorSize = { probes: 2, slowProbe: 2 };

/** Labels that every series of the agents themselves brings. */
export const agent = (index: 0 | 1, collector = "{collector}"): string =>
  `collector="${collector}", job="collector", instance="agents-${index}.agents.monitoring.svc:9090"`;
