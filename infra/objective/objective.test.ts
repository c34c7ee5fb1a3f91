import assert from "node:assert/strict";
import { parse } from "yaml";
import { z } from "zod";
import { type Recording, record } from "../kit/recorder";
import { catalogue } from "../signal/catalogue";
import { coverageOf } from "../signal/coverage";
import { insteadOfService } from "./instead";
import { Objective } from "./objective";
import type { ObjectiveArgs } from "./objective.args";
import { objectiveSignals } from "./objective.signals";
import { paces } from "./paces";
import { shopArgs, watcher } from "./testing";

const namespaceType = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";
const labels = z.record(z.string(), z.string());
const file = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      interval: z.string(),
      rules: z.array(
        z.union([
          z.object({ alert: z.string(), expr: z.string(), for: z.string(), labels }),
          z.object({ record: z.string(), expr: z.string(), labels }),
        ]),
      ),
    }),
  ),
});

const made = (changed: Partial<ObjectiveArgs> = {}, name = "shop"): Promise<Recording> =>
  record(() => void new Objective(name, shopArgs(changed)), "preview");
const groupsOf = (recording: Recording) =>
  file.parse(parse(String(recording.ofType(namespaceType)[0]?.inputs.data))).groups;
const alertsOf = (recording: Recording) =>
  groupsOf(recording).flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [rule] : [])));
const recordsOf = (recording: Recording) =>
  groupsOf(recording).flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [rule] : [])));

describe("an objective", () => {
  it("is one namespace of rules, known in a preview, which depends on what answers", async () => {
    const recording = await made();
    const [namespace, ...others] = recording.ofType(namespaceType);
    assert.deepEqual(others, []);
    assert.deepEqual([namespace?.parent, namespace?.dependsOn], ["shop", ["shop"]]);
    assert.equal(recording.one("vigia:objective:Objective", "shop").outputs?.answered, 99.9);
  });

  it("records before it alerts: each series once, pages by the minute, what moves slowly every five", async () => {
    const groups = groupsOf(await made());
    assert.deepEqual(
      groups.map(({ name, interval }) => [name, interval]),
      [
        ["1m", "1m"],
        ["5m", "5m"],
      ],
    );
    for (const { rules } of groups) {
      const kinds = rules.map((rule) => "record" in rule);
      assert.deepEqual(
        kinds,
        kinds.toSorted((one, other) => Number(other) - Number(one)),
      );
    }
    const series = recordsOf(await made()).map(({ record, labels, expr }) => JSON.stringify([record, labels, expr]));
    assert.equal(new Set(series).size, series.length);
    const first = groups[0]?.rules.slice(0, 2).map((rule) => ("record" in rule ? rule.record : ""));
    assert.deepEqual(first, ["objective:requests:per_minute", "objective:failed:per_minute"]);
  });

  it("tells by four paces for each promise, with limits that follow what is promised", async () => {
    const alerts = alertsOf(await made());
    assert.deepEqual(
      alerts.map(({ labels: { signal, severity }, expr, for: pending }) => [
        signal,
        severity,
        expr.split(" > ")[1],
        pending,
      ]),
      [
        ["objective-errors-1h", "page", "1.44", "2m"],
        ["objective-errors-6h", "page", "0.6", "5m"],
        ["objective-latency-1h", "page", "14.4", "2m"],
        ["objective-latency-6h", "page", "6", "5m"],
        ["objective-errors-1d", "ticket", "0.3", "15m"],
        ["objective-errors-3d", "ticket", "0.1", "15m"],
        ["objective-latency-1d", "ticket", "3", "15m"],
        ["objective-latency-3d", "ticket", "1", "15m"],
      ],
    );
    for (const { labels } of alerts)
      assert.deepEqual([labels.component, labels.service, labels.kind], ["shop", "shop", "objective"]);
  });

  it("asks for just its service, and for the bucket of what is acceptable", async () => {
    const records = recordsOf(await made());
    const raw = records.filter(({ expr }) => expr.includes("http_request"));
    for (const { expr, labels } of raw) {
      const selectors = expr.match(/\{[^}]*\}/g) ?? [];
      for (const one of selectors) assert.match(one, /cluster="main", namespace="shop", service="shop"/);
      assert.equal(labels.objective, "shop");
    }
    assert.match(JSON.stringify(raw), /le=~\\"0\\\\\.5\|0\\\\\.5\.0\\"|le=~\\"0\.5\|0\.5\.0\\"/);
    for (const { expr } of records.filter((one) => !raw.includes(one)))
      for (const one of expr.match(/\{[^}]*\}/g) ?? []) assert.match(one, /objective="shop"/);
  });

  it("counts what is left of the budget over its own window", async () => {
    const left = recordsOf(await made({ window: "7 days" })).filter(
      ({ record }) => record === "objective:budget_left:percent",
    );
    assert.equal(left.length, 2);
    assert.match(left[0]?.expr ?? "", /promise="errors"\}\[7d\].* \/ 0\.1$/);
    assert.match(left[1]?.expr ?? "", /promise="latency"\}\[7d\].* \/ 1$/);
  });

  it("is a row of the coverage beside that of its deployment, which stays the service's", async () => {
    const { graph } = await made();
    const rows = coverageOf(graph, catalogue).rows.filter(({ type }) => type.endsWith(":Deployment"));
    assert.deepEqual(
      rows.map(({ kind, name, missing, signals }) => [kind, name, missing.length > 0, signals.length]),
      [
        ["objective", "shop", false, Object.keys(objectiveSignals).length],
        // Nobody watches the deployment itself here.
        ["service", "shop", true, rows[1]?.signals.length],
      ],
    );
  });

  it("does what an instance changed", async () => {
    const recording = await made({
      changes: {
        "objective-errors-1h": { threshold: "2 %" },
        "objective-latency-3d": { off: "batches at night are slow" },
      },
    });
    const alerts = alertsOf(recording);
    assert.match(alerts.find(({ labels }) => labels.signal === "objective-errors-1h")?.expr ?? "", / > 2$/);
    assert.ok(!alerts.some(({ labels }) => labels.signal === "objective-latency-3d"));
  });

  it("has no rules where nobody scrapes, and says why", async () => {
    const { prometheus: _, ...unscraped } = watcher;
    const recording = await made({ watcher: unscraped });
    assert.deepEqual(recording.ofType(namespaceType), []);
    const row = coverageOf(recording.graph, catalogue).rows.find(({ kind }) => kind === "objective");
    assert.equal(row?.notApplicable[0]?.reason, "no collector scrapes its cluster");
  });

  it("pages instead of the alarms that know a moment only", () => {
    assert.deepEqual(Object.keys(insteadOfService), ["service-errors", "service-slow"]);
    for (const [name, { severity }] of Object.entries(paces))
      for (const what of ["errors", "latency"] as const) {
        const signal: { alarm?: { severity: string } } | undefined = Object.entries(objectiveSignals).find(
          ([id]) => id === `objective-${what}-${name}`,
        )?.[1];
        assert.equal(signal?.alarm?.severity, severity);
      }
  });

  const { prometheus: _, ...unscraped } = watcher;
  const refused: readonly [what: string, args: Partial<ObjectiveArgs>, message: RegExp, name?: string][] = [
    ["over 100 %", { answered: "120 %" }, /answered must be 95 % or more and below 100 %.*, got "120 %"/],
    ["of 100 %", { answered: "100 %" }, /answered must be .* of 100 % there is none, got "100 %"/],
    ["that no outage breaks fast enough", { answered: "90 %" }, /not even a total outage .*, got "90 %"/],
    ["that is no share", { answered: "high" as "1 %" }, /answered: "high" is not a share: write "80 %"/],
    ["of all requests in time", { inTime: "100 %" }, /inTime must be 95 % or more and below 100 %/],
    [
      "whose time is no bucket",
      { acceptable: "0.7 seconds" },
      /acceptable must be an edge of the service's histogram: 0.05 seconds, .*, got "0.7 seconds"/,
    ],
    ["over no day", { window: "12 hours" }, /window must be whole days, 1 to 90 of them, got "12 hours"/],
    ["over half a day more", { window: "36 hours" }, /window must be whole days/],
    ["over a year", { window: "365 days" }, /window must be whole days, 1 to 90 of them, got "365 days"/],
    [
      "off without a reason",
      { changes: { "objective-errors-1h": { off: " " } } },
      /"objective-errors-1h" is off without a reason/,
    ],
    ["without a workspace", { scraped: true, watcher: unscraped }, /its rules need a workspace/],
    ["of nothing that can be a service", {}, /its name is that of its service/, "Shop"],
  ];
  for (const [what, args, message, name] of refused)
    it(`${what} is refused before anything is made`, async () => {
      let failure: unknown;
      const recording = await record(() => {
        const args_ = shopArgs(args);
        try {
          new Objective(name ?? "shop", args_);
        } catch (error) {
          failure = error;
        }
      });
      assert.match(String(failure), message);
      assert.deepEqual(recording.ofType("vigia:objective:Objective"), []);
    });
});
