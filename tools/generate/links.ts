/**
 * The link check: every relative link of every Markdown page leads to a file of the project, and to a heading that is there. Nothing is fetched. A link to
 * a file that git ignores is broken: nobody else has it.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { nearest } from "../../infra/kit/nearest";
import { anchorsIn, linksIn } from "./markdown";

/** The files of a project, by path from its root. */
export interface Tree {
  readonly files: ReadonlySet<string>;
  read(path: string): string;
}

const isElsewhere = (target: string) => /^[a-z][a-z\d+.-]*:|^\/\//i.test(target);
const isPage = (path: string) => /\.md$/i.test(path);

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The folders in which files lie, the root included as ".". */
function foldersOf(files: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set(["."]);
  for (const file of files)
    for (let folder = posix.dirname(file); folder !== "."; folder = posix.dirname(folder)) folders.add(folder);
  return folders;
}

const meant = (wanted: string, known: Iterable<string>, mark = "") => {
  const name = nearest(wanted, [...known]);
  return name === undefined ? "" : `; did you mean ${mark}${name}?`;
};

/** A checker for the pages of one tree. It reads each page that is linked to once. */
function checker({ files, read }: Tree) {
  const folders = foldersOf(files);
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsOf = (path: string) => {
    const known = anchors.get(path) ?? anchorsIn(read(path));
    anchors.set(path, known);
    return known;
  };

  const anchorProblem = (path: string, anchor: string): string | undefined => {
    if (isPage(path)) {
      const known = anchorsOf(path);
      return known.has(anchor) ? undefined : `${path} has no heading #${anchor}${meant(anchor, known, "#")}`;
    }
    const last = /^L\d+(?:-L(\d+))?$/.exec(anchor);
    if (!last) return `#${anchor} means nothing in ${path}, which is no page: link to the file, or to a line (#L12)`;
    const wanted = Number(last[1] ?? anchor.slice(1));
    const lines = read(path).split("\n").length;
    return wanted <= lines ? undefined : `${path} has ${lines} lines, and the link is to line ${wanted}`;
  };

  /** What is wrong with a link, or undefined. */
  return (page: string, target: string): string | undefined => {
    if (isElsewhere(target)) return undefined;
    if (target === "") return "the link is empty";
    const [address = "", fragment] = target.split(/#(.*)/s);
    const name = decoded(address.replace(/\?.*$/s, ""));
    const anchor = decoded(fragment ?? "");
    if (name === undefined || anchor === undefined) return "a % in it is followed by no two hexadecimal digits";
    const from = name.startsWith("/") ? "." : posix.dirname(page);
    const path = name === "" ? page : posix.normalize(posix.join(from, name)).replace(/(?<=.)\/$/, "");
    if (path === ".." || path.startsWith("../")) return `${path} lies outside of the project`;
    if (folders.has(path)) return fragment === undefined ? undefined : `${path} is a folder, which has no headings`;
    if (!files.has(path)) return `there is no ${path}${meant(path, files)}`;
    return fragment === undefined || fragment === "" ? undefined : anchorProblem(path, anchor);
  };
}

/** What is wrong with the links of all pages: one sentence each, with page, line and link. */
export function brokenLinks(tree: Tree): string[] {
  const problem = checker(tree);
  return [...tree.files]
    .filter(isPage)
    .sort()
    .flatMap((page) =>
      linksIn(tree.read(page)).flatMap(({ target, line }) => {
        const why = problem(page, target);
        return why === undefined ? [] : [`${page}:${line}: the link (${target}) is broken: ${why}`];
      }),
    );
}

function listed(root: string): string {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  try {
    return execFileSync("git", list, {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (cause) {
    throw new Error(`the link check asks git which files belong to ${root}, and git has no answer: run it in a clone`, {
      cause,
    });
  }
}

/**
 * The files that git tracks, or would when they are added.
 * @throws where the folder is no working tree of git
 */
export function treeOf(root: string): Tree {
  const names = listed(root).split("\0");
  return {
    files: new Set(names.filter((name) => name !== "" && existsSync(join(root, name)))),
    read: (path) => readFileSync(join(root, path), "utf8"),
  };
}

if (require.main === module) {
  const broken = brokenLinks(treeOf(resolve(__dirname, "../..")));
  for (const problem of broken) console.error(problem);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
