/** What a record says about a signal that Prometheus evaluates: its query, when it is bad, and what proves its rules. */
import type { Duration } from "../kit/units";
import type { OneOf, Severity, Sides, Stretch, Unit, WhenMissing } from "./signal";

/** Names in braces that stand in a query for a subject or a parameter: matchers, `{}` and the repetitions of a pattern are none. */
type Placeholder<Query extends string> = Query extends `${string}{${infer Rest}`
  ? PlaceholderAt<Rest> | Placeholder<Rest>
  : never;
type PlaceholderAt<Rest extends string> = Rest extends `${infer Name}}${string}`
  ? Name extends "" | `${number}` | `${string}${'"' | "'" | "`" | "=" | "{" | "," | " " | "\n"}${string}`
    ? never
    : Name
  : never;

/**
 * A query that is evaluated ahead of a signal's own and kept as a series, for what would cost too much to read again at each evaluation. Subjects stand in it and in
 * its labels as in the signal's query.
 */
export interface RecordedQuery<Size> {
  /** Name of the series, in the form "level:metric:operations". */
  readonly record: string;
  readonly query: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Numbers computed from the size, for `{name}` in the query. */
  readonly parameters?: Readonly<Record<string, (size: Size) => number>>;
  /** Between two evaluations: 30 seconds or more. @default "1 minute" */
  readonly every?: Duration;
  /** Id of the signal whose proof is held against changes of this query: several read it, and one proof is enough. */
  readonly provenBy: string;
}

/**
 * A PromQL query whose result is the value. `{subject}` in a string of the query is the text that the instance has for that subject, known from its inputs;
 * `{parameter}` is a number computed from the size.
 */
export interface PrometheusSource<Subject extends string, Size> {
  readonly from: "prometheus";
  readonly query: string;
  readonly subjects: readonly Subject[];
  readonly parameters: Readonly<Record<string, (size: Size) => number>>;
  /** What is recorded for the query, in the order in which one builds on another. */
  readonly records?: readonly RecordedQuery<Size>[];
}

/** What a missing value means in Prometheus. There an alert can be kept for a time only, and is kept as long when the value is fine again. */
type RuleMissing =
  | { readonly whenMissing: "keep"; readonly keepFiringFor: Duration }
  | {
      readonly whenMissing: Exclude<WhenMissing, "keep">;
      /** How long the alert goes on after its last bad value. @default not at all */
      readonly keepFiringFor?: Duration;
    };

/** When a signal of Prometheus is bad, and what follows. M of N and anomaly bands are CloudWatch's; in PromQL the query says such things. */
export type RuleAlarm<U extends Unit, Size> = OneOf<Sides<U, Size>> &
  RuleMissing & {
    /** How long each evaluation must be bad. */
    readonly for: Duration;
    /** Between two evaluations: 30 seconds or more. @default "1 minute" */
    readonly every?: Duration;
    readonly severity: Severity;
    readonly datapoints?: never;
    readonly lowSamples?: never;
  };

/**
 * What Prometheus scraped: series, with the labels that they have in real life, to their values, one at each scrape. `{subject}` and `{parameter}` stand for
 * the same as in the query. `"+5 for 10 minutes"` is a counter that grows by 5 from scrape to scrape. All series of a case last equally long.
 */
export type RuleSeries = Readonly<Record<string, readonly Stretch[]>>;

/** What shows that a Prometheus rule does its work, as {@link Proof} does of an alarm. */
export interface RuleProof<Size> {
  /** The size at which limits and parameters that depend on it are proven. */
  readonly size: Size;
  /** Between two scrapes. @default "1 minute" */
  readonly scrape?: Duration;
  /** Each must end in a firing alert. */
  readonly bad: readonly [RuleSeries, ...RuleSeries[]];
  /** Busy but fine: none may ever fire. */
  readonly fine: readonly [RuleSeries, ...RuleSeries[]];
  /** Follows each bad series, and must end without an alert. */
  readonly healed: RuleSeries;
}

/** Names in braces in a query. A repetition such as `a{2}` is none. */
export const placeholder = /\{([A-Za-z_]\w*)\}/g;

/**
 * A PromQL query as a source. Its value is in the unit of the signal, in base units. Only what Prometheus 2.42 knows, for AMP does not state its version.
 * @param parameters numbers computed from the size, for `{name}` in the query; every other name in braces is a subject
 * @param records queries that are evaluated ahead, whose subjects are known too
 */
export const prometheus = <const Query extends string, Size, Parameter extends string = never>(
  query: Query,
  parameters?: Readonly<Record<Parameter, (size: Size) => number>>,
  records?: readonly RecordedQuery<Size>[],
): PrometheusSource<Exclude<Placeholder<Query>, Parameter>, Size> => {
  const names = [...new Set([...query.matchAll(placeholder)].map(([, name]) => name ?? ""))];
  const isSubject = (name: string): name is Exclude<Placeholder<Query>, Parameter> =>
    !Object.hasOwn(parameters ?? {}, name);
  return {
    from: "prometheus",
    query,
    subjects: names.filter(isSubject),
    parameters: parameters ?? {},
    ...(records && { records }),
  };
};
