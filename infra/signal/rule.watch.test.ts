import assert from "node:assert/strict";
import { Queue } from "@pulumi/aws/sqs/queue.js";
import { type Recording, record } from "../kit/recorder";
import { alertsIn } from "./rule.document";
import { type ToySize, toySignals, toySize } from "./rule.fixtures";
import { Watch, type Watched, type Watcher } from "./watch";

const namespaceType = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const watcher: Watcher = {
  actions: { page: ["arn:aws:sns:eu-central-1:123456789012:page"], ticket: [] },
  runbooks: "https://example.com/runbooks",
  prometheus: { workspaceId: "ws-1" },
};

const part = (resource: Queue, more: Partial<Watched<"queue", ToySize>> = {}): Watched<"queue", ToySize> => ({
  resource,
  kind: "toy",
  signals: toySignals,
  role: "toy",
  size: toySize,
  subjects: { queue: resource.name },
  texts: { queue: "orders" },
  changes: {},
  ...more,
});

const watched = (
  more: Partial<Watched<"queue", ToySize>> = {},
  mode: "update" | "preview" = "preview",
): Promise<Recording> =>
  record(() => {
    new Watch("orders", [part(new Queue("orders"), more)], watcher);
  }, mode);

describe("a watch with signals of Prometheus", () => {
  it("makes one namespace, its child, whose text a preview knows and which depends on the resource", async () => {
    const recording = await watched({ service: "shop" });
    const [namespace, ...others] = recording.ofType(namespaceType);
    assert.deepEqual(others, []);
    assert.deepEqual([namespace?.name, namespace?.parent, namespace?.dependsOn], ["orders", "orders", ["orders"]]);
    assert.equal(namespace?.inputs.workspaceId, "ws-1");
    const data = String(namespace?.inputs.data);
    assert.deepEqual(
      alertsIn(data).map(({ alert }) => alert),
      ["ToyFailing", "ToyBacklog", "ToyBacklogMissing"],
    );
    assert.match(data, /toy_messages\{queue="orders"\}/);
    assert.match(data, /service: shop/);
  });

  it("gives one text however often it runs", async () => {
    const text = async () => (await watched()).ofType(namespaceType)[0]?.inputs.data;
    assert.equal(await text(), await text());
  });

  it("leaves out what is off and what does not apply, and makes none where no rule is left", async () => {
    const one = await watched({ changes: { "toy-backlog": { off: "a trial" } } });
    assert.deepEqual(alertsIn(String(one.ofType(namespaceType)[0]?.inputs.data)), [
      { alert: "ToyFailing", signal: "toy-failing" },
    ]);
    const none = await watched({
      changes: { "toy-backlog": { off: "a trial" } },
      size: { ...toySize, counted: false },
    });
    assert.deepEqual(none.ofType(namespaceType), []);
    assert.equal(none.ofType(alarmType).length, 1);
  });

  it("without a workspace says so before anything is registered", async () => {
    const { prometheus: _, ...without } = watcher;
    let failure: unknown;
    const recording = await record(() => {
      const queue = new Queue("orders");
      try {
        new Watch("orders", [part(queue)], without);
      } catch (error) {
        failure = error;
      }
    });
    assert.match(
      String(failure),
      /watch "orders": signal "toy-backlog" is a rule of Prometheus: give its watcher the workspace/,
    );
    assert.deepEqual(
      recording.resources.map(({ type }) => type),
      ["aws:sqs/queue:Queue"],
    );
  });

  it("without the text of a subject names the query that asks for it", async () => {
    await assert.rejects(watched({ texts: {} }), /asks for \{queue\}, and only nothing is known: give its text/);
  });
});

describe("an alarm with an anomaly band", () => {
  it("compares the metric with the band that CloudWatch learns from it, and has no threshold", async () => {
    const alarm = (await watched({}, "update")).one(alarmType, "orders-toy-odd");
    assert.equal(alarm.inputs.threshold, undefined);
    assert.equal(alarm.inputs.metricName, undefined);
    assert.equal(alarm.inputs.thresholdMetricId, "band");
    assert.equal(alarm.inputs.comparisonOperator, "LessThanLowerOrGreaterThanUpperThreshold");
    assert.deepEqual(alarm.inputs.metricQueries, [
      { id: "band", expression: "ANOMALY_DETECTION_BAND(value, 2)", returnData: true },
      {
        id: "value",
        metric: {
          namespace: "AWS/SQS",
          metricName: "NumberOfMessagesSent",
          stat: "Sum",
          period: 300,
          dimensions: { QueueName: "orders-1234567" },
        },
        returnData: true,
      },
    ]);
    assert.deepEqual(alarm.madeFrom.metricQueries, ["orders"]);
  });

  it("has the width that the instance chose", async () => {
    const alarm = (await watched({ changes: { "toy-odd": { threshold: 3 } } })).one(alarmType, "orders-toy-odd");
    assert.match(JSON.stringify(alarm.inputs.metricQueries), /ANOMALY_DETECTION_BAND\(value, 3\)/);
  });
});
