import assert from "node:assert/strict";
import { lint } from "./lint";
import { accepts, alarm, deadLetters, sqs } from "./lint/fixtures";

describe("lint of an alarm", () => {
  it("finds nothing wrong with the common alarms of a queue", () => {
    accepts(deadLetters, { unit: "count", role: "deadLetters" });
    accepts(alarm(sqs("ApproximateAgeOfOldestMessage"), ">=", 600, { evaluationPeriods: 15, datapointsToAlarm: 15 }), {
      unit: "seconds",
    });
    accepts(alarm(sqs("ApproximateNumberOfMessagesNotVisible"), ">", 96_000), { unit: "count" });
    accepts(alarm(sqs("NumberOfMessagesSent", "Sum"), "<=", 0, { treatMissingData: "breaching" }), {
      unit: "count",
      role: "source",
    });
  });

  it("tells all that is wrong at once, errors before warnings", () => {
    const spec = alarm({ ...sqs("ApproximateNumberOfMessagesVisible", "Sum"), unit: "Count" }, ">=", 0, {
      treatMissingData: "missing",
    });
    assert.deepEqual(
      lint(spec, { unit: "bytes" }).map(({ rule, level }) => `${rule} ${level}`),
      ["statistic error", "unit error", "threshold error", "missing-data error", "unit warning"],
    );
  });

  it("looks past values that are not known yet", () => {
    const pending = {
      ...sqs("ApproximateNumberOfMessagesVisible"),
      dimensions: { QueueName: Promise.resolve("orders") },
    };
    assert.deepEqual(lint({ ...deadLetters, metrics: { value: pending } }), []);
  });
});
