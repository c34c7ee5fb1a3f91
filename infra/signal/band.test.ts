import assert from "node:assert/strict";
import { metricAlarmCost } from "../../tools/preview/alarmcost";
import { isBand, specOf } from "./alarm";
import { prove, verdictOf } from "./proof";
import { type ToySize, toyKind, toySignals, toySize } from "./rule.fixtures";
import { type AnyAlarmed, cloudwatch, math } from "./signal";
import { evaluated } from "./watch";

const odd: AnyAlarmed<ToySize, "queue"> = toySignals["toy-odd"];
const spec = specOf(odd, toySize);
const above: AnyAlarmed<ToySize, "queue"> = {
  ...odd,
  alarm: { aboveBand: 2, for: "5 minutes", severity: "ticket", whenMissing: "ok" },
};

describe("an anomaly band", () => {
  it("is compared by CloudWatch's own comparisons, with the width of the record", () => {
    assert.equal(spec.comparison, "LessThanLowerOrGreaterThanUpperThreshold");
    assert.equal(spec.threshold, 2);
    assert.equal(specOf(above, toySize).comparison, "GreaterThanUpperThreshold");
    const below: AnyAlarmed<ToySize> = {
      ...above,
      alarm: { belowBand: 1.5, for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    };
    assert.deepEqual(
      [specOf(below, toySize).comparison, specOf(below, toySize).threshold],
      ["LessThanLowerThreshold", 1.5],
    );
    assert.equal(isBand("LessThanThreshold"), false);
  });

  it("is proven with edges that are given as series", () => {
    assert.deepEqual(verdictOf(odd), { lint: [], failures: [] });
  });

  it("is marked in the catalogue, so that nobody takes the edges for learned ones", () => {
    assert.deepEqual(
      toyKind.signals.map(({ id, band }) => [id, band]),
      [
        ["toy-backlog", undefined],
        ["toy-failing", undefined],
        ["toy-odd", true],
      ],
    );
  });

  it("does not stand the proof with another comparison, window or statistic", () => {
    const changes = [
      { ...spec, comparison: "GreaterThanUpperThreshold" },
      { ...spec, comparison: "LessThanLowerThreshold" },
      { ...spec, comparison: "GreaterThanThreshold" },
      { ...spec, evaluationPeriods: 2, datapointsToAlarm: 2 },
      {
        ...spec,
        metrics: Object.fromEntries(
          Object.entries(spec.metrics).map(([id, one]) => [id, { ...one, statistic: "Average" as const }]),
        ),
      },
    ] as const;
    for (const changed of changes) assert.notDeepEqual(prove(changed, odd.proof, "ok"), [], JSON.stringify(changed));
  });

  it("whose edges the proof leaves out is not proven, with a reason", () => {
    const series = ["500 for 30 minutes"] as const;
    const { failures } = verdictOf({ ...above, proof: { size: toySize, bad: [], fine: [series], healed: series } });
    assert.match(failures[0] ?? "", /has no series value_upper, the edges that CloudWatch is assumed to have learned/);
    assert.doesNotMatch(failures.join(), /value_lower/);
  });

  it("costs as much as three metrics", () => {
    const inputs = evaluated(specOf<string, ToySize>(odd, toySize));
    assert.deepEqual(metricAlarmCost({ ...inputs }), { price: "cloudwatch.alarm.standard", quantity: 3 });
  });

  it("of metric math is about the expression, and its metrics are not shown", () => {
    const metric = (name: string) => cloudwatch("AWS/SQS", name, "Sum", { QueueName: "queue" });
    const source = math<"queue", ToySize>("a + b", {
      a: metric("NumberOfMessagesSent"),
      b: metric("NumberOfMessagesReceived"),
    });
    const { metricQueries } = evaluated(specOf<string, ToySize>({ ...above, source }, toySize));
    assert.deepEqual(
      [metricQueries].flat().map((query) => (query && "id" in query ? [query.id, query.returnData] : [])),
      [
        ["value", true],
        ["band", true],
        ["a", undefined],
        ["b", undefined],
      ],
    );
  });

  it("stands in the runbook with the query that draws it", () => {
    const page = toyKind.runbooks()["toy-odd"] ?? "";
    assert.match(page, /value outside the band of 2 standard deviations that CloudWatch learned from the past/);
    assert.match(page, /"ANOMALY_DETECTION_BAND\(value, 2\)"/);
  });
});

describe("the runbook of a rule of Prometheus", () => {
  const page = (id: string) => toyKind.runbooks()[id] ?? "";

  it("has the exact queries, and says what a missing value does", () => {
    assert.match(page("toy-backlog"), /\(sum by \(queue\) \(toy_messages\{queue="<queue>"\}\)\) > 100\nabsent\(sum by/);
    assert.match(page("toy-backlog"), /value > 100 at the size of the proof; it follows the declared size/);
    assert.match(page("toy-backlog"), /\| a missing value \| fires an alert of its own \|/);
  });

  it("says how long it waits and goes on", () => {
    assert.match(
      page("toy-failing"),
      /\| for \| 2 minutes, evaluated every 30 seconds \|\n\| goes on for \| 30 minutes after the last bad value \|/,
    );
    assert.match(page("toy-failing"), /value ≥ 0\.5 a second \|/);
  });
});
