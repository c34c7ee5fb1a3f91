import type { Input } from "@pulumi/pulumi";
import { checkName } from "../../kit/names";
import { nearest } from "../../kit/nearest";
import { Problems } from "../../kit/problems";
import type { Severity } from "../../signal/signal";
import type { Watcher } from "../../signal/watch";
import type { Place } from "../../topic/senders";
import type { FilterPolicy, Subscription } from "../../topic/subscription";
import { checkSubscriptions } from "../../topic/subscription.check";
import { checkPlace } from "../../topic/topic.args";
import { calendarProblems, type Maintenance } from "../calendar";
import { type PagerDutySubscriber, type Subscriber, subscriberName } from "../paging";
import type { Cause } from "./causes";
import { type AlertingPlan, checkDefinition, type PagerDuty } from "./definition";
import { severities } from "./routes";

/** A channel of Slack, whose workspace a person has connected with the account once, in the console of Amazon Q Developer in chat applications. */
export interface SlackChannel {
  /** Id of Slack's workspace: "T0123ABCD". */
  readonly team: string;
  /** Id of the channel: "C0123ABCD". */
  readonly channel: string;
}

/** What the alert manager is made from. */
export interface AlertingArgs extends Place {
  /** The workspace of Prometheus whose alerts it sends. */
  readonly workspace: { readonly id: Input<string>; readonly arn: Input<string> };
  /** Who is told, by severity. */
  readonly subscribers: Readonly<Record<Severity, readonly Subscriber[]>>;
  /** Who is told of what breaks here: by CloudWatch, because an alert manager that is broken cannot say so. */
  readonly watcher: Watcher;
  /** The topics of CloudWatch, which chat is told by as well. @default chat hears of Prometheus alone */
  readonly alarmTopics?: readonly Input<string>[];
  /** Address of the boards, without a slash at the end. @default notifications have no link to a board */
  readonly boards?: Input<string>;
  /** Where chat is told. @default nowhere */
  readonly slack?: SlackChannel;
  /** An https address outside of the account, which confirms a subscription and raises an alarm when the Watchdog stops coming. @default none */
  readonly heartbeat?: string;
  /** When alerts are muted. @default never */
  readonly calendar?: readonly Maintenance[];
  /** The services there are, to find one that is misspelt. @default any name is taken */
  readonly services?: readonly string[];
  /** Which alert explains which. @default the project's table */
  readonly causes?: readonly Cause[];
  /** Notifications on a usual day, for the bill. @default 20 */
  readonly notificationsPerDay?: number;
  /** Nobody may delete the secrets of PagerDuty. @default true */
  readonly protect?: boolean;
}

/** Arguments with every default in place. */
export interface NormalAlerting {
  readonly plan: AlertingPlan;
  /** Those whom the topics tell. */
  readonly subscriptions: Readonly<Record<Severity, readonly Subscription[]>>;
  readonly heartbeat: readonly Subscription[];
  /** Name of each PagerDuty subscriber's secret. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly notificationsPerDay: number;
}

/** The severity is part of the name: both lists may have a "pagerduty-1". */
const pagerDutyName = (severity: Severity, subscriber: PagerDutySubscriber, index: number) =>
  `${severity}-${subscriberName(subscriber, index)}`;

const filterOf = (services: readonly string[] | undefined): Pick<Subscription, "filter"> => {
  if (services === undefined) return {};
  const policy: FilterPolicy = { service: services };
  return { filter: { scope: "MessageAttributes", policy } };
};

/** Those whom a topic tells. SNS filters by the attributes that the alert manager gives each message. */
const subscriptionsOf = (subscribers: readonly Subscriber[]): Subscription[] =>
  subscribers.flatMap((subscriber, index): Subscription[] => {
    if (subscriber.protocol === "pagerduty") return [];
    const { protocol, endpoint, services } = subscriber;
    return [{ name: subscriberName(subscriber, index), protocol, endpoint, ...filterOf(services) }];
  });

const pagerDutyOf = (severity: Severity, subscribers: readonly Subscriber[]) =>
  subscribers.flatMap((subscriber, index) =>
    subscriber.protocol === "pagerduty"
      ? [{ subscriber, name: pagerDutyName(severity, subscriber, index), services: subscriber.services }]
      : [],
  );

const serviceName = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function checkServices(problems: Problems, { subscribers, calendar = [], services }: AlertingArgs): void {
  const check = (where: string, named: readonly string[]) => {
    for (const name of named) {
      const meant = nearest(name, services ?? []);
      if (!serviceName.test(name))
        problems.unless(false, `${where}: a service is lower-case letters and digits in parts joined by hyphens`, name);
      else if (services && !services.includes(name))
        problems.unless(
          false,
          `${where}: no such service${meant === undefined ? "" : `, did you mean "${meant}"?`}`,
          name,
        );
    }
  };
  for (const severity of severities) {
    subscribers[severity].forEach((subscriber, index) => {
      const { services: named } = subscriber;
      const where = `${severity}: subscriber "${subscriberName(subscriber, index)}"`;
      problems.unless(
        named === undefined || named.length > 0,
        `${where}: services must name at least one, or be left out`,
      );
      check(where, named ?? []);
    });
  }
  for (const { name, services: named = [] } of calendar) check(`maintenance "${name}"`, named);
}

function checkPeople(problems: Problems, args: AlertingArgs, normal: NormalAlerting): void {
  const rules = { fifo: false, publisher: "" };
  for (const severity of severities) {
    const everyone = args.subscribers[severity].filter(({ services }) => services === undefined);
    problems.unless(
      everyone.length > 0,
      `${severity}: nobody is told of everything; name at least one subscriber without services`,
    );
    problems.read(severity, () => {
      const own = new Problems("subscribers");
      checkSubscriptions(own, normal.subscriptions[severity], rules);
      own.throwIfAny();
    });
  }
  problems.read("heartbeat", () => {
    const own = new Problems("subscribers");
    checkSubscriptions(own, normal.heartbeat, rules);
    own.throwIfAny();
  });
  const names = Object.values(normal.secrets);
  for (const name of names) problems.add(checkName("secret", name, { physical: true }));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  for (const name of new Set(twice))
    problems.unless(false, "each PagerDuty subscriber needs a secret of its own; two have", name);
}

/** The arguments of an alert manager, checked. Throws one error with every problem, before anything is registered. */
export function normalizeAlerting(name: string, args: AlertingArgs): NormalAlerting {
  const { account, region, subscribers, calendar = [], slack, notificationsPerDay = 20, boards, heartbeat } = args;
  const pagerDuty = { page: pagerDutyOf("page", subscribers.page), ticket: pagerDutyOf("ticket", subscribers.ticket) };
  const named = (list: typeof pagerDuty.page): PagerDuty[] =>
    list.map(({ name, services }) => ({ name, ...(services && { services }) }));
  const plan: AlertingPlan = {
    region,
    pagerDuty: { page: named(pagerDuty.page), ticket: named(pagerDuty.ticket) },
    chat: slack !== undefined,
    calendar,
    ...(args.causes && { causes: args.causes }),
  };
  const normal: NormalAlerting = {
    plan,
    subscriptions: { page: subscriptionsOf(subscribers.page), ticket: subscriptionsOf(subscribers.ticket) },
    heartbeat: heartbeat === undefined ? [] : [{ name: "heartbeat", protocol: "https", endpoint: heartbeat }],
    secrets: Object.fromEntries(
      [...pagerDuty.page, ...pagerDuty.ticket].map(({ name, subscriber }) => [name, subscriber.secret]),
    ),
    notificationsPerDay,
  };
  const problems = new Problems(`alerting "${name}"`);
  checkPlace(problems, { account, region });
  problems.unless(
    Number.isFinite(notificationsPerDay) && notificationsPerDay >= 0,
    "notificationsPerDay must be a number of 0 or more",
    notificationsPerDay,
  );
  problems.unless(
    typeof boards !== "string" || /^https:\/\/[^\s{}"\\]+[^/\s{}"\\]$/.test(boards),
    "boards must be an address that starts with https:// and does not end with a slash",
    boards,
  );
  problems.unless(
    slack === undefined || (/^[TE][A-Z0-9]{1,254}$/.test(slack.team) && /^[CG][A-Z0-9]{1,254}$/.test(slack.channel)),
    'slack must be the ids of a workspace and of a channel, such as { team: "T0123ABCD", channel: "C0123ABCD" }',
    slack,
  );
  checkServices(problems, args);
  checkPeople(problems, args, normal);
  const calendarWrong = calendarProblems(calendar);
  for (const problem of calendarWrong) problems.add(problem);
  // A calendar that is wrong cannot be written down.
  if (calendarWrong.length === 0) checkDefinition(problems, plan);
  problems.throwIfAny();
  return normal;
}
