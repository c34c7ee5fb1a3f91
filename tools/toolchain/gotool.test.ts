import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { cacheFolder, findTool, fits, type GoTool, pinnedIn, versionIn } from "./gotool";

const versions = fc.tuple(fc.nat(20), fc.nat(400), fc.nat(20));
const text = (version: readonly number[]) => version.join(".");

describe("a version", () => {
  it("is read with or without a v, alone or in a sentence", () => {
    assert.equal(versionIn("v3.250.0\n"), "3.250.0");
    assert.equal(
      versionIn("promtool, version 3.5.0 (branch: HEAD, revision: 8be3a9560fbdd18a94dedec4b747c35178177202)"),
      "3.5.0",
    );
    assert.equal(versionIn("3.251.0-alpha.1"), "3.251.0");
    assert.equal(versionIn(""), undefined);
    assert.equal(versionIn("no version here, only 1.2"), undefined);
  });

  it("fits when it is the pinned one or a later one of the same major number", () => {
    assert.equal(fits("3.250.0", "3.250.0"), true);
    assert.equal(fits("3.251.0", "3.250.4"), true);
    assert.equal(fits("3.100.0", "3.250.0"), false);
    assert.equal(fits("4.300.0", "3.250.0"), false);
    assert.equal(fits("3.250", "3.250.0"), false);
  });

  it("fits exactly one way round when two of a major number differ", () => {
    fc.assert(
      fc.property(versions, versions, ([major, ...a], [, ...b]) => {
        const [one, two] = [text([major, ...a]), text([major, ...b])];
        return one === two ? fits(one, two) : fits(one, two) !== fits(two, one);
      }),
    );
  });
});

describe("the cache's folder", () => {
  it("is VIGIA_CACHE, else below XDG_CACHE_HOME, else below the home", () => {
    assert.equal(cacheFolder({ VIGIA_CACHE: "/a", XDG_CACHE_HOME: "/b", HOME: "/c" }), "/a");
    assert.equal(cacheFolder({ VIGIA_CACHE: "", XDG_CACHE_HOME: "/b", HOME: "/c" }), "/b/vigia");
    assert.equal(cacheFolder({ HOME: "/c" }), "/c/.cache/vigia");
  });
});

describe("a tool", () => {
  let folder: string;
  let lines: string[];
  const script = (file: string, body: string): string => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const prints = (word: string) => `echo ${word}`;
  const tool = (more: Partial<GoTool> = {}): GoTool => ({
    name: "lamp",
    version: "2.4.0",
    module: join(folder, "module"),
    package: "example.com/lamp",
    ldflags: "-s",
    versionArgs: ["version"],
    buildMinutes: 4,
    ...more,
  });
  const find = (more: Partial<GoTool> = {}) =>
    findTool(tool(more), {
      env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, VIGIA_CACHE: join(folder, "cache") },
      log: (line) => void lines.push(line),
    });
  /** A Go that notes each build and makes a program of it. */
  const go = (version = "go1.25.11") =>
    script(
      "bin/go",
      `if [ "$1" = env ]; then echo ${version}; exit; fi
echo "$@ in $PWD with $GOFLAGS" >> ${folder}/builds
sleep 0.2
printf '#!/bin/sh\\necho 2.4.0\\n' > "$3"
chmod +x "$3"`,
    );
  const builds = () =>
    existsSync(join(folder, "builds")) ? readFileSync(join(folder, "builds"), "utf8").trim().split("\n") : [];
  const place = () => join(folder, "cache", "lamp");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vigia-test-"));
    lines = [];
    mkdirSync(join(folder, "module"));
    writeFileSync(join(folder, "module", "go.mod"), "module x\n\ngo 1.25.11\n\nrequire example.com/lamp v2.4.0\n");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is taken from PATH where its version fits", async () => {
    const path = script("bin/lamp", prints("v2.5.1"));
    assert.deepEqual(await find(), { path, version: "2.5.1", from: "PATH" });
    assert.deepEqual(lines, []);
  });

  it("on PATH with another version is named in one line, and the search goes on to the cache", async () => {
    const path = script("bin/lamp", prints("2.3.9"));
    const cached = script("cache/lamp/2.4.0/bin/lamp", prints("2.4.0"));
    assert.deepEqual(await find(), { path: cached, version: "2.4.0", from: "cache" });
    assert.deepEqual(lines, [`${path} is version 2.3.9; 2.4.0 or a later 2.x is needed: looking further`]);
  });

  it("on PATH that says no version, or fails, is passed over too", async () => {
    script("cache/lamp/2.4.0/bin/lamp", prints("2.4.0"));
    for (const body of ["true", "exit 3"]) {
      const path = script("bin/lamp", body);
      assert.equal((await find()).from, "cache");
      assert.equal(lines.pop(), `${path} does not say its version; 2.4.0 or a later 2.x is needed: looking further`);
    }
  });

  it("comes from its installer before it is built", async () => {
    go();
    const found = await find({
      install: async (target) => void script(`${target.slice(folder.length + 1)}/bin/lamp`, prints("2.4.0")),
    });
    assert.deepEqual(found, { path: join(place(), "2.4.0", "bin", "lamp"), version: "2.4.0", from: "installer" });
    assert.deepEqual(builds(), []);
    assert.deepEqual(readdirSync(place()), ["2.4.0"]);
  });

  it("is built where the installer fails or brings nothing, with a line that says why", async () => {
    go();
    const found = await find({ install: () => Promise.reject(new Error("host unreachable\nand more")) });
    assert.equal(found.from, "build");
    assert.ok(lines.includes("lamp 2.4.0 could not be installed (host unreachable): going on"), lines.join("\n"));
    rmSync(place(), { recursive: true });
    assert.equal((await find({ install: async () => undefined })).from, "build");
  });

  it("is built from its module with the checksums that stand there, into the cache", async () => {
    go();
    assert.deepEqual(await find(), { path: join(place(), "2.4.0", "bin", "lamp"), version: "2.4.0", from: "build" });
    const [build] = builds();
    assert.match(build ?? "", /^build -o \S+ -ldflags -s example\.com\/lamp in .*\/module with -mod=readonly/);
    assert.match(lines[0] ?? "", /^building lamp 2\.4\.0 from source, about 4 minutes, once/);
    assert.deepEqual(readdirSync(place()), ["2.4.0"]);
  });

  it("is built once for two that ask at the same time", async () => {
    go();
    const found = await Promise.all([find(), find()]);
    assert.deepEqual(found.map(({ from }) => from).sort(), ["build", "cache"]);
    assert.equal(builds().length, 1);
    assert.ok(lines.some((line) => line.startsWith("another process is making lamp 2.4.0")));
  });

  it("that Go can not build leaves nothing behind, and the error holds Go's own words and the ways out", async () => {
    script("bin/go", `[ "$1" = env ] && echo go1.26.0 || { echo 'module mismatch: checksum' >&2; exit 1; }`);
    await assert.rejects(find(), ({ message }: Error) => {
      assert.match(
        message,
        /lamp 2\.4\.0 could not be built with Go in .*module:\n {2}module mismatch: checksum\nWays out:/,
      );
      return true;
    });
    assert.deepEqual(readdirSync(place()), []);
  });

  it("needs Go of the module's version: without it, or with an older one, the error says the ways out", async () => {
    const ways = /Ways out:\n {2}- install lamp 2\.4\.0 and put it on PATH\n {2}- install Go 1\.25\.11 or newer/;
    const without = findTool(tool(), {
      env: { PATH: join(folder, "bin"), VIGIA_CACHE: join(folder, "cache") },
      log: () => undefined,
    });
    await assert.rejects(without, ({ message }: Error) => {
      assert.match(message, /^lamp 2\.4\.0 is not here, and there is no Go to build it with\./);
      assert.match(message, ways);
      return true;
    });
    go("go1.25.3");
    await assert.rejects(find(), ({ message }: Error) => {
      assert.match(message, /Go 1\.25\.3 is too old to build it/);
      assert.match(message, ways);
      return true;
    });
    assert.deepEqual(builds(), []);
  });

  it("is pinned by what the go.mod requires", async () => {
    assert.equal(await pinnedIn(join(folder, "module"), "example.com/lamp").catch(String), "2.4.0");
    await assert.rejects(
      pinnedIn(join(folder, "module"), "example.com/other"),
      /go\.mod does not require example\.com\/other/,
    );
  });
});
