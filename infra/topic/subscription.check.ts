import type { Problems } from "../kit/problems";
import { Queue } from "../queue/queue";
import type { FilterPolicy, Subscription } from "./subscription";

/** What a subscription is checked against. */
export interface SubscriptionRules {
  readonly fifo: boolean;
  /** The ARN that the topic will have, but for its random end; undefined when a transform may name it otherwise. */
  readonly arn?: string;
  /** What its ARN will look like, to be put into `publishers`. */
  readonly publisher: string;
}

/** Values that SNS takes for a whole policy ("Filter policy constraints in Amazon SNS", SNS Developer Guide, 2026-11). */
const mostKeys = 5;
const mostCombinations = 150;

const isList = (value: FilterPolicy[string]): value is Extract<FilterPolicy[string], readonly unknown[]> =>
  Array.isArray(value);

/** For each key that holds values: their number times the level at which they stand, as SNS counts. */
const leaves = (policy: FilterPolicy, level = 1): number[] =>
  Object.values(policy).flatMap((value) => (isList(value) ? [value.length * level] : leaves(value, level + 1)));

function checkFilter(problems: Problems, where: string, { scope, policy }: NonNullable<Subscription["filter"]>): void {
  const counts = leaves(policy);
  const nested = Object.values(policy).some((value) => !isList(value));
  problems.unless(
    counts.length > 0 && !counts.includes(0),
    `${where}: a filter must name a value for each key; leave it out to get every message`,
  );
  problems.unless(scope === "MessageBody" || !nested, `${where}: only a filter of scope "MessageBody" can be nested`);
  problems.unless(counts.length <= mostKeys, `${where}: a filter takes at most ${mostKeys} keys`, counts.length);
  const combinations = counts.reduce((product, count) => product * count, 1);
  problems.unless(
    combinations <= mostCombinations,
    `${where}: a filter takes at most ${mostCombinations} combinations of values`,
    combinations,
  );
}

/** Long runs of letters and digits, as keys in the addresses of paging services are. */
const looksSecret = (segment: string) => segment.length >= 20 && /\d/.test(segment) && /[a-z]/i.test(segment);

/** The address itself is never repeated: it may hold a secret. */
function checkAddress(problems: Problems, where: string, endpoint: string): void {
  if (!URL.canParse(endpoint) || new URL(endpoint).protocol !== "https:") {
    problems.add(`${where}: endpoint must be an address that starts with https://`);
    return;
  }
  const { username, password, search, pathname } = new URL(endpoint);
  const secret = username || password || search || pathname.split("/").some(looksSecret);
  if (secret)
    problems.add(
      `${where}: endpoint seems to hold a secret (a user, a query or a key in its path): keep it in Secrets Manager and give its value as a secret output`,
    );
}

function checkEndpoint(problems: Problems, where: string, { protocol, endpoint }: Subscription): void {
  if (typeof endpoint !== "string") return;
  if (protocol === "https") checkAddress(problems, where, endpoint);
  if (protocol === "email")
    problems.unless(
      /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(endpoint),
      `${where}: endpoint must be an e-mail address`,
      endpoint,
    );
  if (protocol === "sqs")
    problems.unless(
      /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w.-]+$/.test(endpoint),
      `${where}: endpoint must be the ARN of a queue`,
      endpoint,
    );
  if (protocol === "lambda") {
    const arn = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
    problems.unless(arn.test(endpoint), `${where}: endpoint must be the ARN of a function`, endpoint);
  }
}

/** Whether a pattern with `*` and `?`, as ArnLike reads it, matches a text. */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`).test(text);
}

function checkQueue(problems: Problems, where: string, queue: Queue, rules: SubscriptionRules): void {
  // "Message delivery for FIFO topics" (SNS Developer Guide, 2026-11).
  problems.unless(
    rules.fifo || !queue.fifo,
    `${where}: a standard topic cannot deliver to a FIFO queue; make both FIFO or neither`,
  );
  const { arn, publisher } = rules;
  const allowed = queue.publishers.some(
    (given) => typeof given !== "string" || arn === undefined || matches(given, arn),
  );
  problems.unless(
    allowed,
    `${where}: the queue does not let this topic deliver; make it with publishers: ["${publisher}"]`,
  );
}

function checkSubscription(problems: Problems, subscription: Subscription, rules: SubscriptionRules): void {
  const { name, protocol, filter, queue } = subscription;
  const where = `subscription "${name}"`;
  problems.unless(
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name),
    `${where}: a name is lower-case letters and digits in parts joined by hyphens`,
  );
  problems.unless(!rules.fifo || protocol === "sqs", `${where}: a FIFO topic delivers only to queues`, protocol);
  checkEndpoint(problems, where, subscription);
  if (queue instanceof Queue) checkQueue(problems, where, queue, rules);
  if (filter) checkFilter(problems, where, filter);
}

/** Notes what is wrong with the subscriptions of a topic. */
export function checkSubscriptions(
  problems: Problems,
  subscriptions: readonly Subscription[],
  rules: SubscriptionRules,
): void {
  for (const subscription of subscriptions) checkSubscription(problems, subscription, rules);
  const names = subscriptions.map(({ name }) => name);
  problems.unless(new Set(names).size === names.length, "each subscription must have a name of its own", names);
}
