import assert from "node:assert/strict";
import { objectedTo, type Runs, saidOf } from "../testing";

export function logsKeptCases(runs: () => Runs): void {
  describe("logs-kept", () => {
    it("accepts a retention and a key, known or not", () => assert.deepEqual(objectedTo(runs(), "logs-kept"), []));

    it("refuses what is kept for ever, also where 0 says so", () => {
      for (const name of ["for-ever", "zero-days"])
        assert.match(saidOf(runs(), "logs-kept", name).join(), /keeps its entries for ever: set retentionInDays/);
    });

    it("refuses what has no key", () => {
      assert.match(
        saidOf(runs(), "logs-kept", "in-the-open").join(),
        /is not encrypted by a key of yours: set kmsKeyId/,
      );
    });
  });
}
