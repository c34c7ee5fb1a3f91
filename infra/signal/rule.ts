import { type Duration, seconds } from "../kit/units";
import { limitOf, severityOf, thresholdOf } from "./alarm";
import { fill, fillRecorded, number, promDuration } from "./rule.query";
import type { PrometheusSource } from "./rule.record";
import type { AnyRuled, Change, Unit } from "./signal";

/** A rule of Prometheus, with the field names of a rule file. */
export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A recording rule of Prometheus, with the field names of a rule file. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a rule is made for. */
export interface RuleInstance<Size> {
  /** Name of what is watched: alerts of two components stay apart by it, even when their queries drop every label. */
  readonly component: string;
  readonly kind: string;
  /** The service that owns it, where known: alerts are grouped by it. */
  readonly service?: string;
  readonly size: Size;
  /** The text of each subject, known from inputs. */
  readonly texts: Readonly<Record<string, string | undefined>>;
  readonly change?: Change<Unit>;
  /** Address under which the runbook pages lie, without a slash at the end. */
  readonly runbooks: string;
}

const operators = { above: ">", atLeast: ">=", below: "<", atMost: "<=" } as const;
type Side = keyof typeof operators;
const isSide = (side: string): side is Side => side in operators;

/** The shortest interval of a rule group in AMP, in seconds ("Amazon Managed Service for Prometheus service quotas", AMP User Guide, 2026-11). */
const shortestInterval = 30;

/** Seconds between two evaluations of a signal's rule. Throws a RangeError where AMP refuses it. */
export function intervalOf(id: string, every: Duration = "1 minute"): number {
  const interval = seconds(every);
  if (interval >= shortestInterval) return interval;
  throw new RangeError(
    `signal "${id}": every ${every} is too often, AMP evaluates at most every ${shortestInterval} seconds`,
  );
}

/** The name of a signal's alert, in the CamelCase of the field: "queue-dead-letters" is QueueDeadLetters. The label `signal` holds the id itself. */
export const alertName = (id: string): string =>
  id.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The name of the alert that fires when a value is missing that never should be. */
export const missingName = (id: string): string => `${alertName(id)}Missing`;

/** A selector or a call stands by itself; anything else is put in parentheses, so that a comparison is with the whole. */
const operand = (query: string): string => (/^[\w:]+(\{[^{}]*\})?$/.test(query) ? query : `(${query})`);

/** Prometheus reads labels and annotations as templates. */
const plain = (text: string): string => text.replace(/\{\{/g, '{{ "{{" }}');

/**
 * The recording rules that a source asks for, each with the seconds between its evaluations.
 * @throws TypeError or RangeError for a query that an instance cannot have
 */
export const recordingsOf = <Size>(
  id: string,
  { records = [] }: PrometheusSource<string, Size>,
  { size, texts }: Pick<RuleInstance<Size>, "size" | "texts">,
): { readonly interval: number; readonly rule: RecordingRule }[] =>
  records.map((recorded) => {
    const { record, query, labels, every } = fillRecorded(recorded, size, texts);
    return { interval: intervalOf(id, every), rule: { record, expr: query, labels } };
  });

/**
 * The rules of a signal for an instance. The first fires on bad values. Where a missing value is bad, a second one of the same signal fires on its absence.
 * @throws TypeError or RangeError for a query or a limit that an instance cannot have
 */
export function rulesOf<Size>(id: string, signal: AnyRuled<Size>, instance: RuleInstance<Size>): Rule[] {
  const { alarm, source, title, runbook } = signal;
  const { size, texts, change, component, kind, service, runbooks } = instance;
  const { side } = limitOf<Size>(alarm);
  if (!isSide(side)) throw new TypeError(`signal "${id}": Prometheus knows no ${side}`);
  const value = fill(source.query, source, size, texts);
  const threshold = number(thresholdOf(signal, size, change), `the threshold of signal "${id}"`);
  const labels = {
    severity: severityOf(signal, change),
    signal: id,
    kind,
    component,
    ...(service !== undefined && { service }),
  };
  const about = (summary: string) => ({
    summary: plain(`${summary}: ${component}`),
    description: plain(runbook.means),
    runbook_url: plain(`${runbooks}/${id}.md`),
  });
  const shared = {
    for: promDuration(seconds(alarm.for)),
    ...(alarm.keepFiringFor && { keep_firing_for: promDuration(seconds(alarm.keepFiringFor)) }),
    labels: Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, plain(text)])),
  };
  const bad: Rule = {
    alert: alertName(id),
    expr: `${operand(value)} ${operators[side]} ${threshold}`,
    ...shared,
    annotations: about(title),
  };
  if (alarm.whenMissing !== "bad") return [bad];
  const missing = {
    alert: missingName(id),
    expr: `absent(${value})`,
    ...shared,
    annotations: about(`No data (${title})`),
  };
  return [bad, missing];
}
