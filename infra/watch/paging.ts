import { Key } from "@pulumi/aws/kms/key.js";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import type { Severity } from "../signal/signal";
import type { Actions, Watcher } from "../signal/watch";
import { keyPolicy, type Place, type Sender } from "../topic/senders";
import type { Subscription } from "../topic/subscription";
import { checkSubscriptions } from "../topic/subscription.check";
import { Topic } from "../topic/topic";
import { checkPlace, type TopicArgs } from "../topic/topic.args";

interface AnySubscriber {
  /** Distinguishes it from others of the same severity. @default its protocol and its place in the list */
  readonly name?: string;
  /**
   * Only what concerns these services, in which case it is told by Prometheus alone: an alarm of CloudWatch does not name its service.
   * @default everything
   */
  readonly services?: readonly string[];
}

/** A person or a list by e-mail, or a service by its address: told by a topic. */
export interface TopicSubscriber extends AnySubscriber {
  readonly protocol: "email" | "https";
  /** An e-mail address, or an address that starts with https:// and has no secret in it. */
  readonly endpoint: string;
}

/** A service of PagerDuty, told by the alert manager of Prometheus. CloudWatch reaches it by the e-mail address that PagerDuty gives each service. */
export interface PagerDutySubscriber extends AnySubscriber {
  readonly protocol: "pagerduty";
  /** Name of the secret that is made for its integration key. A person puts the key in. */
  readonly secret: string;
}

/** Who is told. */
export type Subscriber = TopicSubscriber | PagerDutySubscriber;

/** What the paging topics are made from. */
export interface PagingArgs extends Place {
  /** Address under which the runbook pages lie, without a slash at the end. */
  readonly runbooks: string;
  /** Who is told, by severity. */
  readonly subscribers: Readonly<Record<Severity, readonly Subscriber[]>>;
  /** Notifications on a usual day, for the bill. @default 20 */
  readonly notificationsPerDay?: number;
}

/** Those who tell a person of something. What AWS Backup, RDS and AWS Health (through EventBridge) report by themselves can wait until the morning. */
const senders: Readonly<Record<Severity, readonly Sender[]>> = {
  page: ["cloudwatch"],
  ticket: ["cloudwatch", "backup", "rdsEvents", "eventbridge"],
};

/** An output that is given its value later: two topics that are each other's alarm action cannot both be made first. */
function later<Value>(): { readonly value: Output<Value>; readonly is: (value: Output<Value>) => void } {
  let is: (value: Output<Value>) => void = () => undefined;
  const promise = new Promise<Output<Value>>((resolve) => {
    is = resolve;
  });
  return { value: output(promise) as unknown as Output<Value>, is };
}

const everybody = ({ page, ticket }: PagingArgs["subscribers"]) => toldByCloudWatch([...page, ...ticket]);

/** The name of a subscriber: its own, or its protocol with its place in the list. */
export const subscriberName = ({ name, protocol }: Subscriber, index: number): string =>
  name ?? `${protocol}-${index + 1}`;

/** Those whom CloudWatch tells. */
const toldByCloudWatch = (subscribers: readonly Subscriber[]): Subscription[] =>
  subscribers.flatMap((subscriber, index): Subscription[] => {
    if (subscriber.protocol === "pagerduty" || subscriber.services !== undefined) return [];
    const { protocol, endpoint } = subscriber;
    return [{ name: subscriberName(subscriber, index), protocol, endpoint }];
  });

/**
 * The topics by which CloudWatch tells a person: one per severity, behind one key. Each one's own alarms go to the other, because a topic that is broken
 * cannot say so.
 */
export class Paging extends ComponentResource {
  /** The topics, by severity. */
  readonly topics: Readonly<Record<Severity, Topic>>;
  /** What the alarms of a stack notify. */
  readonly actions: Actions;
  /** Who is told, as components take it. */
  readonly watcher: Watcher;
  /** Who is told of what leads to the topic of tickets, which could not tell of it itself: everything goes to the other. */
  readonly viaPage: Watcher;

  constructor(name: string, args: PagingArgs, opts?: ComponentResourceOptions) {
    const { runbooks } = args;
    checkPaging(name, args);
    super("vigia:watch:Paging", name, {}, opts);
    const key = this.createKey(name, args);
    const ticketArn = later<string>();
    const viaTicket = { actions: { page: [ticketArn.value], ticket: [ticketArn.value] }, runbooks };
    const page = new Topic(`${name}-page`, { ...topicArgs(args, "page", viaTicket), key }, { parent: this });
    this.viaPage = { actions: { page: [page.arn], ticket: [page.arn] }, runbooks };
    const ticket = new Topic(`${name}-ticket`, { ...topicArgs(args, "ticket", this.viaPage), key }, { parent: this });
    ticketArn.is(ticket.arn);
    this.topics = { page, ticket };
    this.actions = { page: [page.arn], ticket: [ticket.arn] };
    this.watcher = { actions: this.actions, runbooks };
    this.registerOutputs({ page: page.arn, ticket: ticket.arn });
  }

  private createKey(name: string, { account, region, subscribers }: PagingArgs): Output<string> {
    const policy = keyPolicy(
      { account, region },
      {
        senders: senders.ticket,
        delivers: true,
        logs: everybody(subscribers).some(({ protocol }) => protocol === "https"),
      },
    );
    const description = `Notifications of the topics of ${name}`;
    return new Key(name, { description, policy, enableKeyRotation: true, deletionWindowInDays: 30 }, { parent: this })
      .arn;
  }
}

function topicArgs(
  { account, region, subscribers, notificationsPerDay = 20 }: PagingArgs,
  severity: Severity,
  watcher: Watcher,
): TopicArgs {
  const subscriptions = toldByCloudWatch(subscribers[severity]);
  return { account, region, senders: senders[severity], subscriptions, publishesPerDay: notificationsPerDay, watcher };
}

/** Throws one error with every problem, before anything is registered. */
function checkPaging(
  name: string,
  { account, region, runbooks, subscribers, notificationsPerDay = 20 }: PagingArgs,
): void {
  const problems = new Problems(`paging "${name}"`);
  checkPlace(problems, { account, region });
  problems.unless(
    /^https:\/\/\S+[^/\s]$/.test(runbooks),
    "runbooks must be an address that starts with https:// and does not end with a slash",
    runbooks,
  );
  problems.unless(
    Number.isFinite(notificationsPerDay) && notificationsPerDay >= 0,
    "notificationsPerDay must be a number of 0 or more",
    notificationsPerDay,
  );
  for (const severity of ["page", "ticket"] as const) {
    const told = toldByCloudWatch(subscribers[severity]);
    problems.unless(
      subscribers[severity].length > 0,
      `subscribers: nobody is told of a ${severity}; name at least one`,
    );
    problems.unless(
      subscribers[severity].length === 0 || told.length > 0,
      `subscribers: nobody is told of a ${severity} by CloudWatch; name at least one by email or https, without services`,
    );
    problems.read(severity, () => {
      const own = new Problems("subscribers");
      checkSubscriptions(own, told, { fifo: false, publisher: "" });
      own.throwIfAny();
    });
  }
  problems.throwIfAny();
}
