import assert from "node:assert/strict";
import { coverageOf } from "./coverage";
import { Graph, type GraphResource } from "./graph";
import { rulesOf } from "./rule";
import { ruleDocument } from "./rule.document";
import { toyCatalogue, toySignals, toySize } from "./rule.fixtures";

const resource = (type: string, name: string, more: Partial<GraphResource> = {}): GraphResource => ({
  urn: `urn:${name}`,
  type,
  name,
  known: {},
  madeFrom: {},
  dependsOn: [],
  ...more,
});
const queue = resource("aws:sqs/queue:Queue", "orders");
const namespace = (more: Partial<GraphResource>, name = "orders-rules") =>
  resource("aws:amp/ruleGroupNamespace:RuleGroupNamespace", name, more);

const instance = { component: "orders", kind: "toy", size: toySize, texts: { queue: "orders" }, runbooks: "x" };
const planned = (["toy-backlog", "toy-failing"] as const).map((id) =>
  rulesOf(id, toySignals[id], instance).map((rule) => ({ interval: 60, rule })),
);
const data = ruleDocument("orders", planned.flat());
const dependsOn = [queue.urn];

const row = (...others: GraphResource[]) => {
  const found = coverageOf(new Graph([queue, ...others]), toyCatalogue).rows.find(({ urn }) => urn === queue.urn);
  assert.ok(found);
  return found;
};
const missing = (...others: GraphResource[]) => row(...others).missing.map(({ id }) => id);
const both = ["toy-backlog", "toy-failing"];

describe("a signal of Prometheus", () => {
  it("stands where a namespace that depends on the resource holds its rule", () => {
    const { signals } = row(namespace({ known: { data }, dependsOn }));
    assert.deepEqual(
      signals.map(({ info, alarm }) => [info.id, info.backend, alarm]),
      both.map((id) => [id, "amp", { urn: "urn:orders-rules", match: "dependency" }]),
    );
  });

  it("stands where the namespace was made from the resource, too", () => {
    assert.deepEqual(missing(namespace({ known: { data }, madeFrom: { workspaceId: [queue.urn] } })), ["toy-odd"]);
  });

  it("is missing where nothing ties the namespace to the resource", () => {
    assert.deepEqual(
      missing(namespace({ known: { data } }), namespace({ known: { data }, dependsOn: ["urn:other"] }, "b")),
      [...both, "toy-odd"],
    );
  });

  it("is missing where the text is not known, or something else that depends on the resource has it", () => {
    assert.deepEqual(
      missing(namespace({ dependsOn }), resource("aws:s3/object:Object", "copy", { known: { data }, dependsOn })),
      [...both, "toy-odd"],
    );
  });

  it("is missing where the namespace has only the rule of another, or only the one for missing data", () => {
    const absence = ruleDocument(
      "orders",
      planned.flat().filter(({ rule }) => rule.alert !== "ToyBacklog"),
    );
    assert.deepEqual(missing(namespace({ known: { data: absence }, dependsOn })), ["toy-backlog", "toy-odd"]);
  });

  it("is not covered by an alarm of CloudWatch", () => {
    const tags = { signal: "toy-backlog" };
    const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
      known: { tags },
      madeFrom: { dimensions: [queue.urn] },
    });
    assert.ok(missing(alarm).includes("toy-backlog"));
  });

  it("can be off with a reason and inapplicable, as any other", () => {
    const watch = resource("vigia:signal:Watch", "orders", {
      known: {
        watch: [
          {
            subject: queue.urn,
            kind: "toy",
            role: "toy",
            size: { ...toySize, counted: false },
            changes: { "toy-backlog": { off: "a trial" } },
          },
        ],
      },
    });
    const { off, notApplicable, missing: lacking } = row(watch);
    assert.deepEqual(off, [{ id: "toy-backlog", reason: "a trial" }]);
    assert.deepEqual(notApplicable, [{ id: "toy-failing", reason: "it counts no failures" }]);
    assert.deepEqual(
      lacking.map(({ id }) => id),
      ["toy-odd"],
    );
  });
});
