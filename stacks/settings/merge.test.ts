import assert from "node:assert/strict";
import fc from "fast-check";
import { frozen, merge } from "./merge";

const plain = fc.dictionary(
  fc.stringMatching(/^[a-c]$/),
  fc.oneof(fc.nat(3), fc.dictionary(fc.stringMatching(/^[a-c]$/), fc.nat(3), { noNullPrototype: true })),
  {
    noNullPrototype: true,
  },
);

describe("merge", () => {
  it("does what RFC 7386 gives as examples", () => {
    const examples: readonly (readonly [base: unknown, changes: unknown, merged: unknown])[] = [
      [{ a: "b" }, { a: "c" }, { a: "c" }],
      [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
      [{ a: "b" }, { a: null }, {}],
      [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
      [{ a: ["b"] }, { a: "c" }, { a: "c" }],
      [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
      [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
      [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
      [
        ["a", "b"],
        ["c", "d"],
        ["c", "d"],
      ],
      [{ a: "b" }, ["c"], ["c"]],
      [{ e: null }, { a: 1 }, { e: null, a: 1 }],
      [[1, 2], { a: "b", c: null }, { a: "b" }],
      [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    ];
    for (const [base, changes, merged] of examples) assert.deepEqual(merge(base, changes), merged);
  });

  it("changes nothing when merged a second time", () => {
    fc.assert(
      fc.property(plain, plain, (base, changes) =>
        assert.deepEqual(merge(merge(base, changes), changes), merge(base, changes)),
      ),
    );
  });

  it("takes frozen values, and leaves them as they are", () => {
    fc.assert(
      fc.property(plain, plain, (base, changes) => {
        const before = JSON.stringify([base, changes]);
        merge(frozen(base), frozen(changes));
        assert.equal(JSON.stringify([base, changes]), before);
      }),
    );
  });

  it("keeps a key named __proto__ as a key", () => {
    const merged = merge({}, JSON.parse('{"__proto__": {"polluted": true}}'));
    assert.equal(Object.hasOwn(Object(merged), "__proto__"), true);
    assert.equal("polluted" in {}, false);
  });
});
