import type { Coverage, CoverageRow } from "../../infra/signal/coverage";
import type { SignalInfo } from "../../infra/signal/kind";
import type { ObservedResource, ObservedRun, ReportInput } from "./report";

/** Builders of small runs and coverages for the tests of the report. */

export const urnOf = (type: string, name: string) => `urn:pulumi:dev::vigia::${type}::${name}`;

export const metricAlarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const compositeAlarmType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
export const queueType = "aws:sqs/queue:Queue";
export const watchType = "vigia:signal:Watch";

export function resource(type: string, name: string, more: Partial<ObservedResource> = {}): ObservedResource {
  return { urn: urnOf(type, name), type, name, op: "create", inputs: {}, changedKeys: [], replaceKeys: [], ...more };
}

/** An alarm on one metric. */
export const alarm = (
  name: string,
  inputs: Readonly<Record<string, unknown>> = {},
  more: Partial<ObservedResource> = {},
) =>
  resource(metricAlarmType, name, {
    inputs: { metricName: "Age", namespace: "AWS/SQS", period: 60, ...inputs },
    ...more,
  });

export const info = (id: string, more: Partial<SignalInfo> = {}): SignalInfo => ({
  id,
  kind: "queue",
  title: id,
  golden: "latency",
  unit: "seconds",
  role: "source",
  backend: "cloudwatch",
  severity: "page",
  metrics: [],
  ...more,
});

export function row(name: string, more: Partial<CoverageRow> = {}): CoverageRow {
  return {
    urn: urnOf(queueType, name),
    type: queueType,
    name,
    kind: "queue",
    role: "source",
    signals: [],
    missing: [],
    off: [],
    notApplicable: [],
    costs: [],
    ...more,
  };
}

export const coverageWith = (rows: readonly CoverageRow[]): Coverage => ({ rows, unknown: [], unwatched: {} });

export function run(resources: readonly ObservedResource[], more: Partial<ObservedRun> = {}): ObservedRun {
  const fine = { violations: [], diagnostics: [], changes: {}, outputs: {}, durationMs: 1_234.5, failed: false };
  return { resources, ...fine, ...more };
}

export function input(more: Partial<ReportInput> = {}): ReportInput {
  return {
    stack: "dev",
    engine: { version: "3.250.0", provider: "stand-in (aws 7.48.0)" },
    run: run([]),
    coverage: coverageWith([]),
    proofsOf: () => ["lint", "evaluated"],
    goldenOf: () => "latency",
    ...more,
  };
}
