import { signals } from "../signal/signal";
import { example, filtered, metric, redriven, type TopicSize } from "./topic.size";

/** How much goes through a topic, and what its filters make of it. */
export const topicTrafficSignals = signals<"topic", "topic", TopicSize>()({
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
