import { leftIn } from "../infra/objective/objective.records";
import { metrics } from "../infra/service/metrics";
import type { ShownService } from "./shown";

/**
 * Percent of what a service may fail that is left. Where it has an objective that is recorded; else it is counted over thirty days, and 100 where nobody asked anything.
 */
export function budgetLeft(service: string, { availability, objective }: ShownService): string {
  if (objective !== undefined) return recorded("errors", objective);
  const count = `${metrics.duration.name}_count{service="${service}"`;
  const allowed = Number((100 - availability).toFixed(6));
  return `100 - 100 * (100 * (sum(increase(${count}, code=~"5.."}[30d])) or vector(0)) / (sum(increase(${count}}[30d])) > 0) or vector(0)) / ${allowed}`;
}

const recorded = (what: "errors" | "latency", objective: string): string =>
  leftIn(what).replace("{objective}", objective);

/** Percent of the requests that may come late that is left: only an objective promises that. */
export const lateLeft = ({ objective }: ShownService): string | undefined =>
  objective === undefined ? undefined : recorded("latency", objective);
