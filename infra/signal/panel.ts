/**
 * A Grafana panel from a chart. Only the generator and the Grafana project import this: the program, the policy pack and the preview start without
 * Grafana's library.
 */
import {
  MetricEditorMode,
  MetricQueryType,
  MetricsQueryBuilder,
  QueryMode,
} from "@grafana/grafana-foundation-sdk/cloudwatch";
import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import {
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  FieldColorBuilder,
  FieldColorModeId,
  type GridPos,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { type Names, reference } from "./board.variables";
import type { Chart, CloudWatchChart, PrometheusChart } from "./chart";
import { insightsQuery } from "./insights";
import { panelText } from "./panel.text";
import { placeholder } from "./rule.record";
import type { MetricSource, Severity, Unit } from "./signal";

/** Grafana's ids of units ("categories.ts" of grafana/grafana, packages/grafana-data/src/valueFormats). */
const units: Readonly<Record<Unit, string>> = {
  count: "short",
  "count/second": "cps",
  seconds: "s",
  milliseconds: "ms",
  bytes: "bytes",
  "bytes/second": "binBps",
  percent: "percent",
  ratio: "none",
};

/** The colour of a severity's threshold line, by Grafana's names. */
export const severityColours: Readonly<Record<Severity, string>> = { page: "red", ticket: "orange" };

/** Data sources as a dashboard's variables name them. */
export const sources = {
  cloudwatch: { type: "cloudwatch", uid: reference("cloudwatch") },
  /** The type of Amazon Managed Grafana 12; the variable decides what is asked. */
  prometheus: { type: "grafana-amazonprometheus-datasource", uid: reference("prometheus") },
} as const;

/** The address of a signal's runbook page, below the address that the dashboard's variable holds. */
export const runbookLink = (id: string): string => `${reference("runbooks:raw")}/${id}.md`;

const refId = (at: number) => String.fromCharCode("A".charCodeAt(0) + at);

function metricQuery(id: string, source: MetricSource<string>, chart: Chart, names: Names): MetricsQueryBuilder {
  const { namespace, metric, statistic, dimensions, across } = source;
  const values = Object.entries(dimensions).map(([name, subject]) => [
    name,
    reference(names.subject(chart.role, subject)),
  ]);
  if (across) {
    const query = insightsQuery({ ...source, dimensions: Object.fromEntries(values) });
    return expressionQuery(id, "", `${statistic} of ${metric} across ${across.join(", ")}`, chart.period)
      .metricQueryType(MetricQueryType.Insights)
      .sqlExpression(query);
  }
  return new MetricsQueryBuilder()
    .datasource(sources.cloudwatch)
    .queryMode(QueryMode.Metrics)
    .metricQueryType(MetricQueryType.Search)
    .metricEditorMode(MetricEditorMode.Builder)
    .id(id)
    .region(reference("region"))
    .namespace(namespace)
    .metricName(metric)
    .dimensions(Object.fromEntries(values))
    .matchExact(true)
    .statistic(statistic)
    .period(String(chart.period))
    .expression("")
    .label(`${statistic} of ${metric}`);
}

const expressionQuery = (id: string, expression: string, label: string, period: number): MetricsQueryBuilder =>
  new MetricsQueryBuilder()
    .datasource(sources.cloudwatch)
    .queryMode(QueryMode.Metrics)
    .metricQueryType(MetricQueryType.Search)
    .metricEditorMode(MetricEditorMode.Code)
    .id(id)
    .region(reference("region"))
    .namespace("")
    .metricName("")
    .dimensions({})
    .statistic("Average")
    .period(String(period))
    .expression(expression)
    .label(label);

/** An id that no metric of the expression has. */
const freeId = (wanted: string, taken: Readonly<Record<string, unknown>>): string =>
  Object.hasOwn(taken, wanted) ? freeId(`${wanted}_`, taken) : wanted;

function cloudWatchQueries(source: CloudWatchChart, chart: Chart, names: Names): MetricsQueryBuilder[] {
  const isMath = source.expression !== undefined;
  const inputs = Object.entries(source.metrics).map(([id, metric]) =>
    metricQuery(id, metric, chart, names).hide(isMath),
  );
  const value = isMath ? freeId("result", source.metrics) : (Object.keys(source.metrics)[0] ?? "");
  const result =
    source.expression === undefined
      ? []
      : [
          expressionQuery(
            value,
            source.expression.replace(placeholder, (_, name: string) => reference(names.parameter(chart.id, name))),
            chart.title,
            chart.period,
          ),
        ];
  const band = chart.alarm?.band
    ? [
        expressionQuery(
          freeId("band", source.metrics),
          `ANOMALY_DETECTION_BAND(${value}, ${chart.alarm.limit})`,
          "learned band",
          chart.period,
        ),
      ]
    : [];
  return [...inputs, ...result, ...band].map((query, at) => query.refId(refId(at)));
}

function prometheusQueries(source: PrometheusChart, chart: Chart, names: Names): Builder<Dataquery>[] {
  const expr = source.query.replace(placeholder, (_, name: string) =>
    reference(name in chart.parameters ? names.parameter(chart.id, name) : names.subject(chart.role, name)),
  );
  return [
    new DataqueryBuilder()
      .datasource(sources.prometheus)
      .refId("A")
      .expr(expr)
      .range()
      .interval(`${chart.period}s`)
      .legendFormat("__auto"),
  ];
}

/** A line where the alarm's limit is one number for all instances. */
function thresholds({ alarm }: Chart): { readonly steps: ThresholdsConfigBuilder; readonly drawn: boolean } {
  const drawn = alarm !== undefined && !alarm.sized && !alarm.band;
  const line = drawn ? [{ value: alarm.limit, color: severityColours[alarm.severity] }] : [];
  return {
    steps: new ThresholdsConfigBuilder()
      .mode(ThresholdsMode.Absolute)
      .steps([{ value: null, color: "transparent" }, ...line]),
    drawn,
  };
}

/** The panel of a chart: its queries with the record's unit, and the alarm's limit as a line in the severity's colour. */
export function panelOf(chart: Chart, id: number, gridPos: GridPos, names: Names): PanelBuilder {
  const { source, alarm } = chart;
  const { steps, drawn } = thresholds(chart);
  const queries =
    source.from === "cloudwatch" ? cloudWatchQueries(source, chart, names) : prometheusQueries(source, chart, names);
  const panel = new PanelBuilder()
    .id(id)
    .title(chart.title)
    .description(panelText(chart, runbookLink(chart.id)))
    .gridPos(gridPos)
    .datasource(source.from === "cloudwatch" ? sources.cloudwatch : sources.prometheus)
    .targets(queries)
    .unit(units[chart.unit])
    .thresholds(steps)
    .thresholdsStyle(
      new GraphThresholdsStyleConfigBuilder().mode(
        drawn ? GraphThresholdsStyleMode.Line : GraphThresholdsStyleMode.Off,
      ),
    )
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(10)
    .axisSoftMin(0)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .calcs([]),
    )
    .links([
      new DashboardLinkBuilder("Runbook").type(DashboardLinkType.Link).url(runbookLink(chart.id)).targetBlank(true),
    ]);
  // Grafana scales an axis to the data alone, and does not draw a line beyond it: the reader sees how far the limit is.
  return drawn && alarm && alarm.limit > 0 ? panel.axisSoftMax(alarm.limit) : panel;
}
