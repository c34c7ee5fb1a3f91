import assert from "node:assert/strict";
import { promtool, promtoolTool, releaseOf } from "./promtool";

describe("promtool", () => {
  it("is pinned by its go.mod, whose version is that of the release", async () => {
    const { version, ldflags } = await promtoolTool();
    assert.match(version, /^3\.\d+\.\d+$/);
    assert.ok(ldflags.endsWith(`version.Version=${version}`));
    assert.equal(releaseOf("0.311.3"), "3.11.3");
    assert.equal(releaseOf("0.305.0"), "3.5.0");
    assert.throws(() => releaseOf("1.99.0"), /1\.99\.0 is no module version of Prometheus 3/);
  });

  it("is found, or made", async () => {
    const { version } = await promtool({ log: () => undefined });
    assert.match(version, /^3\./);
  }).timeout(900_000);
});
