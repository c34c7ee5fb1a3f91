import { cloudwatch, math, repeat, signals } from "../signal/signal";

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

const metric = (name: string, statistic: "Sum" | "Average") =>
  cloudwatch("AWS/SNS", name, statistic, { TopicName: "topic" });

const filtered = { holds: (size: TopicSize) => size.filters, otherwise: "no subscription has a filter policy" };
const redriven = {
  holds: (size: TopicSize) => size.deadLetters,
  otherwise: "its subscriptions have no dead-letter queues, so nothing is redriven",
};

/** The size at which alarms are proven: a busy topic, all of whose subscriptions filter and have dead-letter queues. */
const example: TopicSize = { publishesPerDay: 100_000, filters: true, deadLetters: true, retries: false, steady: true };

/**
 * What is watched of a topic ("Monitoring Amazon SNS topics using CloudWatch", SNS Developer Guide, 2026-11). A message that reached a dead-letter queue pages there;
 * here only what is lost for good pages. AWS recommends five bad minutes in a row for its counters, which a single lost message never fills: signals of loss need one.
 */
export const topicSignals = signals<"topic", "topic", TopicSize>()({
  "topic-silent": {
    title: "Nothing is published to a topic that is never quiet",
    golden: "availability",
    unit: "count",
    role: "topic",
    source: metric("NumberOfMessagesPublished", "Sum"),
    when: { holds: (size) => size.steady, otherwise: "its traffic is not declared steady, so silence means nothing" },
    alarm: { atMost: 0, for: "15 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["70 for 30 minutes", "0 for 15 minutes"],
        ["70 for 30 minutes", "missing for 1 hour"],
      ],
      fine: [["70 for 20 minutes", "0 for 14 minutes", "1 for 1 minute", "0 for 14 minutes", "60 for 5 minutes"]],
      healed: ["1 for 2 minutes"],
    },
    runbook: {
      means:
        "Nobody published for a quarter of an hour to a topic whose traffic never pauses: its publishers are down or cut off.",
      check: [
        "Is the publisher running, and does it log errors when it publishes?",
        "Did its role, the topic's policy or the key's policy change (CloudTrail: SetTopicAttributes, PutRolePolicy, PutKeyPolicy)?",
        "Is the KMS key enabled, and may the publisher use it?",
      ],
      fix: ["Restart or roll back the publisher.", "Restore the permission that was removed, or enable the key."],
    },
  },
  "topic-undelivered": {
    title: "Published, but delivered to nobody",
    golden: "availability",
    unit: "count",
    role: "topic",
    source: math("IF(published > 0, FILL(delivered, 0), 1)", {
      published: metric("NumberOfMessagesPublished", "Sum"),
      delivered: metric("NumberOfNotificationsDelivered", "Sum"),
    }),
    when: {
      holds: (size) => size.steady && !size.filters,
      otherwise: "its traffic is not steady, or filters may rightly reject all of it",
    },
    alarm: { atMost: 0, every: "5 minutes", for: "15 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: { ...example, filters: false },
      bad: [
        { published: ["70 for 30 minutes"], delivered: ["70 for 15 minutes", "0 for 15 minutes"] },
        {
          published: repeat(6, "1 for 1 minute", "missing for 4 minutes"),
          delivered: ["1 for 15 minutes", "missing for 15 minutes"],
        },
      ],
      fine: [
        {
          published: ["70 for 48 minutes"],
          delivered: ["70 for 15 minutes", ...repeat(2, "0 for 14 minutes", "1 for 1 minute"), "70 for 3 minutes"],
        },
        {
          published: ["70 for 20 minutes"],
          delivered: repeat(4, "0 for 4 minutes", "1 for 1 minute"),
        },
        { published: ["0 for 40 minutes"], delivered: ["0 for 40 minutes"] },
      ],
      healed: { published: ["70 for 10 minutes"], delivered: ["70 for 10 minutes"] },
    },
    runbook: {
      means:
        "Messages are accepted and reach no subscriber: a subscription is gone, was never confirmed, or its endpoint refuses all of them.",
      check: [
        "List the topic's subscriptions: is one missing, or PendingConfirmation?",
        "Does NumberOfNotificationsFailed rise, and what does the delivery log say?",
        "Did the queue's policy or its key's policy change, so that SNS may not send?",
      ],
      fix: [
        "Deploy the stack again to restore the subscription, or confirm it.",
        "Restore the endpoint's permission for SNS.",
      ],
    },
  },
  "topic-not-redriven": {
    title: "A message could not even reach its dead-letter queue",
    golden: "errors",
    unit: "count",
    role: "topic",
    source: metric("NumberOfNotificationsFailedToRedriveToDlq", "Sum"),
    when: redriven,
    alarm: { above: 0, for: "1 minute", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["0 for 10 minutes", "1 for 1 minute"],
        ["missing for 1 hour", "1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"], ["missing for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "SNS gave up on a delivery and was refused by the dead-letter queue too. That message is lost, and each further one will be.",
      check: [
        "Does the dead-letter queue exist, and does its policy let this topic send?",
        "May sns.amazonaws.com use the key of the dead-letter queue?",
        "Which deliveries fail, and since when (the delivery log of failures)?",
      ],
      fix: [
        "Restore the policy of the queue or of the key.",
        "Publish the lost messages again: their ids are in the delivery log.",
      ],
    },
  },
  "topic-lost": {
    title: "A delivery failed and nothing keeps the message",
    golden: "errors",
    unit: "count",
    role: "topic",
    source: metric("NumberOfNotificationsFailed", "Sum"),
    when: {
      holds: (size) => !size.deadLetters && !size.retries,
      otherwise: "dead-letter queues keep what fails, or an HTTP(S) subscriber counts every retry as a failure",
    },
    alarm: { above: 0, for: "1 minute", severity: "page", whenMissing: "ok" },
    proof: {
      size: { ...example, deadLetters: false },
      bad: [
        ["0 for 10 minutes", "1 for 1 minute"],
        ["missing for 1 hour", "1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"], ["missing for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "SNS gave up on a delivery. The subscription has no dead-letter queue, so that subscriber will never see the message.",
      check: [
        "Which subscription failed: the delivery log, or the endpoints one by one?",
        "Does the endpoint exist, and does its policy let this topic deliver?",
        "May sns.amazonaws.com use the key of the queue?",
      ],
      fix: [
        "Restore the endpoint or its permission, then publish the lost messages again.",
        "Give the subscription a dead-letter queue.",
      ],
    },
  },
  "topic-failing": {
    title: "Deliveries keep failing",
    golden: "errors",
    unit: "count",
    role: "topic",
    source: metric("NumberOfNotificationsFailed", "Sum"),
    when: {
      holds: (size) => size.deadLetters || size.retries,
      otherwise: "without dead-letter queues a single failure is a loss, and has its own alarm",
    },
    alarm: { above: 0, every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: { ...example, retries: true },
      bad: [
        ["0 for 30 minutes", ...repeat(3, "1 for 1 minute", "0 for 4 minutes")],
        ["0 for 30 minutes", "3 for 7 minutes", "0 for 4 minutes"],
        ["missing for 1 hour", "3 for 15 minutes"],
      ],
      fine: [
        ["0 for 1 hour"],
        ["0 for 10 minutes", "40 for 6 minutes", "0 for 9 minutes", "40 for 6 minutes", "0 for 40 minutes"],
      ],
      healed: ["0 for 10 minutes"],
    },
    runbook: {
      means:
        "For a quarter of an hour a subscriber refused what SNS brought. What SNS gives up on waits in the subscription's dead-letter queue, which pages by itself.",
      check: [
        "Which subscription fails, and with which answer (the delivery log of failures)?",
        "HTTP(S): does the endpoint answer within 15 seconds, and is its certificate valid?",
        "Queue or function: did its policy, or its key's policy, change?",
      ],
      fix: [
        "Mend the endpoint or its permission.",
        "Then move the dead letters back: redrive them to the subscriber's queue, or publish them again.",
      ],
    },
  },
  "topic-invalid-attributes": {
    title: "Filters cannot read a message's attributes",
    golden: "errors",
    unit: "count",
    role: "topic",
    source: metric("NumberOfNotificationsFilteredOut-InvalidAttributes", "Sum"),
    when: filtered,
    alarm: { above: 0, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["0 for 10 minutes", "1 for 1 minute"],
        ["missing for 1 hour", "1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"], ["missing for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "A publisher sends attributes that are no valid JSON. Subscriptions that filter on attributes never get such a message.",
      check: [
        "Which publisher was released last?",
        "How does it write attributes of the type String.Array?",
        "Since when does the count rise, and does every message fail?",
      ],
      fix: ["Roll the publisher back, or mend how it writes attributes, and publish again what was rejected."],
    },
  },
  "topic-invalid-body": {
    title: "Filters cannot read a message's body",
    golden: "errors",
    unit: "count",
    role: "topic",
    source: metric("NumberOfNotificationsFilteredOut-InvalidMessageBody", "Sum"),
    when: filtered,
    alarm: { above: 0, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["0 for 10 minutes", "1 for 1 minute"],
        ["missing for 1 hour", "1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"], ["missing for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "A publisher sends bodies that are no valid JSON. Subscriptions that filter on the body never get such a message.",
      check: [
        "Which publisher was released last?",
        "Does it send plain text, or JSON inside a string?",
        "Since when does the count rise, and does every message fail?",
      ],
      fix: ["Roll the publisher back, or mend what it publishes, and publish again what was rejected."],
    },
  },
  "topic-published": {
    title: "Messages published",
    golden: "traffic",
    unit: "count",
    role: "topic",
    source: metric("NumberOfMessagesPublished", "Sum"),
    runbook: { means: "How much is published. An idle topic publishes no metric at all." },
  },
  "topic-delivered": {
    title: "Notifications delivered",
    golden: "traffic",
    unit: "count",
    role: "topic",
    source: metric("NumberOfNotificationsDelivered", "Sum"),
    runbook: { means: "Deliveries to all subscribers together; what a filter kept back is not counted." },
  },
  "topic-redriven": {
    title: "Notifications moved to dead-letter queues",
    golden: "errors",
    unit: "count",
    role: "topic",
    source: metric("NumberOfNotificationsRedrivenToDlq", "Sum"),
    when: redriven,
    runbook: { means: "What SNS gave up on and kept. The dead-letter queue itself pages." },
  },
  "topic-filtered": {
    title: "Notifications filtered out",
    golden: "traffic",
    unit: "count",
    role: "topic",
    source: metric("NumberOfNotificationsFilteredOut", "Sum"),
    when: filtered,
    runbook: { means: "What filter policies kept back, for whatever reason." },
  },
  "topic-message-size": {
    title: "Size of messages",
    golden: "traffic",
    unit: "bytes",
    role: "topic",
    source: metric("PublishSize", "Average"),
    runbook: { means: "Average payload. SNS bills each 64 KiB of it as a request." },
  },
});
