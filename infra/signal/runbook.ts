import { durationText } from "../kit/units";
import { isAlarmed, specOf } from "./alarm";
import type { AnyAlarmed, AnySignal } from "./signal";
import type { AlarmSpec, MissingData } from "./spec";

const missing: Readonly<Record<MissingData, string>> = {
  notBreaching: "counts as fine",
  breaching: "counts as bad",
  ignore: "leaves the state as it is",
  missing: "turns the alarm to INSUFFICIENT_DATA",
};

const sign: Readonly<Record<string, string>> = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: "≥",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "≤",
};

const numbered = (items: readonly string[]) => items.map((item, i) => `${i + 1}. ${item}`).join("\n");

/** The alarm's query as GetMetricData takes it, with the names of subjects where an instance has its resources. */
function query(spec: AlarmSpec<string>): string {
  const metrics = Object.entries(spec.metrics).map(([Id, { namespace, metric, statistic, period, dimensions }]) => ({
    Id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, subject]) => ({ Name, Value: `<${subject}>` })),
      },
      Period: period,
      Stat: statistic,
    },
    ...(spec.expression !== undefined && { ReturnData: false }),
  }));
  const math = spec.expression === undefined ? [] : [{ Id: "bad", Expression: spec.expression }];
  return JSON.stringify([...metrics, ...math], null, 2);
}

function alarmSection<Size>(signal: AnyAlarmed<Size>): string {
  const spec = specOf(signal, signal.proof.size);
  const { alarm } = signal;
  const sized = [alarm.above, alarm.atLeast, alarm.below, alarm.atMost].some((limit) => typeof limit === "function");
  const limit = signal.unit === "seconds" ? durationText(spec.threshold) : String(spec.threshold);
  const window = durationText(spec.evaluationPeriods * spec.period);
  return `## The alarm

| | |
|---|---|
| severity | ${alarm.severity} |
| bad when | value ${sign[spec.comparison] ?? spec.comparison} ${limit}${sized ? " at the size of the proof; it follows the declared size of each instance" : ""} |
| for | ${spec.datapointsToAlarm} of ${spec.evaluationPeriods} points of ${durationText(spec.period)} (${window}) |
| a missing point | ${missing[spec.treatMissingData]} |

The exact query, for \`aws cloudwatch get-metric-data --metric-data-queries\`:

\`\`\`json
${query(spec)}
\`\`\`
`;
}

/** The runbook page of a signal, in Markdown. */
export function runbookPage<Size>(id: string, kind: string, signal: AnySignal<Size>): string {
  const head = `# ${signal.title}

\`${id}\`: a signal of the kind *${kind}* (${signal.golden}, ${signal.unit}).

## What it means

${signal.runbook.means}
`;
  if (!isAlarmed(signal)) return `${head}\nIt is information: nobody is called for it.\n`;
  return `${head}
## First checks

${numbered(signal.runbook.check)}

## What mends it

${numbered(signal.runbook.fix)}

${alarmSection(signal)}`;
}
