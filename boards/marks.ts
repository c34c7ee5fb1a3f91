/** Marks on boards: what changed, and when. */
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  type AnnotationQuery,
  AnnotationQueryBuilder,
  type Dashboard,
  DatasourceVariableBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { trimmed } from "../infra/signal/board";
import { sources } from "../infra/signal/panel";

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

/**
 * A board of a kind with marks of deployments on it: what changed is the first question wherever something is wrong. Kinds that only CloudWatch measures know no
 * Prometheus of their own.
 */
export function marked(board: Dashboard, services: readonly string[]): Dashboard {
  if (services.length === 0) return board;
  const variables = board.templating.list ?? [];
  const known = variables.some(({ name }) => name === "prometheus");
  const marks = [...(board.annotations?.list ?? []), deployments(ownersOf(services)).build()];
  return trimmed({
    ...board,
    annotations: { list: placed(marks) },
    templating: { list: known ? variables : [...variables, prometheusVariable().build()] },
  });
}

export const prometheusVariable = () =>
  new DatasourceVariableBuilder("prometheus").label("Prometheus").type(sources.prometheus.type);

/** As with links: a place that hides the switch of the marks in a menu, which nobody asked for. */
export const placed = (marks: readonly AnnotationQuery[]): AnnotationQuery[] =>
  marks.map(({ placement, ...mark }) => mark);

/** A pattern of what owns the pods of some services: a name for each version. */
export const ownersOf = (services: readonly string[]): string => `(${services.join("|")})-[a-z0-9]+`;
