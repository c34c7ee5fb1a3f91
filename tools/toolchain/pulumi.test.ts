import assert from "node:assert/strict";
import { pinnedVersion, pulumiCommand, pulumiTool } from "./pulumi";
import { sdkVersion } from "./version";

describe("the Pulumi CLI", () => {
  it("is pinned by its go.mod, and says so when it is built", async () => {
    const version = await pinnedVersion();
    const { ldflags, package: main } = await pulumiTool();
    assert.match(version, /^3\.\d+\.\d+$/);
    assert.ok(ldflags.endsWith(`version.Version=${version}`));
    assert.equal(main, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi");
  });

  it("is found, or made, in a version that the Automation API takes", async () => {
    const command = await pulumiCommand();
    assert.ok(command.version);
    assert.ok(command.version.compare(sdkVersion(await pinnedVersion())) >= 0, String(command.version));
  }).timeout(600_000);
});
