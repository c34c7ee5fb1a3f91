import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../build.cjs";

const run = (code: string): unknown => {
  const lazy = join(root, "tools", "engine", "lazy.cjs");
  return JSON.parse(
    execFileSync(process.execPath, ["-r", lazy, "-e", code], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
};
const loaded = `Object.keys(require.cache).filter((file) => /node_modules.(typescript|@npmcli.arborist)./.test(file)).length > 0`;

describe("the lazy loader", () => {
  it("keeps the SDK from loading what it needs only to serialise functions", () => {
    assert.equal(run(`require("@pulumi/pulumi"); console.log(${loaded})`), false);
  });

  it("lets the SDK have it when it does serialise one", () => {
    const serialised = run(
      `const { runtime } = require("@pulumi/pulumi");
runtime.serializeFunction(() => 41 + 1).then(({ text }) => console.log(JSON.stringify([text.includes("41 + 1"), ${loaded}])));`,
    );
    assert.deepEqual(serialised, [true, true]);
  });

  it("gives the project's own code its packages at once", () => {
    assert.equal(
      run(`console.log(JSON.stringify(Object.keys(require("typescript")).includes("createProgram")))`),
      true,
    );
  });
});
