/** Queries of Metrics Insights: one statistic over all values of dimensions that nobody knows beforehand. Written and read here only. */
import type { MetricStat, Statistic } from "./spec";

/** Aggregations ("Metrics Insights query components and syntax", CloudWatch User Guide, 2026-11): there are no percentiles. */
const aggregations = {
  Average: "AVG",
  Maximum: "MAX",
  Minimum: "MIN",
  Sum: "SUM",
  SampleCount: "COUNT",
} as const satisfies Partial<Record<Statistic, string>>;

/** A statistic that Metrics Insights has. */
export type Aggregated = keyof typeof aggregations;
/** Whether Metrics Insights has a statistic. */
export const isAggregated = (statistic: Statistic): statistic is Aggregated => Object.hasOwn(aggregations, statistic);

const quoted = (name: string) => `"${name}"`;

/**
 * The query of a metric over all values of the dimensions that it is `across`.
 * @throws TypeError for a percentile
 */
export function insightsQuery({
  namespace,
  metric,
  statistic,
  dimensions,
  across = [],
}: Omit<MetricStat, "period">): string {
  if (!isAggregated(statistic))
    throw new TypeError(`Metrics Insights has no ${statistic}: ask for ${Object.keys(aggregations).join(", ")}`);
  const schema = [namespace, ...Object.keys(dimensions), ...across].map(quoted).join(", ");
  const filter = Object.entries(dimensions).map(
    ([name, value]) => `${quoted(name)} = '${value.replaceAll("'", "''")}'`,
  );
  const where = filter.length === 0 ? "" : ` WHERE ${filter.join(" AND ")}`;
  return `SELECT ${aggregations[statistic]}(${quoted(metric)}) FROM SCHEMA(${schema})${where}`;
}

const name = String.raw`(?:"([^"]+)"|([A-Za-z]\w*))`;
const form = new RegExp(
  String.raw`^\s*SELECT\s+(AVG|MAX|MIN|SUM|COUNT)\(\s*${name}\s*\)\s+FROM\s+SCHEMA\(([^()]*)\)(?:\s+WHERE\s+(.*?))?\s*$`,
  "is",
);
const names = (text: string): string[] =>
  [...text.matchAll(new RegExp(name, "g"))].map(([, inQuotes, bare]) => inQuotes ?? bare ?? "");
const equals = new RegExp(String.raw`^\s*${name}\s*=\s*'((?:[^']|'')*)'\s*$`);

/** Reads a query that selects one statistic of one schema by equalities; undefined for any other, such as one that is grouped. */
export function readInsights(text: string): Omit<MetricStat, "period"> | undefined {
  const [, aggregation, quotedMetric, metric = quotedMetric, schema, where] = form.exec(text) ?? [];
  const statistic = (Object.keys(aggregations) as Aggregated[]).find(
    (one) => aggregations[one] === aggregation?.toUpperCase(),
  );
  const [namespace, ...dimensions] = names(schema?.replace(/^\s*([A-Za-z]+\/\w+)/, '"$1"') ?? "");
  if (!statistic || metric === undefined || namespace === undefined) return undefined;
  const filters = where === undefined ? [] : where.split(/\s+AND\s+/i).map((one) => equals.exec(one));
  const values: Record<string, string> = {};
  for (const filter of filters) {
    const dimension = filter?.[1] ?? filter?.[2];
    if (dimension === undefined || !dimensions.includes(dimension)) return undefined;
    values[dimension] = (filter?.[3] ?? "").replaceAll("''", "'");
  }
  const across = dimensions.filter((dimension) => !Object.hasOwn(values, dimension));
  return { namespace, metric, statistic, dimensions: values, ...(across.length > 0 && { across }) };
}
