import { Permission } from "@pulumi/aws/lambda/permission.js";
import type { Topic as SnsTopic } from "@pulumi/aws/sns/topic.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import type { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { type ComponentResource, type Input, jsonStringify } from "@pulumi/pulumi";
import { DeadLetters } from "../queue/dead-letters";
import type { Queue } from "../queue/queue";
import type { Watcher } from "../signal/watch";

/** How a message reaches a subscriber. */
export type Protocol = "sqs" | "email" | "https" | "lambda";

/** What a filter matches: any of the values, as SNS writes them (`"text"`, `5`, `{ prefix: "eu-" }`). */
export type FilterValue = string | number | boolean | null | Readonly<Record<string, unknown>>;
/** A filter policy; only one on the body can be nested. */
export interface FilterPolicy {
  readonly [key: string]: readonly FilterValue[] | FilterPolicy;
}

interface Common {
  /** Distinguishes it from the topic's other subscriptions: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Only messages that match are delivered. @default all of them */
  readonly filter?: { readonly scope: "MessageAttributes" | "MessageBody"; readonly policy: FilterPolicy };
}

/** One subscription. Each gets a dead-letter queue of its own. */
export type Subscription = Common &
  (
    | {
        readonly protocol: "sqs";
        /** A queue of this project must name the topic in its `publishers`; another's policy must let the topic send. */
        readonly queue: Queue | SqsQueue;
        readonly endpoint?: never;
        /** The message alone, without SNS's envelope. @default false */
        readonly raw?: boolean;
      }
    | {
        readonly protocol: "sqs";
        /** ARN of a queue whose policy lets the topic send. */
        readonly endpoint: Input<string>;
        readonly queue?: never;
        readonly raw?: boolean;
      }
    | {
        readonly protocol: "https";
        /** Address, without anything secret in it: an address with a key in it comes from a secret, as an output. */
        readonly endpoint: Input<string>;
        readonly queue?: never;
        readonly raw?: boolean;
      }
    | {
        readonly protocol: "email";
        /** Address of a person or a list, who must confirm before anything is delivered. */
        readonly endpoint: string;
        readonly queue?: never;
        readonly raw?: never;
      }
    | {
        readonly protocol: "lambda";
        /** ARN of a function. */
        readonly endpoint: Input<string>;
        readonly queue?: never;
        readonly raw?: never;
      }
  );

/** What the subscriptions of a topic share. */
export interface SubscriptionContext {
  readonly topic: SnsTopic;
  readonly fifo: boolean;
  /** Key of the topic, which encrypts the dead letters too. */
  readonly key: Input<string>;
  readonly watcher: Watcher;
  readonly parent: ComponentResource;
}

/** A subscription's resources. */
export interface SubscriptionNodes {
  readonly subscription: TopicSubscription;
  readonly deadLetters: DeadLetters;
}

const endpointOf = ({ queue, endpoint }: Subscription): Input<string> => (queue === undefined ? endpoint : queue.arn);

/** Makes a subscription with its dead-letter queue. */
export function createSubscription(
  name: string,
  subscription: Subscription,
  { topic, fifo, key, watcher, parent }: SubscriptionContext,
): SubscriptionNodes {
  const full = `${name}-${subscription.name}`;
  const { protocol, filter, raw } = subscription;
  const endpoint = endpointOf(subscription);
  const deadLetters = new DeadLetters(
    `${full}-dead-letters`,
    { publishers: [topic.arn], kmsKeyId: key, fifo, watcher },
    { parent },
  );
  const permission =
    protocol === "lambda"
      ? [
          new Permission(
            full,
            {
              action: "lambda:InvokeFunction",
              function: endpoint,
              principal: "sns.amazonaws.com",
              sourceArn: topic.arn,
            },
            { parent },
          ),
        ]
      : [];
  const made = new TopicSubscription(
    full,
    {
      topic: topic.arn,
      protocol,
      endpoint,
      ...(raw && { rawMessageDelivery: true }),
      ...(filter && { filterPolicyScope: filter.scope, filterPolicy: JSON.stringify(filter.policy) }),
      redrivePolicy: jsonStringify({ deadLetterTargetArn: deadLetters.arn }),
    },
    { parent, dependsOn: [deadLetters, ...permission] },
  );
  return { subscription: made, deadLetters };
}
