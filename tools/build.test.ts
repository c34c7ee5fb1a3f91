import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildPack, compile, root, sourceLines } from "./build.cjs";

const load = createRequire(__filename);

describe("the compiler of what runs", () => {
  let folder: string;
  const write = (file: string, text: string): string => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    return join(folder, file);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vigia-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("runs what an imported file says now, however often it changes, and also when it changes back", () => {
    const entry = write("entry.ts", 'export { word } from "./word";\n');
    const words = ["one", "two", "one"].map((word) => {
      write("word.ts", `export const word: string = "${word}";\n`);
      return load(compile(entry)).word;
    });
    assert.deepEqual(words, ["one", "two", "one"]);
  });

  it("gives the same bundle for the same sources", () => {
    const entry = write("entry.ts", "export const x: number = 1;\n");
    assert.equal(compile(entry), compile(entry));
  });

  it("finds packages of the project, and the project, from a bundle", () => {
    const build = JSON.stringify(join(root, "tools", "build.cjs"));
    const entry = write(
      "entry.ts",
      `import { parse } from "yaml";\nimport { root } from ${build};\nexport { parse, root };\n`,
    );
    const bundle = load(compile(entry));
    assert.deepEqual(bundle.parse("a: 1"), { a: 1 });
    assert.equal(bundle.root, root);
  });

  it("names file, line and column of what does not compile", () => {
    const entry = write("entry.ts", "export const fine = 1;\nexport const = 2;\n");
    assert.throws(() => compile(entry), /entry\.ts does not compile:\n {2}.*entry\.ts:2:14: Expected/);
    write("entry.ts", 'import "./absent";\n');
    assert.throws(() => compile(entry), /entry\.ts:1:8: Could not resolve "\.\/absent"/);
  });

  it("translates a bundle's stack trace to the lines of the sources, and leaves other text alone", () => {
    const entry = write("entry.ts", "export function fail(): never {\n  throw new Error('milk');\n}\n");
    const { fail } = load(compile(entry));
    assert.throws(fail, ({ stack }: Error) => {
      assert.match(String(stack), /\.cjs:\d+:\d+/);
      assert.match(sourceLines(String(stack)), /at fail \(.*entry\.ts:2:9\)/);
      return true;
    });
    const other = "at x (/nowhere/a.0123456789abcdef.cjs:1:2) and /some/file.cjs:3:4";
    assert.equal(sourceLines(other), other);
  });

  describe("of a policy pack", () => {
    const pack =
      'import { PolicyPack } from "@pulumi/policy";\nimport { word } from "../word";\nconsole.log(word, PolicyPack.name);\n';
    const run = (at: string) => spawnSync(process.execPath, ["."], { cwd: at, encoding: "utf8" });

    beforeEach(() => {
      write("word.ts", 'export const word = "first";\n');
      write("pack/index.ts", pack);
      write("pack/package.json", '{ "name": "p", "version": "1.0.0", "main": "dist/index.js" }\n');
      symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    });

    it("makes a folder that works alone, with its own two dependencies", () => {
      const alone = join(folder, "elsewhere", "alone");
      cpSync(buildPack(join(folder, "pack")), alone, { recursive: true });
      rmSync(join(folder, "word.ts"));
      mkdirSync(join(alone, "node_modules"));
      symlinkSync(join(root, "node_modules", "@pulumi"), join(alone, "node_modules", "@pulumi"));
      rmSync(join(folder, "node_modules"));
      assert.equal(run(alone).stdout, "first PolicyPack\n");
    });

    it("refuses to start beside sources that have changed since, until it is built again", () => {
      const at = buildPack(join(folder, "pack"));
      write("word.ts", 'export const word = "second";\n');
      const refused = run(at);
      assert.notEqual(refused.status, 0);
      assert.match(
        refused.stderr,
        /word\.ts has changed since the policy pack was built: run `node tools\/build\.cjs pack`/,
      );
      buildPack(at);
      assert.equal(run(at).stdout, "second PolicyPack\n");
    });

    it("is written only where it differs", () => {
      const at = buildPack(join(folder, "pack"));
      const file = join(at, "dist", "index.js");
      const before = [statSync(file).ino, readFileSync(file, "utf8")];
      buildPack(at);
      assert.deepEqual([statSync(file).ino, readFileSync(file, "utf8")], before);
    });

    it("may not take a provider's package, and the message names the file that does", () => {
      write("word.ts", 'import { sqs } from "@pulumi/aws";\nexport const word = sqs;\n');
      assert.throws(() => buildPack(join(folder, "pack")), /takes .*@pulumi\/aws.* \(imported by .*word\.ts\)/);
    });

    it("is built from the command line too", () => {
      execFileSync(process.execPath, [join(root, "tools", "build.cjs"), "pack", join(folder, "pack")]);
      assert.equal(run(join(folder, "pack")).stdout, "first PolicyPack\n");
    });
  });
});
