import assert from "node:assert/strict";
import { valueText } from "./panel.text";

describe("a value on a panel", () => {
  it("is written with its unit, as a person reads it", () => {
    assert.equal(valueText(96_000, "count"), "96,000");
    assert.equal(valueText(600, "seconds"), "10 minutes");
    assert.equal(valueText(648_000, "seconds"), "180 hours");
    assert.equal(valueText(0.25, "seconds"), "0.25 seconds");
    assert.equal(valueText(80, "percent"), "80 %");
    assert.equal(valueText(1.5 * 2 ** 30, "bytes"), "1.5 GiB");
    assert.equal(valueText(1_023, "bytes"), "1,023 B");
    assert.equal(valueText(-(2 ** 20), "bytes/second"), "-1 MiB a second");
    assert.equal(valueText(2_000, "count/second"), "2,000 a second");
    assert.equal(valueText(0.05, "ratio"), "0.05");
  });
});
