import { join } from "node:path";
import { root } from "../build.cjs";
import { type FoundTool, findTool, type GoTool, pinnedIn, type Surroundings } from "./gotool";
import { releaseOf } from "./promtool";

const module = "github.com/prometheus/prometheus";
const folder = join(root, "tools", "toolchain", "prometheus");

/** Prometheus itself, for live tests only: in the version that tools/toolchain/prometheus/go.mod requires, without service discovery. */
export async function prometheusTool(): Promise<GoTool> {
  const version = releaseOf(await pinnedIn(folder, module));
  return {
    name: "prometheus",
    version,
    module: folder,
    package: `${module}/cmd/prometheus`,
    ldflags: `-s -w -X github.com/prometheus/common/version.Version=${version}`,
    tags: ["remove_all_sd"],
    versionArgs: ["--version"],
    buildMinutes: 5,
  };
}

/** Finds Prometheus, or builds it; says on the log what it does while that takes minutes. */
export const prometheus = async (surroundings: Surroundings = {}): Promise<FoundTool> =>
  findTool(await prometheusTool(), surroundings);
