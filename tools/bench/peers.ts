import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build.cjs";

/** Where the packages lie that are only compared with: not in the project's own package.json, so that `npm ci` stays small. */
const folder = join(root, "tools", "bench");

/** Package to version. */
export type Versions = Readonly<Record<string, string>>;

function pinned(): Versions {
  const { dependencies }: { dependencies: Versions } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return dependencies;
}

function installed(name: string): string | undefined {
  try {
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"),
    );
    return version;
  } catch {
    return undefined;
  }
}

/**
 * Installs the peers in the versions of tools/bench/package-lock.json, unless they are there already.
 * @param say takes one line for a person
 * @throws Error where npm cannot install them
 */
export async function installPeers(say: (line: string) => void): Promise<Versions> {
  const versions = pinned();
  if (Object.entries(versions).every(([name, version]) => installed(name) === version)) return versions;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  say(`installing what the bench compares with (npm ci --prefix tools/bench): ${names.join(", ")}`);
  const child = spawn("npm", ["ci", "--prefix", folder, "--no-audit", "--no-fund"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code !== 0)
    throw new Error(`npm ci --prefix tools/bench ended with code ${code}: the bench needs ${names.join(", ")}`);
  return versions;
}
