/** What home and service boards are made of. Variables of data sources are those of the boards of kinds. */

import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  LegendDisplayMode,
  LegendPlacement,
  LogsSortOrder,
  VizLegendOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type AnnotationQuery,
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type GridPos,
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as LogsBuilder } from "@grafana/grafana-foundation-sdk/logs";
import { DataqueryBuilder as LokiQuery } from "@grafana/grafana-foundation-sdk/loki";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as SeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { trimmed } from "../infra/signal/board";
import { reference } from "../infra/signal/board.variables";
import { sources } from "../infra/signal/panel";

/** Loki as a board's variable names it. */
const loki = { type: "loki", uid: reference("loki") } as const;

/** A series with its name in the legend. */
export type Query = readonly [expr: string, legend: string];

const query = ([expr, legend]: Query, at: number): DataqueryBuilder =>
  new DataqueryBuilder()
    .datasource(sources.prometheus)
    .refId(String.fromCharCode("A".charCodeAt(0) + at))
    .expr(expr)
    .legendFormat(legend);

/** Where a panel lies on the 24 columns. */
export const at = (x: number, y: number, w: number, h: number): GridPos => ({ x, y, w, h });

export interface Told {
  readonly title: string;
  readonly description: string;
  readonly place: GridPos;
}

/** Steps by which a number turns: what is below the first is fine. */
const steps = (...given: readonly (readonly [value: number, color: string])[]) =>
  new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: "green" }, ...given.map(([value, color]) => ({ value, color }))]);

/** Below the lines, by name: the library leaves it out. */
export const legendBelow = () =>
  new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);

/** One number, now. @param bad from which value on it is not fine, and how it is coloured then */
export function number(
  { title, description, place }: Told,
  expr: string,
  { unit = "short", bad }: { readonly unit?: string; readonly bad?: readonly [number, string] } = {},
): StatBuilder {
  return new StatBuilder()
    .title(title)
    .description(description)
    .gridPos(place)
    .datasource(sources.prometheus)
    .unit(unit)
    .targets([query([expr, title], 0).instant()])
    .thresholds(bad ? steps(bad) : steps());
}

/** Numbers of several things, low is bad. */
export function shares(
  { title, description, place }: Told,
  queries: readonly Query[],
  low: readonly [bad: number, poor: number],
): StatBuilder {
  const limits = new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: "red" },
    { value: low[0], color: "orange" },
    { value: low[1], color: "green" },
  ]);
  return new StatBuilder()
    .title(title)
    .description(description)
    .gridPos(place)
    .datasource(sources.prometheus)
    .unit("percent")
    .decimals(1)
    .targets(queries.map((one, index) => query(one, index).instant()))
    .thresholds(limits);
}

/** Lines over time. @param link leads to what belongs to a point, its time in `${__value.time}` */
export function lines(
  { title, description, place }: Told,
  queries: readonly Query[],
  unit: string,
  link?: readonly [title: string, url: string],
): SeriesBuilder {
  const panel = new SeriesBuilder()
    .title(title)
    .description(description)
    .gridPos(place)
    .datasource(sources.prometheus)
    .unit(unit)
    .axisSoftMin(0)
    .legend(legendBelow())
    .targets(queries.map((one, index) => query(one, index).range()));
  return link ? panel.dataLinks([new DashboardLinkBuilder(link[0]).type(DashboardLinkType.Link).url(link[1])]) : panel;
}

/** Labels of series as rows. */
export function table({ title, description, place }: Told, expr: string, hidden: readonly string[]): TableBuilder {
  return new TableBuilder()
    .title(title)
    .description(description)
    .gridPos(place)
    .datasource(sources.prometheus)
    .targets([query([expr, ""], 0).instant().format(PromQueryFormat.Table)])
    .withTransformation({
      id: "organize",
      options: { excludeByName: Object.fromEntries(hidden.map((name) => [name, true])) },
    });
}

/** How many lines of logs there are over time. */
export const logRates = ({ title, description, place }: Told, expr: string, legend: string): SeriesBuilder =>
  new SeriesBuilder()
    .title(title)
    .description(description)
    .gridPos(place)
    .datasource(loki)
    .unit("short")
    .axisSoftMin(0)
    .legend(legendBelow())
    .targets([new LokiQuery().datasource(loki).refId("A").expr(expr).legendFormat(legend).queryType("range")]);

/** Lines of logs, the newest first. */
export const logs = ({ title, description, place }: Told, expr: string): LogsBuilder =>
  new LogsBuilder()
    .title(title)
    .description(description)
    .gridPos(place)
    .datasource(loki)
    .showTime(true)
    .wrapLogMessage(true)
    .prettifyLogMessage(true)
    .enableLogDetails(true)
    .sortOrder(LogsSortOrder.Descending)
    .targets([new LokiQuery().datasource(loki).refId("A").expr(expr).maxLines(500).queryType("range")]);

/**
 * When a version of a service ran for the first time in a while: marks on every panel. A deployment gives the pods of each version an owner of their own.
 * @param owner pattern of the owners' names
 */
export function deployments(owner: string): Builder<AnnotationQuery> {
  const owners = (offset: string) =>
    `count by (namespace, owner_name) (kube_pod_owner{owner_kind="ReplicaSet", owner_name=~"${owner}"}${offset})`;
  return new AnnotationQueryBuilder()
    .name("Deployments")
    .datasource(sources.prometheus)
    .enable(true)
    .iconColor("blue")
    .expr(`${owners("")} unless ${owners(" offset 5m")}`)
    .step("60s")
    .titleFormat("Deployment of {{owner_name}}")
    .tagKeys("namespace");
}

/** A board with the settings that all of them have. @param panels are given their ids here */
export function board(
  { uid, title, description }: { readonly uid: string; readonly title: string; readonly description: string },
  panels: readonly (Builder<Panel> & { id(id: number): unknown })[],
  {
    withLogs,
    change = (given) => given,
  }: { readonly withLogs: boolean; readonly change?: (given: DashboardBuilder) => DashboardBuilder },
): Dashboard {
  const base = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(["vigia"])
    .readonly()
    .timezone("browser")
    .time({ from: "now-6h", to: "now" })
    // Five minutes: the budgets of thirty days read many samples, each of which is paid.
    .refresh("5m")
    .tooltip(DashboardCursorSync.Crosshair)
    .link(new DashboardLinkBuilder("Vigia").type(DashboardLinkType.Dashboards).tags(["vigia"]).asDropdown(true))
    .withVariable(new DatasourceVariableBuilder("prometheus").label("Prometheus").type(sources.prometheus.type));
  const sourced = withLogs
    ? base.withVariable(new DatasourceVariableBuilder("loki").label("Loki").type(loki.type))
    : base;
  panels.forEach((panel, index) => {
    panel.id(index + 1);
    sourced.withPanel(panel);
  });
  const { annotations, ...built } = change(sourced).build();
  // As with links: a place that hides the switch of the marks in a menu, which nobody asked for.
  const marks = annotations?.list?.map(({ placement, ...mark }) => mark);
  return trimmed({ ...built, annotations: { list: marks } });
}
