import { Queue as SqsQueue, type QueueArgs as SqsQueueArgs } from "@pulumi/aws/sqs/queue.js";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy.js";
import { RedriveAllowPolicy } from "@pulumi/aws/sqs/redriveAllowPolicy.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  jsonStringify,
  type Output,
} from "@pulumi/pulumi";
import { Watch, type Watched } from "../signal/watch";
import {
  type NormalQueue,
  normalizeExpectations,
  normalizeQueue,
  type QueueArgs,
  type WatchQueueOptions,
} from "./queue.args";
import { queuePolicy } from "./queue.policy";
import { type QueueRole, type QueueSize, queueSignals } from "./queue.signals";

/** An SQS queue with its dead-letter queue, encrypted, served only over TLS, and watched. */
export class Queue extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly queue: SqsQueue; readonly deadLetters: SqsQueue; readonly watch: QueueWatch };
  /** Whether it keeps the order: a standard topic cannot deliver to such a queue. */
  readonly fifo: boolean;
  /** ARNs, or patterns of ARNs, of the topics that may deliver to it. */
  readonly publishers: readonly Input<string>[];

  constructor(name: string, args: QueueArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeQueue(name, args);
    super("vigia:queue:Queue", name, {}, opts);
    this.fifo = normal.size.fifo;
    this.publishers = args.publishers ?? [];
    const deadLetters = this.createDeadLetters(name, args, normal);
    const queue = this.createQueue(name, args, normal, deadLetters);
    const watch = watchQueue(name, queue, { ...args, deadLetters }, { parent: this });
    this.nodes = { queue, deadLetters, watch };
    this.createPolicies(name);
    this.registerOutputs({ arn: queue.arn, url: queue.url });
  }

  get arn(): Output<string> {
    return this.nodes.queue.arn;
  }

  get url(): Output<string> {
    return this.nodes.queue.url;
  }

  private createDeadLetters(name: string, args: QueueArgs, { size }: NormalQueue): SqsQueue {
    const made = { ...encryption(args), ...order(size), messageRetentionSeconds: size.deadLetterRetention };
    return new SqsQueue(`${name}-dead-letters`, args.transform?.deadLetters?.(made) ?? made, { parent: this });
  }

  private createQueue(name: string, args: QueueArgs, normal: NormalQueue, deadLetters: SqsQueue): SqsQueue {
    const made: SqsQueueArgs = {
      ...encryption(args),
      ...order(normal.size),
      messageRetentionSeconds: normal.size.retention,
      visibilityTimeoutSeconds: normal.visibilityTimeout,
      delaySeconds: normal.delay,
      redrivePolicy: jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: normal.maxReceives }),
    };
    return new SqsQueue(name, args.transform?.queue?.(made) ?? made, { parent: this });
  }

  private createPolicies(name: string): void {
    const { queue, deadLetters } = this.nodes;
    const onlyThisQueue = jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] });
    new RedriveAllowPolicy(name, { queueUrl: deadLetters.url, redriveAllowPolicy: onlyThisQueue }, { parent: this });
    new QueuePolicy(name, { queueUrl: queue.url, policy: queuePolicy(queue, this.publishers) }, { parent: this });
    new QueuePolicy(
      `${name}-dead-letters`,
      { queueUrl: deadLetters.url, policy: queuePolicy(deadLetters) },
      { parent: this },
    );
  }
}

/** The alarms of a queue and of its dead-letter queue. */
export type QueueWatch = Watch<"queue", QueueSize>;

/**
 * Watches a queue that exists already, in any Pulumi program: the alarms that {@link Queue} makes, from the same records.
 * @param name the alarms' names start with it
 */
export function watchQueue(
  name: string,
  existing: SqsQueue,
  options: WatchQueueOptions,
  opts?: ComponentResourceOptions,
): QueueWatch {
  const size = normalizeExpectations(name, options);
  const part = (resource: SqsQueue, role: QueueRole): Watched<"queue", QueueSize> => ({
    resource,
    kind: "queue",
    signals: queueSignals,
    role,
    size,
    subjects: { queue: resource.name },
    changes: options.changes ?? {},
  });
  const { deadLetters } = options;
  const parts = [part(existing, "source"), ...(deadLetters ? [part(deadLetters, "deadLetters")] : [])];
  return new Watch(name, parts, options.watcher, opts);
}

const encryption = ({ kmsKeyId }: QueueArgs): SqsQueueArgs =>
  kmsKeyId === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyId };

/** Leaving the argument out keeps the plan of a standard queue free of a setting that cannot be changed later. */
const order = ({ fifo }: QueueSize): SqsQueueArgs => (fifo ? { fifoQueue: true } : {});
