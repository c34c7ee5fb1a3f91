import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { parseStat, processes, proportionalMemory, treeOf } from "./processes";

const line = (pid: number, name: string, parent: number, pages = 0) =>
  `${pid} (${name}) S ${parent} 7 7 0 -1 4194560 100 0 0 0 150 50 30 10 20 0 11 0 12345 1000000 ${pages} 18446744073709551615`;

describe("a process as the kernel tells it", () => {
  it("has processor time in seconds, that of its ended children apart, and memory in pages", () => {
    assert.deepEqual(parseStat(line(41, "node", 7, 5_000)), {
      pid: 41,
      parent: 7,
      cpu: 2,
      childrenCpu: 0.4,
      pages: 5_000,
    });
  });

  it("may have any name", () => {
    for (const name of ["a b", "x) S 99 (y", "((", "MainThread"]) assert.equal(parseStat(line(41, name, 7)).parent, 7);
  });
});

describe("a tree of processes", () => {
  const all = [
    line(1, "init", 0),
    line(10, "bench", 1),
    line(11, "cli", 10),
    line(12, "pack", 11),
    line(13, "other", 1),
  ].map(parseStat);

  it("is a process with all that descend from it, and no other", () => {
    assert.deepEqual(
      treeOf(10, all).map(({ pid }) => pid),
      [10, 11, 12],
    );
  });

  it("is empty when the process has ended", () => {
    assert.deepEqual(treeOf(99, all), []);
  });
});

describe("the machine's processes", () => {
  before(function () {
    // Only Linux has them; the bench itself says so and ends.
    if (!existsSync("/proc/self/smaps_rollup")) this.skip();
  });

  it("include this one, with its parent and its memory", () => {
    const own = processes().find(({ pid }) => pid === process.pid);
    assert.equal(own?.parent, process.ppid);
    assert.ok((own?.pages ?? 0) > 1_000);
    const memory = proportionalMemory(process.pid);
    assert.ok(memory > 2 ** 20 && memory <= process.resourceUsage().maxRSS * 1024, `${memory} bytes`);
  });

  it("have no memory once they have ended", () => {
    // Beyond the largest that Linux gives (2 to the 22nd).
    assert.equal(proportionalMemory(2 ** 23), 0);
  });
});
