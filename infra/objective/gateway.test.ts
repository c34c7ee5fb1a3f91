import assert from "node:assert/strict";
import { type Recording, record } from "../kit/recorder";
import type { NotedAlarm } from "../signal/alarm.book";
import { catalogue } from "../signal/catalogue";
import { coverageOf } from "../signal/coverage";
import { parseComposite } from "../signal/evaluate/composite";
import type { Severity } from "../signal/signal";
import { GatewayObjective } from "./gateway";
import type { GatewayObjectiveArgs } from "./gateway.args";
import { gatewayArgs } from "./testing";

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

const made = (changed: Partial<GatewayObjectiveArgs> = {}, mode: "update" | "preview" = "update"): Promise<Recording> =>
  record(() => void new GatewayObjective("platform", gatewayArgs(changed)), mode);

describe("an objective of a gateway", () => {
  it("has an alarm for each window, which tells nobody, made from the outputs of the API", async () => {
    const alarms = (await made({}, "preview")).ofType(alarmType);
    assert.equal(alarms.length, 8);
    for (const { inputs, madeFrom, parent } of alarms) {
      assert.deepEqual([inputs.alarmActions, inputs.okActions, parent], [[], [], "platform"]);
      assert.deepEqual(madeFrom.metricQueries, ["platform", "platform-stage"]);
    }
  });

  it("leaves out what the services answered with: theirs is their own objective", async () => {
    const { inputs } = (await made()).one(alarmType, "platform-gateway-objective-1h");
    const queries = JSON.parse(JSON.stringify(inputs.metricQueries));
    assert.equal(
      queries[0].expression,
      "IF((failed - FILL(theirs, 0)) >= 10, 100 * (failed - FILL(theirs, 0)) / requests, 0)",
    );
    assert.deepEqual(queries[2].metric, {
      namespace: "AWS/ApplicationELB",
      metricName: "HTTPCode_Target_5XX_Count",
      stat: "Sum",
      period: 3_600,
      dimensions: { LoadBalancer: "app/services/50dc6c495c0c9188" },
    });
    assert.deepEqual([inputs.threshold, inputs.evaluationPeriods, inputs.treatMissingData], [0.72, 1, "notBreaching"]);
  });

  it("leaves its pages to the incident that they belong to, and has all its alarms noted there", async () => {
    const noted: NotedAlarm[] = [];
    const isChild = (_: string, severity: Severity) => severity === "page";
    const watcher = { ...gatewayArgs().watcher, book: { isChild, note: (one: NotedAlarm) => noted.push(one) } };
    const composites = (await made({ watcher })).ofType(compositeType);
    assert.deepEqual(
      composites.map(({ name, inputs }) => [name, inputs.alarmActions, inputs.okActions]),
      (["1h", "6h", "1d", "3d"] as const).map((pace) => {
        const told = pace.endsWith("h") ? [] : ["arn:ticket"];
        return [`platform-gateway-objective-${pace}`, told, told];
      }),
    );
    assert.deepEqual(
      noted.map(({ logicalName, severity }) => [logicalName, severity]),
      composites.map(({ name, inputs }) => [name, JSON.parse(JSON.stringify(inputs.tags)).severity]),
    );
  });

  it("tells where both windows of a pace say so: pages for the fast ones, tickets for the slow", async () => {
    const composites = (await made()).ofType(compositeType);
    assert.deepEqual(
      composites.map(({ name, inputs }) => [name, inputs.alarmActions, inputs.okActions, inputs.tags]),
      (["1h", "6h", "1d", "3d"] as const).map((pace) => {
        const severity = pace.endsWith("h") ? "page" : "ticket";
        const id = `gateway-objective-${pace}`;
        return [`platform-${id}`, [`arn:${severity}`], [`arn:${severity}`], { signal: id, severity }];
      }),
    );
    for (const { name, inputs, madeFrom } of composites) {
      const rule = parseComposite(String(inputs.alarmRule));
      assert.deepEqual([...rule.children], [`${name}-1234567`, `${name}-now-1234567`]);
      assert.deepEqual(madeFrom.alarmRule, [name, `${name}-now`]);
      const [long = "", short = ""] = rule.children;
      assert.equal(rule.state({ [long]: "ALARM", [short]: "ALARM" }), "ALARM");
      assert.equal(rule.state({ [long]: "ALARM", [short]: "OK" }), "OK");
      assert.equal(rule.state({ [long]: "INSUFFICIENT_DATA", [short]: "ALARM" }), "OK");
      assert.ok(String(inputs.alarmDescription).length <= 1_024);
      assert.match(
        String(inputs.alarmDescription),
        /Runbook: https:\/\/example\.com\/runbooks\/gateway-objective-\d[hd]\.md$/,
      );
      assert.equal(new Set(composites.map((one) => one.inputs.alarmName)).size, 4);
    }
  });

  it("is a row of the coverage beside that of its API, which is still paid for", async () => {
    const { graph } = await made({}, "preview");
    const rows = coverageOf(graph, catalogue).rows.filter(({ type }) => type.endsWith("/api:Api"));
    assert.deepEqual(
      rows.map(({ kind, missing, costs }) => [kind, missing.length > 0, costs.length]),
      [
        ["gateway-objective", false, 0],
        ["api", true, 1],
      ],
    );
  });

  it("leaves out a pace that is off, and tells who an instance chose", async () => {
    const off = { off: "the traffic of a day is too little" } as const;
    const ticket = { severity: "ticket" } as const;
    const recording = await made({
      changes: {
        "gateway-objective-1h": off,
        "gateway-objective-1h-now": off,
        "gateway-objective-6h": ticket,
        "gateway-objective-6h-now": ticket,
      },
    });
    assert.equal(recording.ofType(alarmType).length, 6);
    assert.deepEqual(
      recording.ofType(compositeType).map(({ inputs }) => inputs.alarmActions),
      [["arn:ticket"], ["arn:ticket"], ["arn:ticket"]],
    );
  });

  it("says all that is wrong at once, before anything is made", async () => {
    let failure: unknown;
    const recording = await record(() => {
      const args = gatewayArgs({ answered: "100 %", changes: { "gateway-objective-3d": { off: "no" } } });
      try {
        new GatewayObjective("platform", args);
      } catch (error) {
        failure = error;
      }
    });
    assert.match(String(failure), /gateway objective "platform": answered must be 95 % or more and below 100 %/);
    assert.match(String(failure), /gateway-objective-3d and gateway-objective-3d-now are two halves of one alarm/);
    assert.deepEqual(recording.ofType("vigia:objective:GatewayObjective"), []);
  });
});
