import assert from "node:assert/strict";
import fc from "fast-check";
import { amountOf, dollars, money, sumOf, total } from "./money";

const quantity = fc.double({ min: 0, max: 1e6, noNaN: true });
const price = fc.integer({ min: 0, max: 1e9 }).map((micros) => micros / 1e6);

describe("money", () => {
  it("adds up exactly where floating point does not", () => {
    const lines = [amountOf(1, 0.1), amountOf(1, 0.2)];
    assert.equal(dollars(sumOf(lines)), 0.3);
  });

  it("is within half a micro-dollar of quantity times price", () => {
    fc.assert(
      fc.property(quantity, price, (q, p) => {
        const exact = q * p * 1e6;
        return exact < 1 || Math.abs(amountOf(q, p) - exact) <= 0.5 + exact * 1e-12;
      }),
    );
  });

  it("is never 0 for what costs anything", () => {
    assert.equal(amountOf(1e-9, 0.1), 1);
    assert.equal(amountOf(0, 0.1), 0);
  });

  for (const [wrongQuantity, wrongPrice] of [
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
    [-1, 1],
    [1, -1],
    [-1, -1],
    [1e15, 1e6],
  ] as const) {
    it(`refuses ${wrongQuantity} at ${wrongPrice} USD`, () => {
      assert.throws(() => amountOf(wrongQuantity, wrongPrice), RangeError);
    });
  }

  it("is written with two to four digits", () => {
    assert.deepEqual([0, 5, 1.2, 36.5, 0.0365, 1.825, 1234.5678].map(money), [
      "0.00",
      "5.00",
      "1.20",
      "36.50",
      "0.0365",
      "1.825",
      "1234.5678",
    ]);
  });

  it("is never written as nothing when it is something", () => {
    assert.equal(money(0.000001), "0.000001");
    assert.equal(money(0.00004), "0.00004");
  });

  it("is in cents as a total, and never nothing when it is something", () => {
    assert.deepEqual([0, 0.001, 0.005, 6.2173, 1234.5].map(total), ["0.00", "<0.01", "0.01", "6.22", "1234.50"]);
  });
});
