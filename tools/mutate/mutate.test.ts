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

  const digested = (digest: string): Score => ({ ...good, signals: good.signals.map((one) => ({ digest, ...one })) });
  const dataFile = () => join(folder, "generated/mutation.json");

  it("with --check is content with the same result, whatever it follows from, and says so", async () => {
    await run([], digested("01ab"));
    const before = readFileSync(dataFile(), "utf8");
    const { code, out, error } = await run(["--check"], digested("02ab"));
    assert.deepEqual([code, error], [0, ""]);
    assert.match(out, /\nThe result is the one on record, but what it follows from changed: npm run mutate /);
    assert.equal(readFileSync(dataFile(), "utf8"), before);
    assert.doesNotMatch((await run(["--check"], digested("01ab"))).out, /follows from/);
    await run([], digested("02ab"));
    assert.match(readFileSync(dataFile(), "utf8"), /"digest": "02ab"/);
  });

  it("with --check refuses another result", async () => {
    await run([], digested("01ab"));
    const other = scoreOf([{ id: "one", kind: "queue", backend: "cloudwatch", fates: [...fates, ...fates] }], {});
    const { code, error } = await run(["--check"], other);
    assert.equal(code, 1);
    assert.match(error, /generated\/mutation\.json is not what the signals give/);
  });

  it("hands over what is recorded, but for --all, and for a file that nobody can read", async () => {
    const handed: number[] = [];
    const hand = (argv: readonly string[]) =>
      mutate(
        argv,
        { out: () => undefined, error: () => undefined },
        {
          folder,
          score: ({ recorded }) => {
            handed.push(recorded.length);
            return good;
          },
        },
      );
    await hand([]);
    await hand(["--check"]);
    await hand(["--all"]);
    writeFileSync(dataFile(), "<<<<<<< HEAD\n{");
    await hand([]);
    assert.deepEqual(handed, [0, 1, 0, 0]);
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
    assert.match(error, /"--chek" is not understood: npm run mutate \[-- --check\] \[-- --all\]/);
  });
});
