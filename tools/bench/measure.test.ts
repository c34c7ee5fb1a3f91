import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { measure } from "./measure";

const node = (program: string) => measure(process.execPath, ["-e", program], process.cwd());
const mebibytes = 2 ** 20;

/** A program that fills so much memory, keeps it for half a second, and says "done". */
const filling = (size: number) =>
  `const held = Buffer.alloc(${size} * 2 ** 20, 1); setTimeout(() => console.log("done", held.length > 0), 500);`;

describe("a measured run", () => {
  before(function () {
    if (!existsSync("/proc/self/smaps_rollup")) this.skip();
  });

  it("tells what the program said, and how long it ran", async () => {
    const { stdout, wall } = await node('setTimeout(() => console.log("hello"), 300)');
    assert.equal(stdout, "hello\n");
    assert.ok(wall >= 0.3);
  });

  it("counts the memory that the program holds", async () => {
    const { memory } = await node(filling(200));
    assert.ok(memory > 200 * mebibytes, `${memory / mebibytes} MiB`);
  });

  it("counts memory and processor time of what the program starts", async () => {
    const inner = `${filling(200)} const end = process.cpuUsage().user + 2e5; while (process.cpuUsage().user < end);`;
    const { memory, cpu } = await node(
      `require("node:child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(inner)}])`,
    );
    assert.ok(memory > 200 * mebibytes, `${memory / mebibytes} MiB`);
    assert.ok(cpu >= 0.2, `${cpu} s`);
  });

  it("of a program that fails is an error with what it said", async () => {
    await assert.rejects(node('console.error("out of milk"); process.exit(3)'), /ended with code 3:\nout of milk/);
  });

  it("of a program that is not there is an error", async () => {
    await assert.rejects(measure("/nowhere/program", [], process.cwd()), /ENOENT/);
  });
});
