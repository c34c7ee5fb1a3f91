import { cloudwatch } from "../signal/signal";

/** What an instance declares of itself. */
export interface TopicSize {
  /** Expected messages on a usual day. */
  readonly publishesPerDay: number;
  /** At least one subscription takes only what its filter policy lets through. */
  readonly filters: boolean;
  /** Every subscription has a dead-letter queue for what could not be delivered. */
  readonly deadLetters: boolean;
  /** At least one subscriber is an HTTP(S) endpoint: SNS then counts every failed attempt, retries too. */
  readonly retries: boolean;
  /** Traffic never pauses for a quarter of an hour, by day or night. */
  readonly steady: boolean;
}

/** A metric of the topic. */
export const metric = (name: string, statistic: "Sum" | "Average") =>
  cloudwatch("AWS/SNS", name, statistic, { TopicName: "topic" });

/** It has something that filters. */
export const filtered = { holds: (size: TopicSize) => size.filters, otherwise: "no subscription has a filter policy" };
/** It has somewhere to keep what could not be delivered. */
export const redriven = {
  holds: (size: TopicSize) => size.deadLetters,
  otherwise: "its subscriptions have no dead-letter queues, so nothing is redriven",
};

/** The size at which alarms are proven: a busy topic, all of whose subscriptions filter and have dead-letter queues. */
export const example: TopicSize = {
  publishesPerDay: 100_000,
  filters: true,
  deadLetters: true,
  retries: false,
  steady: true,
};
