import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { onEngine, summary } from "./testing";

const queue =
  (args: aws.sqs.QueueArgs, options?: pulumi.CustomResourceOptions): PulumiFn =>
  async () => {
    const orders = new aws.sqs.Queue("orders", args, options);
    return { url: orders.url };
  };

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

describe("the life of a resource on the stand-in", () => {
  it("creates, finds nothing to do, updates in place, refreshes without change, and destroys to empty", () =>
    onEngine(async ({ cloud, preview, up, refresh, destroy }) => {
      const plan = await preview(queue({ delaySeconds: 1 }));
      assert.deepEqual(summary(plan.steps), ["create Queue orders"]);
      assert.deepEqual(cloud.resources(), [], "a preview makes nothing");

      const made = await up(queue({ delaySeconds: 1 }));
      assert.equal(made.failed, false, made.said);
      assert.deepEqual(summary((await up(queue({ delaySeconds: 1 }))).steps), []);

      const changed = await up(queue({ delaySeconds: 2 }));
      assert.deepEqual(summary(changed.steps), ["update Queue orders"]);
      assert.deepEqual(changed.steps.find(({ op }) => op === "update")?.diff, ["delaySeconds: update"]);
      assert.equal(cloud.resources()[0]?.outputs.delaySeconds, 2);

      const refreshed = await refresh();
      assert.deepEqual(
        refreshed.steps.map(({ diff }) => diff),
        [[]],
      );
      assert.equal((await destroy()).failed, false);
      assert.deepEqual(cloud.resources(), []);
    }));

  it("replaces on an argument of the table: an automatic name before the old one goes, a chosen name after", () =>
    onEngine(async ({ cloud, up }) => {
      const queues =
        (fifo: boolean): PulumiFn =>
        async () => {
          new aws.sqs.Queue("automatic", { fifoQueue: fifo });
          new aws.sqs.Queue("chosen", { name: fifo ? "chosen.fifo" : "chosen", fifoQueue: fifo });
        };
      await up(queues(false));
      const before = cloud.resources().map(({ outputs }) => outputs.name);
      const replaced = summary((await up(queues(true))).steps);
      const stepsOf = (name: string): string[] => replaced.filter((step) => step.endsWith(` ${name}`));
      assert.deepEqual(stepsOf("automatic"), [
        "create-replacement Queue automatic",
        "replace Queue automatic",
        "delete-replaced Queue automatic",
      ]);
      assert.deepEqual(stepsOf("chosen"), [
        "delete-replaced Queue chosen",
        "replace Queue chosen",
        "create-replacement Queue chosen",
      ]);
      const names = cloud.resources().map(({ outputs }) => text(outputs.name));
      assert.equal(names.length, 2);
      const automatic = names.find((name) => name !== "chosen.fifo") ?? "";
      assert.match(automatic, /^automatic-[0-9a-f]{7}\.fifo$/);
      assert.ok(!before.includes(automatic.replace(".fifo", "")), "the new name must differ from the old one");
    }));

  it("reports a change of which it is not known whether it replaces, and updates in place", () =>
    onEngine(async ({ standIn, up }) => {
      const dashboard =
        (body: string): PulumiFn =>
        async () => {
          new aws.cloudwatch.Dashboard("wall", { dashboardName: "wall", dashboardBody: body });
        };
      await up(dashboard("{}"));
      assert.deepEqual(standIn.replacementNotKnown(), []);
      assert.deepEqual(summary((await up(dashboard('{"widgets":[]}'))).steps), ["update Dashboard wall"]);
      assert.deepEqual(
        standIn.replacementNotKnown().map(({ type, changed }) => ({ type, changed })),
        [{ type: "aws:cloudwatch/dashboard:Dashboard", changed: ["dashboardBody"] }],
      );
    }));

  it("shows drift in a refresh, plans the way back, and makes anew what vanished", () =>
    onEngine(async ({ cloud, preview, up, refresh }) => {
      await up(queue({ delaySeconds: 5 }));
      const urn = cloud.resources()[0]?.urn ?? "";
      cloud.drift(urn, { delaySeconds: 900 });
      const [drifted] = (await refresh()).steps;
      assert.deepEqual(drifted?.diff, ["delaySeconds: update"]);
      const back = await preview(queue({ delaySeconds: 5 }));
      assert.deepEqual(summary(back.steps), ["update Queue orders"]);

      cloud.remove(urn);
      assert.deepEqual(summary((await refresh()).steps), ["delete Queue orders"]);
      assert.deepEqual(summary((await preview(queue({ delaySeconds: 5 }))).steps), ["create Queue orders"]);
    }));

  it("protects a protected resource", () =>
    onEngine(async ({ cloud, up, destroy }) => {
      await up(queue({}, { protect: true }));
      const refused = await destroy();
      assert.equal(refused.failed, true);
      assert.match(refused.said, /protected/);
      assert.equal(cloud.resources().length, 1);
    }));
});
