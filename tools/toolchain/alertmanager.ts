import { join } from "node:path";
import { root } from "../build.cjs";
import { type FoundTool, findTool, type GoTool, pinnedIn, type Surroundings } from "./gotool";

const module = "github.com/prometheus/alertmanager";
const folder = join(root, "tools", "toolchain", "alertmanager");

/** A program of Alertmanager as a tool that can be found or built, in the version that tools/toolchain/alertmanager/go.mod requires. */
export async function alertmanagerTool(name: "alertmanager" | "amtool"): Promise<GoTool> {
  const version = await pinnedIn(folder, module);
  return {
    name,
    version,
    module: folder,
    package: `${module}/cmd/${name}`,
    // Without it neither says its version.
    ldflags: `-s -w -X github.com/prometheus/common/version.Version=${version}`,
    versionArgs: ["--version"],
    buildMinutes: 2,
  };
}

/** Finds amtool, which checks configurations and routes, or builds it. */
export const amtool = async (surroundings: Surroundings = {}): Promise<FoundTool> =>
  findTool(await alertmanagerTool("amtool"), surroundings);

/** Finds Alertmanager itself, or builds it. */
export const alertmanager = async (surroundings: Surroundings = {}): Promise<FoundTool> =>
  findTool(await alertmanagerTool("alertmanager"), surroundings);
