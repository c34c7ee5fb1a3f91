import assert from "node:assert/strict";
import { place, record } from "../kit/recorder";
import { Workspace, type WorkspaceArgs } from "./workspace";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com" };
const made = (over: Partial<WorkspaceArgs> = {}, when: "preview" | "update" = "preview") =>
  record(async () => void new Workspace("metrics", { ...place, ruleGroups: 12, watcher, ...over }), when);

describe("a workspace of Prometheus", () => {
  it("is encrypted with its own key, and logs what its ruler and alert manager say", async () => {
    const recording = await made();
    const workspace = recording.one("aws:amp/workspace:Workspace", "metrics");
    assert.deepEqual(workspace.madeFrom.kmsKeyArn, ["metrics"]);
    assert.deepEqual(workspace.madeFrom.loggingConfiguration, ["metrics"]);
    const log = recording.one("aws:cloudwatch/logGroup:LogGroup", "metrics");
    assert.equal(log.inputs.name, "/aws/vendedlogs/prometheus/metrics");
    assert.equal(log.inputs.retentionInDays, 30);
    assert.ok(log.madeFrom.kmsKeyId);
    const [configuration] = recording.ofType("aws:amp/workspaceConfiguration:WorkspaceConfiguration");
    assert.equal(configuration?.inputs.retentionPeriodInDays, 150);
  });

  it("names the log with the form that AMP wants", async () => {
    const { inputs } = (await made({}, "update")).one("aws:amp/workspace:Workspace", "metrics");
    const { logGroupArn } = inputs.loggingConfiguration as { logGroupArn: string };
    assert.match(logGroupArn, /:\*$/);
  });

  it("has alarms made from its outputs, and none that a rule of its own would have to raise", async () => {
    const recording = await made();
    const alarms = recording.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.equal(alarms.length, 7);
    for (const { madeFrom } of alarms) assert.ok(madeFrom.dimensions ?? madeFrom.metricQueries);
    assert.equal(recording.ofType("aws:amp/ruleGroupNamespace:RuleGroupNamespace").length, 0);
    const failing = recording.one("aws:cloudwatch/metricAlarm:MetricAlarm", "metrics-prometheus-rules-failing");
    assert.equal((failing.inputs.tags as { analysed: string }).analysed, "12");
  });

  it("asks AWS/Usage for the quota by the words that AWS fixes", async () => {
    const alarm = (await made({ seriesQuota: 100_000_000 }, "update")).one(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "metrics-prometheus-series-quota",
    );
    const { ResourceId, ...words } = alarm.inputs.dimensions as Record<string, string>;
    assert.deepEqual(words, { Service: "Prometheus", Resource: "ActiveSeries", Type: "Resource", Class: "None" });
    assert.ok(ResourceId);
    assert.equal(alarm.inputs.threshold, 80_000_000);
  });

  for (const [over, message] of [
    [{ ruleGroups: 0 }, /ruleGroups must be a whole number above 0, got 0/],
    [{ seriesQuota: 1.5 }, /seriesQuota must be a whole number above 0/],
    [{ retentionDays: 1_096 }, /retentionDays must be 1 to 1095, got 1096/],
    [{ account: "1" }, /account must be the twelve digits/],
  ] as const) {
    it(`refuses ${JSON.stringify(over)} before anything is made`, async () => {
      await assert.rejects(made(over), message);
    });
  }
});
