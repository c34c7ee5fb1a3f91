import assert from "node:assert/strict";
import { priceParts, prices } from "./prices";

describe("the price table", () => {
  it("has each row once, in one of its parts", () => {
    assert.deepEqual(
      priceParts.flatMap((part) => Object.keys(part)),
      Object.keys(prices),
    );
  });

  it("names the source of each price and the year in which it was read there", () => {
    for (const [key, { price, source }] of Object.entries(prices)) {
      assert.ok(price > 0, key);
      assert.match(source, /20\d\d/, key);
    }
  });
});
