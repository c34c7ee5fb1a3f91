import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { queueKind } from "../../infra/queue/queue.kind";
import { toyKind } from "../../infra/signal/rule.fixtures";
import { proveKinds, provenFile, provenIn, provenText, ruleTestsOf } from "./proven";

describe("what promtool has proven", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vigia-test-"));
    mkdirSync(join(folder, "generated"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("holds for exactly the rules and the test that it ran, and not for another threshold", () => {
    const tests = ruleTestsOf([toyKind]);
    writeFileSync(join(folder, provenFile), provenText(tests));
    const proven = provenIn(folder);
    assert.deepEqual(tests.map(proven), [true, true]);
    const changed = toyKind.ruleTest("toy-backlog", { threshold: 101 });
    assert.ok(changed);
    assert.equal(proven(changed), false);
    const [backlog] = tests;
    assert.ok(backlog);
    assert.equal(proven({ ...backlog, test: `${backlog.test} ` }), false);
  });

  it("is nothing where nothing was recorded", () => {
    assert.deepEqual(ruleTestsOf([toyKind]).map(provenIn(folder)), [false, false]);
  });

  it("needs no promtool where there is no rule", async () => {
    const nowhere = { env: { PATH: "", VIGIA_CACHE: folder }, log: () => undefined };
    assert.equal(await proveKinds([queueKind], nowhere), "{}\n");
    await assert.rejects(proveKinds([toyKind], nowhere), /there is no Go to build it with/);
  });

  it("is written in the same order whatever the order of the kinds", () => {
    const tests = ruleTestsOf([toyKind]);
    assert.equal(provenText(tests), provenText([...tests].reverse()));
  });

  it("has no test for information and for alarms of CloudWatch, and no verdict for rules", () => {
    assert.equal(toyKind.ruleTest("toy-odd"), undefined);
    assert.equal(toyKind.ruleTest("nothing"), undefined);
    assert.equal(toyKind.verdict("toy-backlog"), undefined);
  });
});
