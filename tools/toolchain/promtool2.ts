import { join } from "node:path";
import { root } from "../build.cjs";
import { type FoundTool, findTool, type GoTool, pinnedIn, type Surroundings } from "./gotool";

const prometheus = "github.com/prometheus/prometheus";
const folder = join(root, "tools", "toolchain", "promtool2");

/** promtool of the last line of Prometheus 2, for live tests only: AMP does not say of which line it is. Module version 0.55.1 is release 2.55.1. */
export async function promtool2Tool(): Promise<GoTool> {
  const version = (await pinnedIn(folder, prometheus)).replace(/^0/, "2");
  return {
    name: "promtool",
    version,
    module: folder,
    package: `${prometheus}/cmd/promtool`,
    // Without it promtool does not say its version.
    ldflags: `-s -w -X github.com/prometheus/common/version.Version=${version}`,
    tags: ["remove_all_sd"],
    versionArgs: ["--version"],
    buildMinutes: 5,
  };
}

/** Finds it, or builds it; says on the log what it does while that takes minutes. */
export const promtool2 = async (surroundings: Surroundings = {}): Promise<FoundTool> =>
  findTool(await promtool2Tool(), surroundings);
