import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { codeDigest } from "./proofs.code";

const judge = `import { limit } from "./limit";
import { rows } from "./rows";
/** Whether it is too much. */
export function isBad(value: number): boolean {
  const most: number = limit * rows.length;
  return value > most;
}
`;
const sources = {
  "judge.ts": judge,
  "limit.ts": "export const limit = 5;\nexport const unused = 1;\n",
  "rows.ts": 'export const rows = ["a"];\n',
};

describe("the digest of code", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  function digest(change: Partial<typeof sources> = {}, apart: readonly string[] = []): string {
    const folder = mkdtempSync(join(tmpdir(), "vigia-code-"));
    folders.push(folder);
    for (const [path, text] of Object.entries({ ...sources, ...change })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return codeDigest(["judge.ts"], { apart, folder });
  }

  for (const [what, change] of Object.entries<Partial<typeof sources>>({
    "the folder": {},
    "a comment": { "judge.ts": `// Why.\n/*! @license none */\n${judge.replace("too much", "more")}` },
    "the layout": { "judge.ts": judge.replaceAll("\n  ", "\n\t\t") },
    "a type": { "judge.ts": judge.replace("most: number", "most: 5 | number") },
    "what nothing uses": { "limit.ts": "export const limit = 5;\nexport const unused = 2;\n" },
  })) {
    it(`is the same whatever ${what}`, () => assert.equal(digest(change), digest()));
  }

  for (const [what, change] of Object.entries<Partial<typeof sources>>({
    "an operator": { "judge.ts": judge.replace("value > most", "value >= most") },
    "what it imports": { "limit.ts": "export const limit = 6;\n" },
    "the name of what it gives": { "judge.ts": judge.replace("isBad", "isTooMuch") },
  })) {
    it(`differs with ${what}`, () => assert.notEqual(digest(change), digest()));
  }

  it("leaves apart what is told in another way", () => {
    const more = { "rows.ts": 'export const rows = ["a", "b"];\n' };
    assert.notEqual(digest(more), digest());
    assert.equal(digest(more, ["./rows"]), digest({}, ["./rows"]));
  });

  it("is none of code that does not compile", () => {
    assert.throws(() => digest({ "judge.ts": "export const = 1;" }), /judge\.ts:1:13: ERROR: Expected identifier/);
  });
});
