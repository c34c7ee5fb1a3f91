import { join } from "node:path";
import { root } from "../build.cjs";
import { type FoundTool, findTool, type GoTool, pinnedIn, type Surroundings } from "./gotool";

const module = "github.com/grafana/loki/v3";
const folder = join(root, "tools", "toolchain", "loki");

/** Loki itself, for live tests only: in the version that tools/toolchain/loki/go.mod requires. */
export async function lokiTool(): Promise<GoTool> {
  const version = await pinnedIn(folder, module);
  return {
    name: "loki",
    version,
    module: folder,
    package: `${module}/cmd/loki`,
    // Without it it does not say its version.
    ldflags: `-s -w -X ${module}/pkg/util/build.Version=${version}`,
    versionArgs: ["-version"],
    buildMinutes: 20,
  };
}

/** Finds Loki, or builds it; says on the log what it does while that takes minutes. */
export const loki = async (surroundings: Surroundings = {}): Promise<FoundTool> =>
  findTool(await lokiTool(), surroundings);
