import assert from "node:assert/strict";
import fc from "fast-check";
import { plan } from "./diff";
import { replacementOf, replacementRows } from "./replacements";
import { loadSchema, type TypeShape } from "./schema";
import { type Bag, unknown, type Value } from "./wire";

const queue = "aws:sqs/queue:Queue";
const changes = (type: string, olds: Bag, news: Bag, shape?: TypeShape): string[] =>
  plan(type, shape, olds, news).changes.map(
    ({ path, kind, replaces }) => `${path} ${kind}${replaces ? " replaces" : ""}`,
  );

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { maxKeys: 3 }),
  ),
})).value;

describe("the comparison of arguments", () => {
  it("names the innermost difference as Pulumi writes paths", () => {
    const olds: Bag = { queries: [{ metric: { period: 60 } }], tags: { "a.b": "1" } };
    const news: Bag = { queries: [{ metric: { period: 300 } }, { id: "b" }], tags: { "a.b": "2" } };
    assert.deepEqual(changes("aws:x/y:Z", olds, news), [
      "queries[0].metric.period UPDATE",
      "queries[1] ADD",
      'tags["a.b"] UPDATE',
    ]);
    assert.deepEqual(changes("aws:x/y:Z", { a: 1, b: 1 }, { b: 1 }), ["a DELETE"]);
  });

  it("replaces by the table, takes a type without a row as changed in place, and says so", () => {
    assert.deepEqual(changes(queue, { fifoQueue: false, delaySeconds: 1 }, { fifoQueue: true, delaySeconds: 2 }), [
      "delaySeconds UPDATE",
      "fifoQueue UPDATE replaces",
    ]);
    assert.deepEqual(changes(queue, { name: "a" }, { name: unknown }), ["name UPDATE replaces"]);
    assert.deepEqual(changes(queue, { region: "a" }, { region: "b" }), ["region UPDATE replaces"]);
    const other = plan("aws:x/y:Z", undefined, { name: "a" }, { name: "b" });
    assert.deepEqual([other.replaces, other.replacementNotKnown], [[], true]);
    assert.equal(plan(queue, undefined, { delaySeconds: 1 }, { delaySeconds: 2 }).replacementNotKnown, false);
    assert.equal(plan("aws:x/y:Z", undefined, { name: "a" }, { name: "a" }).replacementNotKnown, false);
  });

  it("replaces a Kubernetes object by its name or namespace, also when all its metadata comes or goes", () => {
    const type = "kubernetes:core/v1:ConfigMap";
    const named = (name: string, label: string): Bag => ({ metadata: { name, labels: { app: label } } });
    assert.deepEqual(changes(type, named("a", "x"), named("a", "y")), ["metadata.labels.app UPDATE"]);
    assert.deepEqual(changes(type, named("a", "x"), named("b", "x")), ["metadata.name UPDATE replaces"]);
    const moved = changes(type, { metadata: { namespace: "a" } }, { metadata: { namespace: "b" } });
    assert.deepEqual(moved, ["metadata.namespace UPDATE replaces"]);
    assert.deepEqual(changes(type, named("a", "x"), {}), ["metadata DELETE replaces"]);
    assert.deepEqual(changes(type, { metadata: { labels: {} } }, {}), ["metadata DELETE"]);
    assert.deepEqual(changes(type, named("a", "x"), { metadata: unknown }), ["metadata UPDATE replaces"]);
  });

  it("sees no change when an argument that the provider computes is left out", () => {
    const shape: TypeShape = {
      inputs: { policy: { type: "string" }, note: { type: "string" } },
      outputs: { policy: { type: "string" }, note: { type: "string", optional: true } },
    };
    assert.deepEqual(changes("aws:x/y:Z", { policy: "{}", note: "n" }, {}, shape), ["note DELETE"]);
  });

  it("finds nothing in equal arguments, whatever the order of keys, and something in different ones", () => {
    const bag = fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== "__defaults" && key !== "__proto__"),
      value,
      { maxKeys: 4 },
    );
    fc.assert(
      fc.property(bag, bag, (a, b) => {
        const turned = Object.fromEntries(Object.entries(a).reverse());
        assert.deepEqual(plan("aws:x/y:Z", undefined, a, turned).changed, []);
        const sorted = (one: Bag): string => JSON.stringify(one, (_, inner: unknown) => sortKeys(inner));
        assert.equal(plan("aws:x/y:Z", undefined, a, b).changed.length === 0, sorted(a) === sorted(b));
      }),
    );
  });

  it("replaces a config map and a secret by their data, and does not know it of a pod", () => {
    const [configMap, secret, pod] = ["ConfigMap", "Secret", "Pod"].map((kind) => `kubernetes:core/v1:${kind}`);
    const data = (value: string): Bag => ({ data: { key: value }, metadata: { name: "a", namespace: "b" } });
    assert.deepEqual(changes(configMap ?? "", data("x"), data("y")), ["data.key UPDATE replaces"]);
    assert.deepEqual(changes(secret ?? "", data("x"), data("y")), ["data.key UPDATE replaces"]);
    assert.equal(plan(pod ?? "", undefined, { spec: { nodeName: "a" } }, {}).replacementNotKnown, true);
  });

  it("replaces by an argument inside an object, and not by its neighbours", () => {
    const lock = (objectLockEnabled: string, days: number): Bag => ({
      objectLockConfiguration: { objectLockEnabled, rule: { defaultRetention: { days } } },
    });
    assert.deepEqual(changes("aws:s3/bucket:Bucket", lock("Enabled", 1), lock("Disabled", 2)), [
      "objectLockConfiguration.objectLockEnabled UPDATE replaces",
      "objectLockConfiguration.rule.defaultRetention.days UPDATE",
    ]);
  });

  it("replaces a random value by any argument, of the types whose source was read", () => {
    const [password, shuffle] = ["randomPassword:RandomPassword", "randomShuffle:RandomShuffle"];
    assert.deepEqual(changes(`random:index/${password}`, { keepers: { a: "1" } }, { keepers: { a: "2" } }), [
      "keepers.a UPDATE replaces",
    ]);
    assert.equal(plan(`random:index/${shuffle}`, undefined, { seed: "a" }, {}).replacementNotKnown, true);
  });

  it("has a file and a commit as the source of each row of the table, and an argument only once", () => {
    const read = /^(pulumi\/)?terraform-provider-\w+ internal\/\S+\.go at [0-9a-f]{7}, (ForceNew|RequiresReplace)$/;
    for (const [type, { inputs, source }] of replacementRows) {
      assert.match(source, read, type);
      assert.equal(new Set(inputs).size, inputs.length, type);
    }
    assert.match(replacementOf("kubernetes:core/v1:Service")?.source ?? "", / at [0-9a-f]{7}, forceNew$/);
    assert.equal(replacementOf("aws:x/y:Z"), undefined);
  });

  it("has no argument in the table that the SDK does not have", () => {
    const { types } = loadSchema();
    const used = replacementRows.filter(([type]) => types[type] !== undefined);
    assert.ok(used.length > 10, "the table must cover types in use");
    for (const [type, { inputs }] of used) {
      for (const argument of inputs.filter((one) => one !== "*")) {
        assert.ok(types[type]?.inputs[argument.split(".")[0] ?? ""], `${type} has no argument ${argument}`);
      }
    }
  });
});

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
