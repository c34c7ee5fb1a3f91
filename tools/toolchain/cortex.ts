import { join } from "node:path";
import { root } from "../build.cjs";
import { type FoundTool, findTool, type GoTool, pinnedIn, type Surroundings } from "./gotool";

const module = "github.com/cortexproject/cortex";
const folder = join(root, "tools", "toolchain", "cortex");

/** Cortex, the family of engines that AMP is of, for live tests only: in the version that tools/toolchain/cortex/go.mod requires. */
export async function cortexTool(): Promise<GoTool> {
  const version = await pinnedIn(folder, module);
  return {
    name: "cortex",
    version,
    module: folder,
    package: `${module}/cmd/cortex`,
    // Without it it does not say its version.
    ldflags: `-s -w -X main.Version=${version}`,
    versionArgs: ["-version"],
    buildMinutes: 10,
  };
}

/** Finds Cortex, or builds it; says on the log what it does while that takes minutes. */
export const cortex = async (surroundings: Surroundings = {}): Promise<FoundTool> =>
  findTool(await cortexTool(), surroundings);
