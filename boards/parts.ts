/** Panels of home and service boards. Variables of data sources are those of the boards of kinds. */
import {
  LegendDisplayMode,
  LegendPlacement,
  LogsSortOrder,
  VizLegendOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  type GridPos,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as LogsBuilder } from "@grafana/grafana-foundation-sdk/logs";
import { DataqueryBuilder as LokiQuery } from "@grafana/grafana-foundation-sdk/loki";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as SeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { reference } from "../infra/signal/board.variables";
import { sources } from "../infra/signal/panel";

/** Loki as a board's variable names it. */
export const loki = { type: "loki", uid: reference("loki") } as const;

/** A series with its name in the legend. */
export type Query = readonly [expr: string, legend: string];

/** A to Z, then A1 and so on: there may be more services than letters. */
export const refId = (at: number): string =>
  String.fromCharCode("A".charCodeAt(0) + (at % 26)) + (at < 26 ? "" : Math.floor(at / 26));

export const query = ([expr, legend]: Query, at: number): DataqueryBuilder =>
  new DataqueryBuilder().datasource(sources.prometheus).refId(refId(at)).expr(expr).legendFormat(legend);

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

/** One number, now. @param bad from which value on it is not fine, and how it is coloured then @param words instead of 0, 1 and so on */
export function number(
  { title, description, place }: Told,
  expr: string,
  { bad, words = [] }: { readonly bad: readonly [number, string]; readonly words?: readonly string[] },
): StatBuilder {
  const said = Object.fromEntries(words.map((text, index) => [String(index), { text, index }]));
  return new StatBuilder()
    .title(title)
    .description(description)
    .gridPos(place)
    .datasource(sources.prometheus)
    .unit("short")
    .mappings(words.length > 0 ? [{ type: MappingType.ValueToText, options: said }] : [])
    .targets([query([expr, title], 0).instant()])
    .thresholds(steps(bad));
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

/** A link with its name. */
export type Link = readonly [title: string, url: string];

const isLink = (given: Link | Readonly<Record<string, Link>>): given is Link => Array.isArray(given);

/** Each line leads somewhere of its own. @param links by the name that the legend gives a line */
const linked = (panel: SeriesBuilder, links: Readonly<Record<string, Link>>): SeriesBuilder => {
  for (const [line, [title, url]] of Object.entries(links))
    panel.overrideByName(line, [{ id: "links", value: [{ title, url }] }]);
  return panel;
};

/** Lines over time. @param link leads to what belongs to a point, its time in `${__value.time}`; or to what belongs to a line, by the line's name */
export function lines(
  { title, description, place }: Told,
  queries: readonly Query[],
  unit: string,
  link?: Link | Readonly<Record<string, Link>>,
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
  if (link === undefined) return panel;
  if (isLink(link))
    return panel.dataLinks([new DashboardLinkBuilder(link[0]).type(DashboardLinkType.Link).url(link[1])]);
  return linked(panel, link);
}

/** How many lines of logs there are over time. */
export const logRates = (
  { title, description, place }: Told,
  expr: string,
  legend: string,
  links: Readonly<Record<string, Link>>,
): SeriesBuilder =>
  linked(
    new SeriesBuilder()
      .title(title)
      .description(description)
      .gridPos(place)
      .datasource(loki)
      .unit("short")
      .axisSoftMin(0)
      .legend(legendBelow())
      .targets([new LokiQuery().datasource(loki).refId("A").expr(expr).legendFormat(legend).queryType("range")]),
    links,
  );

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
