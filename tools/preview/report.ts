import type { Coverage, CoverageRow, Match } from "../../infra/signal/coverage";
import type { Backend, Change, Golden, Unit } from "../../infra/signal/signal";
import { type Diagnostic, type Run, type Step, stackType } from "../engine/record";
import { type Bill, billOf, watchingOf } from "./bill";

/** How far a signal's alarm is proven: its lint passes, the evaluator fires, rests and clears it, real software showed it. */
export type ProofStep = "lint" | "evaluated" | "drilled";

/** What the report reads of a run of the engine. */
export type ObservedRun = Pick<
  Run,
  "violations" | "diagnostics" | "changes" | "outputs" | "durationMs" | "failed" | "cause"
> & {
  readonly resources: readonly ObservedResource[];
};

/** What the report reads of a resource. */
export type ObservedResource = Pick<
  Step,
  "urn" | "type" | "name" | "parent" | "op" | "inputs" | "changedKeys" | "replaceKeys"
>;

export interface ReportedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  readonly op: string;
  readonly changed?: readonly string[];
  readonly replaces?: readonly string[];
}

export interface ReportedSignal {
  readonly id: string;
  readonly golden: Golden;
  readonly backend: Backend;
  readonly proof: readonly ProofStep[];
  /** The alarm compares with a band that CloudWatch learns; its proof assumes what was learned. */
  readonly band?: "assumed";
  /** How the alarm was found to be about the resource; absent for information, which has no alarm. */
  readonly match?: Match;
}

export interface Reasoned {
  readonly id: string;
  readonly reason: string;
}

export interface ReportedCoverage {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly kind: string;
  readonly role: string;
  readonly signals: readonly ReportedSignal[];
  readonly missing: readonly string[];
  readonly off: readonly Reasoned[];
  readonly exempt?: string;
  readonly notApplicable: readonly Reasoned[];
  /** What its watching costs, in USD a month; 0 where nothing has a price. */
  readonly watching: number;
  /** Golden signal of each id in `missing` and `off`. */
  readonly columns: Readonly<Record<string, Golden>>;
}

export interface Violation {
  readonly policy: string;
  readonly level: string;
  /** Of the resource; that of the stack where a rule named none. */
  readonly urn: string;
  readonly message: string;
}

/** The preview, as out/<stack>/preview.json holds it. */
export interface PreviewReport {
  readonly stack: string;
  readonly engine: {
    readonly version: string /** Contains "stand-in" whenever it is one. */;
    readonly provider: string;
  };
  readonly resources: readonly ReportedResource[];
  readonly coverage: readonly ReportedCoverage[];
  readonly bill: Bill;
  readonly violations: readonly Violation[];
  readonly durationMs: number;
  /** No mandatory violation and no failure. */
  readonly ok: boolean;
  readonly changes: Readonly<Record<string, number>>;
  /** The run ended before the rules were asked: coverage, verdicts and bill are not known. */
  readonly partial?: true;
  /** Why the run failed; absent where all that is wrong is a broken rule. */
  readonly failure?: string;
  /** Warnings and errors of the engine and the program. */
  readonly diagnostics: readonly Diagnostic[];
  /** Types that publish no metrics of their own, with their number. */
  readonly unwatched: Readonly<Record<string, number>>;
  /** Changes of which the stand-in does not know whether they replace the resource. */
  readonly replacementNotKnown: readonly {
    readonly urn: string;
    readonly type: string;
    readonly keys: readonly string[];
  }[];
  /** What a reader must know to trust the rest. */
  readonly notes: readonly string[];
}

/** What a report is made from. */
export interface ReportInput {
  readonly stack: string;
  readonly engine: PreviewReport["engine"];
  readonly run: ObservedRun;
  /** Undefined where the run ended before the policy pack could tell. */
  readonly coverage?: Coverage;
  /** The proof steps that an alarm of that signal passes, with the change of an instance. */
  readonly proofsOf: (id: string, change?: Change<Unit>) => readonly ProofStep[];
  /** The golden signal of an id. */
  readonly goldenOf: (id: string) => Golden;
  readonly replacementNotKnown?: PreviewReport["replacementNotKnown"];
}

function coverageRow(row: CoverageRow, watching: number, { proofsOf, goldenOf }: ReportInput): ReportedCoverage {
  const { urn, type, name, kind, role, off, notApplicable, exempt } = row;
  const missing = row.missing.map(({ id }) => id);
  return {
    urn,
    type,
    name,
    kind,
    role,
    signals: row.signals.map(({ info, alarm, change }) => ({
      id: info.id,
      golden: info.golden,
      backend: info.backend,
      proof: alarm ? proofsOf(info.id, change) : [],
      ...(info.band && { band: "assumed" as const }),
      ...(alarm && { match: alarm.match }),
    })),
    missing,
    off,
    ...(exempt !== undefined && { exempt }),
    notApplicable,
    watching,
    columns: Object.fromEntries([...missing, ...off.map(({ id }) => id)].map((id) => [id, goldenOf(id)])),
  };
}

function notesOf({ engine, coverage }: ReportInput): string[] {
  return [
    ...(engine.provider.includes("stand-in")
      ? ["The provider is a stand-in: no AWS account was asked, and nothing was made."]
      : []),
    ...(coverage ? [] : ["The run ended before the rules were asked: coverage, verdicts and bill are not known."]),
  ];
}

const stackUrn = ({ resources }: ObservedRun) => resources.find(({ type }) => type === stackType)?.urn ?? "";

/** With this the engine ends each failed run, whatever the reason. */
const closing = /^(preview|update|refresh|destroy) failed$/;

/** A run that only broke rules failed too, but the rules say that better. */
function failureOf({ failed, cause, violations }: ObservedRun): string | undefined {
  if (!failed) return undefined;
  const refused = violations.some(({ level }) => level === "mandatory");
  if (cause?.kind === "policy" || (refused && closing.test(cause?.message ?? ""))) return undefined;
  return cause?.message ?? "the engine gave no reason";
}

/** Orders by text, the same on every machine. The engine's own order differs from run to run. */
export const by =
  <T>(...keys: readonly ((value: T) => string)[]) =>
  (a: T, b: T): number => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };

/** The bill against what the stack may spend on monitoring, which the program exports as `monitoringBudget` in USD a month. */
function overBudget(run: ObservedRun, { monthly, currency }: Bill): Violation[] {
  const { monitoringBudget: budget } = run.outputs;
  if (typeof budget !== "number" || monthly.monitoring <= budget) return [];
  const message = `the monitoring costs ${monthly.monitoring} ${currency} a month, and vigia:budget.monitoring allows ${budget}: switch signals off where they are not needed, or raise the budget`;
  return [{ policy: "budget", level: "mandatory", urn: stackUrn(run), message }];
}

/** Puts together what a preview found, in an order that does not depend on the run. Pure: it reads no file and asks nobody. */
export function reportOf(input: ReportInput): PreviewReport {
  const { stack, engine, run, coverage, replacementNotKnown = [] } = input;
  const failure = failureOf(run);
  const bill = billOf(run.resources, coverage);
  const watching = coverage ? watchingOf(run.resources, coverage) : new Map<CoverageRow, number>();
  const violations = run.violations
    .map(({ policy, level, urn, message }): Violation => ({ policy, level, urn: urn || stackUrn(run), message }))
    .concat(overBudget(run, bill))
    .sort(
      by(
        ({ level }) => (level === "mandatory" ? "" : level),
        ({ policy }) => policy,
        ({ urn }) => urn,
      ),
    );
  return {
    stack,
    engine,
    resources: run.resources
      .map(({ urn, type, name, parent, op, changedKeys, replaceKeys }) => ({
        urn,
        type,
        name,
        ...(parent && { parent }),
        op,
        ...(changedKeys.length > 0 && { changed: changedKeys }),
        ...(replaceKeys.length > 0 && { replaces: replaceKeys }),
      }))
      .sort(by(({ urn }) => urn)),
    coverage: (coverage?.rows ?? [])
      .map((row) => coverageRow(row, watching.get(row) ?? 0, input))
      .sort(
        by(
          ({ kind }) => kind,
          ({ name }) => name,
          ({ urn }) => urn,
        ),
      ),
    bill,
    violations,
    durationMs: Math.round(run.durationMs),
    ok: !run.failed && violations.every(({ level }) => level !== "mandatory"),
    changes: run.changes,
    ...(!coverage && { partial: true as const }),
    ...(failure !== undefined && { failure }),
    // The engine repeats the reason of the failure as a message.
    diagnostics: run.diagnostics.filter(({ message }) => !closing.test(message) && !failure?.includes(message)),
    unwatched: coverage?.unwatched ?? {},
    replacementNotKnown,
    notes: notesOf(input),
  };
}
