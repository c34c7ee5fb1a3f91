import assert from "node:assert/strict";
import { Queue } from "@pulumi/aws/sqs/queue.js";
import { record } from "../kit/recorder";
import { watchQueue } from "../queue/queue";
import { queueKind } from "../queue/queue.kind";
import { catalogueOf } from "./catalogue";
import { coverageOf } from "./coverage";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com" };
const expected = { oldestMessage: "10 minutes", messagesPerDay: 1_000, watcher } as const;

describe("coverage of a resource that is watched twice", () => {
  it("has a row for each, with the alarms and changes of its own, and pays for it once", async () => {
    const recording = await record(async () => {
      const queue = new Queue("orders");
      watchQueue("shop", queue, expected);
      watchQueue("crm", queue, { ...expected, changes: { "queue-in-flight": { off: "one consumer" } } });
    }, "preview");
    const { rows } = coverageOf(recording.graph, catalogueOf([queueKind], {}));
    assert.deepEqual(
      rows.map(({ name, off, costs }) => [name, off.length, costs.length > 0]),
      [
        ["shop", 0, true],
        ["crm", 1, false],
      ],
    );
    const [shop, crm] = rows.map(({ signals }) => signals.map(({ alarm }) => alarm?.urn.split("::").at(-1)));
    assert.ok(shop?.includes("shop-queue-in-flight"));
    assert.ok(crm?.every((name) => name === undefined || name.startsWith("crm-")));
  });
});
