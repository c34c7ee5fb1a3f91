import assert from "node:assert/strict";
import { fatesOf } from "./mutate.fate";
import { type ToySize, toySignals } from "./rule.fixtures";
import { type AnyAlarmed, cloudwatch, type Proof } from "./signal";

const proof: Proof<undefined> = {
  size: undefined,
  bad: [["0 for 10 minutes", "1 for 1 minute"]],
  fine: [["0 for 1 hour"]],
  healed: ["0 for 1 minute"],
};
const runbook = { means: "m", check: ["1", "2", "3"], fix: ["f"] } as const;
const deadLetters = (change: Partial<Proof<undefined>> = {}): AnyAlarmed<undefined> => ({
  title: "Dead letters",
  golden: "errors",
  unit: "count",
  role: "deadLetters",
  source: cloudwatch("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", { QueueName: "queue" }),
  alarm: { above: 0, for: "1 minute", severity: "page", whenMissing: "ok" },
  proof: { ...proof, ...change },
  runbook,
});
const survivors = (signal: AnyAlarmed<undefined>) =>
  fatesOf(signal)
    .filter(({ lint, proof: proven }) => !lint && !proven)
    .map(({ change }) => change);
const fate = (signal: AnyAlarmed<undefined>, change: string) => fatesOf(signal).find((one) => one.change === change);

describe("fates of mutants", () => {
  it("tell what catches a mutant: lint, the proof of the original, or both", () => {
    const signal = deadLetters();
    assert.deepEqual(fate(signal, "value: metric misspelt"), {
      change: "value: metric misspelt",
      lint: true,
      proof: false,
    });
    assert.deepEqual(fate(signal, "threshold 0 -> 1"), { change: "threshold 0 -> 1", lint: false, proof: true });
    assert.deepEqual(fate(signal, "threshold 0 -> -1"), { change: "threshold 0 -> -1", lint: true, proof: true });
  });

  it("show the hole when a proof heals so long that a slower alarm clears too", () => {
    assert.deepEqual(survivors(deadLetters({ healed: ["0 for 2 minutes"] })), [
      "window 1 of 1 -> 1 of 2",
      "period 60 -> 120",
      "value: statistic Maximum -> Average",
    ]);
  });

  it("show the hole when the bad series lies far from the threshold", () => {
    assert.ok(survivors(deadLetters({ bad: [["0 for 10 minutes", "50 for 1 minute"]] })).includes("threshold 0 -> 1"));
  });

  it("name the width of a band as equivalent, and nothing else about it", () => {
    const odd: AnyAlarmed<ToySize> = toySignals["toy-odd"];
    const equivalent = fatesOf(odd).flatMap(({ change, equivalent }) => (equivalent ? [[change, equivalent]] : []));
    assert.deepEqual(
      equivalent.map(([change]) => change),
      ["width of the band 2 -> 3", "width of the band 2 -> 1", "width of the band 2 -> 4"],
    );
    assert.match(equivalent[0]?.[1] ?? "", /^the band is an input of the proof/);
    assert.deepEqual(
      fatesOf(deadLetters()).filter((one) => one.equivalent !== undefined),
      [],
    );
  });

  it("count a mutant as caught that cannot be evaluated at all", () => {
    const spec = fate(deadLetters(), "window 1 of 1 -> 0 of 0");
    assert.equal(spec?.lint, true);
  });
});
