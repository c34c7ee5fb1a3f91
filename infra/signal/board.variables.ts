import type { Chart } from "./chart";
import { metricOf } from "./metrics";
import type { MetricSource } from "./signal";

/** How the values of a variable are found. */
export type Values =
  | {
      readonly from: "cloudwatch";
      readonly metric: MetricSource<string>;
      readonly dimension: string;
      /** Dimensions that are chosen before this one, with the names of their variables. */
      readonly filters: Readonly<Record<string, string>>;
    }
  | { readonly from: "prometheus"; readonly query: string }
  | { readonly from: "typed" };

/** A variable of a dashboard that stands for a subject: the resource that is looked at. */
export interface SubjectVariable {
  readonly name: string;
  readonly label: string;
  readonly role: string;
  readonly values: Values;
}

/** Gives the variable that stands for a subject in a role, or for a parameter of a signal. */
export interface Names {
  subject(role: string, subject: string): string;
  parameter(id: string, parameter: string): string;
}

const words = (name: string) => name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** Names of variables are of letters, digits and underscores. */
const plain = (name: string) => name.replace(/\W+/g, "_");

/** A reference that Grafana replaces before it asks a data source. */
export const reference = (variable: string): string => `\${${variable}}`;

const subjectsIn = ({ source }: Chart): readonly string[] =>
  source.from === "prometheus"
    ? source.subjects
    : Object.values(source.metrics).flatMap(({ dimensions }) => Object.values(dimensions));

/** Variables that every board has: a subject of such a name is told from them by its role. */
const ofEveryBoard: ReadonlySet<string> = new Set(["cloudwatch", "prometheus", "region", "runbooks"]);

/** Names for the subjects and parameters of charts. A subject that several roles have is a variable for each of them. */
export function namesOf(charts: readonly Chart[]): Names {
  const roles = new Map<string, Set<string>>();
  for (const chart of charts)
    for (const subject of subjectsIn(chart)) roles.set(subject, (roles.get(subject) ?? new Set()).add(chart.role));
  return {
    subject: (role, subject) =>
      plain((roles.get(subject)?.size ?? 0) > 1 || ofEveryBoard.has(subject) ? `${subject}_${role}` : subject),
    parameter: (id, parameter) => plain(`${id}_${parameter}`),
  };
}

const labelOf = (name: string, role: string, subject: string) =>
  name === plain(subject) ? capital(words(subject)) : `${capital(words(subject))} (${words(role)})`;

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Series selectors: the name of a metric and its matchers, whose strings may hold braces. */
const selector = /([A-Za-z_:][\w:]*)\s*\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}/g;

/** Where a query compares a label with a subject, Prometheus can list the label's values. */
function labelValues(query: string, subject: string): Values {
  const matcher = new RegExp(String.raw`(\w+)\s*=~?\s*"${escaped(`{${subject}}`)}"`);
  for (const [, metric, matchers = ""] of query.matchAll(selector)) {
    const label = matcher.exec(matchers)?.[1];
    if (label !== undefined) return { from: "prometheus", query: `label_values(${metric}, ${label})` };
  }
  return { from: "typed" };
}

function dimensionValues(metric: MetricSource<string>, role: string, names: Names): [string, Values][] {
  const dimensions = Object.entries(metric.dimensions);
  return dimensions.map(([dimension, subject], at) => [
    subject,
    {
      from: "cloudwatch",
      metric,
      dimension,
      filters: Object.fromEntries(dimensions.slice(0, at).map(([before, of]) => [before, names.subject(role, of)])),
    },
  ]);
}

const isSparse = ({ namespace, metric }: MetricSource<string>) => metricOf(namespace, metric)?.sparse === true;

/** Metrics that are published all the time first: CloudWatch lists what was published lately, so that a sparse one names few resources. */
const steadyFirst = (metrics: readonly MetricSource<string>[]) => [
  ...metrics.filter((metric) => !isSparse(metric)),
  ...metrics.filter(isSparse),
];

/** The variables that stand for the subjects of charts, in the order in which they are chosen. */
export function subjectVariables(charts: readonly Chart[], names: Names): SubjectVariable[] {
  const found = new Map<string, SubjectVariable>();
  const add = (role: string, subject: string, values: Values) => {
    const name = names.subject(role, subject);
    if (!found.has(name)) found.set(name, { name, label: labelOf(name, role, subject), role, values });
  };
  for (const role of new Set(charts.map((chart) => chart.role))) {
    const sources = charts.filter((chart) => chart.role === role).map(({ source }) => source);
    const metrics = sources.flatMap((source) => (source.from === "cloudwatch" ? Object.values(source.metrics) : []));
    for (const metric of steadyFirst(metrics))
      for (const [subject, values] of dimensionValues(metric, role, names)) add(role, subject, values);
    for (const source of sources)
      if (source.from === "prometheus")
        for (const subject of source.subjects) add(role, subject, labelValues(source.query, subject));
  }
  return [...found.values()];
}
