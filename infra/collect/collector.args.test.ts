import assert from "node:assert/strict";
import { watcher } from "../cluster/inside.fixtures";
import { record } from "../kit/recorder";
import { Collector } from "./collector";
import type { CollectorArgs } from "./collector.args";
import { usual } from "./collector.fixtures";

describe("the arguments of a collector", () => {
  const refused = (given: Partial<CollectorArgs>, message: RegExp, name = "agents") =>
    assert.rejects(
      record(() => new Collector(name, usual(given))),
      (error: Error) => error instanceof RangeError && message.test(error.message),
      String(message),
    );
  const gateway = (url: string, status?: readonly number[]) => ({
    probes: { gateway: { url, ...(status && { status }) } },
  });
  const loki = { service: "loki", namespace: "logs", port: 3_100 };

  it("are refused with what is right", async () => {
    await refused({}, /its name has up to 40 lower-case letters/, "Agents");
    await refused({}, /its name must not be that of the cluster/, "main");
    await refused({ network: "10.0.0.0" }, /network must be an IPv4 network/);
    await refused({ namespace: "Monitoring" }, /namespace must be a name of Kubernetes/);
    await refused({ memory: 64 }, /memory must be 256 MiB or more, got 64/);
    await refused({ slowProbe: 20 }, /slowProbe must be above 0 and below 15 seconds, got 20/);
    await refused(gateway("http://api.example.com/"), /probes\.gateway\.url must be an address with https/);
    await refused(gateway("https://api.example.com:8443/"), /without a port/);
    await refused(gateway("api"), /probes\.gateway\.url must be an address with https/);
    await refused(gateway("https://api.example.com/", []), /probes\.gateway\.status must be numbers/);
    await refused({ pods: { probe: loki } }, /not allowed are collector, postgres-exporter, probe/);
    await refused({ pods: { loki: { ...loki, port: 0 } } }, /pods\.loki\.port must be from 1 to 65535/);
    await refused({ pods: { loki: { ...loki, labels: { cluster: "main" } } } }, /cluster and collector are set by/);
    await refused(
      { images: { blackbox: "quay.io/prometheus/blackbox-exporter:latest" } },
      /images\.blackbox must have/,
    );
    await refused(
      { watcher: { actions: watcher.actions, runbooks: watcher.runbooks } },
      /its watcher needs the workspace/,
    );
    await refused({ changes: { "collector-silent": { off: " " } } }, /"collector-silent" is off without a reason/);
  });

  it("are refused all at once", async () => {
    await refused({ network: "all", memory: 1 }, /network must be[\s\S]*\n[\s\S]*memory must be/);
  });
});
