import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import { root } from "../build.cjs";
import { type FoundTool, findTool, type GoTool, pinnedIn, type Surroundings } from "./gotool";
import { sdkVersion } from "./version";

const cliModule = "github.com/pulumi/pulumi/pkg/v3";
const folder = join(root, "tools", "toolchain", "pulumi");

/** How long the installer may take, in milliseconds: where its host does not answer, building is the surer way. */
const installLimit = 60_000;

/** The one version of the Pulumi CLI that this project is tested with: what tools/toolchain/pulumi/go.mod requires. */
export const pinnedVersion = (): Promise<string> => pinnedIn(folder, cliModule);

/** The Pulumi CLI as a tool that can be found or built. */
export async function pulumiTool(): Promise<GoTool> {
  const version = await pinnedVersion();
  return {
    name: "pulumi",
    version,
    module: folder,
    package: `${cliModule}/cmd/pulumi`,
    // Without it `pulumi version` prints nothing, and the Automation API refuses the CLI.
    ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`,
    versionArgs: ["version"],
    buildMinutes: 4,
    install: (target) => officialInstall(version, target),
  };
}

/** Finds the Pulumi CLI, or makes it; says on the log what it does while that takes minutes. */
export async function pulumiCli(surroundings: Surroundings = {}): Promise<FoundTool> {
  return findTool(await pulumiTool(), surroundings);
}

/** The Pulumi CLI as the Automation API takes it. */
export async function pulumiCommand(log?: Surroundings["log"]): Promise<PulumiCommand> {
  const { path, from } = await pulumiCli({ log });
  return PulumiCommand.get({ root: from === "PATH" ? undefined : dirname(dirname(path)), skipVersionCheck: true });
}

async function officialInstall(version: string, target: string): Promise<void> {
  const stop = new AbortController();
  const late = wait(installLimit, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`no answer within ${installLimit / 1000} s`);
  });
  try {
    await Promise.race([PulumiCommand.install({ version: sdkVersion(version), root: target }), late]);
  } finally {
    stop.abort();
    late.catch(() => undefined);
  }
}
