/** The rules on Prometheus 2 as well: `npm test` proves them on Prometheus 3, and AMP does not say of which line it is. */
import assert from "node:assert/strict";
import { cannotBeHad, orSkipped } from "../../tools/live/unavailable";
import { ruleTestsOf } from "../../tools/promtool/proven";
import { proveRules } from "../../tools/promtool/run";
import { promtool2 } from "../../tools/toolchain/promtool";
import { catalogue } from "./catalogue";

describe("the rules on Prometheus 2", function () {
  this.timeout(1_800_000);

  it("are accepted and proven as on Prometheus 3", async function () {
    const found = await orSkipped(this, () => promtool2({ log: console.log }).catch(cannotBeHad("promtool 2")));
    console.log(`promtool ${found.version}`);
    const tests = ruleTestsOf(catalogue.kinds);
    assert.ok(tests.length > 90);
    const wrong = [...(await proveRules(found.path, tests))].filter(([, messages]) => messages.length > 0);
    assert.deepEqual(wrong, []);
  });
});
