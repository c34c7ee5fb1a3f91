import { cloudwatch, math, repeat, signals } from "../signal/signal";

/** What a queue is: one that services read, or the place for what they could not process. */
export type QueueRole = "source" | "deadLetters";

/** What an instance declares of itself; limits are functions of it. Durations in seconds. */
export interface QueueSize {
  readonly fifo: boolean;
  /** Retention of the source queue. */
  readonly retention: number;
  readonly deadLetterRetention: number;
  /** How long a message may wait before somebody feels it. */
  readonly oldestMessage: number;
  /** Expected traffic on a usual day. */
  readonly messagesPerDay: number;
  /** Traffic never pauses for a quarter of an hour, by day or night. */
  readonly steady: boolean;
}

/** Messages in flight that SQS allows in a queue, FIFO included ("Amazon SQS quotas", SQS Developer Guide, 2026-11). */
export const inFlightQuota = 120_000;

const metric = (name: string, statistic: "Maximum" | "Sum" | "Average") =>
  cloudwatch("AWS/SQS", name, statistic, { QueueName: "queue" });

/** A backlog under a quarter of an hour of usual traffic is a burst, not a trend; nor is one under 100 messages. */
const burst = ({ messagesPerDay }: QueueSize) => Math.max(100, Math.ceil(messagesPerDay / 96));

/**
 * In a standard queue a message keeps its first sending time when it is moved, so what it spent in the source queue is missing at the end. A FIFO
 * queue starts anew ("Using dead-letter queues in Amazon SQS", SQS Developer Guide, 2026-11).
 */
const timeLeft = ({ fifo, retention, deadLetterRetention }: QueueSize) => deadLetterRetention - (fifo ? 0 : retention);

/** The size at which limits are proven: four days in the queue, fourteen after it, ten minutes of patience. */
const example: QueueSize = {
  fifo: false,
  retention: 345_600,
  deadLetterRetention: 1_209_600,
  oldestMessage: 600,
  messagesPerDay: 100_000,
  steady: true,
};

export const queueSignals = signals<QueueRole, "queue", QueueSize>()({
  "queue-silent": {
    title: "Nothing arrives in a queue that is never quiet",
    golden: "availability",
    unit: "count",
    role: "source",
    source: metric("NumberOfMessagesSent", "Sum"),
    when: { holds: (size) => size.steady, otherwise: "its traffic is not declared steady, so silence means nothing" },
    alarm: { atMost: 0, for: "15 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [["70 for 30 minutes", "0 for 15 minutes"]],
      fine: [["70 for 20 minutes", "0 for 14 minutes", "1 for 1 minute", "0 for 14 minutes", "60 for 5 minutes"]],
      healed: ["1 for 2 minutes"],
    },
    runbook: {
      means:
        "No message was sent for a quarter of an hour to a queue whose traffic never pauses: its producers are down or cut off.",
      felt: "What the queue feeds stops moving: an order that was placed is not confirmed, packed or booked, and no error is shown to anybody.",
      check: [
        "Is the producer running, and does it log errors when it sends?",
        "Did its role or the queue's policy change (CloudTrail: SetQueueAttributes, PutRolePolicy)?",
        "Do the topics that feed the queue still deliver (NumberOfNotificationsFailed)?",
      ],
      fix: ["Restart or roll back the producer.", "Restore the permission or the subscription that was removed."],
    },
  },
  "queue-in-flight": {
    title: "Messages in flight near the quota",
    golden: "saturation",
    unit: "count",
    role: "source",
    source: metric("ApproximateNumberOfMessagesNotVisible", "Maximum"),
    alarm: { above: 0.8 * inFlightQuota, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["20000 for 10 minutes", "95000/96001 for 1 minute"]],
      fine: [["0 for 5 minutes", "96000 for 30 minutes"]],
      healed: ["95000 for 1 minute"],
    },
    runbook: {
      means:
        "Consumers hold nearly as many messages as the queue lets them. At 120,000 they receive no more, and the queue stands still.",
      check: [
        "Do consumers delete what they have processed, or only receive?",
        "Is the visibility timeout far longer than the work takes?",
        "Did the number of consumers or their batch size just grow?",
      ],
      fix: [
        "Roll back the consumer that stopped deleting.",
        "Lower the visibility timeout or the number of receivers.",
      ],
    },
  },
  "queue-dead-letters": {
    title: "Dead letters waiting",
    golden: "errors",
    unit: "count",
    role: "deadLetters",
    source: metric("ApproximateNumberOfMessagesVisible", "Maximum"),
    alarm: { above: 0, for: "1 minute", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["0 for 10 minutes", "1 for 1 minute"],
        ["missing for 1 hour", "1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "A message could not be processed as often as it may be tried. An order, a payment or a shipment is stuck until a person acts.",
      felt: "One user for each message waits for something that will not come: a confirmation, an invoice, a parcel.",
      check: [
        "Receive one message without deleting it, and read its body and attributes.",
        "Search the consumer's logs for its message id: what does each attempt fail with?",
        "Is it one message (its content) or all of them (a dependency, a deployment)?",
      ],
      fix: [
        "Mend the consumer or its dependency, then start a redrive from the dead-letter queue to its source.",
        "If the content itself is wrong: keep a copy, tell the sender, delete the message.",
      ],
    },
    drill: "poison-message",
  },
  "queue-dead-letters-expiring": {
    title: "Dead letters about to be lost",
    golden: "errors",
    unit: "seconds",
    role: "deadLetters",
    source: metric("ApproximateAgeOfOldestMessage", "Maximum"),
    alarm: {
      above: (size) => 0.75 * timeLeft(size),
      every: "5 minutes",
      for: "5 minutes",
      severity: "page",
      whenMissing: "ok",
    },
    proof: {
      size: example,
      bad: [["7 days for 1 hour", "7 days / 648001 seconds for 5 minutes"]],
      fine: [["0 seconds for 10 minutes", "7.5 days for 1 hour"]],
      healed: ["1 day for 5 minutes"],
    },
    runbook: {
      means:
        "The oldest dead letter has used three quarters of the time that it can stay. SQS then deletes it for good.",
      felt: "Nothing new. Whoever waits for what the message stands for will wait for ever once it is deleted.",
      check: [
        "Who works on the earlier page about dead letters, and what blocks them?",
        "How many messages are waiting, and when does the oldest expire?",
        "Can the source queue take them now (consumer healthy, backlog small)?",
      ],
      fix: [
        "Copy the messages to a bucket before anything else.",
        "Redrive them to the source queue, or to a parking queue with a new retention.",
      ],
    },
  },
  "queue-oldest-message": {
    title: "Messages wait too long",
    golden: "latency",
    unit: "seconds",
    role: "source",
    source: metric("ApproximateAgeOfOldestMessage", "Maximum"),
    alarm: { atLeast: (size) => size.oldestMessage, for: "15 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["2 minutes for 20 minutes", "9 minutes / 10 minutes for 15 minutes"]],
      fine: [
        ["599 seconds for 1 hour"],
        [
          "1 minute for 10 minutes",
          "40 minutes for 14 minutes",
          "599 seconds for 1 minute",
          "12 minutes for 14 minutes",
          "1 minute for 5 minutes",
        ],
      ],
      healed: ["30 seconds for 2 minutes"],
    },
    runbook: {
      means:
        "Work arrives later than users accept. A standard queue leaves a message out of this age once it failed three times, so one poison message alone does not cause it.",
      felt: "What was asked for comes late: confirmations, stock and bookings lag behind by the age of the message.",
      check: [
        "Are the consumers running, and do they delete as many messages as are sent?",
        "What does a message wait for: the database, another service, a lock?",
        "FIFO queue: which message group is blocked by a failing message?",
      ],
      fix: [
        "Scale the consumers out, or roll back the release that slowed them.",
        "Mend the dependency that they wait for.",
      ],
    },
  },
  "queue-growing-backlog": {
    title: "More arrives than is worked off",
    golden: "latency",
    unit: "count",
    role: "source",
    source: math(
      "IF(waiting > {burst}, sent - deleted, 0)",
      {
        waiting: metric("ApproximateNumberOfMessagesVisible", "Maximum"),
        sent: metric("NumberOfMessagesSent", "Sum"),
        deleted: metric("NumberOfMessagesDeleted", "Sum"),
      },
      { burst },
    ),
    alarm: { above: 0, every: "5 minutes", for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          waiting: ["900/1043 for 30 minutes"],
          sent: repeat(6, "400 for 4 minutes", "401 for 1 minute"),
          deleted: ["400 for 30 minutes"],
        },
        { waiting: ["20000 for 30 minutes"], sent: ["400 for 30 minutes"], deleted: ["398 for 30 minutes"] },
      ],
      fine: [
        { waiting: ["1042 for 1 hour"], sent: ["400 for 1 hour"], deleted: ["0 for 1 hour"] },
        { waiting: ["90000 for 1 hour"], sent: ["400 for 1 hour"], deleted: ["400 for 1 hour"] },
        {
          waiting: ["5000 for 45 minutes"],
          sent: ["300 for 45 minutes"],
          deleted: ["700 for 5 minutes", "200 for 29 minutes", "700 for 5 minutes", "200 for 6 minutes"],
        },
      ],
      healed: { waiting: ["3000 for 10 minutes"], sent: ["100 for 10 minutes"], deleted: ["400 for 10 minutes"] },
    },
    runbook: {
      means:
        "For half an hour more messages came in than were finished, and the backlog is larger than a burst. Users will feel it soon.",
      check: [
        "Did traffic rise, or did consumers slow down? Compare sent and deleted with the same hour last week.",
        "Are consumers throttled, out of connections or out of CPU?",
        "Do messages return (received far above deleted)? Then they fail and are retried.",
      ],
      fix: ["Add consumers, up to what their database takes.", "Slow the producer down, or postpone its batch."],
    },
  },
  "queue-sent": {
    title: "Messages sent",
    golden: "traffic",
    unit: "count",
    role: "source",
    source: metric("NumberOfMessagesSent", "Sum"),
    runbook: { means: "How much work arrives; moves into a dead-letter queue are not counted." },
  },
  "queue-deleted": {
    title: "Messages worked off",
    golden: "traffic",
    unit: "count",
    role: "source",
    source: metric("NumberOfMessagesDeleted", "Sum"),
    runbook: { means: "How much work is finished; repeated deletes count again, so it can exceed what was sent." },
  },
  "queue-message-size": {
    title: "Size of messages",
    golden: "traffic",
    unit: "bytes",
    role: "source",
    source: metric("SentMessageSize", "Average"),
    runbook: { means: "Average payload. SQS refuses a message over 1 MiB." },
  },
  "queue-duplicates": {
    title: "Duplicates dropped",
    golden: "traffic",
    unit: "count",
    role: "source",
    source: metric("NumberOfDeduplicatedSentMessages", "Sum"),
    when: { holds: (size) => size.fifo, otherwise: "only a FIFO queue removes duplicates" },
    runbook: { means: "Sends that repeated a message within five minutes, and were dropped." },
  },
});
