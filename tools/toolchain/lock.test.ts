import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { withLock } from "./lock";

describe("a lock", () => {
  let folder: string;
  let file: string;
  const options = { log: () => undefined, what: "x", times: { beat: 20, dead: 200, poll: 10 } };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vigia-test-"));
    file = join(folder, "lock");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("lets one work at a time, for longer than a dead one is waited for", async () => {
    let at = 0;
    let most = 0;
    const work = async () => {
      at += 1;
      most = Math.max(most, at);
      await wait(300);
      at -= 1;
    };
    await Promise.all([1, 2].map(() => withLock(file, options, work)));
    assert.equal(most, 1);
  });

  it("is given back when the work fails", async () => {
    await assert.rejects(
      withLock(file, options, () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(existsSync(file), false);
  });

  it("of a holder that is silent for too long is taken over", async () => {
    writeFileSync(file, "1\n");
    const long = new Date(Date.now() - 10_000);
    utimesSync(file, long, long);
    assert.equal(await withLock(file, options, async () => "done"), "done");
  });
});
