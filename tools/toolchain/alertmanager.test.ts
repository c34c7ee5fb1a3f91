import assert from "node:assert/strict";
import { alertmanagerTool, amtool } from "./alertmanager";

describe("Alertmanager", () => {
  it("is pinned by its go.mod, and both its programs say so", async () => {
    for (const name of ["alertmanager", "amtool"] as const) {
      const { version, ldflags, package: main } = await alertmanagerTool(name);
      assert.match(version, /^0\.\d+\.\d+$/);
      assert.ok(ldflags.endsWith(`version.Version=${version}`));
      assert.equal(main, `github.com/prometheus/alertmanager/cmd/${name}`);
    }
  });

  it("has its amtool found, or made", async () => {
    const { version } = await amtool({ log: () => undefined });
    assert.match(version, /^0\./);
  }).timeout(600_000);
});
