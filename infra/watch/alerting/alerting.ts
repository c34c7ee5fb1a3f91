import { AlertManagerDefinition } from "@pulumi/aws/amp/alertManagerDefinition.js";
import { RuleGroupNamespace } from "@pulumi/aws/amp/ruleGroupNamespace.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { all, ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { ruleDocument } from "../../signal/rule.document";
import { Watch, type Watcher } from "../../signal/watch";
import { keyPolicy } from "../../topic/senders";
import type { Subscription } from "../../topic/subscription";
import { Topic } from "../../topic/topic";
import { type AlertingArgs, type NormalAlerting, normalizeAlerting } from "./alerting.args";
import { type AlertManagerSize, alertManagerSignals } from "./alerting.signals";
import { createChat } from "./chat";
import { definition } from "./definition";
import { createPagerDutySecrets } from "./pagerduty";
import { watchdogAlert } from "./routes";

/** The alarms of an alert manager. */
export type AlertManagerWatch = Watch<"topic", AlertManagerSize>;

/** Messages of the Watchdog a day: one every four to five minutes. */
const beatsPerDay = 360;

/** The topics of an alert manager, by what is sent there. */
interface Topics {
  readonly page: Topic;
  readonly ticket: Topic;
  readonly watchdog: Topic;
  readonly chat?: Topic;
}

/**
 * How Prometheus tells a person: the alert manager of its workspace, one topic for each severity, the secrets of PagerDuty, chat, and the Watchdog. All of it is
 * watched by CloudWatch, whose topics are behind another key.
 */
export class Alerting extends ComponentResource {
  /** The raw resources. */
  readonly nodes: {
    readonly topics: Topics;
    readonly definition: AlertManagerDefinition;
    readonly watchdog: RuleGroupNamespace;
    readonly watch: AlertManagerWatch;
  };

  constructor(name: string, args: AlertingArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeAlerting(name, args);
    super("vigia:watch:Alerting", name, {}, opts);
    const { account, region, workspace, slack, watcher, alarmTopics = [], protect = true } = args;
    const topics = this.createTopics(name, args, normal);
    const secrets = createPagerDutySecrets(name, {
      account,
      region,
      secrets: normal.secrets,
      workspace: workspace.arn,
      protect,
      parent: this,
    });
    if (slack && topics.chat) createChat(name, { slack, topics: [...alarmTopics, topics.chat.arn], parent: this });
    const made = this.createDefinition(name, args, normal, topics, secrets);
    const watchdog = this.createWatchdog(name, args, made);
    const watch = watchAlertManager(name, made, topics.watchdog, { watcher }, { parent: this });
    this.nodes = { topics, definition: made, watchdog, watch };
    this.registerOutputs({
      page: topics.page.arn,
      ticket: topics.ticket.arn,
      watchdog: topics.watchdog.arn,
      ...(topics.chat && { chat: topics.chat.arn }),
    });
  }

  private createTopics(name: string, args: AlertingArgs, normal: NormalAlerting): Topics {
    const { account, region, watcher } = args;
    const { subscriptions, heartbeat, notificationsPerDay } = normal;
    const subscribed = [...subscriptions.page, ...subscriptions.ticket, ...heartbeat];
    const key = new Key(
      name,
      {
        description: `Notifications of Prometheus, of the topics of ${name}`,
        policy: keyPolicy(
          { account, region },
          {
            senders: ["amp"],
            delivers: subscribed.length > 0,
            logs: subscribed.some(({ protocol }) => protocol === "https"),
          },
        ),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
      },
      { parent: this },
    ).arn;
    const topic = (what: string, publishesPerDay: number, subscriptions: readonly Subscription[] = []) =>
      new Topic(
        `${name}-${what}`,
        { account, region, key, senders: ["amp"], subscriptions, publishesPerDay, watcher },
        { parent: this },
      );
    return {
      page: topic("page", notificationsPerDay, subscriptions.page),
      ticket: topic("ticket", notificationsPerDay, subscriptions.ticket),
      watchdog: topic("watchdog", beatsPerDay, heartbeat),
      ...(normal.plan.chat && { chat: topic("chat", 2 * notificationsPerDay) }),
    };
  }

  private createDefinition(
    name: string,
    { workspace, boards }: AlertingArgs,
    { plan }: NormalAlerting,
    { page, ticket, watchdog, chat }: Topics,
    secrets: Readonly<Record<string, Output<string>>>,
  ): AlertManagerDefinition {
    const topics = all([page.arn, ticket.arn, watchdog.arn, chat ? chat.arn : ""]);
    const text = all([topics, all(secrets), output(boards)]).apply(
      ([[toPage, toTicket, toWatchdog, toChat], known, address]) =>
        definition(plan, {
          page: toPage,
          ticket: toTicket,
          watchdog: toWatchdog,
          chat: toChat,
          secrets: known,
          ...(address !== undefined && { boards: address }),
        }),
    );
    return new AlertManagerDefinition(
      name,
      { workspaceId: workspace.id, definition: text },
      // The topics' policies, which their components hold: without them the first notifications would be refused.
      { parent: this, dependsOn: [page, ticket, watchdog, ...(chat ? [chat] : [])] },
    );
  }

  /** The alert that always fires. Once it is routed, it must not stop. */
  private createWatchdog(
    name: string,
    { workspace, watcher }: AlertingArgs,
    made: AlertManagerDefinition,
  ): RuleGroupNamespace {
    const rule = {
      alert: watchdogAlert,
      expr: "vector(1)",
      for: "0s",
      labels: { severity: "none", signal: "watchdog-silent", kind: "alert-manager", component: name },
      annotations: {
        summary: `Prometheus can alert: ${name}`,
        description: "This alert always fires. Its absence is the alarm.",
        runbook_url: `${watcher.runbooks}/watchdog-silent.md`,
      },
    };
    return new RuleGroupNamespace(
      `${name}-watchdog`,
      { workspaceId: workspace.id, data: ruleDocument(`${name}-watchdog`, [{ interval: 60, rule }]) },
      { parent: this, dependsOn: [made] },
    );
  }
}

/**
 * Watches an alert manager that exists already, in any Pulumi program.
 * @param watchdog the topic that only its Watchdog publishes to, every few minutes
 */
export function watchAlertManager(
  name: string,
  existing: AlertManagerDefinition,
  watchdog: Topic,
  { watcher }: { readonly watcher: Watcher },
  opts?: ComponentResourceOptions,
): AlertManagerWatch {
  // Made from both: what counts is the topic's, and before the definition there is nothing that could publish.
  const topic = all([watchdog.nodes.topic.name, existing.id]).apply(([topicName]) => topicName);
  const part = {
    resource: existing,
    kind: "alert-manager",
    signals: alertManagerSignals,
    role: "alertManager",
    size: {},
    subjects: { topic },
    changes: {},
  } as const;
  return new Watch(name, [part], watcher, opts);
}
