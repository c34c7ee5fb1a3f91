import { seconds } from "../kit/units";
import { intervalOf, type RecordingRule, type Rule, recordingsOf, rulesOf } from "./rule";
import { ruleDocument } from "./rule.document";
import { lintRule } from "./rule.lint";
import { fill, memoryThrough, promDuration, secondsIn, subjectsOf } from "./rule.query";
import type { RuleSeries } from "./rule.record";
import { notation, type Scraped, scraped, scrapesIn } from "./rule.series";
import type { AnyRuled, Change, Unit, WhenMissing } from "./signal";

/** What promtool needs to prove the rules of one signal. */
export interface RuleTest {
  readonly id: string;
  /** What is wrong with the query whatever its data; empty when all is well. */
  readonly lint: readonly string[];
  /** The rule file, at the size of the proof. */
  readonly rules: string;
  /** The test file; it names the rule file {@link rulesFile}. */
  readonly test: string;
}

/** The rule file of a signal's test, beside it. */
export const rulesFile = (id: string): string => `${id}.rules.yaml`;

/** Seconds that a rule is judged by: what its cases are measured against. */
interface Clock {
  readonly scrape: number;
  readonly interval: number;
  readonly for: number;
  readonly keep: number;
  /** How long a value can live on in the query after the last scrape. */
  readonly memory: number;
}

interface Check {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
}

/** The last evaluation that comes no later. */
const evaluationAt = (time: number, { interval }: Clock): number => Math.floor(time / interval) * interval;

/** The last evaluation of what was scraped. */
const lastJudged = (data: Scraped, clock: Clock): number => evaluationAt((scrapesIn(data) - 1) * clock.scrape, clock);

/**
 * Milliseconds from a scrape to the evaluation that sees it. In life none comes at the very instant of the other; where it does, Prometheus 2 counts one sample
 * more in each range than Prometheus 3 ("Prometheus 3.0 migration guide", prometheus.io, 2026-11), and AMP does not say which of them it is. An eighth of a second,
 * because that is exact in binary.
 */
const lag = 125;

/** Rules look back so far, in milliseconds: they are evaluated one interval later, and what they see is as of {@link lag} after the scrape. */
const offsetOf = (interval: number): number => 1_000 * interval - lag;

/** The rule file of a test as promtool gets it, with that offset. AMP has one for the whole workspace instead. */
export const asJudged = (rules: string): string =>
  rules.replace(
    /^( *)interval: (.+)$/gm,
    (line, indent: string, interval: string) => `${line}\n${indent}query_offset: ${offsetOf(secondsIn(interval))}ms`,
  );

/** When the rules have seen what was scraped up to a time. What they write is as of then all the same. */
const seenAt = (time: number, { interval }: Clock): number => time + interval;

/** Whether the alert of a signal fires at a time. */
const fires = (id: string, at: number, firing: boolean, clock: Clock): Check => ({
  expr: `(count(ALERTS{signal="${id}", alertstate="firing"} offset ${offsetOf(clock.interval)}ms) > bool 0) or vector(0)`,
  eval_time: promDuration(seenAt(at, clock)),
  exp_samples: [{ labels: "{}", value: firing ? 1 : 0 }],
});

/** That the alert of a signal did not fire once until a time. */
const neverFired = (id: string, until: number, clock: Clock): Check => ({
  expr: `sum(count_over_time(ALERTS{signal="${id}", alertstate="firing"}[${promDuration(seenAt(until, clock))}])) or vector(0)`,
  eval_time: promDuration(seenAt(until, clock)),
  exp_samples: [{ labels: "{}", value: 0 }],
});

const testCase = (name: string, { scrape }: Clock, data: Scraped, checks: readonly Check[]) => ({
  name,
  interval: promDuration(scrape),
  input_series: [...data].map(([series, values]) => ({ series, values: notation(values) })),
  promql_expr_test: checks,
});

/** The same series, scraped no more for as long as anything could still come of them, and the evaluation at the end. */
function silenced(data: Scraped, clock: Clock): { data: Scraped; end: number } {
  const { scrape, interval, memory, keep, for: pending } = clock;
  const more = Math.ceil((memory + keep + pending + 3 * interval) / scrape);
  const silent = new Map(
    [...data].map(([series, values]) => [series, [...values, ...Array<undefined>(more).fill(undefined)]] as const),
  );
  return { data: silent, end: lastJudged(silent, clock) };
}

/**
 * The test of given rules with the proof of a signal: they must fire on each bad case, never on a fine one, clear when healed, and do as recorded when
 * nothing is scraped any more. The rules are given apart from the proof, so that changed ones can be held against the proof of the original.
 * @param recorded what is recorded for them, evaluated before them
 * @throws RangeError or TypeError for a proof that shows nothing or cannot be read
 */
export function testOf<Size>(
  id: string,
  signal: AnyRuled<Size>,
  planned: readonly Rule[],
  recorded: readonly RecordingRule[] = recordedFor(id, signal),
): Omit<RuleTest, "lint"> {
  const { proof, alarm, source } = signal;
  const interval = intervalOf(id, alarm.every);
  const texts = textsOf(subjectsOf(source));
  const name = (series: string) => fill(series, source, proof.size, texts);
  const clock: Clock = {
    scrape: seconds(proof.scrape ?? "1 minute"),
    interval,
    for: seconds(alarm.for),
    keep: alarm.keepFiringFor ? seconds(alarm.keepFiringFor) : 0,
    memory: memoryThrough(fill(source.query, source, proof.size, texts), recordedFor(id, signal)),
  };
  const read = (...parts: readonly RuleSeries[]) => scraped(parts, name, clock.scrape);
  const cases = [
    ...proof.bad.flatMap((series, i) => {
      const [bad, healed] = [read(series), read(series, proof.healed)];
      return badCases(id, `bad series ${i + 1}`, alarm.whenMissing, clock, bad, healed);
    }),
    ...proof.fine.map((series, i) => fineCase(id, `fine series ${i + 1}`, alarm.whenMissing, clock, read(series))),
  ];
  const test = { rule_files: [rulesFile(id)], evaluation_interval: promDuration(interval), tests: cases };
  return {
    id,
    rules: ruleDocument(
      id,
      [...recorded, ...planned].map((rule) => ({ interval, rule })),
    ),
    test: JSON.stringify(test, null, 2),
  };
}

function badCases(id: string, name: string, whenMissing: WhenMissing, clock: Clock, bad: Scraped, healed: Scraped) {
  const at = lastJudged(bad, clock);
  const silent = silenced(bad, clock);
  const stillFiring = fires(id, evaluationAt(at + clock.keep, clock), true, clock);
  const kept = whenMissing === "keep" ? [stillFiring] : [];
  // An alert that goes on for a while does so when the value is fine again.
  const goesOn = whenMissing !== "keep" && clock.keep > 0 ? [stillFiring] : [];
  const cleared = fires(id, lastJudged(healed, clock), false, clock);
  return [
    testCase(`${name}, healed`, clock, healed, [fires(id, at, true, clock), ...goesOn, cleared]),
    testCase(`${name}, then nothing`, clock, silent.data, [
      ...kept,
      fires(id, silent.end, whenMissing === "bad", clock),
    ]),
  ];
}

function fineCase(id: string, name: string, whenMissing: WhenMissing, clock: Clock, fine: Scraped) {
  const at = lastJudged(fine, clock);
  if (at < clock.for)
    throw new RangeError(
      `signal "${id}", ${name}: its last scrape comes after ${at} seconds, before its rule could fire (${clock.for}): make it longer`,
    );
  const silent = silenced(fine, clock);
  const checks = [neverFired(id, at, clock), fires(id, silent.end, whenMissing === "bad", clock)];
  return testCase(`${name}, then nothing`, clock, silent.data, checks);
}

/** What stands for the subjects of a proof. */
export const textsOf = (subjects: readonly string[]): Record<string, string> =>
  Object.fromEntries(subjects.map((subject) => [subject, `${subject}-1.a`]));

/** What is recorded for a signal at the size of its proof. */
export const recordedFor = <Size>(id: string, { source, proof: { size } }: AnyRuled<Size>): RecordingRule[] =>
  recordingsOf(id, source, { size, texts: textsOf(subjectsOf(source)) }).map(({ rule }) => rule);

/** The test of a signal's rules at the size of its proof, as the record has them or with an instance's change. */
export function ruleTest<Size>(id: string, kind: string, signal: AnyRuled<Size>, change: Change<Unit> = {}): RuleTest {
  const { proof, source } = signal;
  const texts = textsOf(subjectsOf(source));
  const rules = rulesOf(id, signal, {
    component: "proof",
    kind,
    size: proof.size,
    texts,
    change,
    runbooks: "https://example.com",
  });
  return { ...testOf(id, signal, rules), lint: lintRule(signal, proof.size, change) };
}
