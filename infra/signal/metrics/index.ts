import catalogue from "./catalogue.json";
import type { Metric } from "./metric";
import { hints, own } from "./own";
import { readRow } from "./rows";

const listed: Readonly<Record<string, Readonly<Record<string, string>>>> = catalogue;
const key = (namespace: string, metric: string) => `${namespace} ${metric}`;
const ownRows = new Map(own.map((row) => [key(row.namespace, row.metric), row]));

/** The namespaces of which metrics are known. */
export const namespaces = (): ReadonlySet<string> =>
  new Set([...Object.keys(listed), ...own.map(({ namespace }) => namespace)]);

/** The names of a namespace's metrics. */
export const metricsIn = (namespace: string): ReadonlySet<string> =>
  new Set([
    ...own.flatMap((row) => (row.namespace === namespace ? [row.metric] : [])),
    ...Object.keys((Object.hasOwn(listed, namespace) && listed[namespace]) || {}),
  ]);

/** What is known of a metric, or undefined when no source names it. */
export function metricOf(namespace: string, metric: string): Metric | undefined {
  const row = Object.hasOwn(listed, namespace) ? listed[namespace] : undefined;
  const text = row && Object.hasOwn(row, metric) ? row[metric] : undefined;
  return (
    ownRows.get(key(namespace, metric)) ??
    (text === undefined ? undefined : { ...readRow(namespace, metric, text), ...hints[namespace]?.[metric] })
  );
}

/** The names of all dimensions that the known metrics of a namespace have. */
export const dimensionsIn = (namespace: string): ReadonlySet<string> =>
  new Set([...metricsIn(namespace)].flatMap((metric) => metricOf(namespace, metric)?.dimensions?.flat() ?? []));
