import assert from "node:assert/strict";
import type { Kind } from "../../infra/signal/kind";
import { toySignals } from "../../infra/signal/rule.fixtures";
import { info } from "../preview/testing";
import { sealed, stillHolds } from "./digest";
import type { Equivalents } from "./equivalents";
import { scoreOfKinds } from "./project";
import type { mutatedRules } from "./rules";
import { toyOf } from "./rules.fixtures";
import type { Score } from "./score";
import { type SignalScore, scoreOfSignal } from "./score.signal";

/** Alarms of CloudWatch whose evidence is given, and which mutants of theirs are caught: one of two. */
function alarms(evidence: Readonly<Record<string, string>>, ran: string[]): Kind {
  const kind: Pick<Kind, "name" | "signals" | "evidence" | "fates" | "ruleTest" | "ruleMutants"> = {
    name: "queue",
    signals: [...Object.keys(evidence).map((id) => info(id)), info("queue-information")],
    evidence: (id) => evidence[id],
    fates: (id) => {
      ran.push(id);
      return [
        { change: "threshold 1 -> 2", lint: false, proof: true },
        { change: "statistic Maximum -> Average", lint: false, proof: false },
      ];
    },
    ruleTest: () => undefined,
    ruleMutants: () => undefined,
  };
  return kind as Kind;
}

const same = "it is never negative";
/** So many that the named ones are few. */
const manyCaught = Array.from({ length: 200 }, (_, at) => ({ change: `change ${at}`, lint: true, proof: true }));
const named: Equivalents = {
  "queue-late": { "statistic Maximum -> Average": same },
  "queue-full": { "statistic Maximum -> Average": same },
};
const toys = { "toy-backlog": toySignals["toy-backlog"], "toy-failing": toySignals["toy-failing"] };

describe("the score of the project's signals", () => {
  let ran: string[];
  let told: string[];
  beforeEach(() => {
    ran = [];
    told = [];
  });

  const run: typeof mutatedRules = async (ruled, { done = () => undefined } = {}) =>
    ruled.map((one) => {
      ran.push(one.id);
      done(one);
      return { id: one.id, kind: one.kind, backend: one.backend, fates: manyCaught };
    });
  const evidence = { "queue-late": "10 minutes", "queue-full": "1,000 messages" };
  const score = (
    recorded: readonly SignalScore[],
    {
      of = evidence,
      rules = toys,
      equivalent = named,
    }: { of?: Record<string, string>; rules?: Parameters<typeof toyOf>[0]; equivalent?: Equivalents } = {},
  ): Promise<Score> =>
    scoreOfKinds([toyOf(rules), alarms(of, ran)], equivalent, { recorded, progress: (line) => told.push(line) }, run);
  async function recorded(): Promise<readonly SignalScore[]> {
    const { signals, problems } = await score([]);
    assert.deepEqual(problems, []);
    ran = [];
    told = [];
    // As it comes out of the file.
    return JSON.parse(JSON.stringify(signals));
  }

  it("runs everything where nothing is recorded, and says how far it has come", async () => {
    const { signals, mutants, equivalent } = await score([]);
    assert.deepEqual(ran, ["queue-late", "queue-full", "toy-backlog", "toy-failing"]);
    assert.deepEqual(told.slice(0, 3), [
      "0 of 4 signals are as they were, 4 run",
      "1 of 4: queue-late, 2 mutants",
      "2 of 4: queue-full, 2 mutants",
    ]);
    assert.match(told.slice(3).join("\n"), /^3 of 4: toy-backlog, \d+ mutants\n4 of 4: toy-failing, \d+ mutants$/);
    assert.deepEqual([mutants, equivalent], [404, 2]);
    for (const { digest } of signals) assert.match(digest ?? "", /^[0-9a-f]{64}$/);
  });

  it("runs nothing where all is as it was, and gives the same", async () => {
    const before = await recorded();
    const { signals, problems } = await score(before);
    assert.deepEqual([ran, told, problems], [[], [], []]);
    assert.deepEqual(signals, before);
  });

  it("runs only the alarm that changed", async () => {
    const before = await recorded();
    const { signals } = await score(before, { of: { ...evidence, "queue-full": "2,000 messages" } });
    assert.deepEqual(ran, ["queue-full"]);
    assert.deepEqual(told, ["3 of 4 signals are as they were, 1 run", "1 of 1: queue-full, 2 mutants"]);
    assert.notEqual(signals[1]?.digest, before[1]?.digest);
    assert.deepEqual(signals[0], before[0]);
  });

  it("runs only the rule that changed, in its query, its proof or its limit", async () => {
    const before = await recorded();
    const backlog = toys["toy-backlog"];
    for (const changed of [
      { ...backlog, alarm: { ...backlog.alarm, above: 101 } },
      { ...backlog, proof: { ...backlog.proof, healed: backlog.proof.bad[0] } },
    ]) {
      ran = [];
      await score(before, { rules: { ...toys, "toy-backlog": changed } });
      assert.deepEqual(ran, ["toy-backlog"]);
    }
  });

  it("runs nothing for other words to a person", async () => {
    const before = await recorded();
    const backlog = toys["toy-backlog"];
    const runbook = { ...backlog.runbook, means: "It waits:\n\n  - for long\n\n    labels: none\n".repeat(20) };
    await score(before, { rules: { ...toys, "toy-backlog": { ...backlog, title: "It waits", runbook } } });
    assert.deepEqual(ran, []);
  });

  it("runs a signal again of which another reason is named, or another mutant", async () => {
    const before = await recorded();
    await score(before, { equivalent: { ...named, "queue-late": { "statistic Maximum -> Average": "it is whole" } } });
    assert.deepEqual(ran, ["queue-late"]);
    ran = [];
    const { problems } = await score(before, { equivalent: { "queue-late": named["queue-late"] ?? {} } });
    assert.deepEqual(ran, ["queue-full"]);
    assert.match(problems.join(), /queue-full: nothing objects to "statistic Maximum -> Average"/);
  });

  it("runs a signal again that has a survivor: what is wrong is said each time", async () => {
    const none = await score([], { equivalent: {} });
    assert.deepEqual(
      none.signals.map(({ id, digest }) => [id, digest !== undefined]),
      [
        ["queue-late", false],
        ["queue-full", false],
        ["toy-backlog", true],
        ["toy-failing", true],
      ],
    );
    ran = [];
    const again = await score(none.signals, { equivalent: {} });
    assert.deepEqual(ran, ["queue-late", "queue-full"]);
    assert.deepEqual(again.problems, none.problems);
  });

  it("believes no score that somebody wrote, and none of a signal that is gone", async () => {
    const before = await recorded();
    const better = before.map((one) => (one.id === "queue-late" ? { ...one, caught: 2, equivalent: 0 } : one));
    const gone = { ...before[0], id: "queue-gone" } as SignalScore;
    const { signals } = await score([...better, gone]);
    assert.deepEqual(ran, ["queue-late"]);
    assert.deepEqual(signals, before);
  });
});

describe("the seal of a score", () => {
  const fates = [{ change: "threshold 1 -> 2", lint: false, proof: true }];
  const { score } = scoreOfSignal({ id: "one", kind: "queue", backend: "cloudwatch", fates }, {});

  it("holds for this score, following from just that", () => {
    const once = sealed(score, "10 minutes");
    assert.ok(stillHolds(once, "10 minutes"));
    assert.deepEqual(sealed(once, "10 minutes"), once);
    assert.ok(!stillHolds(once, "11 minutes"));
    assert.ok(!stillHolds({ ...once, caught: 0 }, "10 minutes"));
    assert.ok(!stillHolds({ ...once, survivors: ["threshold 1 -> 2"] }, "10 minutes"));
    assert.ok(!stillHolds(score, "10 minutes"));
  });
});
