import { durationText } from "../infra/kit/units";
import {
  isForDeadLetters,
  isQueueArn,
  nameInArn,
  queueType,
  redriveIn,
  redriveType,
  subscriptionType,
} from "../infra/queue/queue.redrive";
import type { Graph, GraphResource } from "../infra/signal/graph";
import { given, isGiven, notKnown, sourcesOf } from "./alarms";
import type { Finding, Rule } from "./rule";

const stackReference = "pulumi:pulumi:StackReference";

/** What SQS assumes, in seconds, and the largest count ("SetQueueAttributes", SQS API Reference, 2026-11). */
const defaultRetention = 345_600;
const mostReceives = 1_000;

/** A redrive policy as far as it is known. */
interface Redrive {
  readonly holder: GraphResource;
  /** Undefined where its text is not known. */
  readonly text?: string;
}

function redriveOf(resource: GraphResource, graph: Graph): Redrive | undefined {
  const holders = [resource, ...graph.users(resource.urn, redriveType, "queueUrl")];
  for (const holder of holders) {
    const value = given(holder).redrivePolicy;
    if (!isGiven(value)) continue;
    return { holder, ...(value !== notKnown && { text: typeof value === "string" ? value : JSON.stringify(value) }) };
  }
  return undefined;
}

/** The queue of this stack to which a redrive policy leads. */
function targetOf({ holder, text }: Redrive, graph: Graph): GraphResource | undefined {
  const made = sourcesOf(holder, "redrivePolicy", graph).find(({ type }) => type === queueType);
  const arn = text === undefined ? undefined : redriveIn(text)?.deadLetterTargetArn;
  return (
    made ?? (isQueueArn(arn) ? graph.ofType(queueType).find(({ known }) => known.name === nameInArn(arn)) : undefined)
  );
}

/** Where a redrive policy leads, if that is no queue. */
function misled({ holder, text }: Redrive, graph: Graph): string | undefined {
  if (text !== undefined) {
    const target = redriveIn(text)?.deadLetterTargetArn;
    return isQueueArn(target) ? undefined : `"${String(target ?? text)}"`;
  }
  const sources = sourcesOf(holder, "redrivePolicy", graph);
  const fine = sources.length === 0 || sources.some(({ type }) => type === queueType || type === stackReference);
  return fine ? undefined : sources.map(({ type, name }) => `${type} "${name}"`).join(", ");
}

const retentionOf = (queue: GraphResource): number | undefined => {
  const value = given(queue).messageRetentionSeconds;
  if (!isGiven(value)) return defaultRetention;
  return typeof value === "number" ? value : undefined;
};

function* ofQueue(queue: GraphResource, graph: Graph): Generator<string> {
  const where = `queue "${queue.name}"`;
  const redrive = redriveOf(queue, graph);
  if (!redrive) {
    yield `${where} has no redrive policy: what cannot be processed is tried until it expires, and is lost then. Make it with the component Queue, or give it a redrivePolicy with maxReceiveCount and the ARN of a dead-letter queue`;
    return;
  }
  if (redrive.text !== undefined) {
    const receives = Number(redriveIn(redrive.text)?.maxReceiveCount);
    if (!(Number.isInteger(receives) && receives >= 1 && receives <= mostReceives))
      yield `${where}: its redrive policy ${redrive.text} has no maxReceiveCount that counts: write how often a message is tried, 1 to ${mostReceives}`;
  }
  const elsewhere = misled(redrive, graph);
  if (elsewhere !== undefined)
    yield `${where}: its redrive policy leads to ${elsewhere}, which is no queue: give deadLetterTargetArn the ARN of one`;
  const target = targetOf(redrive, graph);
  if (!target) return;
  if (target === queue) {
    yield `${where} is its own dead-letter queue: make another one for its dead letters`;
    return;
  }
  const [kept, keptAfter] = [retentionOf(queue), retentionOf(target)];
  if (kept !== undefined && keptAfter !== undefined && keptAfter <= kept) {
    yield `${where} keeps a message for ${durationText(kept)}, its dead-letter queue "${target.name}" for ${durationText(keptAfter)}: a message takes its age along, and would expire there soon. Keep it longer there (messageRetentionSeconds, up to 14 days), or shorter here`;
  }
}

function* ofSubscription(subscription: GraphResource, graph: Graph): Generator<string> {
  const where = `subscription "${subscription.name}"`;
  const redrive = redriveOf(subscription, graph);
  if (!redrive) {
    yield `${where} has no dead-letter queue: what its endpoint refuses is lost. Make it with the component Topic, or give it a redrivePolicy with deadLetterTargetArn`;
    return;
  }
  const elsewhere = misled(redrive, graph);
  if (elsewhere !== undefined)
    yield `${where}: its redrive policy leads to ${elsewhere}, which is no queue: give deadLetterTargetArn the ARN of one`;
}

/** No message is lost without a trace. */
export const deadLetters: Rule = {
  name: "dead-letters",
  description:
    "Each queue and each subscription leaves what cannot be processed in a dead-letter queue, which keeps it longer.",
  severity: "high",
  remediationSteps:
    "Make queues and topics with their components, or give each a redrive policy to a queue that keeps messages longer.",
  find(graph) {
    const leadsToItself = (queue: GraphResource) => {
      const redrive = redriveOf(queue, graph);
      return redrive !== undefined && targetOf(redrive, graph) === queue;
    };
    const sources = graph.ofType(queueType).filter((queue) => !isForDeadLetters(queue, graph) || leadsToItself(queue));
    const findings = (resource: GraphResource, messages: Iterable<string>): Finding[] =>
      [...messages].map((message) => ({ urn: resource.urn, message }));
    return [
      ...sources.flatMap((queue) => findings(queue, ofQueue(queue, graph))),
      ...graph.ofType(subscriptionType).flatMap((one) => findings(one, ofSubscription(one, graph))),
    ];
  },
};
