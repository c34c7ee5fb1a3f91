import { math, repeat, signals } from "../signal/signal";
import { example, metric, redriven, type TopicSize } from "./topic.size";
import { topicTrafficSignals } from "./topic.traffic.signals";

/** Whether what is published arrives. AWS recommends five bad minutes in a row for its counters, which a single lost message never fills: signals of loss need one. */
const topicDeliverySignals = signals<"topic", "topic", TopicSize>()({
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
      felt: "Nothing that follows from an event happens any more: no mail, no booking, no order to the plant. The request itself still seems to work.",
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
      felt: "Nothing that follows from an event happens any more, although whoever published it was told that all is well.",
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
      felt: "For each lost message something that a user waits for never happens, and nobody can send it again.",
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
      felt: "For each lost message something that a user waits for never happens, and nobody can send it again.",
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
});

/**
 * What is watched of a topic ("Monitoring Amazon SNS topics using CloudWatch", SNS Developer Guide, 2026-11). A message that reached a dead-letter queue pages there;
 * here only what is lost for good pages.
 */
export const topicSignals = { ...topicDeliverySignals, ...topicTrafficSignals };
