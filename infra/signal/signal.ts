/**
 * A signal is one record: what is measured, its unit, when it is bad, how bad, what a missing point means, how it is proven and what a person should do.
 * Everything else is derived from it. No Pulumi here: the policy pack, the report and the proofs read the same records.
 */
import type { Bytes, Duration, Percent } from "../kit/units";
import type { PrometheusSource, RuleAlarm, RuleProof } from "./rule.record";
import type { Statistic } from "./spec";

export { type PrometheusSource, prometheus } from "./rule.record";

/** The columns of the coverage matrix: availability, and the four golden signals of "Monitoring Distributed Systems" (Site Reliability Engineering, 2016). */
export type Golden = "availability" | "latency" | "traffic" | "errors" | "saturation";
/** `page` wakes a person, `ticket` is worked on by day. */
export type Severity = "page" | "ticket";
/** What a missing point means: nothing is wrong, something is, the state stays, or nobody can tell. */
export type WhenMissing = "ok" | "bad" | "keep" | "unknown";
/** Where a signal is evaluated. */
export type Backend = "cloudwatch" | "amp";

/** Units of values. Percent is of 100. Milliseconds are for metrics that AWS publishes so; limits and series of them are written as lengths of time and in milliseconds. */
export type Unit =
  | "count"
  | "count/second"
  | "seconds"
  | "milliseconds"
  | "bytes"
  | "bytes/second"
  | "percent"
  | "ratio";
/** How a limit of that unit is written in a table. */
export type Quantity<U extends Unit> = U extends "seconds" | "milliseconds"
  ? Duration
  : U extends "bytes"
    ? Bytes
    : U extends "percent"
      ? Percent
      : number;

/** A limit: written out, or computed in the base unit (seconds, milliseconds, bytes, percent, count) from what the instance declares of its size. */
export type Limit<U extends Unit, Size> = Quantity<U> | ((size: Size) => number);

/** One CloudWatch metric. The value of a dimension is the name of a subject, which the component maps to a resource's output. */
export interface MetricSource<Subject extends string> {
  readonly from: "cloudwatch";
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: Statistic;
  readonly dimensions: Readonly<Record<string, Subject>>;
  /**
   * Further dimensions, whose values nobody knows beforehand (the nodes of a broker): the statistic is taken over all of them by one query of Metrics
   * Insights. `Maximum` is then the worst of them. Not within metric math.
   */
  readonly across?: readonly string[];
}

/** Metric math over several metrics. A parameter of the expression (`{gate}`) is a number computed from the size. */
export interface MathSource<Subject extends string, Size> {
  readonly from: "math";
  readonly expression: string;
  readonly metrics: Readonly<Record<string, MetricSource<Subject>>>;
  readonly parameters?: Readonly<Record<string, (size: Size) => number>>;
}

/** What CloudWatch evaluates. */
export type CloudWatchSource<Subject extends string, Size> = MetricSource<Subject> | MathSource<Subject, Size>;
/** Where a value comes from. It decides the backend, so that a signal pages from exactly one. */
export type Source<Subject extends string, Size> = CloudWatchSource<Subject, Size> | PrometheusSource<Subject, Size>;

/** Exactly one of the properties. */
export type OneOf<All> = {
  [Key in keyof All]: { readonly [One in Key]: All[One] } & { readonly [Other in Exclude<keyof All, Key>]?: never };
}[keyof All];

/** Comparisons with a limit. */
export interface Sides<U extends Unit, Size> {
  above: Limit<U, Size>;
  atLeast: Limit<U, Size>;
  below: Limit<U, Size>;
  atMost: Limit<U, Size>;
}

/** Comparisons with an anomaly band that CloudWatch learns from the metric's past; the number is the band's width in standard deviations. */
interface BandSides {
  aboveBand: number;
  belowBand: number;
  outsideBand: number;
}

/** A comparison with an anomaly band. */
export type InBand = OneOf<BandSides>;
/** One side of a comparison, and only one. */
export type Bad<U extends Unit, Size> = OneOf<Sides<U, Size> & BandSides>;

/** When a signal of CloudWatch is bad, and what follows. */
export type Alarm<U extends Unit, Size> = Bad<U, Size> & {
  /** How long the value must be bad: N periods. */
  readonly for: Duration;
  /** One point of the evaluated series. @default "1 minute" */
  readonly every?: Duration;
  /** M: bad points among the N that are enough. @default all of them */
  readonly datapoints?: number;
  readonly severity: Severity;
  readonly whenMissing: WhenMissing;
  /** For percentiles only. @default "evaluate" */
  readonly lowSamples?: "evaluate" | "ignore";
  /** For a source with `across`, and required there: how many metrics its query analyses, which is what CloudWatch bills. */
  readonly analysed?: (size: Size) => number;
};

/**
 * A stretch of raw samples in absolute values that a person chose, oldest first: `"20 minutes for 15 minutes"`, `"0/1 for 3 minutes"` (two samples in each
 * point of the metric), `"missing for 1 hour"`. The unit is that of the metric.
 */
export type Stretch = `${string} for ${Duration}`;
/**
 * What a metric did over time. For metric math: one series for each metric's id, of the same length. For an anomaly band: the edges that CloudWatch is
 * assumed to have learned too, as `value_lower` and `value_upper` beside `value`.
 */
export type Series = readonly Stretch[] | Readonly<Record<string, readonly Stretch[]>>;

/** What shows that an alarm does its work. The values are never derived from the threshold: a wrong threshold must fail. */
export interface Proof<Size> {
  /** The size at which limits that depend on it are proven. */
  readonly size: Size;
  /** Each must end in alarm. */
  readonly bad: readonly Series[];
  /** Busy but fine: none may ever alarm. */
  readonly fine: readonly Series[];
  /** Follows each bad series, and must end in OK. */
  readonly healed: Series;
}

/** What a person does about it at night. */
export interface Runbook {
  /** What is wrong, and who feels it. */
  readonly means: string;
  /** What users notice of it, in their words. What pages has it. @default what its golden signal and severity say */
  readonly felt?: string;
  /** First checks, in order. */
  readonly check: readonly [string, string, string, ...string[]];
  /** What mends it. */
  readonly fix: readonly [string, ...string[]];
}

/** When a signal applies to an instance. Where it does not, it is not made, and the coverage gives the reason. */
export interface Precondition<Size> {
  readonly holds: (size: Size) => boolean;
  /** Why it does not apply, in words that end a sentence: "the queue is not FIFO". */
  readonly otherwise: string;
}

interface Described<U extends Unit, Role extends string, Subject extends string, Size> {
  readonly title: string;
  readonly golden: Golden;
  readonly unit: U;
  /** Which of the kind's resources it is about. */
  readonly role: Role;
  readonly source: Source<Subject, Size>;
  readonly when?: Precondition<Size>;
  /** Name of the drill that shows it on real software. */
  readonly drill?: string;
}

/** A signal with an alarm of CloudWatch, which must be proven. */
export interface AlarmedSignal<U extends Unit, Role extends string, Subject extends string, Size>
  extends Described<U, Role, Subject, Size> {
  readonly source: CloudWatchSource<Subject, Size>;
  readonly alarm: Alarm<U, Size>;
  readonly proof: Proof<Size>;
  readonly runbook: Runbook;
}

/** A signal with a rule of Prometheus, which must be proven. */
export interface RuledSignal<U extends Unit, Role extends string, Subject extends string, Size>
  extends Described<U, Role, Subject, Size> {
  readonly source: PrometheusSource<Subject, Size>;
  readonly alarm: RuleAlarm<U, Size>;
  readonly proof: RuleProof<Size>;
  readonly runbook: Runbook;
}

/** A signal without an alarm: information on a board, with a line that says what it tells. */
export interface InfoSignal<U extends Unit, Role extends string, Subject extends string, Size>
  extends Described<U, Role, Subject, Size> {
  readonly alarm?: never;
  readonly proof?: never;
  readonly runbook: { readonly means: string };
}

/** Any signal of a table whose instances declare a `Size`. The unit decides how its limits are written. */
export type Signal<Role extends string, Subject extends string, Size> = {
  [U in Unit]:
    | AlarmedSignal<U, Role, Subject, Size>
    | RuledSignal<U, Role, Subject, Size>
    | InfoSignal<U, Role, Subject, Size>;
}[Unit];

/** A signal with an alarm of CloudWatch, when neither its unit nor its role matters. */
export type AnyAlarmed<Size, Subject extends string = string> = AlarmedSignal<Unit, string, Subject, Size>;
/** A signal with a rule of Prometheus, when neither its unit nor its role matters. */
export type AnyRuled<Size, Subject extends string = string> = RuledSignal<Unit, string, Subject, Size>;
/** A signal, when neither its unit nor its role matters. */
export type AnySignal<Size, Subject extends string = string> =
  | AnyAlarmed<Size, Subject>
  | AnyRuled<Size, Subject>
  | InfoSignal<Unit, string, Subject, Size>;

/** A table of signals, keyed by id. Ids are unique over all kinds: they name alarms, runbooks and drills. */
export type SignalTable<Role extends string, Subject extends string, Size> = Readonly<
  Record<string, Signal<Role, Subject, Size>>
>;

/**
 * Declares the table of a kind. The compiler refuses a signal without unit, golden signal and runbook, and an alarm without severity, meaning of missing
 * data and proof. Ids keep their literal types, so that changes at a call site are checked against them.
 */
export const signals =
  <Role extends string, Subject extends string, Size>() =>
  <const Table extends SignalTable<Role, Subject, Size>>(table: Table): Table =>
    table;

/** The ids of a table that have an alarm. */
export type AlarmedIds<Table> = {
  [Id in keyof Table]: Table[Id] extends { readonly alarm: object } ? Id : never;
}[keyof Table] &
  string;

/** What one instance does differently, with the unit of the signal's record; the threshold of an anomaly band is its width. */
export type Change<U extends Unit> =
  | { readonly threshold?: Quantity<U>; readonly severity?: Severity; readonly off?: never }
  | {
      /** Why the signal does not apply here. */ readonly off: string;
      readonly threshold?: never;
      readonly severity?: never;
    };

/** Changes at a call site, by the ids of the table. */
export type Changes<Table> = {
  readonly [Id in AlarmedIds<Table>]?: Table[Id] extends { readonly alarm: InBand }
    ? Change<"ratio">
    : Table[Id] extends { readonly unit: infer U extends Unit }
      ? Change<U>
      : never;
};

/** A CloudWatch metric as a source. */
export const cloudwatch = <const Subject extends string>(
  namespace: string,
  metric: string,
  statistic: Statistic,
  dimensions: Readonly<Record<string, Subject>>,
  across?: readonly string[],
): MetricSource<Subject> => ({
  from: "cloudwatch",
  namespace,
  metric,
  statistic,
  dimensions,
  ...(across && { across }),
});

/** Metric math as a source: ids in lower case, as CloudWatch wants them, and `{name}` for a parameter. */
export const math = <Subject extends string, Size>(
  expression: string,
  metrics: Readonly<Record<string, MetricSource<Subject>>>,
  parameters: Readonly<Record<string, (size: Size) => number>> = {},
): MathSource<Subject, Size> => ({ from: "math", expression, metrics, parameters });

/**
 * The share of `part` in `whole`, in percent. Below `atLeast` samples of the whole in a period it is 0: one failure of two requests is no outage.
 */
export const ratio = <Subject extends string, Size>(
  part: MetricSource<Subject>,
  whole: MetricSource<Subject>,
  atLeast: number,
): MathSource<Subject, Size> => math(`IF(whole >= ${atLeast}, 100 * part / whole, 0)`, { part, whole });

/** Stretches over and over, for a series that comes in beats. */
export const repeat = (times: number, ...stretches: readonly Stretch[]): readonly Stretch[] =>
  Array<readonly Stretch[]>(times).fill(stretches).flat();
