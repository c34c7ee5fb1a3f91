import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import { type Duration, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import { Watch, type Watcher } from "../signal/watch";
import type { QueueWatch } from "./queue";
import { queuePolicy } from "./queue.policy";
import { type QueueSize, queueSignals } from "./queue.signals";

/** What is expected of dead letters that do not come out of a queue. */
export interface DeadLetterExpectations {
  /** Keeps the order, as whatever fills it does. Replaces the queue. @default false */
  fifo?: boolean;
  /** How long a dead letter is kept: 60 seconds to 14 days. @default "14 days" */
  retention?: Duration;
  /** What this queue does differently, by signal id. */
  changes?: Changes<typeof queueSignals>;
  /** Who is told. */
  watcher: Watcher;
}

/** What a dead-letter queue of subscriptions is made from. */
export interface DeadLetterArgs extends DeadLetterExpectations {
  /** ARNs of the topics whose subscriptions leave here what they could not deliver. */
  publishers: readonly Input<string>[];
  /**
   * Customer managed key that lets SNS use it: SNS cannot leave a message in a queue that is encrypted with another ("Amazon SNS dead-letter queues",
   * SNS Developer Guide, 2026-11).
   */
  kmsKeyId: Input<string>;
}

function normalizeDeadLetters(
  name: string,
  { fifo, retention = "14 days", changes }: DeadLetterExpectations,
): QueueSize {
  const problems = new Problems(`dead-letter queue "${name}"`);
  const kept = problems.read("retention", () => seconds(retention)) ?? Number.NaN;
  problems.unless(!(kept < 60 || kept > 1_209_600), "retention must be 60 seconds to 14 days", retention);
  checkChanges(problems, changes);
  problems.throwIfAny();
  // A message that no queue held before has spent none of its time: hence no retention of a source.
  return {
    fifo: fifo ?? false,
    retention: 0,
    deadLetterRetention: kept,
    oldestMessage: 0,
    messagesPerDay: 0,
    steady: false,
  };
}

/** A queue for what subscriptions of topics could not deliver: encrypted, served only over TLS, and watched. */
export class DeadLetters extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly queue: SqsQueue; readonly watch: QueueWatch };

  constructor(name: string, args: DeadLetterArgs, opts?: ComponentResourceOptions) {
    const size = normalizeDeadLetters(name, args);
    super("vigia:queue:DeadLetters", name, {}, opts);
    const queue = new SqsQueue(
      name,
      {
        kmsMasterKeyId: args.kmsKeyId,
        ...(size.fifo && { fifoQueue: true }),
        messageRetentionSeconds: size.deadLetterRetention,
      },
      { parent: this },
    );
    new QueuePolicy(name, { queueUrl: queue.url, policy: queuePolicy(queue, args.publishers) }, { parent: this });
    this.nodes = { queue, watch: watchDeadLetters(name, queue, args, { parent: this }) };
    this.registerOutputs({ arn: queue.arn, url: queue.url });
  }

  get arn(): Output<string> {
    return this.nodes.queue.arn;
  }
}

/**
 * Watches an existing dead-letter queue whose messages come from somewhere else than a queue, such as a subscription of a topic.
 * @param name the alarms' names start with it
 */
export function watchDeadLetters(
  name: string,
  existing: SqsQueue,
  options: DeadLetterExpectations,
  opts?: ComponentResourceOptions,
): QueueWatch {
  const size = normalizeDeadLetters(name, options);
  const part = { resource: existing, kind: "queue", signals: queueSignals, role: "deadLetters", size } as const;
  return new Watch(
    name,
    [{ ...part, subjects: { queue: existing.name }, changes: options.changes ?? {} }],
    options.watcher,
    opts,
  );
}
