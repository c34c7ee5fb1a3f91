import path from "node:path";
import { AssetArchive, StringAsset } from "@pulumi/pulumi/asset/index.js";
import { buildSync } from "esbuild";

declare const VIGIA_ROOT: string | undefined;

/** The project's folder. The program does not run where its sources lie: what bundles it writes the folder in. */
const root = typeof VIGIA_ROOT === "string" ? VIGIA_ROOT : path.resolve(__dirname, "../..");

/** Node.js as Lambda runs it, and for esbuild. The newest that the provider knows. */
export const runtime = { name: "nodejs24.x", target: "node24" } as const;

const bundles = new Map<string, string>();

/**
 * The code of a function: its TypeScript entry with all that it imports, in one file. It takes some tens of milliseconds, each entry once a process, so that
 * no bundle can be older than its sources; equal sources give equal code, on every machine. The AWS SDK is left out, because the runtime brings it.
 * @param entry from the project's folder
 * @throws Error with file and line where it does not compile
 */
export function bundled(entry: string): string {
  const known = bundles.get(entry);
  if (known !== undefined) return known;
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: runtime.target,
    external: ["@aws-sdk/*", "@smithy/*"],
    // Readable, because a stack trace in the log names its lines.
    minify: false,
    keepNames: true,
    charset: "utf8",
    logLevel: "silent",
  });
  const code = outputFiles.map(({ text }) => text).join("");
  bundles.set(entry, code);
  return code;
}

/** What Lambda gets: `index.js`, and further files beside it. */
export const archiveOf = (code: string, files: Readonly<Record<string, string>> = {}): AssetArchive =>
  new AssetArchive(
    Object.fromEntries(
      Object.entries({ "index.js": code, ...files }).map(([name, text]) => [name, new StringAsset(text)]),
    ),
  );
