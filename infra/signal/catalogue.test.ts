import assert from "node:assert/strict";
import { catalogue } from "./catalogue";

for (const kind of catalogue.kinds) {
  describe(`alarms of the kind ${kind.name}`, () => {
    for (const { id, title, severity, backend } of kind.signals) {
      // A Prometheus rule is proven by promtool: tools/promtool/proven.test.ts.
      if (severity === undefined || backend === "amp") continue;
      it(`${id} fires, stays quiet, clears, and treats missing data as recorded (${title.toLowerCase()})`, () => {
        const verdict = kind.verdict(id);
        assert.deepEqual(verdict, { lint: [], failures: [] });
      });
    }

    it("have no verdict for information", () => {
      for (const { id, severity } of kind.signals)
        if (severity === undefined) assert.equal(kind.verdict(id), undefined);
    });
  });
}
