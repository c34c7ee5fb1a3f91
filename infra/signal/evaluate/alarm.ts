import { isBand } from "../alarm";
import type { AlarmSpec, Comparison, Statistic } from "../spec";
import { type MathExpression, parseMath } from "./math";
import { evaluateMath } from "./mathvalue";
import { evaluationRange } from "./range";
import { durationOf, percentileOf, type Raw, type RawById, statistic } from "./samples";
import type { TimeSeries } from "./series";
import { type State, state, type Verdict } from "./state";
import { Totals } from "./totals";

/** One evaluation. */
export interface Judgement {
  /** Seconds after the data begins. */
  readonly at: number;
  readonly state: State;
}

/** A change of state: the only moment at which CloudWatch acts. */
export interface Transition extends Judgement {
  readonly from: State;
}

/** What an alarm did while the data came in. */
export interface StateTimeline {
  /** Every evaluation, in order. Empty when the data is shorter than N periods: then nothing was shown. */
  readonly judgements: readonly Judgement[];
  readonly transitions: readonly Transition[];
  /** The state at the end. */
  readonly final: State;
}

/** Whether the alarm was ever in that state. */
export const reached = ({ judgements }: StateTimeline, wanted: State): boolean =>
  judgements.some((one) => one.state === wanted);

const day = 86_400;
const hour = 3_600;

/**
 * Seconds between evaluations: ten for high resolution, an hour for a window over a day, else a minute ("How a CloudWatch alarm is evaluated", CloudWatch
 * User Guide, 2026-11).
 */
export function evaluationInterval({
  period,
  evaluationPeriods,
}: Pick<AlarmSpec, "period" | "evaluationPeriods">): number {
  if (period * evaluationPeriods > day) return hour;
  return period < 60 ? 10 : 60;
}

/** The samples that were published from one second to another. */
const samplesBetween = ({ step, points }: Raw, from: number, to: number): number[] =>
  points.slice(Math.ceil(from / step), Math.ceil(to / step)).flatMap((point) => point ?? []);

/** Samples that a percentile needs to mean something ("Percentile-based alarms and low data samples", CloudWatch User Guide, 2026-11). */
function samplesNeeded(share: number): number {
  if (share <= 0 || share >= 1) return 0;
  return share >= 0.5 ? 10 / (1 - share) : 10 / share;
}

interface Band {
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** Whether a value is bad. Undefined when it is compared with a band that has no value there. */
export function breaches(
  comparison: Comparison,
  value: number,
  threshold: number,
  { lower, upper }: Partial<Band> = {},
): boolean | undefined {
  switch (comparison) {
    case "GreaterThanThreshold":
      return value > threshold;
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "LessThanThreshold":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
    case "GreaterThanUpperThreshold":
      return upper === undefined ? undefined : value > upper;
    case "LessThanLowerThreshold":
      return lower === undefined ? undefined : value < lower;
    case "LessThanLowerOrGreaterThanUpperThreshold":
      return upper === undefined || lower === undefined ? undefined : value > upper || value < lower;
  }
}

/** One alarm over its data. Aggregates of a period are kept: sliding windows read each of them several times. */
class Evaluation {
  readonly #spec: AlarmSpec;
  readonly #data: RawById;
  readonly #expression: MathExpression | undefined;
  readonly #watched: string;
  /** By metric id and the start of a period. */
  readonly #aggregates: Readonly<Record<string, Map<number, number | undefined>>>;

  readonly #verdicts = new Map<number, Verdict>();
  readonly #totals = new Map<string, Totals | undefined>();

  constructor(spec: AlarmSpec, data: RawById) {
    const ids = Object.keys(spec.metrics);
    const [only, ...others] = ids;
    if (only === undefined || (others.length > 0 && spec.expression === undefined)) {
      throw new TypeError(
        `an alarm watches one metric or an expression, got the metrics ${ids.join(", ") || "none"}: add an expression`,
      );
    }
    for (const [id, { period }] of Object.entries(spec.metrics)) {
      if (!data[id])
        throw new TypeError(
          `the metric "${id}" has no data: the data names ${Object.keys(data).join(", ") || "nothing"}`,
        );
      if (period !== spec.period)
        throw new TypeError(
          `the metric "${id}" has a period of ${period} seconds, its alarm of ${spec.period}: make them the same`,
        );
    }
    this.#spec = spec;
    this.#data = data;
    this.#aggregates = Object.fromEntries(Object.keys(data).map((id) => [id, new Map<number, number | undefined>()]));
    this.#expression = spec.expression === undefined ? undefined : parseMath(spec.expression);
    this.#watched = spec.expression === undefined ? only : "value";
  }

  /** Starts of the newest whole periods that lie in the data, oldest first. */
  #starts(now: number, range: number): number[] {
    const { period } = this.#spec;
    const count = Math.min(range, Math.floor(now / period));
    return Array.from({ length: count }, (_, index) => now - (count - index) * period);
  }

  #aggregate(id: string, start: number, kind: Statistic): number | undefined {
    const [raw, known] = [this.#data[id], this.#aggregates[id]];
    if (!raw || !known) return undefined;
    const found = known.get(start);
    if (found !== undefined || known.has(start)) return found;
    const end = start + this.#spec.period;
    const totals = Totals.has(kind) ? this.#totalsOf(id, raw) : undefined;
    const value = totals ? totals.between(start, end, kind) : statistic(samplesBetween(raw, start, end), kind);
    known.set(start, value);
    return value;
  }

  /** Windows of a day slide by the minute: each would be added up from thousands of samples. */
  #totalsOf(id: string, raw: Raw): Totals | undefined {
    if (!this.#totals.has(id)) this.#totals.set(id, Totals.of(raw));
    return this.#totals.get(id);
  }

  #series(starts: readonly number[]): TimeSeries {
    const series = Object.entries(this.#spec.metrics).map(([id, { statistic: kind }]): [string, TimeSeries] => [
      id,
      starts.map((start) => this.#aggregate(id, start, kind)),
    ]);
    if (this.#expression)
      return evaluateMath(this.#expression, { series: Object.fromEntries(series), period: this.#spec.period });
    return series[0]?.[1] ?? [];
  }

  #band(start: number): Band {
    const edge = (name: string) => this.#aggregate(`${this.#watched}_${name}`, start, "Average");
    return { lower: edge("lower"), upper: edge("upper") };
  }

  /** Whether the setting for few samples keeps the state: one of the N newest periods has samples, but too few (per period: assumed). */
  #undecided(starts: readonly number[]): boolean {
    const { metrics, lowSamples, evaluationPeriods, period } = this.#spec;
    const share = percentileOf(metrics[this.#watched]?.statistic ?? "Average");
    const raw = this.#data[this.#watched];
    if (lowSamples !== "ignore" || share === undefined || !raw) return false;
    const few = (count: number) => count > 0 && count < samplesNeeded(share) - 1e-6;
    return starts.slice(-evaluationPeriods).some((start) => few(samplesBetween(raw, start, start + period).length));
  }

  judge(now: number, range: number, previous: State): State {
    const { evaluationPeriods: n, datapointsToAlarm: m, treatMissingData: treat } = this.#spec;
    const starts = this.#starts(now, range);
    if (this.#undecided(starts)) return previous;
    const points = this.#expression ? this.#judged(starts) : starts.map((start) => this.#known(start));
    return state(points, { n, m, range, treat }, previous);
  }

  /** How the points look; those of an expression depend on all points of the range. */
  #judged(starts: readonly number[]): Verdict[] {
    const { comparison, threshold } = this.#spec;
    const banded = isBand(comparison);
    return this.#series(starts).map((value, index): Verdict => {
      const band = banded ? this.#band(starts[index] ?? 0) : undefined;
      const bad = value === undefined ? undefined : breaches(comparison, value, threshold, band);
      return bad === undefined ? "missing" : bad ? "bad" : "ok";
    });
  }

  /** A point of a single metric looks the same whenever it is judged. */
  #known(start: number): Verdict {
    const found = this.#verdicts.get(start) ?? this.#judged([start])[0] ?? "missing";
    this.#verdicts.set(start, found);
    return found;
  }
}

/**
 * What an alarm does on given data: sliding windows, evaluated as often as CloudWatch does. It is not judged before N whole periods lie in the data, for
 * nothing is known of the time before: what came first is the data's to say. A late point, a wall clock window and a warm-up are not modelled.
 * @param data by metric id; a band is the ids of the watched metric (`value` for an expression) with `_lower` and `_upper`
 * @param start the state before the first evaluation; a new alarm has no data
 * @param range newest points that an evaluation may use, see {@link evaluationRange}
 * @throws TypeError when metric and data do not fit, ExpressionError or MathError for the expression
 */
export function evaluate(
  spec: AlarmSpec,
  data: RawById,
  start: State = "INSUFFICIENT_DATA",
  range: number = evaluationRange(spec),
): StateTimeline {
  const evaluation = new Evaluation(spec, data);
  const interval = evaluationInterval(spec);
  const end = Math.max(0, ...Object.values(data).map(durationOf));
  const first = Math.ceil((spec.period * spec.evaluationPeriods) / interval) * interval;
  const judgements: Judgement[] = [];
  const transitions: Transition[] = [];
  let current = start;
  for (let at = first; at <= end; at += interval) {
    const next = evaluation.judge(at, range, current);
    judgements.push({ at, state: next });
    if (next !== current) transitions.push({ at, from: current, state: next });
    current = next;
  }
  return { judgements, transitions, final: current };
}
