import type { Document } from "yaml";
import type { RecordingRule, Rule } from "./rule";
import { promDuration } from "./rule.query";

/** A rule, and the seconds between its evaluations. */
export interface PlannedRule {
  readonly interval: number;
  readonly rule: Rule | RecordingRule;
}

/** The largest rule file that AMP takes, in bytes ("Amazon Managed Service for Prometheus service quotas", AMP User Guide, 2026-11: 1 MB). */
const largestDocument = 1_000_000;

/** YAML is loaded only where rules are written or read: most runs need none, and loading it takes longer than a policy. */
const yaml = (): typeof import("yaml") => require("yaml");

/** What several signals record alike stands once, and before whatever reads it. */
function inOrder(planned: readonly PlannedRule[]): readonly PlannedRule[] {
  const isRecorded = ({ rule }: PlannedRule) => "record" in rule;
  const recorded = new Map(planned.filter(isRecorded).map((one) => [JSON.stringify(one), one]));
  return [...recorded.values(), ...planned.filter((one) => !isRecorded(one))];
}

/** Two rules that record different queries as one series would overwrite each other. */
function checkRecorded(where: string, planned: readonly PlannedRule[]): void {
  const series = planned.flatMap(({ rule }) => ("record" in rule ? [JSON.stringify([rule.record, rule.labels])] : []));
  const twice = series.find((one, at) => series.indexOf(one) < at);
  if (twice !== undefined)
    throw new TypeError(`the rules of "${where}" record two queries, or two intervals, as one series: ${twice}`);
}

/**
 * The rule file of one component: a group for each interval, its name the interval, recording rules first, else in the order given. Same input, same bytes.
 * @param where whose rules they are, for the message
 * @throws RangeError when AMP would refuse it, TypeError where two rules record the same series
 */
export function ruleDocument(where: string, given: readonly PlannedRule[]): string {
  const planned = inOrder(given);
  checkRecorded(where, planned);
  const intervals = [...new Set(planned.map(({ interval }) => interval))].sort((one, other) => one - other);
  const groups = intervals.map((interval) => ({
    name: promDuration(interval),
    interval: promDuration(interval),
    rules: planned.filter((one) => one.interval === interval).map(({ rule }) => rule),
  }));
  const text = yaml().stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false });
  const size = Buffer.byteLength(text);
  if (size <= largestDocument) return text;
  throw new RangeError(
    `the rules of "${where}" take ${size} bytes, and a rule file of AMP at most ${largestDocument}: watch fewer things with one component`,
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A rule as far as it can be read from any rule file. */
export interface ReadRule {
  readonly alert: string;
  /** The id in the label `signal`. */
  readonly signal?: string;
}

function parsed(text: string): Document.Parsed | undefined {
  const document = yaml().parseDocument(text, { logLevel: "silent" });
  return document.errors.length === 0 ? document : undefined;
}

/** The alerts of a rule file, of this project or any other; none where the text is no rule file. */
export function alertsIn(text: string): ReadRule[] {
  const document: unknown = parsed(text)?.toJS();
  const groups = list(isRecord(document) ? document.groups : undefined);
  return groups
    .flatMap((group) => list(isRecord(group) ? group.rules : undefined))
    .flatMap((rule): ReadRule[] => {
      if (!isRecord(rule) || typeof rule.alert !== "string") return [];
      const labels = rule.labels;
      const signal = isRecord(labels) ? labels.signal : undefined;
      return [{ alert: rule.alert, ...(typeof signal === "string" && { signal }) }];
    });
}
