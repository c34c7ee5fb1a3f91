import { type Duration, seconds } from "../kit/units";
import { limitOf, type Side, thresholdOf } from "./alarm";
import { thresholdsNear } from "./mutate";
import { queryMutants } from "./mutate.query";
import { intervalOf, recordingsOf, rulesOf } from "./rule";
import { lintRule } from "./rule.lint";
import { type RuleTest, rulesFile, testOf, textsOf } from "./rule.proof";
import { fill, fillRecorded, subjectsOf } from "./rule.query";
import type { AnyRuled } from "./signal";

/** The rules of a signal with one thing changed, and what promtool must run to hold them against the proof of the original. */
export interface RuleMutant {
  /** What was changed, to what. Unique among the mutants of a signal. */
  readonly change: string;
  /** Whether lint objects. */
  readonly lint: boolean;
  /** Why no series can tell it from the original, where a rule says so for every signal of its sort. */
  readonly equivalent?: string;
  /** What promtool runs; undefined where the rules could not even be written. Its id is unique among all mutants. */
  readonly test?: RuleTest;
}

type Changed<Size> = readonly [change: string, signal: AnyRuled<Size>, equivalent?: string];

const sides: readonly Side[] = ["above", "atLeast", "below", "atMost"];

const withAlarm = <Size>(signal: AnyRuled<Size>, change: object): AnyRuled<Size> => ({
  ...signal,
  alarm: { ...signal.alarm, ...change } as AnyRuled<Size>["alarm"],
});

const strictness: Readonly<Partial<Record<Side, Side>>> = {
  above: "atLeast",
  atLeast: "above",
  below: "atMost",
  atMost: "below",
};
/** Functions that extrapolate to the edges of their range, or fit a line ("Query functions", Prometheus documentation, 2026-11). */
const extrapolating = /\b(?:rate|increase|delta|deriv|predict_linear)\s*\(/;
const dust =
  "the query extrapolates, so that its value meets a limit other than 0 to the last bit only by chance: whether that counts makes no difference";

const queriesOf = <Size>({ source: { query, records = [] } }: AnyRuled<Size>) => [
  query,
  ...records.map((recorded) => recorded.query),
];

function limits<Size>(signal: AnyRuled<Size>): Changed<Size>[] {
  const { side } = limitOf<Size>(signal.alarm);
  const threshold = thresholdOf(signal, signal.proof.size);
  return [
    ...thresholdsNear(threshold, signal.unit).map(
      (value) => [`threshold ${threshold} -> ${value}`, withAlarm(signal, { [side]: value })] as const,
    ),
    ...sides
      .filter((other) => other !== side)
      .map((other): Changed<Size> => {
        const changed = withAlarm(signal, { [side]: undefined, [other]: threshold });
        const same =
          strictness[side] === other && threshold !== 0 && queriesOf(signal).some((query) => extrapolating.test(query));
        return [`comparison ${side} -> ${other}`, changed, same ? dust : undefined];
      }),
  ];
}

/** One evaluation more, one less, twice and half as many: what lies between two evaluations makes no difference. */
function evaluationsNear(length: number, interval: number): number[] {
  const count = Math.ceil(length / interval);
  const near = new Set([count + 1, count - 1, count * 2, Math.floor(count / 2)]);
  return [...near].filter((other) => other >= 0 && other !== count).map((other) => other * interval);
}

const inSeconds = (length: number): Duration => `${length} seconds`;

function times<Size>(id: string, signal: AnyRuled<Size>): Changed<Size>[] {
  const { alarm } = signal;
  const interval = intervalOf(id, alarm.every);
  const pending = seconds(alarm.for);
  const keep = alarm.keepFiringFor && seconds(alarm.keepFiringFor);
  // How long an alert is kept is a choice of tens of minutes: no proof need pin it to one evaluation.
  const keeps = keep === undefined ? [Math.max(pending, interval)] : [keep * 2, Math.floor(keep / 2), undefined];
  const told = (length: number | undefined) => (length === undefined ? "none" : String(length));
  return [
    ...evaluationsNear(pending, interval).map(
      (other) => [`for ${pending} -> ${other}`, withAlarm(signal, { for: inSeconds(other) })] as const,
    ),
    ...keeps.map(
      (other) =>
        [
          `keep_firing_for ${told(keep)} -> ${told(other)}`,
          withAlarm(signal, { keepFiringFor: other === undefined ? undefined : inSeconds(other) }),
        ] as const,
    ),
  ];
}

function absence<Size>(signal: AnyRuled<Size>): Changed<Size> {
  return signal.alarm.whenMissing === "bad"
    ? ["alert for missing data left out", withAlarm(signal, { whenMissing: "ok" })]
    : ["alert for missing data added", withAlarm(signal, { whenMissing: "bad" })];
}

/** A part that throws objects too: it says that it cannot be so. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** The test of the original with other rules, in files of its own. */
function renamed(test: Omit<RuleTest, "lint">, id: string): RuleTest {
  const content: object = JSON.parse(test.test);
  return { ...test, id, lint: [], test: JSON.stringify({ ...content, rule_files: [rulesFile(id)] }) };
}

/**
 * Every set of rules that differs from a signal's in one thing, at the size of its proof: threshold, comparison, `for`, `keep_firing_for`, the alert for missing
 * data, the query, which stands in both alerts, and the queries recorded for it that this signal proves. The proof stays that of the original.
 */
export function ruleMutants<Size>(id: string, kind: string, signal: AnyRuled<Size>): RuleMutant[] {
  const { source, proof } = signal;
  const { size } = proof;
  const texts = textsOf(subjectsOf(source));
  const query = fill(source.query, source, size, texts);
  const records = (source.records ?? []).map((one) => fillRecorded(one, size, texts));
  const built: AnyRuled<Size> = {
    ...signal,
    source: { from: "prometheus", query, subjects: [], parameters: {}, records },
  };
  const queries = queryMutants(query).map(
    (other): Changed<Size> => [`query -> ${other}`, { ...built, source: { ...built.source, query: other } }],
  );
  const recorded = records
    .filter(({ provenBy }) => provenBy === id)
    .flatMap(({ record, query: original }) =>
      queryMutants(original).map((other): Changed<Size> => {
        const changed = records.map((one) => (one.record === record ? { ...one, query: other } : one));
        return [`${record} -> ${other}`, { ...built, source: { ...built.source, records: changed } }];
      }),
    );
  const instance = { component: "proof", kind, size, texts: {}, runbooks: "https://example.com" };
  const all = [...limits(built), ...times(id, built), absence(built), ...queries, ...recorded];
  return all.map(([change, changed, equivalent], i) => {
    const rules = () => recordingsOf(id, changed.source, instance).map(({ rule }) => rule);
    const test = attempt(() => renamed(testOf(id, signal, rulesOf(id, changed, instance), rules()), `${id}.${i + 1}`));
    const lint = attempt(() => lintRule(changed, size)) ?? ["it cannot be read"];
    return { change, lint: lint.length > 0, ...(equivalent !== undefined && { equivalent }), ...(test && { test }) };
  });
}
