/** What all boards of the platform have in common. */
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type Panel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { trimmed } from "../infra/signal/board";
import { placed, prometheusVariable } from "./marks";
import { loki } from "./parts";

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
    .withVariable(prometheusVariable());
  const sourced = withLogs
    ? base.withVariable(new DatasourceVariableBuilder("loki").label("Loki").type(loki.type))
    : base;
  panels.forEach((panel, index) => {
    panel.id(index + 1);
    sourced.withPanel(panel);
  });
  const { annotations, ...built } = change(sourced).build();
  return trimmed({ ...built, annotations: { list: placed(annotations?.list ?? []) } });
}
