import assert from "node:assert/strict";
import { record } from "../infra/kit/recorder";
import { Queue } from "../infra/queue/queue";
import type { Watcher } from "../infra/signal/watch";
import { Watchers } from "./incidents";
import type { Mapping } from "./settings/merge";
import { parsed } from "./settings/testing";

const told = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const composite = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** Names of the incidents to which a queue's pages go. */
async function incidentsOf(choose: (watchers: Watchers) => Watcher, settings: Mapping = {}): Promise<unknown[]> {
  const recording = await record(() => {
    const watchers = new Watchers(parsed(settings), told);
    new Queue("orders", { oldestMessage: "1 hour", messagesPerDay: 10, watcher: choose(watchers) });
    watchers.close({});
  });
  return recording.ofType(composite).map(({ inputs }) => inputs.alarmName);
}

describe("incidents of the stack", () => {
  it("are a service's where it alone answers for a thing", async () => {
    assert.deepEqual(await incidentsOf((watchers) => watchers.ofDatabase("shop")), ["test-shop"]);
    assert.deepEqual(await incidentsOf((watchers) => watchers.ofQueue("production")), ["test-mes"]);
    assert.deepEqual(await incidentsOf((watchers) => watchers.ofTopic("shipment-events")), ["test-crm"]);
    assert.deepEqual(await incidentsOf((watchers) => watchers.ofBucket("documents")), ["test-shop"]);
  });

  it("are none where nobody does, or more than one", async () => {
    assert.deepEqual(await incidentsOf((watchers) => watchers.ofQueue("nobodys")), []);
    assert.deepEqual(await incidentsOf((watchers) => watchers.apart), []);
    const both = { "vigia:services": { crm: { uses: { receivesFrom: ["orders"] } } } };
    assert.deepEqual(await incidentsOf((watchers) => watchers.ofQueue("orders"), both), []);
  });

  it("are those of what everybody uses", async () => {
    assert.deepEqual(await incidentsOf((watchers) => watchers.of("wayIn")), ["test-way-in"]);
  });
});
