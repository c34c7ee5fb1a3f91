import assert from "node:assert/strict";
import { topologyMistakes } from "../../infra/broker/topology.check";
import { answers, parsed } from "./testing";
import { platformTopology } from "./topology";

const shop = (more: object) => ({ "vigia:topology": { shop: more } });
const queue = (name: string, more: object) =>
  shop({ queues: { [name]: { from: [{ exchange: "orders", key: "x" }], ...more } } });

describe("a mistake in the topology is answered with key, value and what is allowed", () => {
  answers([
    [
      "an exchange that is not there",
      shop({ queues: { orders: { from: [{ exchange: "order", key: "a" }] } } }),
      'vigia:topology.shop.queues.orders.from[0].exchange = "order": an exchange of the same virtual host: one of orders, stock',
    ],
    [
      "a delivery limit that loses everything",
      queue("orders", { deliveryLimit: 0 }),
      "vigia:topology.shop.queues.orders.deliveryLimit = 0: a whole number from 1 to 1000",
    ],
    [
      "a delivery limit that never ends",
      queue("orders", { deliveryLimit: 5_000 }),
      "vigia:topology.shop.queues.orders.deliveryLimit = 5000: a whole number from 1 to 1000",
    ],
    [
      "a transient queue",
      queue("orders", { durable: false }),
      "vigia:topology.shop.queues.orders.durable is not a setting: allowed are deliveryLimit, from, maxLength, messageTtl, singleConsumer",
    ],
    [
      "a queue named like a dead-letter queue",
      queue("orders.dead", {}),
      'vigia:topology.shop.queues["orders.dead"]: names that end in ".dead" are those of dead-letter queues, which each queue gets by itself',
    ],
    [
      "a name with a blank, which metrics leave out",
      queue("new orders", {}),
      'vigia:topology.shop.queues["new orders"]: the name of a queue has letters, digits, dots, underscores and hyphens of ASCII only, because metrics leave out all others',
    ],
    [
      "a name of RabbitMQ's own",
      queue("amq.gen", {}),
      'vigia:topology.shop.queues["amq.gen"]: names that start with "amq." are RabbitMQ\'s own',
    ],
    [
      "a queue to which nothing comes",
      shop({ queues: { orders: { from: [] } } }),
      "vigia:topology.shop.queues.orders.from = []: at least one exchange, or nothing ever arrives",
    ],
    [
      "the same binding twice",
      shop({
        queues: {
          orders: {
            from: [
              { exchange: "orders", key: "a" },
              { exchange: "orders", key: "a" },
            ],
          },
        },
      }),
      "vigia:topology.shop.queues.orders.from[1]: given twice: take one away",
    ],
    [
      "a key for a fanout",
      {
        "vigia:topology": {
          crm: { queues: { "loyalty-points": { from: [{ exchange: "announcements", key: "x" }] } } },
        },
      },
      'vigia:topology.crm.queues.loyalty-points.from[0].key = "x": nothing: an exchange of type fanout ignores keys',
    ],
    [
      "a pattern for a direct exchange",
      {
        "vigia:topology": {
          mes: { queues: { "production-orders": { from: [{ exchange: "production", key: "#" }] } } },
        },
      },
      'vigia:topology.mes.queues.production-orders.from[0].key = "#": a key without * and #: an exchange of type direct takes them literally',
    ],
    [
      "the exchange of dead letters",
      shop({ exchanges: { dead: { type: "direct" } } }),
      'vigia:topology.shop.exchanges.dead: "dead" is the exchange of dead letters, which each virtual host gets by itself',
    ],
    [
      "an exchange of a type that needs a plugin",
      shop({ exchanges: { later: { type: "x-delayed-message" } } }),
      'vigia:topology.shop.exchanges.later.type = "x-delayed-message": "topic" or "direct" or "fanout"',
    ],
    [
      "a permission that is no pattern",
      shop({ permissions: { configure: "(" } }),
      'vigia:topology.shop.permissions.configure = "(": a regular expression of names, such as "^orders"',
    ],
    [
      "a time to live without unit",
      queue("orders", { messageTtl: 60 }),
      'vigia:topology.shop.queues.orders.messageTtl = 60: 1 second to 49 days in whole seconds, written like "1 day"',
    ],
    [
      "a virtual host without a name that can be told",
      { "vigia:topology": { "/": { description: "all", exchanges: {}, queues: {} } } },
      'vigia:topology["/"]: the name of a virtual host has letters, digits, dots, underscores and hyphens of ASCII only, because metrics leave out all others',
    ],
    [
      "nothing at all",
      { "vigia:topology": { shop: null, crm: null, mes: null } },
      "vigia:topology: at least one virtual host",
    ],
  ]);
});

describe("the topology of a stack", () => {
  it("is that of the platform, which has no mistake, with what the stack changes", () => {
    assert.deepEqual(topologyMistakes(platformTopology), []);
    const { topology } = parsed(shop({ queues: { stock: null, orders: { deliveryLimit: 3 } } }));
    assert.deepEqual(Object.keys(topology).sort(), ["crm", "mes", "shop"]);
    assert.deepEqual(Object.keys(topology.shop?.queues ?? {}).sort(), ["order-changes", "orders", "reservations"]);
    assert.equal(topology.shop?.queues.orders?.deliveryLimit, 3);
  });
});
