import assert from "node:assert/strict";
import { answers, parsed } from "./testing";

const events = (topic: unknown) => ({ "vigia:topics": { "order-events": topic } });

describe("a mistake in a topic is answered with key, value and what is allowed", () => {
  answers([
    [
      "a queue that the stack does not have",
      events({ deliverTo: { invoises: {} } }),
      "vigia:topics.order-events.deliverTo.invoises: no such queue: did you mean invoices?",
    ],
    [
      "a FIFO queue",
      events({ deliverTo: { production: {} } }),
      "vigia:topics.order-events.deliverTo.production: a topic cannot deliver to a FIFO queue",
    ],
    [
      "a queue that the stack takes away",
      { "vigia:queues": { invoices: null } },
      "vigia:topics.order-events.deliverTo.invoices: no such queue: take the delivery away with null",
    ],
    [
      "traffic below nothing",
      events({ publishesPerDay: -1 }),
      "vigia:topics.order-events.publishesPerDay = -1: a number of 0 or more",
    ],
    [
      "a list of receivers",
      events({ deliverTo: ["invoices"] }),
      'vigia:topics.order-events.deliverTo = ["invoices"]: a mapping of queue names to how they receive',
    ],
    [
      "a filter that names no values",
      events({ deliverTo: { invoices: { filter: "paid" } } }),
      'vigia:topics.order-events.deliverTo.invoices.filter = "paid": a mapping of message attributes to lists of values, such as {"status": ["paid"]}',
    ],
    [
      "a misspelt field",
      events({ deliverTo: { invoices: { filters: {} } } }),
      "vigia:topics.order-events.deliverTo.invoices.filters is not a setting: did you mean vigia:topics.order-events.deliverTo.invoices.filter?",
    ],
    [
      "a misspelt signal",
      events({ changes: { "topic-silence": { off: "rare" } } }),
      "vigia:topics.order-events.changes.topic-silence is not a setting: did you mean vigia:topics.order-events.changes.topic-silent?",
    ],
    [
      "a name that SNS does not take",
      { "vigia:topics": { "order.events": { publishesPerDay: 1, deliverTo: {} } } },
      'vigia:topics["order.events"]: name of topic "order.events": use only letters, digits, hyphens and underscores',
    ],
  ]);
});

describe("topics of a stack", () => {
  it("are those of the platform, with what the stack changes", () => {
    const { topics } = parsed({ "vigia:topics": { "order-events": { steady: false }, "shipment-events": null } });
    assert.deepEqual(Object.keys(topics).sort(), ["order-events", "payment-events", "production-events"]);
    assert.equal(topics["order-events"]?.steady, false);
    assert.equal(topics["order-events"]?.publishesPerDay, 400_000);
  });
});
