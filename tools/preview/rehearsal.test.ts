import assert from "node:assert/strict";
import type { Action, Run, Step } from "../engine/record";
import { Cloud, type CloudResource } from "../standin";
import { driftIn, type Outcome, rehearsal, type Stage } from "./rehearsal";
import { metricAlarmType, queueType, urnOf } from "./testing";

const made = (type: string, name: string, inputs: CloudResource["inputs"]): CloudResource => ({
  type,
  id: name,
  urn: urnOf(type, name),
  region: "eu-central-1",
  inputs,
  outputs: inputs,
});

const alarmed = [
  made(queueType, "orders", { delaySeconds: 0, name: "orders" }),
  made(metricAlarmType, "age", { period: 60, threshold: 600 }),
];

const step = ({ type, urn, id }: CloudResource, op: Step["op"]): Step => ({
  urn,
  type,
  name: id,
  op,
  deleteFirst: false,
  inputs: {},
  outputs: {},
  replaceKeys: [],
  changedKeys: [],
  detailedDiff: {},
});

const run = (action: Action, ops: readonly Step[], more: Partial<Run> = {}): Run => {
  const changes: Partial<Record<Step["op"], number>> = {};
  for (const { op } of ops) changes[op] = (changes[op] ?? 0) + 1;
  return {
    action,
    stack: "dev",
    resources: ops,
    violations: [],
    diagnostics: [],
    changes,
    outputs: {},
    durationMs: 1,
    failed: false,
    ...more,
  };
};

/** An engine that does right by its cloud. */
function stage(protect = false): Stage & { unprotected: () => boolean } {
  const cloud = new Cloud();
  let unprotected = false;
  let state: unknown = { deployment: {} };
  const differing = () =>
    cloud
      .resources()
      .filter(({ id, inputs }) => alarmed.find((one) => one.id === id)?.inputs.threshold !== inputs.threshold);
  const ops = (changed: readonly CloudResource[], op: Step["op"]) =>
    alarmed.map((one) => step(one, changed.some(({ id }) => id === one.id) ? op : "same"));
  return {
    cloud,
    keep: () => "state.json",
    unprotect: () => {
      unprotected = true;
    },
    unprotected: () => unprotected,
    stack: {
      async up() {
        const fresh = cloud.resources().length === 0;
        const changed = fresh ? alarmed : differing();
        for (const one of alarmed) cloud.put(one);
        state = {
          deployment: { resources: alarmed.map(({ urn, id }) => ({ urn, id, protect: protect && !unprotected })) },
        };
        return run("up", ops(changed, fresh ? "create" : "update"));
      },
      preview: async () => run("preview", ops(differing(), "update")),
      refresh: async () => run("refresh", ops(differing(), "update")),
      async destroy() {
        for (const { type, id } of alarmed) cloud.delete(type, id);
        state = { deployment: {} };
        return run("destroy", ops(alarmed, "delete"));
      },
      exportStack: async () => state,
    },
  };
}

async function outcomes(of: Stage): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for await (const outcome of rehearsal(of)) all.push(outcome);
  return all;
}

/** The operation as it is, until the call of that number. */
function atCall<T>(number: number, usual: () => Promise<T>, odd: () => Promise<T>): () => Promise<T> {
  let calls = 0;
  return () => (++calls === number ? odd() : usual());
}

describe("a rehearsal", () => {
  it("walks through the whole life of a stack that does right", async () => {
    const all = await outcomes(stage());
    assert.deepEqual(
      all.map(({ step: name, differs }) => `${name}${differs ? `: ${differs}` : ""}`),
      [
        "first update",
        "second update",
        "refresh",
        "drift",
        "drift is found",
        "drift is reported",
        "drift is undone",
        "export",
        "destroy",
      ],
    );
    assert.equal(all.find(({ step: name }) => name === "drift")?.seen, "threshold of age: 600 became 601");
  });

  it("takes protection away before it destroys, and says so", async () => {
    const guarded = stage(true);
    const all = await outcomes(guarded);
    assert.equal(guarded.unprotected(), true);
    assert.match(all.find(({ step: name }) => name === "unprotect")?.seen ?? "", /^2 resources lost protection/);
    assert.equal(all.at(-1)?.differs, undefined);
  });

  const [orders, age] = alarmed.map((one) => step(one, "update")) as [Step, Step];
  type Operations = Stage["stack"];
  const mistakes: readonly [
    what: string,
    at: string,
    differs: RegExp,
    wrong: (right: Operations) => Partial<Operations>,
  ][] = [
    [
      "a first update fails",
      "first update",
      /^quota$/,
      () => ({ up: async () => run("up", [], { failed: true, cause: { kind: "resource", message: "quota" } }) }),
    ],
    [
      "a second update changes something",
      "second update",
      /must change nothing, but changes age/,
      ({ up }) => ({ up: atCall(2, up, async () => run("up", [age])) }),
    ],
    [
      "a refresh finds a change that nobody made",
      "refresh",
      /must change nothing, but changes orders/,
      () => ({ refresh: async () => run("refresh", [orders]) }),
    ],
    [
      "a drift is not found",
      "drift is found",
      /must change age alone, but changes nothing/,
      () => ({ refresh: async () => run("refresh", []) }),
    ],
    [
      "a preview reports more than the drift",
      "drift is reported",
      /must change age alone, but changes orders, age/,
      () => ({ preview: async () => run("preview", [orders, age]) }),
    ],
    [
      "a preview replaces what drifted",
      "drift is reported",
      /must change age alone/,
      () => ({ preview: async () => run("preview", [{ ...age, op: "replace" }]) }),
    ],
    [
      "an update leaves the drift in place",
      "drift is undone",
      /^threshold is 601$/,
      ({ up }) => ({ up: atCall(3, up, async () => run("up", [age])) }),
    ],
    [
      "the state lacks what is in the account",
      "export",
      /the state lacks .*orders.*age/,
      () => ({ exportStack: async () => ({ deployment: {} }) }),
    ],
    [
      "a destruction leaves something",
      "destroy",
      /must leave nothing, but leaves .*orders in the state.*age in the account/,
      () => ({ destroy: async () => run("destroy", []) }),
    ],
  ];
  for (const [what, at, differs, wrong] of mistakes) {
    it(`differs, and ends, when ${what}`, async () => {
      const right = stage();
      const all = await outcomes({ ...right, stack: { ...right.stack, ...wrong(right.stack) } });
      const found = all.filter((outcome) => outcome.differs !== undefined);
      assert.deepEqual(
        found.map((outcome) => outcome.step),
        [at],
      );
      assert.match(found[0]?.differs ?? "", differs);
      assert.equal(all.at(-1)?.step, at);
    });
  }
});

describe("the drift of a rehearsal", () => {
  it("is an alarm's threshold where there is one, and always the same", () => {
    assert.equal(driftIn(alarmed)?.property, "threshold");
    assert.deepEqual(driftIn([...alarmed].reverse()), driftIn(alarmed));
  });

  it("is any other number where there is no alarm, and nothing where there is no number", () => {
    assert.equal(driftIn(alarmed.slice(0, 1))?.property, "delaySeconds");
    assert.equal(driftIn([made(queueType, "q", { name: "q" })]), undefined);
  });
});
