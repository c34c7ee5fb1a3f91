import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { parseSettings, SettingsError } from "./settings";
import type { Mapping } from "./settings/merge";
import { platformQueues } from "./settings/queues";
import { least, mistakesIn, parsed } from "./settings/testing";

describe("parseSettings", () => {
  it("gives the six queues of the platform where a stack says nothing of them", () => {
    const settings = parsed({});
    assert.deepEqual(Object.keys(settings.queues).sort(), [
      "invoices",
      "notifications",
      "orders",
      "payments",
      "production",
      "shipments",
    ]);
    assert.deepEqual(settings.queues, platformQueues);
    assert.deepEqual(
      Object.entries(settings.queues).flatMap(([name, { fifo }]) => (fifo ? [name] : [])),
      ["production"],
    );
  });

  it("changes one field of one queue and leaves the rest", () => {
    const { queues } = parsed({ "vigia:queues": { orders: { messagesPerDay: "12" } } });
    assert.deepEqual(queues, { ...platformQueues, orders: { ...platformQueues.orders, messagesPerDay: 12 } });
  });

  it("adds a queue by its name, and takes one away by null", () => {
    const { queues } = parsed({
      "vigia:queues": { returns: { oldestMessage: "1 hour", messagesPerDay: 50 }, production: null },
    });
    const { production: _, ...rest } = platformQueues;
    assert.deepEqual(queues, { ...rest, returns: { oldestMessage: "1 hour", messagesPerDay: 50 } });
  });

  it("reads numbers and truth values that arrive as text", () => {
    const text = { maxReceives: "7", messagesPerDay: "2.5", steady: "false", fifo: "true" };
    const { orders } = parsed({ "vigia:queues": { orders: text } }).queues;
    assert.deepEqual(orders, {
      ...platformQueues.orders,
      maxReceives: 7,
      messagesPerDay: 2.5,
      steady: false,
      fifo: true,
    });
  });

  it("turns each way to be told into a subscriber", () => {
    const page = [{ email: "a@example.com", name: "boss" }, { https: "https://example.com/hook" }];
    assert.deepEqual(parsed({ "vigia:paging": { page, ticket: [{ email: "b@example.com" }] } }).paging, {
      page: [
        { name: "boss", protocol: "email", endpoint: "a@example.com" },
        { protocol: "https", endpoint: "https://example.com/hook" },
      ],
      ticket: [{ protocol: "email", endpoint: "b@example.com" }],
    });
  });

  it("takes an empty text, as the CLI makes it of a key without value, for nothing", () => {
    assert.deepEqual(parsed({ "vigia:queues": "", "vigia:owner": "" }), parsed({}));
  });

  it("leaves other namespaces alone", () => {
    assert.deepEqual(parsed({ "aws:profile": "dev", "vigiax:queues": 1 }), parsed({}));
  });

  it("freezes what it returns, at every depth", () => {
    const settings = parsed({});
    for (const part of [
      settings,
      settings.queues,
      settings.queues.orders,
      settings.queues.orders?.consumer,
      settings.paging.page,
      settings.paging.page[0],
    ]) {
      assert.ok(part !== undefined && Object.isFrozen(part));
    }
  });

  it("reads the files of dev and prod", () => {
    for (const stack of ["dev", "prod"]) {
      const { config } = parse(readFileSync(resolve(__dirname, `../Pulumi.${stack}.yaml`), "utf8"));
      const settings = parseSettings(config, { stack });
      assert.equal(settings.environment, stack);
      assert.equal(Object.keys(settings.queues).length, 6);
      assert.match(settings.account, /^\d{12}$/);
    }
  });

  it("names the file and counts the mistakes", () => {
    const read = (given: Mapping) => () => parsed(given, "prod-eu");
    assert.throws(read({ "vigia:owner": "9" }), {
      name: "SettingsError",
      message: /^Pulumi\.prod-eu\.yaml has 1 mistake:\n {2}vigia:owner = "9": /,
    });
    assert.throws(read({ "vigia:owner": "9", "vigia:x": 1 }), (error) => {
      assert.ok(error instanceof SettingsError);
      assert.match(error.message, /^Pulumi\.prod-eu\.yaml has 2 mistakes:\n {2}vigia:owner.*\n {2}vigia:x .*$/);
      assert.deepEqual(
        error.mistakes.map(({ key }) => key),
        ["vigia:owner", "vigia:x"],
      );
      return true;
    });
  });

  it("refuses a queue named __proto__, which a mapping could lose", () => {
    for (const value of ["{}", "5", '{"oldestMessage": "1 minute", "messagesPerDay": 1}']) {
      assert.ok(
        mistakesIn({ ...least, "vigia:queues": `{"__proto__": ${value}}` }).includes(
          "vigia:queues.__proto__: the name of a queue begins with a letter",
        ),
      );
    }
  });
});
