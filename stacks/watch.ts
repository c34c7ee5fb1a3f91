import type { Output } from "@pulumi/pulumi";
import type { Severity } from "../infra/signal/signal";
import { Alerting } from "../infra/watch/alerting/alerting";
import { AwsHealth } from "../infra/watch/health";
import { Paging } from "../infra/watch/paging";
import { Workspace } from "../infra/watch/workspace";
import type { Account } from "./account";
import { Watchers } from "./incidents";
import type { Settings } from "./settings";
import { promiseOf } from "./settings/objectives";
import { isProtected } from "./settings/replaceable";

/** What the layer of watching offers to the others. */
export interface Watching {
  /** Who is told of what. */
  readonly watchers: Watchers;
  /** ARN of the topic of each severity. */
  readonly topics: Readonly<Record<Severity, Output<string>>>;
  /** Where samples go, and rules are evaluated. */
  readonly workspace: Workspace;
}

/** How many groups of rules the stack makes: one for each thing that Prometheus watches. */
const ruleGroupsOf = ({ databases, cluster, services, objectives, kafka, logs }: Settings): number => {
  const counted = [databases, cluster.namespaces, services].map((named) => Object.keys(named).length);
  // The watchdog, the broker, the cluster, its nodes and the collectors.
  const others = 5 + (kafka.enabled ? 1 : 0) + (logs.internal ? 1 : 0);
  const promised = Object.entries(services).filter(([name, service]) => promiseOf(objectives, name, service));
  return counted.reduce((sum, count) => sum + count, others + promised.length);
};

/** Who is told by CloudWatch, and where Prometheus evaluates. */
export function watch(settings: Settings, account: Account): Watching {
  const { region, runbooks, paging: subscribers, environment, prometheus } = settings;
  const place = { account: settings.account, region };
  const { watcher, viaPage, topics } = new Paging("paging", { ...place, runbooks, subscribers }, account);
  const { ticket } = topics;
  const elsewhere = [settings.recovery.region].filter((other) => other !== region);
  new AwsHealth("aws-health", { ...place, topic: ticket, elsewhere, watcher: viaPage }, account);
  const watchers = new Watchers(settings, watcher);
  const workspace = new Workspace(
    // The log of the workspace is named by it, and must be the only one of that name in account and region.
    `${environment}-prometheus`,
    {
      ...prometheus,
      ...place,
      ruleGroups: ruleGroupsOf(settings),
      protect: isProtected(settings, "prometheus"),
      watcher: watchers.of("watch"),
    },
    account,
  );
  return {
    watchers: watchers.with({ workspaceId: workspace.id }),
    topics: { page: topics.page.arn, ticket: topics.ticket.arn },
    workspace,
  };
}

/** Who is told by Prometheus. @param boards address of Grafana, to which notifications lead; undefined where the stack has none */
export function alerting(
  settings: Settings,
  account: Account,
  { workspace, watchers, topics }: Watching,
  boards: Output<string> | undefined,
): void {
  const { region, paging: subscribers } = settings;
  new Alerting(
    "prometheus-alerts",
    {
      account: settings.account,
      region,
      workspace,
      subscribers,
      watcher: watchers.of("watch"),
      alarmTopics: [topics.page, topics.ticket],
      ...(boards && { boards }),
      ...(subscribers.slack && { slack: subscribers.slack }),
      ...(subscribers.heartbeat !== undefined && { heartbeat: subscribers.heartbeat }),
      calendar: settings.maintenance,
      services: Object.keys(settings.services),
      protect: isProtected(settings, "prometheus"),
    },
    account,
  );
}
