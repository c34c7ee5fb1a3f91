/** Draws boards with Grafana's own components in headless Chromium. */
import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";
import { root } from "../../build.cjs";
import { cacheFolder } from "../../toolchain/gotool";
import { withLock } from "../../toolchain/lock";
import type { Picture } from "./answers";

const run = promisify(execFile);
type Say = (line: string) => void;

/** Installs Grafana's components once, into the cache, with exactly the packages of their lock file. */
async function components(say: Say): Promise<string> {
  const source = join(root, "tools", "boards", "picture");
  const { dependencies } = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  const place = join(cacheFolder(process.env), "grafana-ui", String(dependencies["@grafana/ui"]));
  const isThere = () =>
    stat(join(place, "node_modules")).then(
      () => true,
      () => false,
    );
  if (await isThere()) return place;
  await mkdir(join(place, ".."), { recursive: true });
  return withLock(`${place}.lock`, { log: say, what: "Grafana's components" }, async () => {
    if (await isThere()) return place;
    const draft = `${place}.${process.pid}.tmp`;
    say(`installing Grafana's components into ${place}`);
    await mkdir(draft, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) await copyFile(join(source, file), join(draft, file));
    try {
      await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: draft });
      await rename(draft, place);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return place;
  });
}

/** The one module of Grafana's that esbuild reads as Node would: its default is not itself there, but within. */
const scrollbars = (modules: string): Plugin => ({
  name: "scrollbars",
  setup(given) {
    const name = "react-custom-scrollbars-2";
    given.onResolve({ filter: new RegExp(`^${name}$`) }, ({ namespace }) =>
      namespace === name ? undefined : { path: name, namespace: name },
    );
    given.onLoad({ filter: /./, namespace: name }, () => ({
      contents: `export { Scrollbars as default } from "${name}"`,
      resolveDir: modules,
    }));
  },
});

/** The page's program, with all that it needs. */
export async function bundle(folder: string, say: Say): Promise<void> {
  const modules = join(await components(say), "node_modules");
  await build({
    entryPoints: [join(root, "tools", "boards", "picture", "page.js")],
    nodePaths: [modules],
    plugins: [scrollbars(modules)],
    bundle: true,
    minify: true,
    format: "iife",
    outfile: join(folder, "page.js"),
    define: { "process.env.NODE_ENV": '"production"', global: "window" },
    loader: { ".svg": "text", ".ttf": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".png": "dataurl" },
    logLevel: "error",
  });
}

/** @throws Error with the way out where there is none */
export async function chromium(): Promise<string> {
  for (const name of ["chromium", "chromium-browser", "google-chrome"])
    try {
      return (await run("which", [name])).stdout.trim();
    } catch {}
  throw new Error("Chromium is not on PATH: install it, for example by `apt-get install chromium`");
}

/** @returns the file of the picture */
export async function draw(
  folder: string,
  out: string,
  browser: string,
  { name, ...picture }: Picture,
): Promise<string> {
  const page = join(folder, `${name}.html`);
  const data = JSON.stringify(picture).replaceAll("<", "\\u003c");
  await writeFile(
    page,
    `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="page.css"><body><div id="root"></div><script>window.picture=${data}</script><script src="page.js"></script>`,
  );
  const high = Math.max(...picture.board.panels.map(({ gridPos: { y, h } }) => y + h)) * 38 + 70;
  const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  const { stderr } = await run(browser, [
    "--headless",
    "--no-sandbox",
    ...quiet,
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--enable-logging=stderr",
    `--user-data-dir=${join(folder, "browser")}`,
    `--window-size=1600,${high}`,
    "--virtual-time-budget=5000",
    `--screenshot=${join(out, `${name}.png`)}`,
    `file://${page}`,
  ]);
  // An error in the page would else be an empty picture.
  const failed = /ERROR:CONSOLE|Uncaught .*?(?=", source)/.exec(stderr)?.[0];
  if (failed) throw new Error(`${name} could not be drawn: ${failed}`);
  return join(out, `${name}.png`);
}
