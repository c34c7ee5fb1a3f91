import assert from "node:assert/strict";
import type { Mapping } from "./merge";
import { answers, least, mistakesIn } from "./testing";

const whenQueue = { oldestMessage: "1 minute", messagesPerDay: 10 };
const time = (range: string, example: string) => `${range} in whole seconds, written like "${example}"`;
const retention = time("60 seconds to 14 days", "4 days");
const orders = (queue: Mapping) => ({ "vigia:queues": { orders: queue } });
const long = "q".repeat(60);

describe("a mistake in a queue is answered with key, value and what is allowed", () => {
  answers([
    [
      "a retention that SQS does not keep",
      orders({ retention: "20 days" }),
      `vigia:queues.orders.retention = "20 days": ${retention}`,
    ],
    [
      "a retention below a minute",
      orders({ retention: "59 seconds" }),
      `vigia:queues.orders.retention = "59 seconds": ${retention}`,
    ],
    [
      "a length of time without unit",
      orders({ retention: 345600 }),
      `vigia:queues.orders.retention = 345600: ${retention}`,
    ],
    [
      "a length of time with a sign",
      orders({ retention: "-4 days" }),
      `vigia:queues.orders.retention = "-4 days": ${retention}`,
    ],
    [
      "a length of time with an exponent",
      orders({ retention: "1e1 days" }),
      `vigia:queues.orders.retention = "1e1 days": ${retention}`,
    ],
    ["a decimal comma", orders({ retention: "1,5 days" }), `vigia:queues.orders.retention = "1,5 days": ${retention}`],
    [
      "a fraction of a second",
      orders({ retention: "60.5 seconds" }),
      `vigia:queues.orders.retention = "60.5 seconds": ${retention}`,
    ],
    [
      "a list where a value belongs",
      orders({ deadLetterRetention: ["14 days"] }),
      `vigia:queues.orders.deadLetterRetention = ["14 days"]: ${time("60 seconds to 14 days", "14 days")}`,
    ],
    [
      "dead letters kept for less time than messages",
      orders({ deadLetterRetention: "3 days" }),
      'vigia:queues.orders.deadLetterRetention = "3 days": must be longer than retention (4 days), because a dead letter keeps the age that it had; raise it or lower retention',
    ],
    [
      "a retention as long as that of the dead letters, which is a default",
      orders({ retention: "14 days" }),
      'vigia:queues.orders.deadLetterRetention = "14 days" (by default): must be longer than retention (14 days), because a dead letter keeps the age that it had; raise it or lower retention',
    ],
    [
      "a patience longer than the retention",
      orders({ oldestMessage: "5 days" }),
      'vigia:queues.orders.oldestMessage = "5 days": must be shorter than retention (4 days), or messages are lost before anybody hears of it',
    ],
    [
      "no patience at all",
      orders({ oldestMessage: "0 seconds" }),
      `vigia:queues.orders.oldestMessage = "0 seconds": ${time("1 second to 14 days", "10 minutes")}`,
    ],
    [
      "a visibility timeout over 12 hours",
      orders({ visibilityTimeout: "13 hours" }),
      `vigia:queues.orders.visibilityTimeout = "13 hours": ${time("0 seconds to 12 hours", "30 seconds")}`,
    ],
    [
      "a visibility timeout shorter than the work",
      orders({ visibilityTimeout: "30 seconds" }),
      'vigia:queues.orders.visibilityTimeout = "30 seconds": must be at least the time that its consumer may take (45 seconds), or a message is handed out again while it is worked on',
    ],
    [
      "a visibility timeout under six times that of a Lambda function",
      { "vigia:queues": { invoices: { visibilityTimeout: "5 minutes" } } },
      'vigia:queues.invoices.visibilityTimeout = "5 minutes": must be at least 6 times the function\'s timeout (1 minute), or a message is handed out again while it is worked on',
    ],
    [
      "a delay over 15 minutes",
      orders({ delay: "1 hour" }),
      `vigia:queues.orders.delay = "1 hour": ${time("0 seconds to 15 minutes", "30 seconds")}`,
    ],
    ["no attempt", orders({ maxReceives: 0 }), "vigia:queues.orders.maxReceives = 0: a whole number from 1 to 1000"],
    [
      "half an attempt",
      orders({ maxReceives: "2.5" }),
      'vigia:queues.orders.maxReceives = "2.5": a whole number from 1 to 1000',
    ],
    [
      "too many attempts",
      orders({ maxReceives: "1001" }),
      'vigia:queues.orders.maxReceives = "1001": a whole number from 1 to 1000',
    ],
    [
      "a negative count",
      orders({ messagesPerDay: -1 }),
      "vigia:queues.orders.messagesPerDay = -1: a number of 0 or more",
    ],
    [
      "a count in words",
      orders({ messagesPerDay: "many" }),
      'vigia:queues.orders.messagesPerDay = "many": a number of 0 or more',
    ],
    [
      "a count with an exponent",
      orders({ messagesPerDay: "1e6" }),
      'vigia:queues.orders.messagesPerDay = "1e6": a number of 0 or more',
    ],
    ["yes for true", orders({ steady: "yes" }), 'vigia:queues.orders.steady = "yes": true or false'],
    ["1 for true", orders({ fifo: 1 }), "vigia:queues.orders.fifo = 1: true or false"],
    [
      "a consumer that is not known",
      orders({ consumer: { kind: "cron" } }),
      'vigia:queues.orders.consumer.kind = "cron": "worker" or "lambda"',
    ],
    [
      "a misspelt field",
      orders({ retension: "4 days" }),
      "vigia:queues.orders.retension is not a setting: did you mean vigia:queues.orders.retention?",
    ],
    [
      "a misspelt signal",
      orders({ changes: { "queue-dead-leters": { off: "none come" } } }),
      "vigia:queues.orders.changes.queue-dead-leters is not a setting: did you mean vigia:queues.orders.changes.queue-dead-letters?",
    ],
    [
      "a signal switched off without a reason",
      orders({ changes: { "queue-silent": { off: " " } } }),
      'vigia:queues.orders.changes.queue-silent.off = " ": why it does not apply, in words',
    ],
    [
      "a signal that is off and changed",
      orders({ changes: { "queue-silent": { off: "not in use", threshold: 1 } } }),
      'vigia:queues.orders.changes.queue-silent = {"off":"not in use","threshold":1}: either off, or another threshold or severity',
    ],
    [
      "a threshold in another unit",
      orders({ changes: { "queue-oldest-message": { threshold: 600 } } }),
      `vigia:queues.orders.changes.queue-oldest-message.threshold = 600: ${time("at least 0 seconds", "10 minutes")}`,
    ],
    [
      "a severity of another vocabulary",
      orders({ changes: { "queue-silent": { severity: "critical" } } }),
      'vigia:queues.orders.changes.queue-silent.severity = "critical": "page" or "ticket"',
    ],
    [
      "a text where a queue belongs",
      { "vigia:queues": { orders: "on" } },
      'vigia:queues.orders = "on": a mapping with oldestMessage, messagesPerDay, steady, fifo, retention, deadLetterRetention, visibilityTimeout, delay, maxReceives, consumer, changes',
    ],
    [
      "JSON that is cut off",
      { "vigia:queues": '{"orders": ' },
      'vigia:queues = "{\\"orders\\": ": a mapping of queue names to their settings',
    ],
    [
      "a queue that begins with a digit",
      { "vigia:queues": { "2nd": whenQueue } },
      "vigia:queues.2nd: the name of a queue begins with a letter",
    ],
    [
      "a queue with a dot in its name",
      { "vigia:queues": { "a.b": whenQueue } },
      'vigia:queues["a.b"]: name of queue "a.b-dead-letters": use only letters, digits, hyphens and underscores',
    ],
    [
      "a queue whose dead-letter queue has a name too long for AWS",
      { "vigia:queues": { [long]: whenQueue } },
      `vigia:queues.${long}: name of queue "${long}-dead-letters": it has 73 characters, at most 72 are allowed, because 8 of 80 are left for Pulumi's suffix; shorten it by 1`,
    ],
    [
      "a new queue whose name may be a slip",
      { "vigia:queues": { ordrs: { oldestMessage: "1 minute" } } },
      "vigia:queues.ordrs.messagesPerDay is missing: a number of 0 or more; or did you mean orders?",
    ],
    [
      "a retention that cannot be read, and no rule that compares with the default in its place",
      orders({ retention: "long", deadLetterRetention: "3 days", oldestMessage: "5 days" }),
      `vigia:queues.orders.retention = "long": ${retention}`,
    ],
    [
      "a queue that may be FIFO, and no rule that holds only if it is not",
      orders({ fifo: "maybe", deadLetterRetention: "3 days" }),
      'vigia:queues.orders.fifo = "maybe": true or false',
    ],
  ]);

  it("tells of a name and of a broken rule in the same queue, on one line each", () => {
    const queue = { ...whenQueue, retention: "14 days" };
    assert.deepEqual(mistakesIn({ ...least, "vigia:queues": { 'a": b\n': queue } }), [
      `vigia:queues["a\\": b\\n"]: name of queue "a\\": b\\n-dead-letters": use only letters, digits, hyphens and underscores`,
      `vigia:queues["a\\": b\\n"].deadLetterRetention = "14 days" (by default): must be longer than retention (14 days), because a dead letter keeps the age that it had; raise it or lower retention`,
    ]);
  });
});
