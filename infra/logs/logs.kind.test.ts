import assert from "node:assert/strict";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { watcher } from "../cluster/inside.fixtures";
import { record } from "../kit/recorder";
import { logsKind, releaseType } from "./logs.kind";
import { watchLogs } from "./logs.watch";

const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";

describe("the kind of logs", () => {
  it("watches charts that exist already, in any program", async () => {
    const recording = await record(() => {
      const loki = new Release("loki", { chart: "loki" });
      const shipper = new Release("shipper", { chart: "alloy" });
      return watchLogs("logs", { loki, shipper }, { perDay: "1 GiB", watcher });
    });
    assert.equal(recording.ofType(rules).length, 1);
    const [loki, shipper] = recording.graph.ofType(releaseType);
    assert.ok(loki && shipper);
    assert.equal(logsKind.view(loki, recording.graph).role, "loki");
    assert.equal(logsKind.view(shipper, recording.graph).role, "shipper");
  });

  it("stands its lint", () => {
    for (const { id } of logsKind.signals) assert.deepEqual(logsKind.ruleTest(id)?.lint ?? [], [], id);
  });

  it("covers every golden signal, and wakes a person only when lines are lost", () => {
    const golden = new Set(logsKind.signals.map((signal) => signal.golden));
    assert.deepEqual([...golden].sort(), ["availability", "errors", "latency", "saturation", "traffic"]);
    const pages = logsKind.signals.filter(({ severity }) => severity === "page").map(({ id }) => id);
    assert.deepEqual(pages, ["logs-quorum-lost"]);
  });
});
