import { join } from "node:path";
import { root } from "../build.cjs";
import { type FoundTool, findTool, type GoTool, pinnedIn, type Surroundings } from "./gotool";

const prometheus = "github.com/prometheus/prometheus";

/** The release that a version of the Go module is: Prometheus 3.11.3 is module version 0.311.3 ("Prometheus as a library", RELEASE.md, 2026-11). */
export function releaseOf(moduleVersion: string): string {
  const [, major, minor, patch] = /^0\.(\d)(\d\d)\.(\d+)$/.exec(moduleVersion) ?? [];
  if (major === undefined) throw new Error(`${moduleVersion} is no module version of Prometheus 3: those are 0.3xx.y`);
  return `${major}.${Number(minor)}.${patch}`;
}

/** promtool as a tool that can be found or built, in the version that a Go module of the toolchain requires. */
async function toolOf(name: string, release: (moduleVersion: string) => string, buildMinutes: number): Promise<GoTool> {
  const folder = join(root, "tools", "toolchain", name);
  const version = release(await pinnedIn(folder, prometheus));
  return {
    name: "promtool",
    version,
    module: folder,
    package: `${prometheus}/cmd/promtool`,
    // Without it promtool does not say its version.
    ldflags: `-s -w -X github.com/prometheus/common/version.Version=${version}`,
    // Service discovery is most of the module, and no check of rules needs it.
    tags: ["remove_all_sd"],
    versionArgs: ["--version"],
    buildMinutes,
  };
}

export const promtoolTool = (): Promise<GoTool> => toolOf("promtool", releaseOf, 3);

/** Finds promtool, or builds it; says on the log what it does while that takes minutes. */
export const promtool = async (surroundings: Surroundings = {}): Promise<FoundTool> =>
  findTool(await promtoolTool(), surroundings);

/** The same of the last line of Prometheus 2, for live tests only: AMP does not say of which line it is. Module version 0.55.1 is release 2.55.1. */
export const promtool2 = async (surroundings: Surroundings = {}): Promise<FoundTool> =>
  findTool(await toolOf("promtool2", (version) => version.replace(/^0/, "2"), 5), surroundings);
