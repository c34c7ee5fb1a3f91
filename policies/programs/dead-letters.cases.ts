import assert from "node:assert/strict";
import { objectedTo, type Runs, saidOf } from "../testing";

export function deadLettersCases(runs: () => Runs): void {
  describe("dead-letters", () => {
    const only = (name: string): string => {
      const said = saidOf(runs(), "dead-letters", name);
      assert.equal(said.length, 1, said.join("\n"));
      return said[0] ?? "";
    };

    it("accepts redrive policies within a queue, beside it, with a literal ARN, and of subscriptions", () => {
      assert.deepEqual(objectedTo(runs(), "dead-letters"), []);
    });

    it("refuses a queue that leaves its failures nowhere", () => {
      assert.match(only("alone"), /^queue "alone" has no redrive policy: .*Make it with the component Queue/);
    });

    it("asks no dead-letter queue for one of its own", () => {
      assert.deepEqual(saidOf(runs(), "dead-letters", "hasty-dead-letters"), []);
    });

    it("refuses a dead-letter queue that keeps messages no longer than their source, its default included", () => {
      assert.match(
        only("hasty"),
        /"hasty" keeps a message for 4 days, its dead-letter queue "hasty-dead-letters" for 4 days: .*Keep it longer there/,
      );
    });

    it("refuses a redrive policy that leads to no queue, by its ARN or by what it was made from", () => {
      assert.match(only("astray"), /leads to "arn:aws:s3:::failed", which is no queue/);
      assert.match(only("to-a-topic"), /leads to .*, which is no queue: give deadLetterTargetArn the ARN of one/);
    });

    it("refuses a redrive policy that does not say how often a message is tried", () => {
      assert.match(only("uncounted"), /no maxReceiveCount that counts: write how often a message is tried, 1 to 1000/);
    });

    it("refuses a queue that is its own dead-letter queue", () => {
      assert.match(only("circular"), /"circular" is its own dead-letter queue: make another one/);
    });

    it("refuses a subscription whose failures are lost", () => {
      assert.match(only("news-by-mail"), /^subscription "news-by-mail" has no dead-letter queue/);
    });
  });
}
