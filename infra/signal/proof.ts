import { isBand, specOf } from "./alarm";
import { evaluate, reached } from "./evaluate/alarm";
import { evaluationRange } from "./evaluate/range";
import { durationOf, join, parseSeries, type RawById } from "./evaluate/samples";
import type { State } from "./evaluate/state";
import { lint, type Problem } from "./lint";
import { metricOf } from "./metrics";
import type { AnyAlarmed, Change, Proof, Series, Unit, WhenMissing } from "./signal";
import type { AlarmSpec } from "./spec";

/** What is known of a signal's alarm. It is proven when both lists are empty. */
export interface Verdict {
  readonly lint: readonly Problem[];
  /** What the evaluator found the alarm to do that its proof forbids. */
  readonly failures: readonly string[];
}

/** The state in which an alarm must end when nothing is published any more, by its state before. */
const silent: Readonly<Record<WhenMissing, (before: State) => State>> = {
  ok: () => "OK",
  bad: () => "ALARM",
  keep: (before) => before,
  unknown: () => "INSUFFICIENT_DATA",
};

/** Seconds between two points of each metric, as the metric catalogue has it. */
const steps = ({ metrics }: AlarmSpec): Record<string, number> =>
  Object.fromEntries(
    Object.entries(metrics).map(([id, { namespace, metric }]) => [id, metricOf(namespace, metric)?.period ?? 60]),
  );

/** The same metrics, publishing nothing for as long as any evaluation could still look back, and once more. */
function silence(spec: AlarmSpec, data: RawById): RawById {
  const length = spec.period * (evaluationRange(spec) + 2);
  return Object.fromEntries(
    Object.entries(data).map(([id, { step }]) => [
      id,
      { step, points: Array<undefined>(Math.ceil(length / step)).fill(undefined) },
    ]),
  );
}

/** The edges of an anomaly band that the data lacks: without them nothing is ever compared. */
function edgesMissing({ comparison, metrics, expression }: AlarmSpec, data: RawById): string[] {
  if (!isBand(comparison)) return [];
  const watched = expression === undefined ? Object.keys(metrics).join() : "value";
  const needed = ["Lower", "Upper"].filter((edge) => comparison.includes(edge));
  return needed.map((edge) => `${watched}_${edge.toLowerCase()}`).filter((id) => data[id] === undefined);
}

const seconds = (data: RawById) => Math.max(...Object.values(data).map(durationOf));

/**
 * Runs an alarm over what a person chose: it must fire on each bad series, stay quiet on each fine one, clear when healed, and do as recorded when data is
 * missing. The alarm is given apart from the proof, so that a changed alarm can be held against the proof of the original.
 * @returns what it did wrong, in words; empty when it is proven
 */
export function prove<Size>(spec: AlarmSpec, proof: Proof<Size>, whenMissing: WhenMissing): string[] {
  const step = steps(spec);
  const read = (series: Series) => parseSeries(series, step);
  const failures: string[] = [];
  const expect = (what: string, data: RawById, wanted: State) => {
    const missing = edgesMissing(spec, data);
    if (missing.length > 0)
      failures.push(
        `${what}: has no series ${missing.join(", ")}, the edges that CloudWatch is assumed to have learned`,
      );
    const { final } = evaluate(spec, data);
    if (final !== wanted) failures.push(`${what}: ends in ${final}, not in ${wanted}`);
  };
  const healed = read(proof.healed);
  for (const [i, series] of proof.bad.entries()) {
    const bad = read(series);
    expect(`bad series ${i + 1}`, bad, "ALARM");
    expect(`bad series ${i + 1}, healed`, join(bad, healed), "OK");
    expect(`bad series ${i + 1}, then nothing`, join(bad, silence(spec, bad)), silent[whenMissing]("ALARM"));
  }
  for (const [i, series] of proof.fine.entries()) {
    const fine = read(series);
    const timeline = evaluate(spec, fine);
    const name = `fine series ${i + 1}`;
    if (timeline.judgements.length === 0)
      failures.push(`${name}: lasts ${seconds(fine)} seconds, too short to be judged once`);
    if (reached(timeline, "ALARM")) failures.push(`${name}: fires`);
    expect(`${name}, then nothing`, join(fine, silence(spec, fine)), silent[whenMissing](timeline.final));
  }
  return failures;
}

/**
 * Lint and proof of a signal's alarm at the size of its proof, as the record has it or with an instance's change.
 * @param switches what the kind's components switch on; a signal with a precondition says itself when its metric is published
 */
export function verdictOf<Size>(
  signal: AnyAlarmed<Size>,
  change: Change<Unit> = {},
  switches: readonly string[] = [],
): Verdict {
  const spec = specOf(signal, signal.proof.size, change);
  return {
    lint: lint(spec, { unit: signal.unit, role: signal.role, ...(!signal.when && { switches }) }),
    failures: prove(spec, signal.proof, signal.alarm.whenMissing),
  };
}
