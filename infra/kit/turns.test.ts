import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { Queue } from "@pulumi/aws/sqs/queue.js";
import { record } from "./recorder";
import { inTurns } from "./turns";

const names = Array.from({ length: 100 }, (_, at) => `queue-${at}`);

describe("things made in turns", () => {
  for (const mode of ["update", "preview"] as const) {
    it(`are all made, once each, in their order (${mode})`, async () => {
      const { resources } = await record(() => inTurns(names, (name) => new Queue(name)), mode);
      assert.deepEqual(
        resources.map(({ name }) => name),
        names,
      );
    });
  }

  it("begin only when one of those before them is registered", async () => {
    const counts: number[] = [];
    let made = 0;
    let registered = 0;
    await record(() =>
      inTurns(names, (name) => {
        made += 1;
        counts.push(made - registered);
        const queue = new Queue(name);
        queue.urn.apply(() => {
          registered += 1;
        });
        return queue;
      }),
    );
    assert.equal(registered, names.length);
    assert.equal(Math.max(...counts), 16);
  });

  it("end with the mistake of one of them, and none begins after it", async () => {
    const made: string[] = [];
    const program = () =>
      inTurns(names, (name) => {
        if (name === "queue-40") throw new RangeError(`${name} is too long`);
        made.push(name);
        return new Queue(name);
      });
    await assert.rejects(record(program), new RangeError("queue-40 is too long"));
    await turn();
    assert.ok(made.length < 60, `${made.length} were made`);
    assert.ok(!made.includes("queue-99"));
  });

  it("may be none", async () => {
    assert.deepEqual((await record(() => inTurns([], (name: string) => new Queue(name)))).resources, []);
  });
});
