import assert from "node:assert/strict";
import { objectedTo, type Runs, saidOf } from "../testing";

export function backedUpCases(runs: () => Runs): void {
  describe("backed-up", () => {
    it("accepts a plan, and a reason for none", () => assert.deepEqual(objectedTo(runs(), "backed-up"), []));

    it("refuses what no plan takes, and says how to tag it", () => {
      assert.match(saidOf(runs(), "backed-up", "untagged").join(), /"untagged".*carries no tag "backup": give it/);
    });

    it("refuses none without a reason", () => {
      assert.match(saidOf(runs(), "backed-up", "unsaid").join(), /is not backed up, and does not say why/);
    });
  });
}
