// Plain JavaScript: it runs before anything is compiled.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { SourceMap } = require("node:module");
const path = require("node:path");

/** The project's folder. A bundle does not lie where its sources do, so `compile` writes the folder into it. */
const root = typeof VIGIA_ROOT === "string" ? VIGIA_ROOT : path.resolve(__dirname, "..");
const cache = path.join(root, "node_modules", ".cache", "vigia");
const day = 24 * 60 * 60 * 1000;

/** What a policy pack may take from its own node_modules; all else is bundled in. */
const packDependencies = ["@pulumi/policy", "@pulumi/pulumi"];

function bundle(entry, options) {
  const esbuild = require("esbuild");
  try {
    return esbuild.buildSync({
      entryPoints: [entry],
      absWorkingDir: root,
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      target: "node20",
      // Names are kept as far as they do not collide. To keep them all costs a call for each closure that is made, a twentieth of a preview's time.
      keepNames: false,
      logLevel: "silent",
      ...options,
    });
  } catch (error) {
    if (!error.errors) throw error;
    const lines = error.errors.map(({ location, text }) => {
      const at = location ? `${location.file}:${location.line}:${location.column + 1}: ` : "";
      return `  ${at}${text}`;
    });
    throw new Error(`${path.relative(root, entry)} does not compile:\n${lines.join("\n")}`);
  }
}

function writeAtomically(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, text);
  fs.renameSync(temporary, file);
}

function prune(folder, name) {
  for (const file of fs.readdirSync(folder)) {
    if (!file.startsWith(`${name}.`)) continue;
    const old = path.join(folder, file);
    const modified = fs.statSync(old, { throwIfNoEntry: false })?.mtimeMs;
    if (modified !== undefined && Date.now() - modified > day) fs.rmSync(old, { force: true });
  }
}

/**
 * Bundles a TypeScript entry with all that it imports from the project; packages stay in node_modules. It always builds
 * (tens of milliseconds) and names the file by its content, so a bundle can not be older than its sources.
 *
 * @param {string} entry path of the entry, absolute or from the project's folder
 * @returns {string} absolute path of the bundle, CommonJS
 * @throws Error with file, line and column where the source does not compile
 */
function compile(entry) {
  const from = path.resolve(root, entry);
  const name = path
    .relative(root, from)
    .replace(/\.[cm]?tsx?$/, "")
    .replace(/[^\w-]+/g, "-");
  const { outputFiles } = bundle(from, {
    outfile: path.join(cache, `${name}.cjs`),
    packages: "external",
    // Beside the bundle and not named in it: reading it on each of the SDK's stack traces would slow the program down.
    sourcemap: "external",
    define: { VIGIA_ROOT: JSON.stringify(root) },
  });
  const code = outputFiles.find((file) => file.path.endsWith(".cjs")).text;
  const map = outputFiles.find((file) => file.path.endsWith(".map")).text;
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 16);
  const file = path.join(cache, `${name}.${hash}.cjs`);
  if (fs.existsSync(file) && fs.existsSync(`${file}.map`)) {
    const now = new Date();
    for (const used of [file, `${file}.map`]) fs.utimesSync(used, now, now);
    return file;
  }
  writeAtomically(`${file}.map`, map);
  writeAtomically(file, code);
  prune(cache, name);
  return file;
}

// Runs first in the bundled pack. In the project the pack must be what its sources say; alone (published, copied) it just runs.
const packGuard = (builder, sources) => `
(() => {
  const { createHash } = require("node:crypto");
  const { existsSync, readFileSync } = require("node:fs");
  const { join } = require("node:path");
  const sources = ${JSON.stringify(sources)};
  if (!existsSync(join(__dirname, ${JSON.stringify(builder)}))) return;
  for (const [file, hash] of Object.entries(sources)) {
    const at = join(__dirname, file);
    if (!existsSync(at) || createHash("sha256").update(readFileSync(at)).digest("hex") !== hash) {
      throw new Error(at + " has changed since the policy pack was built: run \`node tools/build.cjs pack\`");
    }
  }
})();
`;

/**
 * Bundles a policy pack, `index.ts` to `dist/index.js`. The folder then works alone with its own two dependencies. Run beside
 * sources that have changed since, the pack refuses to start.
 *
 * @param {string} [folder] the pack's folder, absolute or from the project's folder
 * @returns {string} absolute path of the pack's folder
 * @throws Error where it does not compile, or where it takes a package that it could not have when it is alone
 */
function buildPack(folder = "policies") {
  const pack = path.resolve(root, folder);
  const outfile = path.join(pack, "dist", "index.js");
  const { outputFiles, metafile } = bundle(path.join(pack, "index.ts"), {
    outfile,
    external: packDependencies.flatMap((name) => [name, `${name}/*`]),
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  const isOwn = (input) => !/(^|\/)node_modules\//.test(input);
  for (const input of inputs.filter(isOwn)) {
    const provider = metafile.inputs[input].imports.find(({ path: to }) => /node_modules\/@pulumi(verse)?\//.test(to));
    if (!provider) continue;
    const may = `a pack may import data and ${packDependencies.join(", ")} only`;
    throw new Error(`the policy pack takes ${provider.original ?? provider.path} (imported by ${input}): ${may}`);
  }
  const own = inputs.filter(isOwn).sort();
  const hash = (file) =>
    createHash("sha256")
      .update(fs.readFileSync(path.resolve(root, file)))
      .digest("hex");
  const fromPack = (file) => path.relative(path.dirname(outfile), path.resolve(root, file));
  const sources = Object.fromEntries(own.map((file) => [fromPack(file), hash(file)]));
  const code = `${packGuard(fromPack("tools/build.cjs"), sources)}${outputFiles[0].text}`;
  if (!fs.existsSync(outfile) || fs.readFileSync(outfile, "utf8") !== code) writeAtomically(outfile, code);
  return pack;
}

/**
 * Puts the TypeScript file and line in the place of each line of a bundle that `compile` made, as in a stack trace.
 *
 * @param {string} text any text
 * @returns {string} the text; unchanged where it names no bundle
 */
function sourceLines(text) {
  const maps = new Map();
  const mapOf = (file) => {
    if (!maps.has(file)) {
      const at = `${file}.map`;
      maps.set(file, fs.existsSync(at) ? new SourceMap(JSON.parse(fs.readFileSync(at, "utf8"))) : undefined);
    }
    return maps.get(file);
  };
  return text.replace(/(?:file:\/\/)?(\/[^\s():]+\.[0-9a-f]{16}\.cjs):(\d+):(\d+)/g, (whole, file, line, column) => {
    const found = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!found?.originalSource) return whole;
    const source = path.resolve(path.dirname(file), found.originalSource);
    return `${path.relative(root, source)}:${found.originalLine + 1}:${found.originalColumn + 1}`;
  });
}

module.exports = { root, compile, buildPack, sourceLines };

if (require.main === module && process.argv[2] === "pack")
  console.log(path.relative(process.cwd(), buildPack(process.argv[3])));
