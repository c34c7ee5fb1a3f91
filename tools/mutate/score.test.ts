import assert from "node:assert/strict";
import { mutationPage } from "./page";
import { scoreOf, share } from "./score";
import type { Mutated } from "./score.signal";

const by = (lint: boolean, proof: boolean) => (change: string) => ({ change, lint, proof });
const [neither, lint, proof, both] = [by(false, false), by(true, false), by(false, true), by(true, true)];

/** A signal with 100 mutants, of which one is caught by lint alone, and those given by nothing. */
const signal = (id: string, ...uncaught: string[]): Mutated => ({
  id,
  kind: "queue",
  backend: "cloudwatch",
  fates: [
    lint("l"),
    proof("p"),
    ...Array.from({ length: 98 - uncaught.length }, (_, i) => both(`b${i}`)),
    ...uncaught.map(neither),
  ],
});

describe("mutation score", () => {
  it("counts for each signal what lint and proof caught, together and apart", () => {
    const { signals, problems } = scoreOf([signal("one"), signal("two")], {});
    assert.deepEqual(problems, []);
    assert.deepEqual(
      signals.map(({ id, mutants, lint, proof, caught, survived }) => ({ id, mutants, lint, proof, caught, survived })),
      ["one", "two"].map((id) => ({ id, mutants: 100, lint: 99, proof: 99, caught: 100, survived: 0 })),
    );
  });

  it("refuses a survivor that nobody named", () => {
    const { problems, survived } = scoreOf([signal("one", "threshold 1 -> 2")], {});
    assert.equal(survived, 1);
    assert.match(problems.join(), /^one: nothing objects to "threshold 1 -> 2": give its proof a series/);
  });

  it("accepts a survivor that is named with a reason, and shows the reason", () => {
    const score = scoreOf([signal("one", "else 0 -> 1")], { one: { "else 0 -> 1": "neither is bad" } });
    assert.deepEqual(score.problems, []);
    assert.deepEqual([score.equivalent, score.survived], [1, 0]);
    assert.match(mutationPage(score), /\| one \| `else 0 -> 1` \| neither is bad \|/);
  });

  it("refuses an equivalent that is caught after all, and says by what", () => {
    const named = { one: { p: "the same", b0: "the same" } };
    const { problems } = scoreOf([signal("one")], named);
    assert.match(problems[0] ?? "", /"p" of one, which proof catches: it is not equivalent/);
    assert.match(problems[1] ?? "", /"b0" of one, which lint and proof catches/);
  });

  it("refuses an equivalent of a mutant or of a signal that there is not, and one without a reason", () => {
    const named = { one: { gone: "the same", x: " " }, nobody: { y: "the same" } };
    const { problems } = scoreOf([signal("one", "x")], named);
    assert.match(problems.join("\n"), /"gone" of one, which is no mutant of it/);
    assert.match(problems.join("\n"), /"x" of one without a reason/);
    assert.match(problems.join("\n"), /"nobody", which has no mutants/);
  });

  it("refuses more than 2 % of equivalents, and takes 2 %", () => {
    const named = (...changes: string[]) => ({ one: Object.fromEntries(changes.map((change) => [change, "same"])) });
    assert.deepEqual(scoreOf([signal("one", "x", "y")], named("x", "y")).problems, []);
    assert.match(
      scoreOf([signal("one", "x", "y", "z")], named("x", "y", "z")).problems.join(),
      /3 of 100 .* more than 2 %/,
    );
  });

  it("takes those that a rule names without counting them for the 2 %, and refuses to have them named again", () => {
    const fates = ["w", "x", "y"].map((change) => ({ ...neither(change), equivalent: "an input of the proof" }));
    const caughtByLint = { ...lint("z"), equivalent: "an input of the proof" };
    const band: Mutated = { ...signal("one"), fates: [...signal("one").fates.slice(4), ...fates, caughtByLint] };
    const score = scoreOf([band], {});
    assert.deepEqual(score.problems, []);
    assert.deepEqual([score.mutants, score.caught, score.equivalent, score.survived], [100, 97, 3, 0]);
    assert.match(mutationPage(score), /\| one \| `w` \| an input of the proof \|/);
    assert.match(mutationPage(score), /these are 0 %\. Not counted there: 3 that follow/);
    assert.match(
      scoreOf([band], { one: { w: "the same" } }).problems.join(),
      /"w" of one, which a rule names already: take it out/,
    );
  });

  it("never rounds a share up to 100 %", () => {
    assert.equal(share(9_999, 10_000), 99.9);
    assert.equal(share(10_000, 10_000), 100);
    assert.equal(share(0, 0), 0);
  });
});
