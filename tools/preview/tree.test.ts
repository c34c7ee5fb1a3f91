import assert from "node:assert/strict";
import fc from "fast-check";
import type { ReportedResource } from "./report";
import { alarm, queueType, resource, urnOf, watchType } from "./testing";
import { changesText, markOf, treeOf } from "./tree";

const stack = "pulumi:pulumi:Stack";
const root: ReportedResource = { urn: urnOf(stack, "vigia-dev"), type: stack, name: "vigia-dev", op: "create" };

const plain = (
  type: string,
  name: string,
  parent: ReportedResource,
  op = "create",
  more: Partial<ReportedResource> = {},
) => ({
  urn: urnOf(type, name),
  type,
  name,
  parent: parent.urn,
  op,
  ...more,
});

/** A watch component with alarms, one of which has another operation. */
function watch(name: string, alarms: number, op: string, oddOp = op): ReportedResource[] {
  const component = plain(watchType, name, root, op === "create" ? "create" : "same");
  const children = Array.from({ length: alarms }, (_, i) =>
    plain(
      alarm("").type,
      `${name}-${i}`,
      component,
      i === 0 ? oddOp : op,
      i === 0 && oddOp === "update" ? { changed: ["threshold"] } : {},
    ),
  );
  return [component, ...children];
}

const printed = (resources: readonly ReportedResource[], all?: boolean) =>
  treeOf(resources, all).map(({ depth, op, text }) => `${markOf(op)}${"  ".repeat(depth)}${text}`);

describe("the resource tree", () => {
  it("folds a component whose parts all do the same, and counts them", () => {
    assert.deepEqual(printed([root, ...watch("orders", 3, "create")]), [
      "+Stack vigia-dev",
      "+  Watch orders (3 MetricAlarm)",
    ]);
  });

  it("opens a component in which something differs, and names what changes", () => {
    assert.deepEqual(
      printed([{ ...root, op: "same" }, ...watch("orders", 3, "same", "update"), ...watch("bills", 2, "same")]),
      [
        " Stack vigia-dev",
        "   Watch bills (2 MetricAlarm)",
        "   Watch orders",
        "~    MetricAlarm orders-0 [threshold]",
        "     MetricAlarm orders-1",
        "     MetricAlarm orders-2",
      ],
    );
  });

  it("counts many equal leaves in one line, but never an update", () => {
    const queues = Array.from({ length: 6 }, (_, i) => plain(queueType, `q${i}`, root));
    const updates = Array.from({ length: 6 }, (_, i) =>
      plain(queueType, `u${i}`, root, "update", { changed: ["tags"] }),
    );
    const lines = printed([root, ...queues, ...updates]);
    assert.deepEqual(lines.slice(0, 2), ["+Stack vigia-dev", "+  6 Queue: q0, ..."]);
    assert.deepEqual(
      lines.slice(2),
      updates.map(({ name }) => `~  Queue ${name} [tags]`),
    );
  });

  it("shows why a resource is replaced", () => {
    const replaced = plain(queueType, "orders", root, "replace", {
      changed: ["fifoQueue", "name"],
      replaces: ["fifoQueue"],
    });
    assert.deepEqual(printed([root, replaced])[1], "+-  Queue orders [replaced for fifoQueue]");
  });

  it("hides providers, unless all is asked for", () => {
    const provider = plain("pulumi:providers:aws", "default", root);
    assert.equal(printed([root, provider]).length, 1);
    assert.equal(printed([root, provider], true).length, 2);
  });

  it("keeps a resource whose parent is not in the run", () => {
    const orphan = { ...resource(queueType, "orphan"), parent: urnOf(watchType, "elsewhere") };
    assert.deepEqual(printed([orphan]), ["+Queue orphan"]);
  });

  it("unfolded, shows every resource once, whatever the shape", () => {
    const shape = fc.array(fc.record({ parent: fc.nat(), op: fc.constantFrom("create", "update", "delete", "same") }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(shape, (nodes) => {
        const resources: ReportedResource[] = [root];
        for (const [i, { parent, op }] of nodes.entries()) {
          resources.push(plain(queueType, `n${i}`, resources[parent % resources.length] ?? root, op));
        }
        const lines = treeOf(resources, true);
        assert.deepEqual(lines.map(({ text }) => text.split(" ")[1]).sort(), resources.map(({ name }) => name).sort());
        assert.ok(treeOf(resources).length <= lines.length);
      }),
    );
  });
});

describe("the text of changes", () => {
  it("says what is to be done, and what was done", () => {
    const counts = { create: 3, replace: 1, same: 40, update: 0 };
    assert.equal(changesText(counts), "3 to create, 1 to replace, 40 unchanged");
    assert.equal(changesText(counts, true), "3 created, 1 replaced, 40 unchanged");
    assert.equal(changesText({}), "nothing to change");
  });

  it("marks operations as Pulumi does", () => {
    assert.deepEqual(["create", "update", "delete", "replace", "create-replacement", "same", "read"].map(markOf), [
      "+",
      "~",
      "-",
      "+-",
      "+-",
      " ",
      ">",
    ]);
  });
});
