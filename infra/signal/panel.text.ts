import { durationText } from "../kit/units";
import type { Side } from "./alarm";
import type { Chart, ChartAlarm } from "./chart";
import type { Unit, WhenMissing } from "./signal";

const bytesIn = { TiB: 2 ** 40, GiB: 2 ** 30, MiB: 2 ** 20, KiB: 2 ** 10 } as const;

const grouped = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 6 });

function bytesText(value: number): string {
  const [unit, factor] = Object.entries(bytesIn).find(([, size]) => Math.abs(value) >= size) ?? ["B", 1];
  return `${grouped(value / factor)} ${unit}`;
}

/** A value with its unit, as a person reads it: "10 minutes", "96,000", "80 %". */
export function valueText(value: number, unit: Unit): string {
  switch (unit) {
    case "seconds":
      return Number.isInteger(value) && value >= 0 ? durationText(value) : `${grouped(value)} seconds`;
    case "milliseconds":
      return value >= 1_000 && Number.isInteger(value / 1_000) ? durationText(value / 1_000) : `${grouped(value)} ms`;
    case "bytes":
      return bytesText(value);
    case "bytes/second":
      return `${bytesText(value)} a second`;
    case "count/second":
      return `${grouped(value)} a second`;
    case "percent":
      return `${grouped(value)} %`;
    case "count":
    case "ratio":
      return grouped(value);
  }
}

const comparisons: Readonly<Record<Side, string>> = {
  above: "above",
  atLeast: "at least",
  below: "below",
  atMost: "at most",
  aboveBand: "above",
  belowBand: "below",
  outsideBand: "outside",
};

const missing: Readonly<Record<WhenMissing, string>> = {
  ok: "A missing point counts as fine.",
  bad: "A missing point counts as bad.",
  keep: "A missing point leaves the state as it is.",
  unknown: "Missing points make the state unknown.",
};

const verbs = { page: "Pages", ticket: "Opens a ticket" } as const;

function limitText({ side, limit, sized, band }: ChartAlarm, unit: Unit): string {
  if (band) return `${comparisons[side]} the band that CloudWatch learned, ${grouped(limit)} standard deviations wide`;
  if (!sized) return `${comparisons[side]} ${valueText(limit, unit)}`;
  return `${comparisons[side]} a limit that follows the declared size of each instance, and is therefore not drawn (${valueText(limit, unit)} at the size of the proof)`;
}

function alarmText(alarm: ChartAlarm, { unit, period }: Chart): string {
  const points = alarm.for / period;
  const window =
    alarm.datapoints === undefined || alarm.datapoints === points
      ? `for ${durationText(alarm.for)}`
      : `in ${alarm.datapoints} of ${points} points of ${durationText(period)}`;
  return `**${verbs[alarm.severity]}** when the value is ${limitText(alarm, unit)}, ${window}. ${missing[alarm.whenMissing]}`;
}

function shownText({ source, period }: Chart): string {
  const each = durationText(period);
  if (source.from === "prometheus") return `One evaluation each ${each}.`;
  if (source.expression !== undefined) return `Metric math over points of ${each}.`;
  const [metric] = Object.values(source.metrics);
  return `One point is the ${metric?.statistic ?? "value"} of ${each}.`;
}

/** What a panel's information corner says, in Markdown: what the signal means, when it is bad, how it is measured, where the runbook lies. */
export function panelText(chart: Chart, runbook: string): string {
  return [
    chart.means,
    chart.alarm ? alarmText(chart.alarm, chart) : "Information: nobody is called for it.",
    ...(chart.otherwise === undefined ? [] : [`It does not apply everywhere; where it does not: ${chart.otherwise}.`]),
    ...(Object.keys(chart.parameters).length === 0
      ? []
      : [
          "Numbers of the query that follow the declared size are fields at the top; they begin with those of the proof.",
        ]),
    shownText(chart),
    `[Runbook](${runbook})`,
  ].join("\n\n");
}
