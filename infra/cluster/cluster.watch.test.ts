import assert from "node:assert/strict";
import { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { record } from "../kit/recorder";
import { made } from "./cluster.recorded";
import { watcher } from "./cluster.testing";
import { watchCluster } from "./cluster.watch";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";
const scraper = "aws:amp/scraper:Scraper";

describe("the alarms of a cluster", () => {
  it("are made from its outputs, in a preview too", async () => {
    const recording = await made({}, "preview");
    const alarms = recording.ofType(alarm);
    assert.equal(alarms.length, 7);
    for (const { name, madeFrom } of alarms)
      assert.deepEqual(madeFrom.dimensions ?? madeFrom.metricQueries, ["main"], name);
  });

  it("name the cluster of its series by what is known before it exists", async () => {
    const recording = await made({}, "preview");
    const names = recording
      .ofType(rules)
      .map(({ name }) => name)
      .sort();
    assert.deepEqual(names, ["main", "main-logs", "main-nodes", "main-shop"]);
    for (const { inputs: own } of recording.ofType(rules)) assert.match(String(own.data), /cluster=\\?"main\\?"/);
    assert.ok(recording.one(rules, "main-nodes").dependsOn.includes("main"));
    assert.ok(recording.one(rules, "main-shop").dependsOn.includes("main-shop"));
  });

  it("need a collector where they are rules of Prometheus", async () => {
    const recording = await made({ scraping: undefined });
    assert.deepEqual(recording.ofType(rules), []);
    assert.deepEqual(recording.ofType(scraper), []);
    assert.equal(recording.ofType(alarm).length, 7);
  });

  it("can watch a cluster that exists already", async () => {
    const recording = await record(() => {
      const existing = new EksCluster("theirs", { roleArn: "arn", vpcConfig: { subnetIds: [] } });
      watchCluster("theirs", existing, { label: "theirs", scraped: false, watcher });
    });
    assert.equal(recording.ofType(alarm).length, 7);
    assert.deepEqual(recording.ofType(rules), []);
  });
});
