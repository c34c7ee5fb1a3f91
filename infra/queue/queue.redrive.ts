import type { Graph, GraphResource } from "../signal/graph";

export const queueType = "aws:sqs/queue:Queue";
export const redriveType = "aws:sqs/redrivePolicy:RedrivePolicy";
export const subscriptionType = "aws:sns/topicSubscription:TopicSubscription";
const allowType = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";

/** Properties by which something leaves in a queue what it could not process: queues and subscriptions, functions, targets of rules. */
const redrives = ["redrivePolicy", "deadLetterConfig", "destinationConfig"] as const;

/** Whether a value is the ARN of a queue. */
export const isQueueArn = (value: unknown): value is string =>
  typeof value === "string" && /^arn:aws[\w-]*:sqs:[^:]*:[^:]*:[^:]+$/.test(value);

/** The name of the queue with that ARN. */
export const nameInArn = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

/** The fields of a redrive policy, or undefined for a text that is no JSON object. */
export function redriveIn(text: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const fields: unknown = JSON.parse(String(text));
    return typeof fields === "object" && fields !== null ? (fields as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

const targets = new WeakMap<Graph, ReadonlySet<string>>();

/** The names that redrive policies write out as their target. */
function namedTargets(graph: Graph): ReadonlySet<string> {
  const found = targets.get(graph);
  if (found) return found;
  const arns = [queueType, redriveType, subscriptionType].flatMap((type) =>
    graph
      .ofType(type)
      .flatMap(({ known }) =>
        known.redrivePolicy === undefined ? [] : [redriveIn(known.redrivePolicy)?.deadLetterTargetArn],
      ),
  );
  const names = new Set(arns.filter(isQueueArn).map(nameInArn));
  targets.set(graph, names);
  return names;
}

/** Whether something leaves in a queue what it could not process: found by what was made from the queue, or by a literal name that it was given. */
export function isForDeadLetters({ urn, known }: GraphResource, graph: Graph): boolean {
  if (typeof known.name === "string" && namedTargets(graph).has(known.name)) return true;
  return graph
    .usersOf(urn)
    .some(
      ({ type, madeFrom }) =>
        redrives.some((property) => madeFrom[property]?.includes(urn)) ||
        (type === allowType && madeFrom.queueUrl?.includes(urn)),
    );
}
