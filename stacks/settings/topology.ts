import { z } from "zod";
import type {
  BindingTopology,
  ExchangeTopology,
  PermissionTopology,
  QueueTopology,
  Topology,
  VirtualHostTopology,
} from "../../infra/broker/topology";
import { topologyMistakes } from "../../infra/broker/topology.check";
import { section } from "./section";
import { duration, group, list, oneOf, text, truth, whole, words } from "./values";

const binding: z.ZodType<BindingTopology> = group({
  exchange: text("the name of an exchange of the same virtual host", (given) => given !== "").describe(
    "Exchange of the same virtual host.",
  ),
  key: text("a routing key of up to 255 characters", (given) => given.length <= 255)
    .optional()
    .describe("Routing key, with * and # for an exchange of type topic. The queue's own name where nothing is given."),
});

const fieldsOfQueue = {
  from: list(binding, "exchanges with their routing keys").describe("Where its messages come from."),
  deliveryLimit: whole(1, 1_000)
    .optional()
    .describe("How often a message is delivered again before it becomes a dead letter."),
  maxLength: whole(1, 100_000_000).optional().describe("Messages that it holds; then publishers are refused."),
  messageTtl: duration("1 second", "49 days", "1 day")
    .optional()
    .describe("How long a message may wait before it becomes a dead letter."),
  singleConsumer: truth().optional().describe("One consumer at a time gets messages, so that their order holds."),
};
const queue: z.ZodType<QueueTopology> = group(fieldsOfQueue);

const exchange: z.ZodType<ExchangeTopology> = group({
  type: oneOf("topic", "direct", "fanout").describe("How it chooses queues."),
});

const pattern = () => text('a regular expression of names, such as "^orders"', (given) => given !== "");
const permissions: z.ZodType<PermissionTopology> = group({
  configure: pattern().optional().describe("What services may declare and delete. Nothing where nothing is given."),
  write: pattern().optional().describe("Where services may publish. Everywhere where nothing is given."),
  read: pattern().optional().describe("What services may consume. Everything where nothing is given."),
});

const host: z.ZodType<VirtualHostTopology> = group({
  description: words("what it is for").describe("What it is for."),
  exchanges: z
    .record(z.string(), exchange, { error: "a mapping of exchange names to their settings" })
    .describe("Exchanges by name; null takes one away."),
  queues: z
    .record(z.string(), queue, { error: "a mapping of queue names to their settings" })
    .describe("Queues by name; each is durable, a quorum queue, and has a dead-letter queue. null takes one away."),
  permissions: permissions.optional().describe("What the services' users may do there."),
});

const topology: z.ZodType<Topology> = z
  .record(z.string(), host, { error: "a mapping of virtual hosts to what they hold" })
  .describe("What the broker holds, by virtual host: a stack gives only what differs, and null takes something away.");

/** What the broker of the platform holds, as production has it. */
export const platformTopology: Topology = {
  shop: {
    description: "orders, payments and stock of the shop",
    exchanges: { orders: { type: "topic" }, stock: { type: "topic" } },
    queues: {
      orders: { from: [{ exchange: "orders", key: "order.placed" }] },
      "order-changes": { from: [{ exchange: "orders", key: "order.changed.#" }] },
      stock: { from: [{ exchange: "stock", key: "stock.#" }], singleConsumer: true },
      reservations: { from: [{ exchange: "orders", key: "order.placed" }], messageTtl: "15 minutes" },
    },
  },
  crm: {
    description: "customers and what they are told",
    exchanges: { customers: { type: "topic" }, announcements: { type: "fanout" } },
    queues: {
      customers: { from: [{ exchange: "customers", key: "customer.#" }] },
      mails: {
        from: [{ exchange: "announcements" }, { exchange: "customers", key: "customer.welcome" }],
        deliveryLimit: 10,
      },
      "loyalty-points": { from: [{ exchange: "announcements" }] },
    },
  },
  mes: {
    description: "production orders and what machines report",
    exchanges: { production: { type: "direct" }, machines: { type: "topic" } },
    queues: {
      "production-orders": { from: [{ exchange: "production" }], singleConsumer: true },
      "machine-states": { from: [{ exchange: "machines", key: "*.state" }], messageTtl: "1 hour" },
      "quality-reports": { from: [{ exchange: "machines", key: "*.quality.#" }] },
    },
  },
};

/** What the broker holds. */
export const topologySection = section<Topology>({
  schema: topology,
  defaults: platformTopology,
  mistakes: (given) => {
    const { success, data } = topology.safeParse(given);
    return success ? topologyMistakes(data) : [];
  },
});
