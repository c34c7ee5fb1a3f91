import type { Queue as SqsQueue, QueueArgs as SqsQueueArgs } from "@pulumi/aws/sqs/queue.js";
import type { Input } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import type { Transform } from "../kit/transform";
import { type Duration, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { QueueSize, queueSignals } from "./queue.signals";

/** What is expected of a queue: its alarms are made from it. */
export interface QueueExpectations {
  /** How long a message may wait before somebody feels it; shorter than the retention. */
  oldestMessage: Duration;
  /** Messages on a usual day: what counts as a backlog, and the bill, follow from it. */
  messagesPerDay: number;
  /** Traffic never pauses for a quarter of an hour, so that silence is an alarm. @default false */
  steady?: boolean;
  /** Keeps the order of messages within a group, and drops duplicates. Replaces the queue. @default false */
  fifo?: boolean;
  /** How long a message is kept that nobody receives: 60 seconds to 14 days. @default "4 days" */
  retention?: Duration;
  /** How long a dead letter is kept: longer than `retention`, because its age goes on counting (a FIFO queue starts anew). @default "14 days" */
  deadLetterRetention?: Duration;
  /** What this queue does differently, by signal id. */
  changes?: Changes<typeof queueSignals>;
  /** Who is told. */
  watcher: Watcher;
}

/** How an existing queue is watched. */
export interface WatchQueueOptions extends QueueExpectations {
  /** Its dead-letter queue, to be watched with it. */
  deadLetters?: SqsQueue;
}

/** What a queue is made from. */
export interface QueueArgs extends QueueExpectations {
  /** How long a received message stays hidden from other consumers: up to 12 hours. @default "30 seconds" */
  visibilityTimeout?: Duration;
  /** How long a new message stays hidden: up to 15 minutes. @default "0 seconds" */
  delay?: Duration;
  /** How often a message is tried before it becomes a dead letter: 1 to 1,000. @default 5 */
  maxReceives?: number;
  /** Who reads it: the visibility timeout must cover a worker's timeout, and six times that of a Lambda function. */
  consumer?: { kind: "worker" | "lambda"; timeout: Duration };
  /** Topics that may deliver to it: their ARNs, or patterns such as the one that `publisherOf` gives for a topic not made yet. @default none */
  publishers?: readonly Input<string>[];
  /**
   * Customer managed key for both queues. With `publishers` its policy must let sns.amazonaws.com use it, as the statement that `keyPolicy` makes does.
   * @default SQS's own encryption (SSE-SQS)
   */
  kmsKeyId?: Input<string>;
  /** Last changes to the arguments of the resources, for what has no option here. */
  transform?: { queue?: Transform<SqsQueueArgs>; deadLetters?: Transform<SqsQueueArgs> };
}

/** Arguments with every default in place and every length of time in seconds. */
export interface NormalQueue {
  readonly size: QueueSize;
  readonly visibilityTimeout: number;
  readonly delay: number;
  readonly maxReceives: number;
}

/** A Lambda function retries throttled batches within the timeout ("Creating an Amazon SQS event source mapping", Lambda Developer Guide, 2026-11). */
const lambdaFactor = 6;

function readSize(problems: Problems, args: QueueExpectations): QueueSize {
  const read = (label: string, text: Duration) => problems.read(label, () => seconds(text)) ?? Number.NaN;
  return {
    fifo: args.fifo ?? false,
    retention: read("retention", args.retention ?? "4 days"),
    deadLetterRetention: read("deadLetterRetention", args.deadLetterRetention ?? "14 days"),
    oldestMessage: read("oldestMessage", args.oldestMessage),
    messagesPerDay: args.messagesPerDay,
    steady: args.steady ?? false,
  };
}

/** Problems are told with what was given; a length of time that could not be read has been told already, and passes here (NaN). */
function checkSize(problems: Problems, args: QueueExpectations, size: QueueSize): void {
  const within = (value: number, least: number, most: number) => !(value < least || value > most);
  const { retention, deadLetterRetention, oldestMessage, messagesPerDay } = size;
  problems.unless(within(retention, 60, 1_209_600), "retention must be 60 seconds to 14 days", args.retention);
  problems.unless(
    within(deadLetterRetention, 60, 1_209_600),
    "deadLetterRetention must be 60 seconds to 14 days",
    args.deadLetterRetention,
  );
  problems.unless(
    size.fifo || !(deadLetterRetention <= retention),
    `deadLetterRetention must be longer than retention (${args.retention ?? "4 days"}), because a dead letter keeps the age that it had; raise it or lower retention`,
    args.deadLetterRetention ?? "14 days",
  );
  problems.unless(
    within(oldestMessage, 1, Number.POSITIVE_INFINITY),
    "oldestMessage must be at least 1 second",
    args.oldestMessage,
  );
  problems.unless(
    !(oldestMessage >= retention),
    `oldestMessage must be shorter than retention (${args.retention ?? "4 days"}), or messages are lost before anybody hears of it`,
    args.oldestMessage,
  );
  problems.unless(
    Number.isFinite(messagesPerDay) && messagesPerDay >= 0,
    "messagesPerDay must be a number of 0 or more",
    messagesPerDay,
  );
  checkChanges(problems, args.changes);
}

/** What is expected of an existing queue, checked. Throws one error with every problem. */
export function normalizeExpectations(name: string, args: QueueExpectations): QueueSize {
  const problems = new Problems(`queue "${name}"`);
  const size = readSize(problems, args);
  checkSize(problems, args, size);
  problems.throwIfAny();
  return size;
}

/** The arguments of a queue, checked. Throws one error with every problem. */
export function normalizeQueue(name: string, args: QueueArgs): NormalQueue {
  const problems = new Problems(`queue "${name}"`);
  const size = readSize(problems, args);
  problems.add(checkName(size.fifo ? "FIFO queue" : "queue", `${name}-dead-letters`));
  checkSize(problems, args, size);
  const read = (label: string, text: Duration) => problems.read(label, () => seconds(text)) ?? Number.NaN;
  const visibilityTimeout = read("visibilityTimeout", args.visibilityTimeout ?? "30 seconds");
  const delay = read("delay", args.delay ?? "0 seconds");
  const maxReceives = args.maxReceives ?? 5;
  problems.unless(!(visibilityTimeout > 43_200), "visibilityTimeout must be at most 12 hours", args.visibilityTimeout);
  problems.unless(!(delay > 900), "delay must be at most 15 minutes", args.delay);
  problems.unless(
    Number.isInteger(maxReceives) && maxReceives >= 1 && maxReceives <= 1_000,
    "maxReceives must be a whole number from 1 to 1000",
    maxReceives,
  );
  if (args.consumer) {
    const { kind, timeout } = args.consumer;
    const needed = read("consumer.timeout", timeout) * (kind === "lambda" ? lambdaFactor : 1);
    const why =
      kind === "lambda" ? `${lambdaFactor} times the function's timeout` : "the time that its consumer may take";
    problems.unless(
      !(visibilityTimeout < needed),
      `visibilityTimeout must be at least ${why} (${timeout}), or a message is handed out again while it is worked on`,
      args.visibilityTimeout ?? "30 seconds",
    );
  }
  problems.throwIfAny();
  return { size, visibilityTimeout, delay, maxReceives };
}
