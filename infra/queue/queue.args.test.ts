import assert from "node:assert/strict";
import { record } from "../kit/recorder";
import { Queue } from "./queue";
import type { QueueArgs } from "./queue.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: QueueArgs = { oldestMessage: "10 minutes", messagesPerDay: 100_000, watcher };

describe("bad arguments of a queue", () => {
  const cases: readonly [string, Partial<QueueArgs>, string][] = [
    [
      "a retention over 14 days",
      { retention: "15 days" },
      'retention must be 60 seconds to 14 days, got "15 days"\nqueue "orders": deadLetterRetention must be longer than retention (15 days), because a dead letter keeps the age that it had; raise it or lower retention, got "14 days"',
    ],
    [
      "a retention under a minute",
      { retention: "59 seconds", oldestMessage: "1 second" },
      'retention must be 60 seconds to 14 days, got "59 seconds"',
    ],
    [
      "a dead-letter retention over 14 days",
      { deadLetterRetention: "15 days" },
      'deadLetterRetention must be 60 seconds to 14 days, got "15 days"',
    ],
    [
      "dead letters that expire with their source",
      { deadLetterRetention: "4 days" },
      'deadLetterRetention must be longer than retention (4 days), because a dead letter keeps the age that it had; raise it or lower retention, got "4 days"',
    ],
    ["patience of nothing", { oldestMessage: "0 seconds" }, 'oldestMessage must be at least 1 second, got "0 seconds"'],
    [
      "patience as long as the retention",
      { oldestMessage: "4 days" },
      'oldestMessage must be shorter than retention (4 days), or messages are lost before anybody hears of it, got "4 days"',
    ],
    [
      "traffic that is no number",
      { messagesPerDay: Number.NaN },
      "messagesPerDay must be a number of 0 or more, got null",
    ],
    [
      "a visibility timeout over 12 hours",
      { visibilityTimeout: "13 hours" },
      'visibilityTimeout must be at most 12 hours, got "13 hours"',
    ],
    ["a delay over 15 minutes", { delay: "16 minutes" }, 'delay must be at most 15 minutes, got "16 minutes"'],
    ["no receive at all", { maxReceives: 0 }, "maxReceives must be a whole number from 1 to 1000, got 0"],
    ["half a receive", { maxReceives: 1.5 }, "maxReceives must be a whole number from 1 to 1000, got 1.5"],
    [
      "a worker that is slower than the visibility timeout",
      { consumer: { kind: "worker", timeout: "31 seconds" } },
      'visibilityTimeout must be at least the time that its consumer may take (31 seconds), or a message is handed out again while it is worked on, got "30 seconds"',
    ],
    [
      "a function with less than six times its timeout",
      { consumer: { kind: "lambda", timeout: "6 seconds" } },
      'visibilityTimeout must be at least 6 times the function\'s timeout (6 seconds), or a message is handed out again while it is worked on, got "30 seconds"',
    ],
    [
      "a signal that is off without a reason",
      { changes: { "queue-in-flight": { off: " " } } },
      'changes: "queue-in-flight" is off without a reason: say why in words',
    ],
    [
      "a length of time that is none",
      { delay: "soon" as "1 second" },
      'delay: "soon" is not a length of time: write "30 seconds", "10 minutes", "6 hours" or "14 days"',
    ],
  ];

  for (const [what, args, message] of cases) {
    it(`are refused: ${what}`, () => {
      assert.throws(() => new Queue("orders", { ...usual, ...args }), {
        name: "RangeError",
        message: `queue "orders": ${message}`,
      });
    });
  }

  it("are told all at once, and leave nothing half made", async () => {
    const recording = await record(() => {
      assert.throws(
        () => new Queue("orders", { ...usual, maxReceives: 0, delay: "1 hour" }),
        (error: Error) => error.message.split("\n").length === 2,
      );
    });
    assert.deepEqual(recording.resources, []);
  });

  it("are accepted at their limits", async () => {
    const limits: Partial<QueueArgs> = {
      visibilityTimeout: "12 hours",
      delay: "15 minutes",
      maxReceives: 1_000,
      consumer: { kind: "lambda", timeout: "2 hours" },
    };
    const { inputs } = (await record(() => new Queue("orders", { ...usual, ...limits }))).one(
      "aws:sqs/queue:Queue",
      "orders",
    );
    assert.deepEqual([inputs.visibilityTimeoutSeconds, inputs.delaySeconds], [43_200, 900]);
  });
});
