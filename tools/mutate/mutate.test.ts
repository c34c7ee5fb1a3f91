import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { queueKind } from "../../infra/queue/queue.kind";
import { equivalents } from "./equivalents";
import { mutate } from "./mutate";
import { mutatedAlarms, type Score, scoreOf } from "./score";

const fates = [{ change: "threshold 1 -> 2", lint: false, proof: true }];
const good = scoreOf([{ id: "one", kind: "queue", backend: "cloudwatch", fates }], {});

describe("npm run mutate", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mutate-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function run(argv: readonly string[], score: Score = good) {
    const said = { out: "", error: "" };
    const io = {
      out: (text: string) => {
        said.out += text;
      },
      error: (text: string) => {
        said.error += text;
      },
    };
    const code = await mutate(argv, io, { score: () => score, folder });
    return { code, ...said };
  }
  const page = () => join(folder, "generated/mutation.md");

  // Those of all kinds take minutes: `npm run mutate -- --check` counts them, in CI.
  it("finds every mutant of the queue's alarms caught, or named as equivalent", () => {
    const ids = new Set(queueKind.signals.map(({ id }) => id));
    const named = Object.fromEntries(Object.entries(equivalents).filter(([id]) => ids.has(id)));
    const score = scoreOf(mutatedAlarms({ kinds: [queueKind] }), named);
    assert.deepEqual(score.problems, []);
    assert.ok(score.mutants > 100);
  });

  it("writes the score as a page and as data, and finds them unchanged afterwards", async () => {
    const first = await run([]);
    assert.deepEqual([first.code, first.error], [0, ""]);
    assert.equal(first.out, "1 of 1 mutants caught, 0 equivalent, 0 survive: 100 %\n");
    assert.match(readFileSync(page(), "utf8"), /^# Mutation score/);
    assert.equal(JSON.parse(readFileSync(join(folder, "generated/mutation.json"), "utf8")).caught, 1);
    assert.equal((await run(["--check"])).code, 0);
  });

  it("with --check refuses a page that is missing or differs, and writes nothing", async () => {
    const missing = await run(["--check"]);
    assert.equal(missing.code, 1);
    assert.match(missing.error, /generated\/mutation\.md is not what the signals give: run npm run mutate/);
    await run([]);
    writeFileSync(page(), "old");
    assert.equal((await run(["--check"])).code, 1);
    assert.equal(readFileSync(page(), "utf8"), "old");
  });

  it("fails when a mutant survives, but writes the page that shows it", async () => {
    const survivor = [{ change: "threshold 1 -> 2", lint: false, proof: false }];
    const { code, error } = await run(
      [],
      scoreOf([{ id: "one", kind: "queue", backend: "cloudwatch", fates: survivor }], {}),
    );
    assert.equal(code, 1);
    assert.match(error, /one: nothing objects to "threshold 1 -> 2"/);
    assert.match(readFileSync(page(), "utf8"), /- one: `threshold 1 -> 2`/);
  });

  it("answers a wrong command line with how it is written", async () => {
    const { code, error } = await run(["--chek"]);
    assert.equal(code, 2);
    assert.match(error, /"--chek" is not understood: npm run mutate \[-- --check\]/);
  });
});
