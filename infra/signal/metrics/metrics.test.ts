import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { dimensionsIn, metricOf, metricsIn, namespaces } from ".";
import { derive, statisticsIn, unitIn } from "./derive";
import type { MetricUnit, StatisticName } from "./metric";
import { readRow, writeRow } from "./rows";

describe("metric catalogue", () => {
  it("knows nothing of names that nobody publishes", () => {
    assert.equal(metricOf("AWS/SQS", "ApproximateNumberOfMessages"), undefined);
    assert.equal(metricOf("AWS/SQ", "NumberOfMessagesSent"), undefined);
    assert.equal(metricOf("constructor", "name"), undefined);
    assert.equal(metricOf("AWS/SQS", "toString"), undefined);
    assert.equal(metricsIn("constructor").size, 0);
  });

  it("has the bounds that SQS itself sets", () => {
    assert.deepEqual(metricOf("AWS/SQS", "ApproximateNumberOfMessagesNotVisible")?.range, [0, 120_000]);
    assert.deepEqual(metricOf("AWS/SQS", "ApproximateAgeOfOldestMessage")?.range, [0, 14 * 86_400]);
  });

  it("has the metrics of fair queues, which AWS's list lacks", () => {
    assert.equal(metricOf("AWS/SQS", "ApproximateNumberOfNoisyGroups")?.switch, "fair queues");
    assert.ok(metricsIn("AWS/SQS").has("ApproximateAgeOfOldestMessageInQuietGroups"));
  });

  it("takes a row of a service's own guide before that of the list", () => {
    const size = metricOf("AWS/S3", "BucketSizeBytes");
    assert.deepEqual([size?.complete, size?.period, size?.dimensions], [true, 86_400, [["BucketName", "StorageType"]]]);
    assert.match(size?.source ?? "", /S3 User Guide/);
  });

  it("says of a metric of the list only what the list says", () => {
    const throttles = metricOf("AWS/Cognito", "SignUpThrottles");
    assert.deepEqual(throttles, {
      namespace: "AWS/Cognito",
      metric: "SignUpThrottles",
      unit: "Count",
      kind: "counter",
      statistics: ["Sum"],
      dimensions: [["UserPool", "UserPoolClient"]],
      range: [0, Number.POSITIVE_INFINITY],
      complete: false,
      source: "metric_metadata.json, awslabs/mcp, 2025-07-03",
    });
    const polled = metricOf("AWS/Lambda", "PolledEventCount");
    assert.deepEqual(
      [polled?.unit, polled?.kind, polled?.statistics, polled?.dimensions],
      [undefined, undefined, undefined, undefined],
    );
  });

  it("tells levels, events and measurements apart", () => {
    const kinds = (["DatabaseConnections", "CPUUtilization"] as const).map(
      (metric) => metricOf("AWS/RDS", metric)?.kind,
    );
    assert.deepEqual(kinds, ["gauge", "gauge"]);
    assert.equal(metricOf("AWS/ApiGateway", "Latency")?.kind, "distribution");
    assert.equal(metricOf("AWS/EKS", "scheduler_pending_pods")?.kind, undefined);
  });

  it("bounds a share at 100 %, unless it may exceed what was reserved", () => {
    assert.deepEqual(metricOf("AWS/RDS", "CPUUtilization")?.range, [0, 100]);
    assert.deepEqual(metricOf("ContainerInsights", "pod_cpu_utilization_over_pod_limit")?.range, [
      0,
      Number.POSITIVE_INFINITY,
    ]);
    assert.equal(metricOf("AWS/RDS", "ReplicaLag")?.range, undefined);
  });

  it("reads every row, each with a sane range and no statistic twice", () => {
    let count = 0;
    for (const namespace of namespaces()) {
      for (const name of metricsIn(namespace)) {
        const row = metricOf(namespace, name);
        assert.ok(row, `${namespace} ${name}`);
        const [least = 0, largest = 1] = row.range ?? [];
        assert.ok(least < largest, name);
        assert.equal(new Set(row.statistics).size, row.statistics?.length ?? 0, name);
        assert.ok(row.source.length > 10);
        count += 1;
      }
    }
    assert.ok(count >= 1_179, `${count} rows`);
    assert.ok(namespaces().size >= 38);
  });

  it("lists the dimensions of a namespace", () => {
    assert.deepEqual([...dimensionsIn("AWS/SQS")], ["QueueName"]);
    assert.deepEqual([...dimensionsIn("nothing")], []);
  });

  it("stays a small file", () => assert.ok(statSync(join(__dirname, "catalogue.json")).size < 150_000));
});

describe("row of the catalogue", () => {
  it("is read as it was written", () => {
    const units = fc.option(fc.constantFrom<MetricUnit[]>("Count", "Bytes/Second", "Percent", "None", "Gigabytes"), {
      nil: undefined,
    });
    const statistics = fc.subarray<StatisticName>([
      "Average",
      "Minimum",
      "Maximum",
      "Sum",
      "SampleCount",
      "Percentile",
    ]);
    const sets = fc.uniqueArray(fc.subarray(["ApiName", "Method", "Stage"]), { selector: (set) => set.join() });
    fc.assert(
      fc.property(units, statistics, sets, (unit, names, dimensions) => {
        const row = readRow("AWS/X", "Y", writeRow(unit, new Set(names), dimensions));
        assert.equal(row.unit, unit);
        assert.deepEqual(new Set(row.statistics), new Set(names));
        assert.deepEqual(
          new Set(row.dimensions?.map((set) => set.join())),
          new Set(dimensions.map((set) => set.join())),
        );
      }),
    );
  });
});

describe("derivation of the catalogue", () => {
  it("brings AWS's spellings of units to one", () => {
    const read = [
      "Millisecond",
      "Percentage",
      "Count (per second)",
      "Bytes per second",
      "Bytes/Second (MB/s in the console)",
      "count",
      "Count.",
      "Gigabytes (GB)",
    ];
    assert.deepEqual(read.map(unitIn), [
      "Milliseconds",
      "Percent",
      "Count/Second",
      "Bytes/Second",
      "Bytes/Second",
      "Count",
      "Count",
      "Gigabytes",
    ]);
    const unread = [
      "The metric represents a Count but uses None",
      "Average, Minimum, Maximum",
      "Credits (vCPU-minutes)",
      "Count per 5 minutes",
      "",
    ];
    assert.deepEqual(
      unread.map(unitIn),
      unread.map(() => undefined),
    );
  });

  it("finds statistics in free text", () => {
    assert.deepEqual([...statisticsIn("Max")], ["Maximum"]);
    assert.deepEqual([...statisticsIn("Average, Sum, Min, Max (same as p100), Sample Count, any percentile")].sort(), [
      "Average",
      "Maximum",
      "Minimum",
      "Percentile",
      "SampleCount",
      "Sum",
    ]);
    assert.deepEqual([...statisticsIn("Data Samples (displays as Sample Count)")], ["SampleCount"]);
    assert.deepEqual([...statisticsIn("")], []);
  });

  it("keeps the statistics and dimensions of recommended alarms", () => {
    const list = [
      {
        metricId: { namespace: "AWS/B", metricName: "Errors" },
        unitInfo: "Count",
        recommendedStatistics: "Sum",
        alarmRecommendations: [
          { dimensions: [{ name: "Stage" }, { name: "ApiId" }], statistic: "Average" },
          { dimensions: [], statistic: "Average" },
        ],
      },
      { metricId: { namespace: "AWS/A", metricName: "Idle" } },
    ];
    assert.deepEqual(Object.entries(derive(list)), [
      ["AWS/A", { Idle: ";;" }],
      ["AWS/B", { Errors: "Count;AS;-|ApiId,Stage" }],
    ]);
  });
});
