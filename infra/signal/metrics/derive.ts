/**
 * Makes catalogue.json and recommendations.json from AWS's list of metrics: `npx tsx infra/signal/metrics/derive.ts <path to metric_metadata.json>`. See NOTICE for its origin.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MetricUnit, StatisticName } from "./metric";
import { writeRow } from "./rows";

interface Recommendation {
  readonly dimensions?: readonly { readonly name: string }[];
  readonly statistic?: string;
  readonly comparisonOperator?: string;
  readonly period?: number;
  readonly datapointsToAlarm?: number;
  readonly evaluationPeriods?: number;
  readonly threshold?: { readonly staticValue?: number };
  readonly treatMissingData?: string;
}

interface Entry {
  readonly metricId: { readonly namespace: string; readonly metricName: string };
  readonly unitInfo?: string;
  readonly recommendedStatistics?: string;
  readonly alarmRecommendations?: readonly Recommendation[];
}

const unitWords: readonly (readonly [RegExp, MetricUnit])[] = [
  [/^(count|bytes)[ (/]*(per )?second/i, "Count/Second"],
  [/^millisecond/i, "Milliseconds"],
  [/^microsecond/i, "Microseconds"],
  [/^seconds/i, "Seconds"],
  [/^megabytes/i, "Megabytes"],
  [/^gigabytes/i, "Gigabytes"],
  [/^bytes/i, "Bytes"],
  [/^percent/i, "Percent"],
  [/^(count\.?$|count of|integer|number|boolean|count \(1\/0\))/i, "Count"],
  [/^none/i, "None"],
];

const statisticWords: readonly (readonly [RegExp, StatisticName])[] = [
  [/average/i, "Average"],
  [/\bmin(imum)?\b/i, "Minimum"],
  [/\bmax(imum)?\b/i, "Maximum"],
  [/\bsum\b/i, "Sum"],
  [/samples?\b|sample ?count/i, "SampleCount"],
  [/percentile|\bp\d/i, "Percentile"],
];

/** The unit of a free text, unless it is a sentence that names another one. */
export function unitIn(text: string): MetricUnit | undefined {
  const found = unitWords.find(([words]) => words.test(text))?.[1];
  return found === "Count/Second" && /^bytes/i.test(text) ? "Bytes/Second" : found;
}

/** The statistics that a free text names. */
export const statisticsIn = (text: string): ReadonlySet<StatisticName> =>
  new Set(statisticWords.flatMap(([words, name]) => (words.test(text) ? [name] : [])));

/** The rows of the list by namespace and metric, in the order of their names. */
export function derive(list: readonly Entry[]): Record<string, Record<string, string>> {
  const rows = new Map<string, Map<string, string>>();
  for (const { metricId, unitInfo = "", recommendedStatistics = "", alarmRecommendations = [] } of list) {
    const text = [recommendedStatistics, ...alarmRecommendations.map(({ statistic = "" }) => statistic)].join(", ");
    const sets = alarmRecommendations.map(({ dimensions = [] }) => dimensions.map(({ name }) => name).sort());
    const namespace = rows.get(metricId.namespace) ?? new Map<string, string>();
    namespace.set(metricId.metricName, writeRow(unitIn(unitInfo), statisticsIn(text), sets));
    rows.set(metricId.namespace, namespace);
  }
  const sorted = <Value>(map: ReadonlyMap<string, Value>) => [...map].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    sorted(rows).map(([namespace, metrics]) => [namespace, Object.fromEntries(sorted(metrics))]),
  );
}

const signs: Readonly<Record<string, string>> = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: ">=",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
};

/**
 * The alarms that AWS recommends, each in the words of one line: namespace, metric, dimensions, and what it says. A threshold that AWS leaves to the user is
 * written as a question mark.
 */
export function recommendations(list: readonly Entry[]): string[][] {
  const rows = list.flatMap(({ metricId, alarmRecommendations = [] }) =>
    alarmRecommendations.map((alarm) => {
      const { dimensions = [], statistic = "", comparisonOperator = "", threshold, treatMissingData = "" } = alarm;
      const { period = 0, datapointsToAlarm = 0, evaluationPeriods = 0 } = alarm;
      const limit = threshold?.staticValue ?? "?";
      const window = `${datapointsToAlarm} of ${evaluationPeriods} x ${period} s, missing: ${treatMissingData}`;
      const says = `${statistic} ${signs[comparisonOperator] ?? comparisonOperator} ${limit}, ${window}`;
      const names = dimensions.map(({ name }) => name).sort();
      return [metricId.namespace, metricId.metricName, names.join(", "), says];
    }),
  );
  return rows.sort((one, other) => (one.join("|") < other.join("|") ? -1 : 1));
}

function main([path]: readonly string[]): void {
  if (path === undefined) {
    process.stderr.write("which list? tsx infra/signal/metrics/derive.ts <path to metric_metadata.json>\n");
    process.exitCode = 2;
    return;
  }
  const list: readonly Entry[] = JSON.parse(readFileSync(path, "utf8"));
  const write = (file: string, content: unknown) =>
    writeFileSync(join(__dirname, file), `${JSON.stringify(content, undefined, 2)}\n`);
  const alarms = recommendations(list);
  write("catalogue.json", derive(list));
  write("recommendations.json", alarms);
  process.stdout.write(`${list.length} metrics, ${alarms.length} recommended alarms\n`);
}

if (require.main === module) main(process.argv.slice(2));
