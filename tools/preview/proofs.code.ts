import { createHash } from "node:crypto";
import { buildSync } from "esbuild";
import { root } from "../build.cjs";

/**
 * A digest of what some modules do, with all that they import: comments, types and layout do not count. What is found by code need not be
 * found again while its digest is the same.
 * @param entries paths from the folder
 * @param apart imports, as they are written, that do not count: what code reads there must be told in another way
 * @throws Error for a module that does not compile
 */
export function codeDigest(
  entries: readonly string[],
  { apart = [], folder = root }: { apart?: readonly string[]; folder?: string } = {},
): string {
  const { outputFiles } = buildSync({
    entryPoints: [...entries],
    absWorkingDir: folder,
    outdir: "digested",
    bundle: true,
    write: false,
    minifySyntax: true,
    minifyWhitespace: true,
    // Short names follow from how often each letter stands in the source, that of its types included: a digest with them would change for nothing.
    minifyIdentifiers: false,
    legalComments: "none",
    platform: "node",
    format: "cjs",
    target: "node20",
    external: [...apart],
    logLevel: "silent",
  });
  const hash = createHash("sha256");
  for (const { text } of outputFiles) hash.update(`${text.length}\n${text}`);
  return hash.digest("hex");
}
