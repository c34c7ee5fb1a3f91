import type { Output } from "@pulumi/pulumi";
import type { Severity } from "../infra/signal/signal";
import type { Watcher } from "../infra/signal/watch";
import { Alerting } from "../infra/watch/alerting/alerting";
import { Paging } from "../infra/watch/paging";
import { Workspace } from "../infra/watch/workspace";
import type { Account } from "./account";
import type { Settings } from "./settings";
import { isProtected } from "./settings/replaceable";

/** What the layer of watching offers to the others. */
export interface Watching {
  /** What every component needs to tell somebody. */
  readonly watcher: Watcher;
  /** ARN of the topic of each severity. */
  readonly topics: Readonly<Record<Severity, Output<string>>>;
  /** Where samples go, and rules are evaluated. */
  readonly workspace: Workspace;
}

/** How many groups of rules the stack makes: one for each thing that Prometheus watches. */
const ruleGroupsOf = ({ databases, cluster, services, kafka }: Settings): number => {
  const replicas = Object.values(databases).reduce((sum, { replicas = 0 }) => sum + replicas, 0);
  const counted = [databases, cluster.namespaces, services].map((named) => Object.keys(named).length);
  // The watchdog, the broker, the cluster, its nodes and the collectors.
  return counted.reduce((sum, count) => sum + count, replicas + 5 + (kafka.enabled ? 1 : 0));
};

/** Who is told, and where Prometheus evaluates. */
export function watch(settings: Settings, account: Account): Watching {
  const { region, runbooks, paging: subscribers, environment, prometheus } = settings;
  const place = { account: settings.account, region };
  const { watcher, topics } = new Paging("paging", { ...place, runbooks, subscribers }, account);
  const workspace = new Workspace(
    // The log of the workspace is named by it, and must be the only one of that name in account and region.
    `${environment}-prometheus`,
    {
      ...prometheus,
      ...place,
      ruleGroups: ruleGroupsOf(settings),
      protect: isProtected(settings, "prometheus"),
      watcher,
    },
    account,
  );
  new Alerting(
    "prometheus-alerts",
    {
      ...place,
      workspace,
      subscribers,
      watcher,
      alarmTopics: [topics.page.arn, topics.ticket.arn],
      ...(subscribers.slack && { slack: subscribers.slack }),
      ...(subscribers.heartbeat !== undefined && { heartbeat: subscribers.heartbeat }),
      calendar: settings.maintenance,
      services: Object.keys(settings.services),
      protect: isProtected(settings, "prometheus"),
    },
    account,
  );
  return {
    watcher: { ...watcher, prometheus: { workspaceId: workspace.id } },
    topics: { page: topics.page.arn, ticket: topics.ticket.arn },
    workspace,
  };
}
