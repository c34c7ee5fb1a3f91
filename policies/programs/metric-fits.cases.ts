import assert from "node:assert/strict";
import { objectedTo, type Runs, saidOf } from "../testing";

export function metricFitsCases(runs: () => Runs): void {
  describe("metric-fits", () => {
    const only = (name: string): string => {
      const said = saidOf(runs(), "metric-fits", name);
      assert.equal(said.length, 1, said.join("\n"));
      return said[0] ?? "";
    };

    it("accepts literal and automatic names, alarms in loops, metric math in steps, bands and Metrics Insights", () => {
      assert.deepEqual(objectedTo(runs(), "metric-fits"), []);
    });

    it("refuses a metric that does not exist, alone, in metric math and under a band", () => {
      assert.match(only("no-such-metric"), /^alarm "no-such-metric": AWS\/SQS has no metric "AgeOfOldestMessage"/);
      assert.match(only("misspelt-in-math"), /"NumberOfMessagesSend"; did you mean "NumberOfMessagesSent"\?/);
      assert.match(only("misspelt-in-a-band"), /AWS\/SQS has no metric "MessagesSent"/);
    });

    it("refuses a dimension that does not exist, though its value is not known yet", () => {
      assert.match(only("no-such-dimension"), /has the dimensions QueueNames, but is published with QueueName/);
    });

    it("refuses the sum of a gauge", () => {
      assert.match(only("sum-of-a-gauge"), /as Sum: the sum of a gauge's readings grows with their number/);
    });

    it("refuses a threshold that no value goes past", () => {
      assert.match(only("never"), /> 1209600 can never fire: its values are 0 to 1209600/);
    });

    it("refuses the sent count of a dead-letter queue", () => {
      assert.match(
        only("sent-to-dead-letters"),
        /on a dead-letter queue never counts the messages that are moved there/,
      );
    });

    it("refuses more bad points than there are", () => {
      assert.match(only("many-of-few"), /5 of 3 points must be bad/);
    });

    it("holds an alarm with the id of a signal to that signal's unit", () => {
      assert.match(
        only("of-another-unit"),
        /SentMessageSize is in Bytes, but the signal and its threshold are in seconds/,
      );
    });

    it("refuses an id that no metric of the expression has", () => {
      const [undeclared = "", unused = ""] = saidOf(runs(), "metric-fits", "undeclared-in-math");
      assert.match(undeclared, /uses removed, which no metric is called: the ids are sent, deleted/);
      assert.match(unused, /does not use deleted: leave that metric out/);
    });

    it("leaves what is only odd to the notes", () => {
      assert.deepEqual(saidOf(runs(), "metric-fits", "filtered"), []);
      assert.match(
        saidOf(runs(), "notes", "filtered").join(),
        /^metric-fits: alarm "filtered": .*unit filter "Seconds"/,
      );
    });
  });
}
