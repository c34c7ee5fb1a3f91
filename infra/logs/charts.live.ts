import assert from "node:assert/strict";
import { parse } from "yaml";
import { type Chart, rendered } from "../../tools/live/helm";
import { orSkipped } from "../../tools/live/unavailable";
import { defaultVersion } from "../cluster/cluster.versions";
import { type Recording, record } from "../kit/recorder";
import { Logs } from "./logs";
import { usual } from "./logs.fixtures";
import { releaseType } from "./logs.kind";
import { scrapedPods } from "./logs.watch";
import { lokiLabels } from "./loki.values";
import { shipperLabels } from "./shipper.values";

const at = (from: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (found, key) =>
      typeof found === "object" && found !== null ? Object.getOwnPropertyDescriptor(found, key)?.value : undefined,
    from,
  );
const list = (found: unknown): readonly unknown[] => (Array.isArray(found) ? found : []);
const text = (found: unknown): string => (typeof found === "string" ? found : "");

/** What a chart is given, as the component hands it over. */
function given(recording: Recording, release: string): Chart {
  const { name, namespace, chart, version, repositoryOpts, values } = recording.one(releaseType, release).inputs;
  return {
    release: text(name),
    namespace: text(namespace),
    chart: text(chart),
    version: text(version),
    repository: text(at(repositoryOpts, "repo")),
    values,
  };
}

describe("the charts, rendered by a real Helm", function () {
  this.timeout(120_000);
  let recording: Recording;
  before(async () => {
    recording = await record(() => new Logs("logs", usual()));
  });

  /** The objects of a release; the test is skipped where it cannot be had. */
  async function objects(context: Mocha.Context, release: string) {
    return orSkipped(context, async () => {
      const all = await rendered(given(recording, release), `${defaultVersion}.0`);
      return (kind: string) => all.filter((one) => at(one, "kind") === kind);
    });
  }

  it("make three Lokis of the values, by the names under which all else finds them", async function () {
    const of = await objects(this, "logs-loki");
    const [set, ...others] = of("StatefulSet");
    assert.deepEqual(others, []);
    assert.equal(at(set, "spec", "replicas"), 3);
    const pod = at(set, "spec", "template");
    for (const [label, value] of Object.entries(lokiLabels("logs-loki")))
      assert.equal(at(pod, "metadata", "labels", label), value);
    assert.equal(at(pod, "spec", "serviceAccountName"), "logs-loki");
    assert.equal(at(pod, "spec", "automountServiceAccountToken"), false);
    assert.equal(at(pod, "spec", "securityContext", "runAsNonRoot"), true);
    assert.equal(list(at(pod, "spec", "containers")).length, 1);
    const container = at(pod, "spec", "containers", 0);
    assert.equal(at(container, "securityContext", "readOnlyRootFilesystem"), true);
    assert.match(text(at(container, "image")), /:3\.7\.8$/);
    const spread = list(at(pod, "spec", "topologySpreadConstraints"));
    assert.equal(at(spread, 0, "topologyKey"), "topology.kubernetes.io/zone");
    const mounted = list(at(container, "volumeMounts")).map((one) => at(one, "mountPath"));
    for (const path of ["/var/loki", "/etc/loki/rules", "/tmp"]) assert.ok(mounted.includes(path), path);
    const service = of("Service").find((one) => at(one, "metadata", "name") === "logs-loki");
    assert.ok(list(at(service, "spec", "ports")).some((port) => at(port, "port") === 3_100));
    // A second budget for its pods, and no node could be drained.
    assert.deepEqual(
      ["PodDisruptionBudget", "Role", "ClusterRole"].flatMap((kind) => of(kind)),
      [],
    );
  });

  it("hand Loki the configuration that was checked, word for word", async function () {
    const of = await objects(this, "logs-loki");
    const files = of("ConfigMap").flatMap((map) => text(at(map, "data", "config.yaml")) || []);
    const whole: unknown = parse(text(at(given(recording, "logs-loki").values, "loki", "config")));
    assert.deepEqual(
      files.map((file): unknown => parse(file)),
      [whole],
    );
  });

  it("make a shipper of every node, by the name under which the collector finds them", async function () {
    const of = await objects(this, "logs-shipper");
    const pod = at(of("DaemonSet"), 0, "spec", "template");
    for (const [label, value] of Object.entries(shipperLabels("logs-shipper")))
      assert.equal(at(pod, "metadata", "labels", label), value);
    assert.equal(at(pod, "spec", "serviceAccountName"), "logs-shipper");
    assert.equal(list(at(pod, "spec", "containers")).length, 1);
    assert.equal(at(pod, "spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"), true);
    const { shipper } = scrapedPods("logs", { namespace: "logs", shippers: "shippers" });
    const service = of("Service").find((one) => at(one, "metadata", "name") === shipper.service);
    assert.equal(at(service, "spec", "clusterIP"), "None");
    const file = of("ConfigMap").map((map) => text(at(map, "data", "config.alloy")));
    assert.deepEqual(
      file.map((one) => one.trim()),
      [text(at(given(recording, "logs-shipper").values, "alloy", "configMap", "content")).trim()],
    );
    assert.deepEqual(of("ClusterRole"), []);
  });
});
