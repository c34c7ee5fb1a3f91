import assert from "node:assert/strict";
import { type Runs, saidOf } from "../testing";

export function waiversCases(runs: () => Runs): void {
  describe("waivers", () => {
    it("turn a violation into a note with reason, owner and last day, that day included", () => {
      assert.deepEqual(saidOf(runs(), "dead-letters", "waived-importer"), []);
      assert.match(
        saidOf(runs(), "notes", "waived-importer").join(),
        /^dead-letters is waived until 2027-01-15 \(team-orders: The old importer keeps its own record of what failed\): queue "waived-importer" has no redrive policy/,
      );
    });

    it("count no more once they have expired, and the violation says so", () => {
      assert.match(
        saidOf(runs(), "dead-letters", "lapsed-importer").join(),
        /has no redrive policy.*Its waiver expired on 2027-01-14 \(team-orders: It goes away at the end of the year/,
      );
      assert.deepEqual(saidOf(runs(), "notes", "lapsed-importer"), []);
    });

    it("waive one rule, not the others", () => {
      assert.match(saidOf(runs(), "watched", "waived-importer").join(), /has no alarm for/);
    });

    it("are reported when they are about nothing that is broken", () => {
      const leftOver = runs().bad.violations.filter(({ message }) => message.startsWith("the waiver of"));
      assert.deepEqual(
        leftOver.map(({ policy, level, message }) => `${policy} ${level}: ${message}`),
        [
          'notes advisory: the waiver of actionable for "long-gone" (team-stock) is about nothing that is broken: take it out of waivers.yaml',
        ],
      );
    });
  });
}
