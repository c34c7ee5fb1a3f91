import type { TopicArgs as SnsTopicArgs } from "@pulumi/aws/sns/topic.js";
import type { Input } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import type { Transform } from "../kit/transform";
import { type Percent, percent } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import { type Place, publisherOf, type Sender, senders } from "./senders";
import type { Subscription } from "./subscription";
import { checkSubscriptions } from "./subscription.check";
import type { topicSignals } from "./topic.signals";
import type { TopicSize } from "./topic.size";

/** What is expected of a topic: its alarms are made from it. */
export interface TopicExpectations {
  /** Messages on a usual day: the bill follows from it. */
  publishesPerDay: number;
  /** Traffic never pauses for a quarter of an hour, so that silence is an alarm. @default false */
  steady?: boolean;
  /** What this topic does differently, by signal id. */
  changes?: Changes<typeof topicSignals>;
  /** Who is told. */
  watcher: Watcher;
}

/** How an existing topic is watched, with what its subscriptions do. */
export interface WatchTopicOptions extends TopicExpectations {
  /** At least one subscription has a filter policy. @default false */
  filters?: boolean;
  /** Every subscription has a dead-letter queue. @default false */
  deadLetters?: boolean;
  /** At least one subscriber is an HTTP(S) endpoint. @default false */
  retries?: boolean;
}

/** What a topic is made from. */
export interface TopicArgs extends TopicExpectations, Place {
  /** Keeps the order within a message group, and delivers only to queues. Replaces the topic. @default false */
  fifo?: boolean;
  /**
   * Customer managed key for the topic and its dead letters, with a policy such as `keyPolicy` writes.
   * @default a key of its own
   */
  key?: Input<string>;
  /** AWS services that publish to it. @default none: roles of the account publish by their own policies */
  senders?: readonly Sender[];
  /** Who receives its messages. @default nobody */
  subscriptions?: readonly Subscription[];
  /** Share of the successful deliveries that is logged, in whole percent; failures always are. E-mail has no delivery log. @default "1 %" */
  loggedSuccesses?: Percent;
  /** A last change to the arguments of the topic, for what has no option here. */
  transform?: { topic?: Transform<SnsTopicArgs> };
}

/** Protocols whose deliveries SNS logs, as its arguments name them ("Amazon SNS message delivery status", SNS Developer Guide, 2026-11). */
export type LoggedProtocol = "sqs" | "http" | "lambda";

/** Arguments with every default in place. */
export interface NormalTopic {
  readonly size: TopicSize;
  readonly place: Place;
  readonly fifo: boolean;
  readonly senders: readonly Sender[];
  readonly subscriptions: readonly Subscription[];
  readonly logged: readonly LoggedProtocol[];
  /** Whole percent. */
  readonly loggedSuccesses: number;
}

const loggedAs: Readonly<Record<Subscription["protocol"], LoggedProtocol | undefined>> = {
  sqs: "sqs",
  https: "http",
  lambda: "lambda",
  email: undefined,
};

function checkExpectations(problems: Problems, { publishesPerDay, changes }: TopicExpectations): void {
  problems.unless(
    Number.isFinite(publishesPerDay) && publishesPerDay >= 0,
    "publishesPerDay must be a number of 0 or more",
    publishesPerDay,
  );
  checkChanges(problems, changes);
}

/** Notes an account or a region that is none. */
export function checkPlace(problems: Problems, { account, region }: Place): void {
  problems.unless(/^\d{12}$/.test(account), "account must be the twelve digits of an AWS account id", account);
  problems.unless(/^[a-z]{2}(-[a-z]+)+-\d$/.test(region), 'region must be written as "eu-central-1"', region);
}

function checkSenders(problems: Problems, inUse: readonly Sender[], fifo: boolean): void {
  for (const sender of inUse) {
    problems.unless(senders.includes(sender), `senders must be among ${senders.join(", ")}`, sender);
  }
  problems.unless(new Set(inUse).size === inUse.length, "senders must name each service once", inUse);
  // Each sender's page says so; AMP: "Alert receiver", Backup: "Limitations", RDS: "CreateEventSubscription", EventBridge: "Event bus targets" (2026-11).
  problems.unless(
    !fifo || inUse.length === 0,
    "a FIFO topic takes no messages from AWS services: leave senders out or make it a standard topic",
    inUse,
  );
}

/** What is expected of an existing topic, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, options: WatchTopicOptions): TopicSize {
  const problems = new Problems(`topic "${name}"`);
  checkExpectations(problems, options);
  problems.throwIfAny();
  const { publishesPerDay, filters = false, deadLetters = false, retries = false, steady = false } = options;
  return { publishesPerDay, filters, deadLetters, retries, steady };
}

/** The arguments of a topic, checked. Throws one error with every problem, before anything is registered. */
export function normalizeTopic(name: string, args: TopicArgs): NormalTopic {
  const { account, region, fifo = false, subscriptions = [], senders: inUse = [], loggedSuccesses = "1 %" } = args;
  const place = { account, region };
  const problems = new Problems(`topic "${name}"`);
  checkExpectations(problems, args);
  checkPlace(problems, place);
  checkSenders(problems, inUse, fifo);
  problems.unless(
    args.key !== "alias/aws/sns",
    "key must be a customer managed key: AWS services cannot publish to a topic that is encrypted with the key of SNS itself",
    args.key,
  );
  const successes = problems.read("loggedSuccesses", () => percent(loggedSuccesses)) ?? 0;
  problems.unless(
    Number.isInteger(successes) && successes <= 100,
    "loggedSuccesses must be whole percent from 0 % to 100 %",
    loggedSuccesses,
  );
  const publisher = publisherOf(name, place);
  const arn = args.transform?.topic ? undefined : `${publisher.slice(0, -1)}1234567${fifo ? ".fifo" : ""}`;
  checkSubscriptions(problems, subscriptions, { fifo, arn, publisher });
  problems.throwIfAny();
  const logged = new Set(subscriptions.flatMap(({ protocol }) => loggedAs[protocol] ?? []));
  return {
    size: {
      publishesPerDay: args.publishesPerDay,
      filters: subscriptions.some(({ filter }) => filter !== undefined),
      deadLetters: subscriptions.length > 0,
      retries: subscriptions.some(({ protocol }) => protocol === "https"),
      steady: args.steady ?? false,
    },
    place,
    fifo,
    senders: inUse,
    subscriptions,
    logged: [...logged],
    loggedSuccesses: successes,
  };
}
