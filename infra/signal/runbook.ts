import { durationText } from "../kit/units";
import { isAlarmed, isBand, isRuled, limitOf, type Side, specOf, thresholdOf } from "./alarm";
import { insightsQuery } from "./insights";
import { valueText } from "./panel.text";
import { type RecordingRule, recordingsOf, rulesOf } from "./rule";
import { subjectsOf } from "./rule.query";
import { commandsSection } from "./runbook.commands";
import { boardLine, escalation, felt } from "./runbook.people";
import type { AnyAlarmed, AnyRuled, AnySignal, Bad, Unit } from "./signal";
import type { AlarmSpec, MissingData } from "./spec";

const missing: Readonly<Record<MissingData, string>> = {
  notBreaching: "counts as fine",
  breaching: "counts as bad",
  ignore: "leaves the state as it is",
  missing: "turns the alarm to INSUFFICIENT_DATA",
};

const signOf: Readonly<Record<Side, string>> = {
  above: ">",
  atLeast: "≥",
  below: "<",
  atMost: "≤",
  aboveBand: "above",
  belowBand: "below",
  outsideBand: "outside",
};

const numbered = (items: readonly string[]) => items.map((item, i) => `${i + 1}. ${item}`).join("\n");

/** The alarm's query as GetMetricData takes it, with the names of subjects where an instance has its resources. */
function query(spec: AlarmSpec<string>): string {
  const metrics = Object.entries(spec.metrics).map(([Id, stat]) => {
    const { namespace, metric, statistic, period } = stat;
    const dimensions = Object.entries(stat.dimensions).map(([name, subject]) => [name, `<${subject}>`] as const);
    if (stat.across)
      return { Id, Expression: insightsQuery({ ...stat, dimensions: Object.fromEntries(dimensions) }), Period: period };
    const Metric = {
      Namespace: namespace,
      MetricName: metric,
      Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
    };
    const hidden = spec.expression !== undefined && { ReturnData: false };
    return { Id, MetricStat: { Metric, Period: period, Stat: statistic }, ...hidden };
  });
  const math = spec.expression === undefined ? [] : [{ Id: "bad", Expression: spec.expression }];
  const watched = spec.expression === undefined ? "value" : "bad";
  const band = isBand(spec.comparison)
    ? [{ Id: "band", Expression: `ANOMALY_DETECTION_BAND(${watched}, ${spec.threshold})` }]
    : [];
  return JSON.stringify([...metrics, ...math, ...band], null, 2);
}

/** Whether a limit follows the declared size. */
const isSized = <Size>(alarm: Bad<Unit, Size>): boolean => typeof limitOf<Size>(alarm).limit === "function";
const atThisSize = " at the size of the proof; it follows the declared size of each instance";

function alarmSection<Size>(signal: AnyAlarmed<Size>): string {
  const spec = specOf(signal, signal.proof.size);
  const { alarm } = signal;
  const limit = isBand(spec.comparison)
    ? `the band of ${spec.threshold} standard deviations that CloudWatch learned from the past`
    : valueText(spec.threshold, signal.unit);
  const window = durationText(spec.evaluationPeriods * spec.period);
  return `## The alarm

| | |
|---|---|
| severity | ${alarm.severity} |
| bad when | value ${signOf[limitOf<Size>(alarm).side]} ${limit}${isSized(alarm) ? atThisSize : ""} |
| for | ${spec.datapointsToAlarm} of ${spec.evaluationPeriods} points of ${durationText(spec.period)} (${window}) |
| a missing point | ${missing[spec.treatMissingData]} |

The exact query, for \`aws cloudwatch get-metric-data --metric-data-queries\`:

\`\`\`json
${query(spec)}
\`\`\`
`;
}

const missingValue = {
  ok: "counts as fine",
  bad: "fires an alert of its own",
  keep: "leaves a firing alert for a while",
  unknown: "counts as fine: nobody can tell",
} as const;

const recordedSection = (rules: readonly RecordingRule[]): string => `What it reads is recorded:

\`\`\`promql
${rules.map(({ record, expr }) => `${record} =\n  ${expr}`).join("\n")}
\`\`\`
`;

function ruleSection<Size>(id: string, kind: string, signal: AnyRuled<Size>): string {
  const { alarm, proof, source } = signal;
  const texts = Object.fromEntries(subjectsOf(source).map((subject) => [subject, `<${subject}>`]));
  const rules = rulesOf(id, signal, { component: "", kind, size: proof.size, texts, runbooks: "" });
  const recorded = recordingsOf(id, source, { size: proof.size, texts });
  const threshold = thresholdOf(signal, proof.size);
  const limit = valueText(threshold, signal.unit);
  return `## The rule

| | |
|---|---|
| severity | ${alarm.severity} |
| bad when | value ${signOf[limitOf<Size>(alarm).side]} ${limit}${isSized(alarm) ? atThisSize : ""} |
| for | ${alarm.for}, evaluated every ${alarm.every ?? "1 minute"} |${alarm.keepFiringFor ? `\n| goes on for | ${alarm.keepFiringFor} after the last bad value |` : ""}
| a missing value | ${missingValue[alarm.whenMissing]} |

The exact ${rules.length > 1 ? "queries" : "query"}, in PromQL:

\`\`\`promql
${rules.map(({ expr }) => expr).join("\n")}
\`\`\`
${recorded.length === 0 ? "" : `\n${recordedSection(recorded.map(({ rule }) => rule))}`}`;
}

/** The runbook page of a signal, in Markdown. */
export function runbookPage<Size>(id: string, kind: string, signal: AnySignal<Size>): string {
  const head = `# ${signal.title}

\`${id}\`: a signal of the kind *${kind}* (${signal.golden}, ${signal.unit}).

## What it means

${signal.runbook.means}
`;
  const where = `## Where it is seen

${boardLine(kind, signal.title)}
`;
  if (!isAlarmed(signal) && !isRuled(signal))
    return `${head}
It is information: nobody is called for it.

${where}`;
  const { severity } = signal.alarm;
  return `${head}
## How users feel it

${felt(signal, severity)}

## First checks

${numbered(signal.runbook.check)}

${commandsSection(kind)}
## What mends it

${numbered(signal.runbook.fix)}

## Escalation

${escalation[severity]}

${where}
${isAlarmed(signal) ? alarmSection(signal) : ruleSection(id, kind, signal)}`;
}
