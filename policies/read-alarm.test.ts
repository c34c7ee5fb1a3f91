import assert from "node:assert/strict";
import { queueSignals } from "../infra/queue/queue.signals";
import { isAlarmed, specOf } from "../infra/signal/alarm";
import { notKnown } from "../infra/signal/graph";
import { evaluated } from "../infra/signal/watch";
import { readAlarm } from "./read-alarm";

const dimensions = { QueueName: "orders" };
const single = {
  namespace: "AWS/SQS",
  metricName: "ApproximateAgeOfOldestMessage",
  statistic: "Maximum",
  period: 60,
  dimensions,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 600,
  evaluationPeriods: 3,
};
const alarm = { comparisonOperator: "GreaterThanThreshold", threshold: 10, evaluationPeriods: 1 };
const metric = (id: string, metricName = "NumberOfMessagesSent", returnData = false) => ({
  id,
  returnData,
  metric: { namespace: "AWS/SQS", metricName, stat: "Sum", period: 300, dimensions },
});
const math = (expression: string, ...others: readonly object[]) => ({
  ...alarm,
  metricQueries: [{ id: "e", expression, returnData: true }, ...others],
});

describe("an alarm read from its arguments", () => {
  it("is the one that the components make, for every signal of the queue", () => {
    for (const [id, signal] of Object.entries(queueSignals)) {
      if (!isAlarmed(signal)) continue;
      const spec = specOf(signal, signal.proof.size);
      const read = readAlarm(evaluated(spec));
      assert.deepEqual(read?.spec, spec, id);
      assert.deepEqual([...(read?.blind ?? [])], [], id);
    }
  });

  it("has CloudWatch's defaults: all points must be bad, and a missing one is missing", () => {
    const { spec } = readAlarm(single) ?? assert.fail();
    assert.deepEqual([spec.datapointsToAlarm, spec.treatMissingData], [3, "missing"]);
  });

  it("keeps the names of dimensions whose values are not known", () => {
    const { spec, blind } = readAlarm({ ...single, dimensions: { QueueName: notKnown } }) ?? assert.fail();
    assert.deepEqual(Object.keys(spec.metrics.value?.dimensions ?? {}), ["QueueName"]);
    assert.equal(blind.size, 0);
  });

  it("is judged by nothing that needs a value which is not known", () => {
    const blind = (change: object) => [...(readAlarm({ ...single, ...change })?.blind ?? [])];
    assert.ok(blind({ threshold: notKnown }).includes("threshold"));
    assert.ok(!blind({ threshold: notKnown }).includes("metric"));
    assert.ok(blind({ dimensions: notKnown }).includes("dimensions"));
    assert.ok(blind({ namespace: notKnown }).includes("metric"));
    assert.ok(blind({ treatMissingData: notKnown }).includes("missing-data"));
    assert.ok(blind({ period: notKnown }).includes("period"));
  });

  it("is not judged by a statistic that lint does not know", () => {
    const read = readAlarm({ ...single, statistic: undefined, extendedStatistic: "tm99" });
    assert.ok(read?.blind.has("statistic") && read.blind.has("threshold") && !read.blind.has("metric"));
    assert.equal(readAlarm({ ...single, statistic: undefined, extendedStatistic: "p99.9" })?.blind.size, 0);
  });

  it("has the expressions that an expression names in their places, but not what stands in quotes", () => {
    const steps = { id: "failed", expression: "a - b", returnData: false };
    assert.equal(
      readAlarm(math("100 * failed / a", metric("a"), metric("b"), steps))?.spec.expression,
      "100 * (a - b) / a",
    );
    const quoted = math('SUM(METRICS("failed"))', metric("failedOnce"), steps, metric("a"), metric("b"));
    assert.equal(readAlarm(quoted)?.spec.expression, 'SUM(METRICS("failed"))');
  });

  it("does not go round for ever with expressions that name each other", () => {
    const circle = math("other + 1", { id: "other", expression: "e + 1", returnData: false });
    assert.equal(readAlarm(circle)?.spec.expression, "((e) + 1) + 1");
  });

  it("compares with a band of its width, two where none is written", () => {
    const band = (expression: string) => ({
      comparisonOperator: "GreaterThanUpperThreshold",
      evaluationPeriods: 1,
      thresholdMetricId: "band",
      metricQueries: [{ id: "band", expression, returnData: true }, metric("sent", "NumberOfMessagesSent", true)],
    });
    assert.equal(readAlarm(band("ANOMALY_DETECTION_BAND(sent, 3)"))?.spec.threshold, 3);
    assert.equal(readAlarm(band("ANOMALY_DETECTION_BAND(sent)"))?.spec.threshold, 2);
    assert.equal(readAlarm(band("ANOMALY_DETECTION_BAND(sent)"))?.spec.expression, undefined);
  });

  it("is not judged by an expression with a function that only CloudWatch knows", () => {
    const { blind } = readAlarm(math("LOG10(a)", metric("a"))) ?? assert.fail();
    assert.deepEqual([...blind], ["expression", "threshold"]);
  });

  it("says nothing of Metrics Insights, of PromQL, and of metrics that are wholly unknown", () => {
    assert.equal(readAlarm(math('SELECT MAX(CPUUtilization) FROM "AWS/EC2"')), undefined);
    assert.equal(readAlarm({ ...alarm, evaluationCriteria: { promqlCriteria: { query: "up" } } }), undefined);
    assert.equal(readAlarm({ ...alarm, metricQueries: notKnown }), undefined);
  });
});
