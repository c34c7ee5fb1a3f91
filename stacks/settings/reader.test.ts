import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { readSettings } from "../settings";
import { least, mistakesIn } from "./testing";

/** Hands a configuration to the SDK in the form in which the engine does: every value is a text. */
async function engineGives(
  stack: string,
  config: Readonly<Record<string, unknown>>,
  secretKeys: string[] = [],
): Promise<void> {
  await runtime.setMocks({ newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) }, "vigia", stack);
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  runtime.setAllConfig(Object.fromEntries(texts), secretKeys);
}

describe("readSettings", () => {
  const before = runtime.allConfig();
  after(() => runtime.setAllConfig(before));

  it("reads the stack's name and its configuration from the engine", async () => {
    await engineGives("dev", {
      ...least,
      "vigia:queues": { orders: { messagesPerDay: 1_500.5, steady: false }, production: null },
      "vigia:budget": { monitoring: 12 },
      "vigia:owner": "shop",
    });
    const { environment, region, account, owner, queues, paging, budget } = readSettings();
    assert.deepEqual(
      { environment, region, account, owner },
      { environment: "dev", region: "eu-central-1", account: "123456789012", owner: "shop" },
    );
    assert.equal(queues.orders?.messagesPerDay, 1_500.5);
    assert.equal(queues.orders?.oldestMessage, "5 minutes");
    assert.equal("production" in queues, false);
    assert.deepEqual(paging.ticket, [{ protocol: "email", endpoint: "team@example.com" }]);
    assert.deepEqual(budget, { monitoring: 12 });
  });

  it("tells the mistakes that the same configuration has as a file", async () => {
    const wrong = {
      ...least,
      "vigia:queus": { a: 1 },
      "vigia:queues": { orders: { retention: "20 days", maxReceives: 0 } },
      "vigia:account": "7",
    };
    await engineGives("dev", wrong);
    assert.throws(readSettings, {
      name: "SettingsError",
      message: ["Pulumi.dev.yaml has 4 mistakes:", ...mistakesIn(wrong).map((line) => `  ${line}`)].join("\n"),
    });
  });

  it("knows a value that the engine decrypted, and does not repeat it", async () => {
    await engineGives("dev", { ...least, "vigia:owner": "hunter two" }, ["vigia:owner"]);
    assert.throws(readSettings, {
      message:
        "Pulumi.dev.yaml has 1 mistake:\n  vigia:owner is encrypted: keep the secret in Secrets Manager, and its name in the settings",
    });
  });

  it("reads anew each time, because one process may run several stacks", async () => {
    await engineGives("dev", { ...least, "vigia:owner": "one" });
    assert.equal(readSettings().owner, "one");
    await engineGives("prod", { ...least, "vigia:owner": "other" });
    assert.deepEqual([readSettings().environment, readSettings().owner], ["prod", "other"]);
  });
});
