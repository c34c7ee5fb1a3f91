import type { Graph, GraphResource } from "../signal/graph";
import { type Cost, defineKind } from "../signal/kind";
import { daysPerMonth, type PriceKey } from "../signal/prices";
import { topicSignals } from "./topic.signals";
import type { TopicSize } from "./topic.size";

const topicType = "aws:sns/topic:Topic";
const subscriptionType = "aws:sns/topicSubscription:TopicSubscription";

const subscriptionsOf = ({ urn }: GraphResource, graph: Graph) => graph.users(urn, subscriptionType, "topic");
/** Whether a subscription sets an input, be its value known or not. */
const sets = ({ known, madeFrom }: GraphResource, input: string) =>
  known[input] !== undefined || madeFrom[input] !== undefined;
const isHttp = ({ known }: GraphResource) => known.protocol === "https" || known.protocol === "http";
const isEmail = ({ known }: GraphResource) => known.protocol === "email" || known.protocol === "email-json";

/** Topics as the catalogue knows them, ours and those of any other program. */
export const topicKind = defineKind<"topic", "topic", TopicSize>({
  name: "topic",
  types: [topicType],
  signals: topicSignals,
  nameOf: { TopicName: "name" },
  roleOf: () => "topic",
  sizeOf: (topic, _role, graph) => {
    const subscriptions = subscriptionsOf(topic, graph);
    return {
      publishesPerDay: 0,
      filters: subscriptions.some((subscription) => sets(subscription, "filterPolicy")),
      deadLetters:
        subscriptions.length > 0 && subscriptions.every((subscription) => sets(subscription, "redrivePolicy")),
      retries: subscriptions.some(isHttp),
      steady: false,
    };
  },
  costs: (topic, _role, size, declared, graph) => {
    const { name, known } = topic;
    const perMonth = size.publishesPerDay * daysPerMonth;
    const quantity = (deliveries: number, perUnit: number) =>
      declared ? { quantity: (deliveries * perMonth) / perUnit } : {};
    const fifo = known.fifoTopic === true;
    const publishes: Cost = {
      item: `publishes to ${name}`,
      price: fifo ? "sns.publishes.fifo" : "sns.publishes",
      ...quantity(1, 1e6),
    };
    // What a filter will keep back nobody can say: the most that can be delivered is what is counted.
    const subscriptions = subscriptionsOf(topic, graph);
    const deliveries = (label: string, price: PriceKey, count: number): Cost[] =>
      count === 0
        ? []
        : [{ item: `deliveries of ${name} by ${label}, filters not counted`, price, ...quantity(count, 1e5) }];
    return [
      publishes,
      ...deliveries("HTTP(S)", "sns.deliveries.http", subscriptions.filter(isHttp).length),
      ...deliveries("e-mail", "sns.deliveries.email", subscriptions.filter(isEmail).length),
    ];
  },
});
