import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "../../infra/signal/catalogue";
import type { Kind } from "../../infra/signal/kind";
import type { Verdict } from "../../infra/signal/proof";
import { lookupIn } from "./proofs";
import { alarmsProvenFile, alarmsProvenText } from "./proofs.proven";
import { info } from "./testing";

/** A kind of one signal with that verdict, which counts how often it is proven. */
function kindWith(verdict: Verdict | undefined, evidence = "10 minutes of waiting are bad") {
  const asked: unknown[] = [];
  const kind: Pick<Kind, "signals" | "verdict" | "evidence" | "ruleTest"> = {
    signals: [info("queue-oldest-message")],
    ruleTest: () => undefined,
    evidence: (_, change) => verdict && `${evidence} ${change?.threshold}`,
    verdict: (_, change) => {
      asked.push(change?.threshold);
      return verdict;
    },
  };
  return { asked, kind: kind as Kind };
}

function catalogueWith(verdict: Verdict | undefined) {
  const { asked, kind } = kindWith(verdict);
  return { asked, lookup: lookupIn({ kinds: [kind] }) };
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

  it("of a rule stands where another severity is told", () => {
    const { proofsOf } = lookupIn(catalogue);
    assert.deepEqual(proofsOf("service-errors", { severity: "ticket" }), proofsOf("service-errors"));
    assert.deepEqual(proofsOf("service-errors", { severity: "ticket" }), ["lint", "evaluated"]);
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

describe("the proof of an alarm on record", () => {
  const sound: Verdict = { lint: [], failures: [] };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vigia-proven-"));
    mkdirSync(join(folder, "generated"));
    record(alarmsProvenText([kindWith(sound).kind]));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const record = (text: string) => writeFileSync(join(folder, alarmsProvenFile), text);

  function asked(verdict: Verdict | undefined, evidence?: string, threshold?: "5 minutes") {
    const { kind, asked } = kindWith(verdict, evidence);
    const steps = lookupIn({ kinds: [kind] }, folder).proofsOf("queue-oldest-message", threshold && { threshold });
    return { steps, evaluated: asked.length };
  }
  const whole = ["lint", "evaluated"];

  it("is not done again", () => {
    assert.deepEqual(asked(sound), { steps: whole, evaluated: 0 });
  });

  it("is done where something changed that it depends on, and is not believed", () => {
    assert.deepEqual(asked(sound, "11 minutes"), { steps: whole, evaluated: 1 });
    assert.deepEqual(asked({ lint: [], failures: ["fires when it is fine"] }, "11 minutes").steps, ["lint"]);
    assert.deepEqual(asked({ lint: [problem], failures: ["fires"] }, undefined, "5 minutes"), {
      steps: [],
      evaluated: 1,
    });
  });

  for (const [what, text] of Object.entries({
    "names no digest": "{}",
    "names a digest of something else": '{ "queue-oldest-message": "0badc0de" }',
    "cannot be read": "<<<<<<< HEAD\n{",
    "says yes": '{ "queue-oldest-message": true }',
  })) {
    it(`is done where the record ${what}`, () => {
      record(text);
      assert.deepEqual(asked(sound), { steps: whole, evaluated: 1 });
      assert.deepEqual(asked({ lint: [problem], failures: ["fires"] }), { steps: [], evaluated: 1 });
    });
  }

  it("is done where there is no record", () => {
    rmSync(join(folder, alarmsProvenFile));
    assert.deepEqual(asked(sound), { steps: whole, evaluated: 1 });
  });

  it("is on record only for what is proven whole", () => {
    for (const verdict of [{ lint: [problem], failures: [] }, { lint: [], failures: ["rests"] }, undefined])
      assert.equal(alarmsProvenText([kindWith(verdict).kind]), "{}\n");
    assert.match(alarmsProvenText([kindWith(sound).kind]), /^\{\n {2}"queue-oldest-message": "[0-9a-f]{64}"\n\}\n$/);
  });
});
