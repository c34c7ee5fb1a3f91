import assert from "node:assert/strict";
import fc from "fast-check";
import { insightsQuery, readInsights } from "./insights";

describe("a query of Metrics Insights", () => {
  const worst = {
    namespace: "AWS/AmazonMQ",
    metric: "SystemCpuUtilization",
    statistic: "Maximum",
    dimensions: { Broker: "orders" },
    across: ["Node"],
  } as const;

  it("is written with every name in quotes", () => {
    assert.equal(
      insightsQuery(worst),
      `SELECT MAX("SystemCpuUtilization") FROM SCHEMA("AWS/AmazonMQ", "Broker", "Node") WHERE "Broker" = 'orders'`,
    );
  });

  it("has no percentile", () => {
    assert.throws(() => insightsQuery({ ...worst, statistic: "p99" }), /Metrics Insights has no p99/);
  });

  it("is read as others write it, without quotes", () => {
    assert.deepEqual(readInsights(`select max(CPUUtilization) from schema("AWS/EC2", InstanceId)`), {
      namespace: "AWS/EC2",
      metric: "CPUUtilization",
      statistic: "Maximum",
      dimensions: {},
      across: ["InstanceId"],
    });
  });

  it("is not understood when it is grouped, ordered, compares otherwise, or filters by what the schema lacks", () => {
    const text = insightsQuery(worst);
    for (const other of [
      `${text} GROUP BY "Node"`,
      `${text} ORDER BY MAX() DESC LIMIT 1`,
      text.replace("= 'orders'", "!= 'orders'"),
      text.replace(`WHERE "Broker"`, `WHERE "Queue"`),
      `SELECT AVG("x") FROM "AWS/SQS"`,
    ]) {
      assert.equal(readInsights(other), undefined, other);
    }
  });

  it("reads back as it was written", () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,12}[a-z]$/);
    const value = fc.stringMatching(/^[A-Za-z0-9'@.-]{1,20}$/);
    fc.assert(
      fc.property(
        fc.record({
          of: word,
          across: word,
          metric: word,
          value,
          statistic: fc.constantFrom("Average", "Sum", "Minimum", "SampleCount"),
        }),
        ({ of, across, metric, value, statistic }) => {
          fc.pre(of !== across && ![of, across, metric].some((name) => /^(where|and)$/i.test(name)));
          const stat = {
            namespace: "AWS/Kafka",
            metric,
            statistic,
            dimensions: { [of]: value },
            across: [across],
          } as const;
          assert.deepEqual(readInsights(insightsQuery(stat)), stat);
        },
      ),
    );
  });
});
