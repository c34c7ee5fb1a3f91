/** Panels of what fires, and of who is told. */

import { TableSortByFieldStateBuilder } from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { reference } from "../infra/signal/board.variables";
import { severityColours, sources } from "../infra/signal/panel";
import { toKind } from "./links";
import { query, type Told } from "./parts";
import { alertmanagerName } from "./sources";

type Property = { readonly id: string; readonly value: unknown };

/** What a table of alerts can show of each, from left to right. */
export type AlertColumn = "severity" | "signal" | "service" | "component" | "kind" | "Value";

/** How columns of a table of alerts are shown: a signal leads to its runbook, a kind to its board. */
export function alertColumns(
  runbooks: string,
  columns: readonly AlertColumn[],
): Readonly<Record<string, readonly Property[]>> {
  const link = (title: string, url: string) => [{ id: "links", value: [{ title, url, targetBlank: true }] }];
  const colours = {
    page: { color: severityColours.page, index: 0 },
    ticket: { color: severityColours.ticket, index: 1 },
  };
  const all: Readonly<Record<AlertColumn, readonly Property[]>> = {
    severity: [
      { id: "mappings", value: [{ type: "value", options: colours }] },
      { id: "custom.cellOptions", value: { type: "color-text" } },
      { id: "custom.width", value: 90 },
    ],
    signal: link("Runbook", `${runbooks}/${reference("__value.raw")}.md`),
    service: [],
    component: [],
    kind: link("Board of the kind", toKind(reference("__value.raw"))),
    Value: [
      { id: "displayName", value: "alerts" },
      { id: "custom.width", value: 70 },
    ],
  };
  return Object.fromEntries(columns.map((column) => [column, all[column]]));
}

/** Alerts of Prometheus that fire, one row for each signal of each component. */
export const firing = (
  matchers: string,
  labels: readonly Exclude<AlertColumn, "Value">[] = ["severity", "signal", "service", "component", "kind"],
): string => `count by (${labels.join(", ")}) (ALERTS{alertstate="firing", alertname!="Watchdog"${matchers}})`;

/** Alerts as rows, what pages first. @param columns from left to right, with what Grafana is to do with each */
export function table(
  { title, description, place }: Told,
  expr: string,
  columns: Readonly<Record<string, readonly Property[]>>,
): TableBuilder {
  const panel = new TableBuilder()
    .title(title)
    .description(description)
    .gridPos(place)
    .datasource(sources.prometheus)
    .targets([query([expr, ""], 0).instant().format(PromQueryFormat.Table)])
    .sortBy([new TableSortByFieldStateBuilder().displayName("severity").desc(false)])
    .withTransformation({
      id: "organize",
      options: {
        excludeByName: { Time: true, Value: !("Value" in columns) },
        indexByName: Object.fromEntries(Object.keys(columns).map((name, index) => [name, index])),
        renameByName: {},
      },
    });
  for (const [name, properties] of Object.entries(columns))
    if (properties.length > 0)
      panel.overrideByName(
        name,
        properties.map((property) => ({ ...property })),
      );
  return panel;
}

/** What the alert manager holds, by the groups in which it tells somebody: active, silenced or inhibited. Its panel can silence what fires. */
export const alertGroups = ({ title, description, place }: Told): PanelBuilder =>
  new PanelBuilder()
    .type("alertGroups")
    .title(title)
    .description(description)
    .gridPos(place)
    .options({ alertmanager: alertmanagerName, labels: "", expandAll: false });
