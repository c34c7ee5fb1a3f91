import assert from "node:assert/strict";
import { Graph, type GraphResource } from "../signal/graph";
import { topicKind } from "./topic.kind";
import { topicSignals } from "./topic.signals";
import type { TopicSize } from "./topic.size";

const resource = (
  type: string,
  name: string,
  known: object = {},
  madeFrom: GraphResource["madeFrom"] = {},
): GraphResource => ({
  urn: `urn:${name}`,
  type,
  name,
  known: { ...known },
  madeFrom,
  dependsOn: [],
});
const topic = (known: object = {}) => resource("aws:sns/topic:Topic", "orders", known);
const subscription = (name: string, known: object, madeFrom: GraphResource["madeFrom"] = {}) =>
  resource("aws:sns/topicSubscription:TopicSubscription", name, known, { topic: ["urn:orders"], ...madeFrom });

const view = (resources: readonly GraphResource[], size?: TopicSize, known: object = {}) => {
  const orders = topic(known);
  const record = size && { subject: orders.urn, kind: "topic", role: "topic", size, changes: {} };
  return topicKind.view(orders, new Graph([orders, ...resources]), record);
};
const applicable = (...resources: GraphResource[]) =>
  view(resources).signals.flatMap(({ info, notApplicable }) => (info.severity && !notApplicable ? [info.id] : []));

describe("a topic of any program", () => {
  it("without subscriptions can only lose what it is given", () => {
    assert.deepEqual(applicable(), ["topic-lost"]);
  });

  it("has dead letters only when every subscription redrives, though the queue's ARN is unknown yet", () => {
    const redriving = subscription("a", { protocol: "sqs" }, { redrivePolicy: ["urn:lost"] });
    assert.deepEqual(applicable(redriving), ["topic-not-redriven", "topic-failing"]);
    assert.deepEqual(applicable(redriving, subscription("b", { protocol: "sqs" })), ["topic-lost"]);
    assert.deepEqual(applicable(redriving, subscription("b", { redrivePolicy: "{}" })), [
      "topic-not-redriven",
      "topic-failing",
    ]);
  });

  it("is not judged by single failures when a subscriber is reached over HTTP", () => {
    for (const protocol of ["http", "https"])
      assert.deepEqual(applicable(subscription("a", { protocol })), ["topic-failing"]);
  });

  it("can have invalid messages when a subscription filters, also by a policy that is unknown yet", () => {
    const ids = ["topic-lost", "topic-invalid-attributes", "topic-invalid-body"];
    assert.deepEqual(applicable(subscription("a", { filterPolicy: "{}" })), ids);
    assert.deepEqual(applicable(subscription("a", {}, { filterPolicy: ["urn:x"] })), ids);
  });

  it("takes no notice of another topic's subscriptions", () => {
    const other = resource(
      "aws:sns/topicSubscription:TopicSubscription",
      "a",
      { protocol: "https" },
      { topic: ["urn:other"] },
    );
    assert.deepEqual(applicable(other), ["topic-lost"]);
  });
});

describe("the signals of a topic", () => {
  const sizes = [false, true].flatMap((filters) =>
    [false, true].flatMap((deadLetters) =>
      [false, true].flatMap((retries) =>
        [false, true].map((steady) => ({ publishesPerDay: 1, filters, deadLetters, retries, steady })),
      ),
    ),
  );

  it("always tell of a failed delivery, by exactly one alarm", () => {
    for (const size of sizes) {
      const told = ["topic-lost", "topic-failing"] as const;
      const applying = told.filter((id) => topicSignals[id].when.holds(size));
      assert.equal(applying.length, 1, JSON.stringify(size));
    }
  });

  it("say in the coverage why one does not apply", () => {
    for (const size of sizes) {
      for (const { notApplicable } of view([], size).signals)
        assert.ok(notApplicable === undefined || notApplicable.length > 20);
    }
  });
});

describe("the costs of a topic", () => {
  const size: TopicSize = { publishesPerDay: 1_000, filters: false, deadLetters: true, retries: true, steady: false };

  it("are its publishes, and deliveries by HTTP and e-mail, each once per subscriber", () => {
    const subscribers = [
      subscription("a", { protocol: "email" }),
      subscription("b", { protocol: "email-json" }),
      subscription("c", { protocol: "https" }),
      subscription("d", { protocol: "sqs" }),
    ];
    const perMonth = (1_000 * 365) / 12;
    assert.deepEqual(view(subscribers, size).costs, [
      { item: "publishes to orders", price: "sns.publishes", quantity: perMonth / 1e6 },
      {
        item: "deliveries of orders by HTTP(S), filters not counted",
        price: "sns.deliveries.http",
        quantity: perMonth / 1e5,
      },
      {
        item: "deliveries of orders by e-mail, filters not counted",
        price: "sns.deliveries.email",
        quantity: (2 * perMonth) / 1e5,
      },
    ]);
  });

  it("have their own price for FIFO, and no quantity where nobody declared one", () => {
    assert.deepEqual(view([], undefined, { fifoTopic: true }).costs, [
      { item: "publishes to orders", price: "sns.publishes.fifo" },
    ]);
  });
});
