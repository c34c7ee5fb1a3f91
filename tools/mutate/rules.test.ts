import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { queueKind } from "../../infra/queue/queue.kind";
import { queryMutants } from "../../infra/signal/mutate.query";
import type { RuleTest } from "../../infra/signal/rule.proof";
import { promtool } from "../toolchain/promtool";
import { mutatedRules, ruledOf } from "./rules";
import { loose, tight, toyOf } from "./rules.fixtures";
import { scoreOf } from "./score";
import type { Mutated } from "./score.signal";

describe("mutants of Prometheus rules", () => {
  let mutated: readonly Mutated[];
  const told: string[] = [];
  before(async function () {
    this.timeout(900_000);
    await promtool();
    mutated = await mutatedRules(ruledOf([queueKind, toyOf({ ...tight, ...loose })]), {
      done: ({ id }) => told.push(id),
    });
  });
  const survivorsOf = (id: string) => scoreOf(mutated, {}).signals.find((one) => one.id === id)?.survivors;

  it("are all caught by proofs that come near to the limits, but for what a rule names as equivalent", () => {
    const { signals, problems } = scoreOf(
      mutated.filter(({ id }) => id in tight),
      {},
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      signals.map(({ id, backend, survived, equivalents }) => [
        id,
        backend,
        survived,
        equivalents.map((e) => e.change),
      ]),
      [
        ["toy-backlog", "amp", 0, []],
        ["toy-failing", "amp", 0, ["comparison atLeast -> above"]],
      ],
    );
    for (const { mutants, proof } of signals) assert.ok(mutants > 20 && proof >= mutants - 1);
  });

  it("are told of, signal by signal, as they are done", () => {
    assert.deepEqual(told.toSorted(), [...Object.keys(tight), ...Object.keys(loose)].sort());
  });

  it("survive where a proof lies far from the threshold", () => {
    assert.deepEqual(survivorsOf("toy-far"), ["threshold 100 -> 101"]);
  });

  it("survive where a proof has one series for what is added up, and one time for how long it takes", () => {
    assert.deepEqual(survivorsOf("toy-single"), [
      "for 300 -> 360",
      'query -> avg by (queue) (toy_messages{queue="queue-1.a"})',
      'query -> max by (queue) (toy_messages{queue="queue-1.a"})',
      'query -> min by (queue) (toy_messages{queue="queue-1.a"})',
    ]);
  });

  it("can all be read by Prometheus, whatever the query is made of", async () => {
    const queries = [
      '100 * sum by (pod) (rate(a_total{job="x", code=~"5..|429"}[5m])) / on (pod) group_left (node) sum(b) by (pod) > bool 0.5',
      'histogram_quantile(0.99, sum by (le) (increase(c_bucket{d!~"e|f"}[1h30m] offset 1d))) >= 2',
      'max_over_time((time() - g{h="i"} < 300)[1h:1m]) unless on () (vector(0) == 1) or k:l:sum AND m',
      '-clamp_min(delta({n="o", p!=""}[10m]), 1e3) ^ 2 % 7 + topk without (q) (3, r) - ceil(changes(s[2d]) * .5)',
    ];
    const { path } = await promtool();
    const rules = queries.flatMap(queryMutants).map((expr, i) => ({ record: `r${i}`, expr }));
    assert.ok(rules.length > 100);
    const input = JSON.stringify({ groups: [{ name: "all", rules }] });
    const { status, stderr } = spawnSync(path, ["check", "rules", "--lint=none"], { input, encoding: "utf8" });
    assert.deepEqual([status, stderr], [0, ""]);
  });

  it("are refused where the rules as recorded do not stand their proof: all would seem to be caught", async function () {
    this.timeout(60_000);
    const ruled = ruledOf([toyOf({ "toy-backlog": tight["toy-backlog"] })]);
    const all = async (_: string, tests: readonly RuleTest[]) =>
      new Map(tests.map(({ id }) => [id, ["bad series 1: rests"]]));
    const others = async (path: string, tests: readonly RuleTest[]) =>
      new Map([...(await all(path, tests))].filter(([id]) => id !== "toy-backlog"));
    await assert.rejects(
      mutatedRules(ruled, { prove: all }),
      /rules that are not proven have no mutants, .*\n {2}toy-backlog: bad series 1: rests/,
    );
    await assert.rejects(mutatedRules(ruled, { prove: others }), /promtool said nothing of toy-backlog/);
  });

  it("run no more once promtool fails", async () => {
    let asked = 0;
    const prove = async () => {
      asked += 1;
      throw new Error("out of memory");
    };
    await assert.rejects(mutatedRules(ruledOf([toyOf({ ...tight, ...loose })]), { prove }), /out of memory/);
    assert.ok(asked <= availableParallelism(), `${asked}`);
  });

  it("need no promtool where there is no rule", async () => {
    const cache = mkdtempSync(join(tmpdir(), "vigia-test-"));
    const nowhere = { env: { PATH: "", VIGIA_CACHE: cache }, log: () => undefined };
    assert.deepEqual(await mutatedRules(ruledOf([queueKind]), { surroundings: nowhere }), []);
    await assert.rejects(
      mutatedRules(ruledOf([toyOf(tight)]), { surroundings: nowhere }),
      /there is no Go to build it with/,
    );
    rmSync(cache, { recursive: true });
  });
});
