import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as random from "@pulumi/random";
import * as grafana from "@pulumiverse/grafana";
import { startEngine, summary, type TestEngine } from "./testing";

const program =
  (
    change: {
      readonly image?: string;
      readonly label?: string;
      readonly title?: string;
      readonly length?: number;
    } = {},
  ): PulumiFn =>
  async () => {
    const labels = { app: change.label ?? "shop" };
    new kubernetes.core.v1.ConfigMap("settings", { data: { level: "info" } });
    new kubernetes.core.v1.Namespace("shop", { metadata: { name: "shop" } });
    new kubernetes.apps.v1.Deployment("shop", {
      metadata: { name: "shop", namespace: "shop" },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: "shop", image: change.image ?? "shop:1" }] } },
      },
    });
    new kubernetes.apiextensions.CustomResource("scrape", {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      spec: { selector: {} },
    });
    const folder = new grafana.oss.Folder("boards", { title: change.title ?? "Boards" });
    new grafana.oss.Dashboard("queues", { folder: folder.uid, configJson: "{}" });
    const suffix = new random.RandomId("suffix", { byteLength: change.length ?? 4 });
    return { uid: folder.uid, suffix: suffix.hex };
  };

describe("the stand-in for kubernetes, grafana and random", () => {
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await startEngine({});
  });
  afterEach(() => engine.close());

  it("makes objects with names, namespaces and ids in their form, and finds nothing to do the second time", async () => {
    const made = await engine.up(program());
    assert.equal(made.failed, false, made.said);
    const ids = new Map(
      engine.cloud.resources().map(({ urn, id }) => [urn.split("$").at(-1)?.split(":").slice(-3).join(":") ?? "", id]),
    );
    const idOf = (end: string): string => [...ids].find(([urn]) => urn.endsWith(end))?.[1] ?? "";
    assert.match(idOf("ConfigMap::settings"), /^default\/settings-[0-9a-f]{8}$/);
    assert.equal(idOf("Namespace::shop"), "shop");
    assert.equal(idOf("Deployment::shop"), "shop/shop");
    assert.match(idOf("PodMonitor::scrape"), /^default\/scrape-[0-9a-f]{8}$/);
    assert.match(idOf("Folder::boards"), /^1:[0-9a-f]+$/);
    const { uid, suffix } = await engine.stack.outputs();
    assert.equal(idOf("Folder::boards"), `1:${String(uid?.value)}`);
    assert.match(String(suffix?.value), /^[0-9a-f]{8}$/);
    assert.deepEqual(summary((await engine.up(program())).steps), []);
  });

  it("updates in place, and replaces what cannot be changed", async () => {
    await engine.up(program());
    const { steps } = await engine.preview(program({ image: "shop:2", title: "All boards" }));
    assert.deepEqual(summary(steps).sort(), ["update Deployment shop", "update Folder boards"]);
    const deployment = steps.find(({ type }) => type.endsWith(":Deployment"));
    assert.deepEqual(deployment?.diff, ["spec.template.spec.containers[0].image: update"]);

    const replaced = summary((await engine.preview(program({ label: "crm", length: 8 }))).steps);
    assert.deepEqual(
      replaced.filter((step) => step.endsWith("RandomId suffix")),
      ["create-replacement RandomId suffix", "replace RandomId suffix", "delete-replaced RandomId suffix"],
    );
    // The Deployment's name is chosen: the new one cannot exist beside it.
    assert.deepEqual(
      replaced.filter((step) => step.endsWith("Deployment shop")),
      ["delete-replaced Deployment shop", "replace Deployment shop", "create-replacement Deployment shop"],
    );
  });
});
