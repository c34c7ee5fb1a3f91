import assert from "node:assert/strict";
import fc from "fast-check";
import { deadExchange, deadQueueOf, definitionsOf, isDeadQueue, type Topology } from "./topology";
import { topologyMistakes } from "./topology.check";

const topology: Topology = {
  shop: {
    description: "orders",
    exchanges: { orders: { type: "topic" }, news: { type: "fanout" } },
    queues: {
      "orders.v1": { from: [{ exchange: "orders", key: "order.#" }], deliveryLimit: 3, messageTtl: "1 minute" },
      mails: { from: [{ exchange: "news" }], singleConsumer: true, maxLength: 10 },
    },
  },
};

describe("definitions of a topology", () => {
  const made = definitionsOf(topology);

  it("make each queue a durable quorum queue, and its dead-letter queue", () => {
    assert.deepEqual(
      made.queues.map(({ name, durable, arguments: args }) => [name, durable, args]),
      [
        ["orders.v1", true, { "x-queue-type": "quorum" }],
        ["orders.v1.dead", true, { "x-queue-type": "quorum" }],
        ["mails", true, { "x-queue-type": "quorum", "x-single-active-consumer": true }],
        ["mails.dead", true, { "x-queue-type": "quorum" }],
      ],
    );
  });

  it("give each queue a policy above Amazon MQ's own, which says again what that would", () => {
    assert.deepEqual(made.policies[0], {
      vhost: "shop",
      name: "orders.v1",
      pattern: "^orders\\.v1$",
      "apply-to": "quorum_queues",
      definition: {
        "dead-letter-exchange": "dead",
        "dead-letter-routing-key": "orders.v1",
        "dead-letter-strategy": "at-least-once",
        "delivery-limit": 3,
        "max-length": 1_000_000,
        overflow: "reject-publish",
        "message-ttl": 60_000,
      },
      priority: 10,
    });
  });

  it("never drop a dead letter", () => {
    const dead = made.policies.filter(({ name }) => isDeadQueue(name));
    assert.deepEqual(
      dead.map(({ name, definition }) => [name, definition]),
      [
        ["orders.v1.dead", { "delivery-limit": -1, "max-length": 1_000_000, overflow: "reject-publish" }],
        ["mails.dead", { "delivery-limit": -1, "max-length": 10, overflow: "reject-publish" }],
      ],
    );
  });

  it("bind a queue by its key, to a fanout without one, and its dead letters by its name", () => {
    assert.deepEqual(
      made.bindings.map(({ source, destination, routing_key: key }) => `${source} -> ${destination} (${key})`),
      [
        "orders -> orders.v1 (order.#)",
        "dead -> orders.v1.dead (orders.v1)",
        "news -> mails ()",
        "dead -> mails.dead (mails)",
      ],
    );
    assert.equal(made.exchanges.find(({ name }) => name === deadExchange)?.internal, true);
  });

  it("let services publish and consume, and declare nothing", () => {
    assert.deepEqual(made.permissions, [
      { user: "app-a", vhost: "shop", configure: "^$", write: ".*", read: ".*" },
      { user: "app-b", vhost: "shop", configure: "^$", write: ".*", read: ".*" },
    ]);
    assert.deepEqual(made.users.find(({ name }) => name === "monitoring")?.tags, ["monitoring"]);
  });

  const name = fc
    .stringMatching(/^[a-z][a-z0-9._-]{0,20}$/)
    .filter((one) => !one.endsWith(".dead") && one !== deadExchange && !one.startsWith("amq."));
  it("have a dead-letter path for every queue, whatever the names", () => {
    const any = fc.dictionary(name, fc.record({ from: fc.constant([{ exchange: "in" }]) }), { minKeys: 1, maxKeys: 8 });
    fc.assert(
      fc.property(any, (queues) => {
        const given: Topology = { v: { description: "d", exchanges: { in: { type: "topic" } }, queues } };
        assert.deepEqual(topologyMistakes(given), []);
        const { queues: all, policies, bindings } = definitionsOf(given);
        for (const queue of Object.keys(queues)) {
          const policy = policies.filter(({ pattern }) => new RegExp(pattern).test(queue));
          assert.equal(policy.length, 1);
          const { "dead-letter-exchange": exchange, "dead-letter-routing-key": key } = policy[0]?.definition ?? {};
          const bound = bindings.find(({ source, routing_key: other }) => source === exchange && other === key);
          assert.equal(bound?.destination, deadQueueOf(queue));
          assert.ok(all.some((one) => one.name === deadQueueOf(queue)));
        }
      }),
    );
  });
});
