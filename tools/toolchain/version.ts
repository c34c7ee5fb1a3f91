import { createRequire } from "node:module";
import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";

/** A version as the Pulumi SDK takes it. */
export type SdkVersion = NonNullable<PulumiCommand["version"]>;

/** Made with the SDK's own copy of semver: it refuses the objects of another copy. */
export function sdkVersion(version: string): SdkVersion {
  const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { SemVer } = sdk("semver") as { SemVer: new (text: string) => SdkVersion };
  return new SemVer(version);
}
