import { readInsights } from "../infra/signal/insights";
import type { Rule as LintRule } from "../infra/signal/lint";
import type { AlarmSpec, Comparison, MetricStat, MissingData, Statistic } from "../infra/signal/spec";
import { fieldsOf, isGiven, listOf, notKnown } from "./alarms";

type Fields = Readonly<Record<string, unknown>>;

/** An alarm as lint takes it, read from the arguments of any program. */
export interface ReadAlarm {
  readonly spec: AlarmSpec<unknown>;
  /** Checks that say nothing about it, because what they look at is not known (yet). */
  readonly blind: ReadonlySet<LintRule>;
}

const aboutMetric: readonly LintRule[] = ["metric", "dimensions", "unit", "switch", "engine", "role"];
const aboutStatistic: readonly LintRule[] = ["statistic", "threshold", "unit"];
const aboutValue: readonly LintRule[] = ["threshold", "statistic", "datapoints", "missing-data"];

/** Functions that CloudWatch has and the evaluator does not understand ("Using math expressions with CloudWatch metrics", CloudWatch User Guide, 2026-11). */
const foreign =
  /\b(ANOMALY_DETECTION_BAND|DATAPOINT_COUNT|DAY|DATE|DB_PERF_INSIGHTS|EPOCH|FIRST|HOUR|INSIGHT_RULE_METRIC|LAMBDA|LAST|LOG|LOG10|METRIC_COUNT|MINUTE|MONTH|REMOVE_EMPTY|RUNNING_SUM|SERVICE_QUOTA|SLICE|SORT|STDDEV|YEAR)\s*\(/;
const simple: readonly string[] = ["Average", "Minimum", "Maximum", "Sum", "SampleCount"];

const isStatistic = (value: unknown): value is Statistic =>
  typeof value === "string" && (simple.includes(value) || /^p\d/.test(value));

/** Reads an alarm part by part, and keeps in mind which checks cannot judge it. */
class AlarmReader {
  readonly blind = new Set<LintRule>();

  /** A value of that type; otherwise the stand-in, and those checks are blind. */
  value<Value extends string | number>(value: unknown, standIn: Value, checks: readonly LintRule[]): Value {
    if (typeof value === typeof standIn) return value as Value;
    for (const check of checks) this.blind.add(check);
    return standIn;
  }

  optional<Value extends string | number>(value: unknown, otherwise: Value, checks: readonly LintRule[]): Value {
    return isGiven(value) ? this.value(value, otherwise, checks) : otherwise;
  }

  metric(fields: Fields, statistic: unknown): MetricStat<unknown> {
    const known = isStatistic(statistic);
    if (!known) this.hide(aboutStatistic);
    return {
      namespace: this.value(fields.namespace, "", [...aboutMetric, ...aboutValue, "period"]),
      metric: this.value(fields.metricName, "", [...aboutMetric, ...aboutValue, "period"]),
      statistic: known ? statistic : "Average",
      period: this.value(fields.period, 60, ["period", "datapoints"]),
      dimensions: this.dimensions(fields.dimensions),
      ...(typeof fields.unit === "string" && { unit: fields.unit }),
    };
  }

  dimensions(value: unknown): Fields {
    if (value === notKnown) this.hide(["dimensions"]);
    return fieldsOf(value);
  }

  hide(checks: readonly LintRule[]): void {
    for (const check of checks) this.blind.add(check);
  }
}

interface Queried {
  readonly metrics: Readonly<Record<string, MetricStat<unknown>>>;
  readonly expression?: string;
  /** The width of a band, where the alarm compares with one. */
  readonly width?: number;
}

/** An expression with the expressions that it names put into their places; a name among quotes is none. */
function expanded(id: string, expressions: ReadonlyMap<string, string>, within: readonly string[] = []): string {
  const text = expressions.get(id) ?? id;
  if (within.includes(id)) return id;
  return text.replace(/"[^"]*"|'[^']*'|\b[a-z]\w*\b/g, (name) =>
    expressions.has(name) ? `(${expanded(name, expressions, [...within, id])})` : name,
  );
}

function queried(given: Fields, reader: AlarmReader): Queried | undefined {
  const queries = listOf(given.metricQueries).map(fieldsOf);
  const idOf = (query: Fields) => (typeof query.id === "string" ? query.id : undefined);
  const metrics = Object.fromEntries(
    queries.flatMap((query) => {
      const id = idOf(query);
      const fields = fieldsOf(query.metric);
      return id !== undefined && isGiven(query.metric) ? [[id, reader.metric(fields, fields.stat)]] : [];
    }),
  );
  const expressions = new Map(
    queries.flatMap((query) => {
      const [id, text] = [idOf(query), query.expression];
      return id !== undefined && typeof text === "string" && text !== "" ? [[id, text] as const] : [];
    }),
  );
  const band = idOf({ id: given.thresholdMetricId });
  const watched = queries.find((query) => query.returnData === true && idOf(query) !== band);
  const id = watched && idOf(watched);
  if (id === undefined) return undefined;
  const selected = readInsights(expressions.get(id) ?? "");
  if (selected) {
    const period = reader.value(watched?.period, 60, ["period", "datapoints"]);
    return { metrics: { [id]: { ...selected, period } } };
  }
  // Any other query of Metrics Insights, one of Lambda or with an unknown part is a language that lint does not speak.
  if ([...expressions.values()].some((text) => /^\s*SELECT\b/i.test(text))) return undefined;
  const width =
    band === undefined ? undefined : Number(/,\s*([\d.]+)\s*\)\s*$/.exec(expressions.get(band) ?? "")?.[1] ?? 2);
  const only = Object.hasOwn(metrics, id) ? metrics[id] : undefined;
  if (only) return { metrics: band === undefined ? metrics : { [id]: only }, ...(width !== undefined && { width }) };
  if (!expressions.has(id)) return undefined;
  const expression = expanded(id, expressions);
  if (foreign.test(expression)) reader.hide(["expression", "threshold"]);
  return { metrics, expression, ...(width !== undefined && { width }) };
}

/**
 * Reads the arguments of a metric alarm.
 * @param given with `notKnown` for what is not known yet
 * @returns undefined where nothing can be said of it: PromQL, a query of Metrics Insights that is more than one statistic, or metrics that are wholly unknown
 */
export function readAlarm(given: Fields): ReadAlarm | undefined {
  const reader = new AlarmReader();
  const single = isGiven(given.metricName);
  const value = single
    ? { metrics: { value: reader.metric(given, given.statistic ?? given.extendedStatistic) } }
    : queried(given, reader);
  if (!value) return undefined;
  const { metrics, expression, width }: Queried = value;
  const periods = reader.value(given.evaluationPeriods, 1, ["period", "datapoints"]);
  return {
    blind: reader.blind,
    spec: {
      metrics,
      ...(expression !== undefined && { expression }),
      comparison: reader.value<string>(given.comparisonOperator, "GreaterThanThreshold", aboutValue) as Comparison,
      threshold: width ?? reader.value(given.threshold, 0, ["threshold", "datapoints"]),
      period: Object.values(metrics)[0]?.period ?? 60,
      evaluationPeriods: periods,
      datapointsToAlarm: reader.optional(given.datapointsToAlarm, periods, ["datapoints"]),
      treatMissingData: reader.optional<string>(given.treatMissingData, "missing", ["missing-data"]) as MissingData,
    },
  };
}
