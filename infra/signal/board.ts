/** A Grafana dashboard from the charts of a kind. Only the generator and the Grafana project import this, as with the panel. */

import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  ConstantVariableBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { type Names, namesOf, reference, type SubjectVariable, subjectVariables } from "./board.variables";
import type { Chart } from "./chart";
import type { Kind } from "./kind";
import { panelOf, sources } from "./panel";
import type { Golden } from "./signal";

/** What a dashboard is made for. */
export interface BoardOptions {
  /** Address under which the runbook pages lie, without a slash at the end. */
  readonly runbooks: string;
}

/** Rows in the order in which a person asks: is it up, is it full, does it fail, is it slow, how much is there to do. */
const rows: readonly (readonly [Golden, string])[] = [
  ["availability", "Availability"],
  ["saturation", "Saturation"],
  ["errors", "Errors"],
  ["latency", "Latency"],
  ["traffic", "Traffic"],
];

const columns = 24;
const mostAbreast = 3;
const height = 8;

/** What pages stands first in its row, information last; else the order of the table stays. */
const rank = ({ alarm }: Chart) => (alarm ? { page: 0, ticket: 1 }[alarm.severity] : 2);

/** Panels side by side, in lines that are full and as even as they can be: five are three and two. */
function lines<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length === 0) return [];
  const left = Math.ceil(items.length / mostAbreast);
  const abreast = Math.ceil(items.length / left);
  return [items.slice(0, abreast), ...lines(items.slice(abreast))];
}

function addPanels(board: DashboardBuilder, charts: readonly Chart[], names: Names): DashboardBuilder {
  let y = 0;
  let id = 0;
  for (const [golden, title] of rows) {
    const inRow = charts.filter((chart) => chart.golden === golden).sort((a, b) => rank(a) - rank(b));
    if (inRow.length === 0) continue;
    board.withRow(new RowBuilder(title).id(++id).gridPos({ x: 0, y, w: columns, h: 1 }));
    y += 1;
    for (const line of lines(inRow)) {
      const w = columns / line.length;
      line.forEach((chart, at) => {
        board.withPanel(panelOf(chart, ++id, { x: at * w, y, w, h: height }, names));
      });
      y += height;
    }
  }
  return board;
}

function subjectVariable(
  { name, label, role, values }: SubjectVariable,
  { named, nameOf }: Kind,
): Builder<VariableModel> {
  if (values.from === "typed") return new TextBoxVariableBuilder(name).label(label).defaultValue("");
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc);
  if (values.from === "prometheus") return variable.datasource(sources.prometheus).query(values.query);
  const { metric, dimension, filters } = values;
  const pattern = Object.hasOwn(nameOf, dimension) ? named[role] : undefined;
  if (pattern !== undefined)
    variable
      .regex(`/${pattern}/i`)
      .description("Lists what has a usual name for its role. Any other name can be typed.");
  return variable.datasource(sources.cloudwatch).query({
    refId: "CloudWatchVariableQueryEditor-VariableQuery",
    queryType: "dimensionValues",
    region: reference("region"),
    namespace: metric.namespace,
    metricName: metric.metric,
    dimensionKey: dimension,
    dimensionFilters: Object.fromEntries(Object.entries(filters).map(([before, of]) => [before, reference(of)])),
  });
}

const regions = () =>
  new QueryVariableBuilder("region")
    .label("Region")
    .datasource(sources.cloudwatch)
    .refresh(VariableRefresh.OnDashboardLoad)
    .query({ refId: "CloudWatchVariableQueryEditor-VariableQuery", queryType: "regions", region: "default" })
    .current({ text: "default", value: "default" });

function variables(
  kind: Kind,
  charts: readonly Chart[],
  names: Names,
  { runbooks }: BoardOptions,
): Builder<VariableModel>[] {
  const asks = (from: Chart["source"]["from"]) => charts.some(({ source }) => source.from === from);
  const parameters = charts.flatMap(({ id, parameters }) =>
    Object.entries(parameters).map(([parameter, value]) =>
      new TextBoxVariableBuilder(names.parameter(id, parameter))
        .label(`${parameter} of ${id}`)
        .description("Follows the declared size of each instance; it begins with the number at the size of the proof.")
        .defaultValue(String(value))
        .current({ text: String(value), value: String(value) }),
    ),
  );
  return [
    ...(asks("cloudwatch")
      ? [new DatasourceVariableBuilder("cloudwatch").label("CloudWatch").type(sources.cloudwatch.type), regions()]
      : []),
    ...(asks("prometheus")
      ? [new DatasourceVariableBuilder("prometheus").label("Prometheus").type(sources.prometheus.type)]
      : []),
    ...subjectVariables(charts, names).map((variable) => subjectVariable(variable, kind)),
    ...parameters,
    new ConstantVariableBuilder("runbooks").value(runbooks),
  ];
}

/**
 * Without what the library sets on everything: fields of interval variables, which Grafana's schema of the others does not know, and a place of links that
 * hides them in a menu.
 */
export function trimmed({ templating, links, ...board }: Dashboard): Dashboard {
  return {
    ...board,
    links: links?.map(({ placement, ...link }) => link),
    templating: { list: templating.list?.map(({ auto, auto_min, auto_count, ...variable }) => variable) },
  };
}

/** The dashboard of a kind: a row for each golden signal, and in it a panel for each signal. */
export function boardOf(kind: Kind, options: BoardOptions): Dashboard {
  const charts = kind.charts();
  const names = namesOf(charts);
  const board = new DashboardBuilder(`Vigia: ${kind.name}`)
    .uid(`vigia-${kind.name}`)
    .description(
      `All signals of one ${kind.name}. A line is where an alarm calls: red pages, orange opens a ticket. Points have the length that the alarm evaluates; CloudWatch keeps those of one minute for 15 days ("Metrics concepts", CloudWatch User Guide).`,
    )
    .tags(["vigia", kind.name])
    .readonly()
    .timezone("browser")
    .time({ from: "now-6h", to: "now" })
    .refresh("1m")
    .tooltip(DashboardCursorSync.Crosshair)
    .link(new DashboardLinkBuilder("Vigia").type(DashboardLinkType.Dashboards).tags(["vigia"]).asDropdown(true))
    .variables(variables(kind, charts, names, options));
  return trimmed(addPanels(board, charts, names).build());
}

/** The dashboard's file: JSON that Grafana imports, the same bytes for the same records. */
export const boardText = (kind: Kind, options: BoardOptions): string =>
  `${JSON.stringify(boardOf(kind, options), null, 2)}\n`;
