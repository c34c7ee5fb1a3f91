import type { AlarmSpec } from "../spec";

/**
 * How many more points than N CloudWatch fetches, by the period in seconds. AWS publishes one example (five points for three evaluation periods of five
 * minutes: "Configuring how CloudWatch alarms treat missing data", CloudWatch User Guide, 2026-11) and says that the figure depends on the period and the
 * metric's resolution; the other rows are assumed.
 */
const extraPoints: readonly { readonly upTo: number; readonly extra: number; readonly assumed: boolean }[] = [
  { upTo: 299, extra: 2, assumed: true },
  { upTo: 300, extra: 2, assumed: false },
  { upTo: Number.POSITIVE_INFINITY, extra: 2, assumed: true },
];

/** The evaluation range: the largest number of newest points that an evaluation can use when some are missing. */
export const evaluationRange = ({
  period,
  evaluationPeriods,
}: Pick<AlarmSpec, "period" | "evaluationPeriods">): number =>
  evaluationPeriods + (extraPoints.find(({ upTo }) => period <= upTo)?.extra ?? 0);
