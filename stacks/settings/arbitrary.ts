/** Settings for property-based tests. */
import fc from "fast-check";
import { durationText } from "../../infra/kit/units";
import type { QueueSettings } from "./queues";

const time = (least: number, most: number) => fc.integer({ min: least, max: most }).map(durationText);
/** Lengths of time at the limits of SQS, and others. */
const anyTime = fc
  .oneof(fc.constantFrom(0, 1, 59, 60, 900, 901, 43_200, 43_201, 345_600, 1_209_600, 1_209_601), fc.nat(2_000_000))
  .map(durationText);

const consumer = (longest: number) =>
  fc.record({ kind: fc.constantFrom("worker", "lambda"), timeout: time(1, longest) }, { noNullPrototype: true });

/** A queue that is fine. */
export const fineQueue: fc.Arbitrary<QueueSettings> = fc
  .record({ retention: fc.integer({ min: 60, max: 1_209_599 }), fifo: fc.boolean() })
  .chain(({ retention, fifo }) =>
    fc.record(
      {
        fifo: fc.constant(fifo),
        retention: fc.constant(durationText(retention)),
        deadLetterRetention: time(fifo ? 60 : retention + 1, 1_209_600),
        oldestMessage: time(1, retention - 1),
        messagesPerDay: fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e9, noNaN: true })),
        steady: fc.boolean(),
        visibilityTimeout: time(60, 43_200),
        delay: time(0, 900),
        maxReceives: fc.integer({ min: 1, max: 1_000 }),
        consumer: consumer(10),
        changes: fc.constantFrom(
          {},
          { "queue-silent": { off: "quiet by night" } },
          { "queue-oldest-message": { threshold: "1 hour" } },
        ),
      },
      {
        requiredKeys: [
          "fifo",
          "retention",
          "deadLetterRetention",
          "oldestMessage",
          "messagesPerDay",
          "visibilityTimeout",
        ],
        noNullPrototype: true,
      },
    ),
  );
const queueName = fc.stringMatching(/^x[a-z0-9-]{0,53}$/);

/** Queues that are fine, by names that the platform does not use. */
export const fineQueues = fc.dictionary(queueName, fineQueue, { maxKeys: 4, noNullPrototype: true });

/** A queue of well-written values that need not fit together or AWS. */
export const anyQueue: fc.Arbitrary<QueueSettings> = fc.record(
  {
    fifo: fc.boolean(),
    retention: anyTime,
    deadLetterRetention: anyTime,
    oldestMessage: anyTime,
    messagesPerDay: fc.integer({ min: -5, max: 1_000_000 }),
    visibilityTimeout: anyTime,
    delay: anyTime,
    maxReceives: fc.integer({ min: -1, max: 1_100 }),
    consumer: consumer(10_000),
  },
  { requiredKeys: ["oldestMessage", "messagesPerDay"], noNullPrototype: true },
);
