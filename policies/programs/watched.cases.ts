import assert from "node:assert/strict";
import { objectedTo, type Runs, saidOf } from "../testing";

export function watchedCases(runs: () => Runs): void {
  describe("watched", () => {
    const said = (name: string) => saidOf(runs(), "watched", name);

    it("accepts queues that are watched by a component, by watchQueue, or not at all with a reason", () => {
      assert.deepEqual(objectedTo(runs(), "watched"), []);
    });

    it("refuses a dead-letter queue without alarms, and names the missing signals", () => {
      const [message = "", ...others] = said("unwatched-dead-letters");
      assert.equal(others.length, 0);
      assert.match(
        message,
        /queue "unwatched-dead-letters" \(deadLetters\) has no alarm for queue-dead-letters .*queue-dead-letters-expiring/s,
      );
      assert.deepEqual(said("unwatched"), []);
    });

    it("is not fooled by an alarm on a metric that does not exist", () => {
      assert.match(said("misspelt").join(), /no alarm for queue-in-flight .*queue-oldest-message/s);
    });

    it("counts a literal name that the program itself gives, and no other name", () => {
      const message = said("literal").join();
      assert.match(message, /queue-in-flight/);
      assert.match(message, /queue-growing-backlog/);
      assert.doesNotMatch(message, /queue-oldest-message/);
    });

    it("refuses a type whose service publishes metrics that the catalogue does not know", () => {
      assert.match(
        said("carts").join(),
        /aws:dynamodb\/table:Table, whose service publishes metrics \(AWS\/DynamoDB\)/,
      );
    });
  });
}
