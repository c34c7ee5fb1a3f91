import assert from "node:assert/strict";
import fc from "fast-check";
import type { PropertyType, Schema } from "./schema";
import { validate } from "./validate";
import { type Bag, unknown, type Value } from "./wire";

const schema: Schema = {
  packages: { aws: "7.0.0" },
  types: {
    "aws:x/thing:Thing": {
      inputs: {
        anything: { type: "any" },
        code: { type: "asset" },
        count: { type: "number" },
        enabled: { type: "boolean" },
        mode: { type: { enum: ["Auto", "Exact"] } },
        name: { type: "string", required: true },
        policy: { type: { oneOf: ["string", { ref: "aws:Policy" }] } },
        queries: { type: { array: { ref: "aws:Query" } } },
        tags: { type: { map: "string" } },
      },
      outputs: {},
    },
    "kubernetes:example.com/v1:Any": { inputs: { kind: { type: "string" } }, outputs: {}, open: true },
  },
  objects: {
    "aws:Metric": { period: { type: "number", required: true } },
    "aws:Policy": { Version: { type: "string", required: true } },
    "aws:Query": { metric: { type: { ref: "aws:Metric" } } },
  },
};

const marked = (mark: string, more: Bag = {}): Value => ({ "4dabf18193072939515e22adb298388d": mark, ...more });
const secret = (value: Value): Value => marked("1b47061264138c4ac30d75fd1eb44270", { value });
const asset = marked("c44067f5952c0a294b673a41bacd8c17", { text: "hello" });
const output = (value?: Value): Value =>
  marked("d0e6a833031e9bbcd3f4e8bde6ca49a4", value === undefined ? {} : { value });

const reasons = (inputs: Bag): string[] =>
  validate("aws:x/thing:Thing", { name: "n", ...inputs }, schema).map(
    ({ property, reason }) => `${property}: ${reason}`,
  );

describe("the check of arguments", () => {
  it("says what to do about a type without a row", () => {
    assert.deepEqual(validate("aws:y/other:Other", {}, schema), [
      { property: "", reason: "the stand-in has no schema row for aws:y/other:Other: run npm run generate" },
    ]);
  });

  it("names a missing argument, at any depth", () => {
    assert.deepEqual(validate("aws:x/thing:Thing", { name: null }, schema), [
      { property: "name", reason: 'missing required argument "name"' },
    ]);
    assert.deepEqual(reasons({ queries: [{}, { metric: {} }] }), [
      'queries[1].metric.period: missing required argument "period"',
    ]);
  });

  it("names an unknown argument, with the one that was probably meant", () => {
    assert.deepEqual(reasons({ conut: 1 }), ['conut: unknown argument "conut": did you mean "count"?']);
    assert.deepEqual(reasons({ zebra: 1 }), ['zebra: unknown argument "zebra"']);
    assert.deepEqual(validate("kubernetes:example.com/v1:Any", { kind: "Any", spec: {} }, schema), []);
  });

  it("refuses a value of another type, and says which", () => {
    assert.deepEqual(reasons({ count: "60" }), ['count: expected number, got "60"']);
    assert.deepEqual(reasons({ name: 60 }), ["name: expected string, got 60"]);
    assert.deepEqual(reasons({ enabled: "true" }), ['enabled: expected boolean, got "true"']);
    assert.deepEqual(reasons({ tags: { a: 1 } }), ['tags["a"]: expected string, got 1']);
    assert.deepEqual(reasons({ tags: ["a"] }), ['tags: expected a map of string, got ["a"]']);
    assert.deepEqual(reasons({ queries: { metric: {} } }), [
      'queries: expected a list of object Query, got {"metric":{}}',
    ]);
    assert.deepEqual(reasons({ queries: [{ metric: { period: "60" } }] }), [
      'queries[0].metric.period: expected number, got "60"',
    ]);
    assert.deepEqual(reasons({ mode: "auto" }), ['mode: expected "Auto" or "Exact", got "auto"']);
    assert.deepEqual(reasons({ code: "hello" }), ['code: expected asset, got "hello"']);
    assert.deepEqual(reasons({ name: asset }), ["name: expected string, got asset"]);
  });

  it("takes any of several types, and looks into the one that nearly fits", () => {
    assert.deepEqual(reasons({ policy: "{}" }), []);
    assert.deepEqual(reasons({ policy: { Version: "2012-10-17" } }), []);
    assert.deepEqual(reasons({ policy: { Version: 1 } }), ["policy.Version: expected string, got 1"]);
    assert.deepEqual(reasons({ policy: 1 }), ["policy: expected string or object Policy, got 1"]);
  });

  it("lets pass what is not known yet, and looks into secrets and outputs", () => {
    for (const key of Object.keys(schema.types["aws:x/thing:Thing"]?.inputs ?? {})) {
      for (const value of [unknown, output(), secret(unknown)]) assert.deepEqual(reasons({ [key]: value }), [], key);
    }
    assert.deepEqual(reasons({ count: secret(1), code: asset, queries: [unknown], tags: { a: output("b") } }), []);
    assert.deepEqual(reasons({ count: secret("1") }), ['count: expected number, got "1"']);
  });

  it("takes every value of the declared type and no other plain value", () => {
    const values = fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean());
    fc.assert(
      fc.property(fc.constantFrom("string", "number", "boolean"), values, (type: PropertyType, value) => {
        fc.pre(value !== unknown);
        const one: Schema = { packages: {}, objects: {}, types: { t: { inputs: { p: { type } }, outputs: {} } } };
        assert.equal(validate("t", { p: value }, one).length === 0, typeof value === type);
      }),
    );
  });
});
