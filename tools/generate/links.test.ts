import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brokenLinks, treeOf } from "./links";
import { anchorsIn, linksIn } from "./markdown";

const tree = (pages: Readonly<Record<string, string>>) => ({
  files: new Set(Object.keys(pages)),
  read: (path: string) => pages[path] ?? assert.fail(`${path} was read`),
});
const others = { "docs/deploy.md": "# Deploy\n\n## First steps\n", "infra/queue.ts": "a\nb\n" };
/** What is said of one link in docs/page.md. */
const said = (target: string) =>
  brokenLinks(tree({ ...others, "docs/page.md": `# Page\n\nSee [it](${target}).\n` })).map((problem) =>
    problem.replace(`docs/page.md:3: the link (${target}) is broken: `, ""),
  );

describe("the link check", () => {
  for (const target of [
    "deploy.md",
    "./deploy.md#first-steps",
    "../docs/deploy.md?plain=1#deploy",
    "#page",
    "/docs/deploy.md",
    "../infra",
    "../infra/",
    "..",
    "../infra/queue.ts#L2",
    "../infra/queue.ts#L1-L3",
    "https://example.com/gone.md#nowhere",
    "mailto:a@example.com",
    "//example.com/x",
  ])
    it(`takes ${target}`, () => assert.deepEqual(said(target), []));

  const broken: Readonly<Record<string, string>> = {
    "deplay.md": "there is no docs/deplay.md; did you mean docs/deploy.md?",
    "Deploy.md": "there is no docs/Deploy.md; did you mean docs/deploy.md?",
    "deploy.md#first-step": "docs/deploy.md has no heading #first-step; did you mean #first-steps?",
    "#First-Steps": "docs/page.md has no heading #First-Steps",
    "../../other/a.md": "../other/a.md lies outside of the project",
    "../infra#queue": "infra is a folder, which has no headings",
    "../infra/queue.ts#L9": "infra/queue.ts has 3 lines, and the link is to line 9",
    "../infra/queue.ts#x":
      "#x means nothing in infra/queue.ts, which is no page: link to the file, or to a line (#L12)",
    "100%.md": "a % in it is followed by no two hexadecimal digits",
    "": "the link is empty",
  };
  for (const [target, problem] of Object.entries(broken))
    it(`refuses ${target || "an empty link"}`, () => assert.deepEqual(said(target), [problem]));

  it("names page and line of each broken link", () => {
    const page = "# A\n\n[x](gone.md) and ![y](gone.png)\n\n[z]: lost.md\n<a href='away.md'>here</a>\n";
    assert.deepEqual(
      brokenLinks(tree({ "README.md": page })).map((problem) => problem.split(" is broken")[0]),
      [
        "README.md:3: the link (gone.md)",
        "README.md:3: the link (gone.png)",
        "README.md:5: the link (lost.md)",
        "README.md:6: the link (away.md)",
      ],
    );
  });

  it("sees what git tracks or would track, and not what it ignores or what is gone", () => {
    const root = mkdtempSync(join(tmpdir(), "links-"));
    try {
      execFileSync("git", ["init", "--quiet"], { cwd: root });
      for (const name of [".gitignore", "new.md", "kept.md", "gone.md", "out.md"])
        writeFileSync(join(root, name), "out.md");
      execFileSync("git", ["add", "kept.md", "gone.md"], { cwd: root });
      rmSync(join(root, "gone.md"));
      assert.deepEqual([...treeOf(root).files].sort(), [".gitignore", "kept.md", "new.md"]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("says that it needs git's list of files, where there is none", () => {
    const root = mkdtempSync(join(tmpdir(), "links-"));
    try {
      assert.throws(() => treeOf(root), /asks git which files belong to .*: run it in a clone/);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe("links of a page", () => {
  const targets = (page: string) => linksIn(page).map(({ target }) => target);

  it("are read with titles, in angle brackets, with parentheses, and around images", () => {
    assert.deepEqual(targets("[a](b.md 'title') [c](<d e.md>) [f](g_(h).md) [![i](j.svg)](k.md)"), [
      "b.md",
      "d e.md",
      "g_(h).md",
      "j.svg",
      "k.md",
    ]);
  });

  it("are not read in code or comments", () => {
    const page =
      "`[a](b.md)` ``x ` [c](d.md)``\n\n```md\n[e](f.md)\n```\n\n~~~~\n```\n[g](h.md)\n~~~~\n<!-- [i](j.md)\n[k](l.md) -->\n[m](n.md)";
    assert.deepEqual(linksIn(page), [{ target: "n.md", line: 13 }]);
  });

  it("are read after a lone backtick, and after a fence that is closed by a longer one", () => {
    assert.deepEqual(targets("a ` b\n\n[c](d.md) `"), ["d.md"]);
    assert.deepEqual(targets("```\n[a](b.md)\n````\n[c](d.md)"), ["d.md"]);
  });
});

describe("anchors of a page", () => {
  const anchors = (page: string) => [...anchorsIn(page)];

  it("are those that GitHub makes of headings", () => {
    const page =
      "# What it is, and `why.ts`?\n## Über *das* snake_case [Ding](x.md) ##\nUnder\n=====\n### A -- B & C\n#no heading\n";
    assert.deepEqual(anchors(page), ["what-it-is-and-whyts", "über-das-snake_case-ding", "under", "a----b--c"]);
  });

  it("are numbered where headings repeat, and skip code", () => {
    assert.deepEqual(anchors("# A\n## A\n```\n# B\n```\n### A-1\n"), ["a", "a-1", "a-1-1"]);
  });

  it("are those that a page sets itself, too", () => {
    assert.deepEqual(anchors('<a id="here"></a>\n\n<h2 class="x" id=\'there\'>T</h2>'), ["here", "there"]);
  });

  it("are not the rows of a table or a list above a rule", () => {
    assert.deepEqual(anchors("| a |\n|---|\n\n- item\n---\n"), []);
  });
});
