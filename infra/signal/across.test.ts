import assert from "node:assert/strict";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { readAlarm } from "../../policies/read-alarm";
import { metricAlarmCost } from "../../tools/preview/alarmcost";
import { record } from "../kit/recorder";
import { specOf } from "./alarm";
import { catalogueOf } from "./catalogue";
import { coverageOf } from "./coverage";
import { defineKind } from "./kind";
import { lint } from "./lint";
import { fatesOf } from "./mutate.fate";
import { verdictOf } from "./proof";
import { type AnyAlarmed, cloudwatch, signals } from "./signal";
import { Watch } from "./watch";

interface Size {
  readonly filters: number;
}

const table = signals<"toy", "bucket", Size>()({
  "toy-worst": {
    title: "The worst filter fails",
    golden: "errors",
    unit: "ratio",
    role: "toy",
    source: cloudwatch("AWS/S3", "5xxErrors", "Average", { BucketName: "bucket" }, ["FilterId"]),
    alarm: {
      above: 0.05,
      for: "2 minutes",
      severity: "ticket",
      whenMissing: "ok",
      analysed: ({ filters }) => filters,
    },
    proof: {
      size: { filters: 4 },
      bad: [["0/0.102 for 2 minutes"]],
      fine: [["0.04/0.06 for 4 minutes", "1 for 1 minute", "0.05 for 1 minute"]],
      healed: ["0.05 for 1 minute"],
    },
    runbook: { means: "It fails.", check: ["One?", "Two?", "Three?"], fix: ["Mend it."] },
  },
});
const worst: AnyAlarmed<Size, "bucket"> = table["toy-worst"];
const kind = defineKind<"toy", "bucket", Size>({
  name: "toy",
  types: ["aws:s3/bucket:Bucket"],
  signals: table,
  nameOf: {},
  roleOf: () => "toy",
  sizeOf: () => ({ filters: 1 }),
  costs: () => [],
});

function program() {
  const bucket = new Bucket("files");
  const part = { resource: bucket, kind: "toy", signals: table, role: "toy", size: { filters: 4 }, changes: {} };
  const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com" };
  new Watch("files", [{ ...part, subjects: { bucket: bucket.bucket } }], watcher);
  return Promise.resolve();
}
const alarmOf = async (when: "preview" | "update") => {
  const { graph } = await record(program, when);
  const [alarm] = graph.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
  assert.ok(alarm);
  return { graph, alarm };
};

describe("an alarm across dimensions whose values nobody knows", () => {
  it("is proven, and every mutant of it is caught", () => {
    assert.deepEqual(verdictOf(worst, {}, ["request metrics"]), { lint: [], failures: [] });
    assert.deepEqual(
      fatesOf(worst).filter((fate) => !fate.lint && !fate.proof && fate.equivalent === undefined),
      [],
    );
  });

  it("must say how many metrics it analyses, and only such an alarm may", () => {
    const { analysed: _, ...silent } = worst.alarm;
    assert.throws(() => specOf({ ...worst, alarm: silent }, { filters: 4 }), /say how many \(analysed\)/);
    const plain = { ...worst, source: cloudwatch("AWS/S3", "5xxErrors", "Average", { BucketName: "bucket" as const }) };
    assert.throws(() => specOf(plain, { filters: 4 }), /leave analysed out/);
  });

  it("has no percentile, and is no part of metric math", () => {
    const spec = specOf(worst, { filters: 4 });
    const [value] = Object.values(spec.metrics);
    assert.ok(value);
    const asked = (over: object) =>
      lint({ ...spec, ...over })
        .map(({ message }) => message)
        .join();
    assert.match(asked({ metrics: { value: { ...value, statistic: "p99" } } }), /Metrics Insights has no percentiles/);
    assert.match(asked({ expression: "value * 2" }), /stands alone/);
  });

  it("is one query over all of them, which follows the resource", async () => {
    const { alarm } = await alarmOf("update");
    const [query] = alarm.known.metricQueries as [{ expression: string; period: number }];
    assert.match(
      query.expression,
      /^SELECT AVG\("5xxErrors"\) FROM SCHEMA\("AWS\/S3", "BucketName", "FilterId"\) WHERE/,
    );
    assert.equal(query.period, 60);
    assert.equal(alarm.madeFrom.metricQueries?.length, 1);
    const read = readAlarm({ ...alarm.known });
    assert.deepEqual(read?.spec.metrics.value?.across, ["FilterId"]);
    assert.deepEqual(lint(read.spec, { unit: "ratio" }), []);
  });

  for (const when of ["preview", "update"] as const) {
    it(`covers its resource and costs what it analyses (${when})`, async () => {
      const { alarm, graph } = await alarmOf(when);
      const [row] = coverageOf(graph, catalogueOf([kind], {})).rows;
      assert.deepEqual(row?.missing, []);
      assert.equal(row.signals[0]?.alarm?.match, "dependency");
      assert.deepEqual(metricAlarmCost(alarm.known), { price: "cloudwatch.alarm.standard", quantity: 4 });
    });
  }

  it("stands in the runbook as its query", () => {
    assert.match(kind.runbooks()["toy-worst"] ?? "", /"Expression": "SELECT AVG\(.*<bucket>'/);
  });
});
