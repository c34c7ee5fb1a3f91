import assert from "node:assert/strict";
import { catalogue } from "../../infra/signal/catalogue";
import type { Kind } from "../../infra/signal/kind";
import type { Verdict } from "../../infra/signal/proof";
import { lookupIn } from "./proofs";
import { info } from "./testing";

/** A catalogue of one signal with that verdict, which counts how often it is proven. */
function catalogueWith(verdict: Verdict | undefined) {
  const asked: unknown[] = [];
  const kind: Pick<Kind, "signals" | "verdict" | "ruleTest"> = {
    signals: [info("queue-oldest-message")],
    ruleTest: () => undefined,
    verdict: (_, change) => {
      asked.push(change?.threshold);
      return verdict;
    },
  };
  return { asked, lookup: lookupIn({ kinds: [kind as Kind] }) };
}

const problem = { rule: "metric", level: "error", message: "no such metric" } as const;

describe("the proof of a signal", () => {
  for (const [what, verdict, steps] of [
    ["passes lint and proof", { lint: [], failures: [] }, ["lint", "evaluated"]],
    ["passes the lint alone", { lint: [], failures: ["fires when it is fine"] }, ["lint"]],
    ["passes the proof alone", { lint: [problem], failures: [] }, ["evaluated"]],
    ["passes nothing", { lint: [problem], failures: ["never fires"] }, []],
    ["has no alarm", undefined, []],
  ] as const) {
    it(`reaches ${steps.join(" and ") || "no step"} when it ${what}`, () => {
      assert.deepEqual(catalogueWith(verdict).lookup.proofsOf("queue-oldest-message"), steps);
    });
  }

  it("is done once for a threshold, whoever is told", () => {
    const { asked, lookup } = catalogueWith({ lint: [], failures: [] });
    lookup.proofsOf("queue-oldest-message");
    lookup.proofsOf("queue-oldest-message", { severity: "ticket" });
    lookup.proofsOf("queue-oldest-message", { threshold: "5 minutes" });
    lookup.proofsOf("queue-oldest-message", { threshold: "5 minutes", severity: "page" });
    assert.deepEqual(asked, [undefined, "5 minutes"]);
  });

  it("names a signal that only another version of the policy pack knows", () => {
    assert.throws(
      () => catalogueWith(undefined).lookup.proofsOf("queue-lost"),
      /the signal "queue-lost", which the catalogue lacks/,
    );
  });

  it("is whole for every alarm of the project's own catalogue", () => {
    const lookup = lookupIn(catalogue);
    const alarms = catalogue.kinds.flatMap(({ signals }) => signals.filter(({ severity }) => severity !== undefined));
    assert.ok(alarms.length > 0);
    for (const { id, golden } of alarms) {
      assert.deepEqual(lookup.proofsOf(id), ["lint", "evaluated"], id);
      assert.equal(lookup.goldenOf(id), golden);
    }
  });
});
