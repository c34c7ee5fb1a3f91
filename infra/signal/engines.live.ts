/** The rules on Prometheus 2 as well: `npm test` proves them on Prometheus 3, and AMP does not say of which line it is. */
import assert from "node:assert/strict";
import { lastWords } from "../../tools/live/rabbitmq";
import { ruleTestsOf } from "../../tools/promtool/proven";
import { proveRules } from "../../tools/promtool/run";
import { promtool2 } from "../../tools/toolchain/promtool";
import { catalogue } from "./catalogue";

describe("the rules on Prometheus 2", function () {
  this.timeout(1_800_000);

  it("are accepted and proven as on Prometheus 3", async function () {
    const found = await promtool2({ log: console.log }).catch((error: unknown) => {
      console.log(
        `skipped: promtool 2 cannot be had: ${lastWords(error instanceof Error ? error.message : String(error))}`,
      );
      return undefined;
    });
    if (!found) return this.skip();
    console.log(`promtool ${found.version}`);
    const tests = ruleTestsOf(catalogue.kinds);
    assert.ok(tests.length > 90);
    const wrong = [...(await proveRules(found.path, tests))].filter(([, messages]) => messages.length > 0);
    assert.deepEqual(wrong, []);
  });
});
