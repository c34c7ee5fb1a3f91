import assert from "node:assert/strict";
import { record } from "../../infra/kit/recorder";
import { aims, candidates, checkRun } from "./candidates";
import { runProgram } from "./programs/programs";

/** What a value costs: texts and numbers may differ between the programs, their places and counts may not. */
function outline(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(outline);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, outline(part)]),
  );
}

const isComponent = (type: string) => type.startsWith("vigia:");

/** Type and name of each resource to the outline of its arguments and what they are made from. */
async function registered(program: string): Promise<Record<string, unknown>> {
  const { resources } = await record(() => runProgram(program, 2));
  return Object.fromEntries(
    resources
      .filter(({ type }) => !isComponent(type))
      .map(({ type, name, inputs, madeFrom }) => [`${type} ${name}`, { inputs: outline(inputs), madeFrom }])
      .sort(),
  );
}

const all = candidates({ register: "register.cjs", preview: "preview.cjs", cdk: "cdk.cjs", pack: "pack" });
const candidate = (id: string) => {
  const found = all.find((one) => one.id === id);
  assert.ok(found, id);
  return found;
};

describe("the compared programs", () => {
  it("register the same resources with the same arguments, made from each other in the same way", async () => {
    const plain = await registered("plain");
    assert.equal(Object.keys(plain).length, 16);
    for (const program of ["watched", "watched-in-loop"]) assert.deepEqual(await registered(program), plain);
  });

  it("give their alarms texts of about the same length", async () => {
    const texts = async (program: string) => {
      const { resources } = await record(() => runProgram(program, 1));
      return resources.map(({ inputs }) => String(inputs.alarmDescription ?? "")).join("").length;
    };
    const [plain, watched] = [await texts("plain"), await texts("watched")];
    assert.ok(watched / plain > 0.8 && watched / plain < 1.25, `${watched} against ${plain} characters`);
  });

  it("make what they are checked for", async () => {
    for (const [id, program] of [
      ["register-plain", "plain"],
      ["register-vigia", "watched"],
    ] as const) {
      const { resources } = await record(() => runProgram(program, 3));
      const counts: Record<string, number> = {};
      for (const { type } of resources) counts[type] = (counts[type] ?? 0) + 1;
      checkRun(candidate(id), 3, `noise\n${JSON.stringify({ resources: counts })}\n`);
    }
  });

  it("are named once, and each aim compares two of one part", () => {
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    for (const { of, to } of aims) assert.equal(candidate(of).part, candidate(to).part);
  });

  it("cannot be one that is not there", async () => {
    await assert.rejects(runProgram("other", 1), /there is no program "other": take plain, watched, watched-in-loop/);
  });
});

describe("a run of the bench", () => {
  const said = (resources: Record<string, number>, cause?: object) => JSON.stringify({ resources, cause });
  const made = {
    "aws:sqs/queue:Queue": 4,
    "aws:sqs/queuePolicy:QueuePolicy": 4,
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": 2,
    "aws:cloudwatch/metricAlarm:MetricAlarm": 6,
  };

  it("counts only when it made everything", () => {
    checkRun(candidate("preview-plain"), 2, said(made));
    assert.throws(
      () => checkRun(candidate("preview-plain"), 2, said({ ...made, "aws:sqs/queue:Queue": 3 })),
      /preview-plain made 3 aws:sqs\/queue:Queue instead of 4: the programs are no longer alike/,
    );
  });

  it("does not count when it failed", () => {
    const failure = { kind: "program", message: "out of milk" };
    assert.throws(
      () => checkRun(candidate("preview-plain"), 2, said(made, failure)),
      /preview-plain failed: out of milk/,
    );
  });

  it("under the policy pack counts when the plain program is refused, and only then", () => {
    const refusal = { kind: "policy", message: "a mandatory rule is broken" };
    checkRun(candidate("preview-plain-pack"), 2, said(made, refusal));
    assert.throws(() => checkRun(candidate("preview-plain-pack"), 2, said(made)), /no rule refused it/);
    assert.throws(
      () => checkRun(candidate("preview-vigia-pack"), 2, said(made, refusal)),
      /a mandatory rule is broken/,
    );
  });
});
