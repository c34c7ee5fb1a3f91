import assert from "node:assert/strict";
import { UsageError } from "../preview/arguments";
import { readArguments } from "./arguments";

describe("the command line of the bench", () => {
  it("measures both parts with a thousand queues in three rounds when nothing is said", () => {
    assert.deepEqual(readArguments([]), { queues: 1_000, rounds: 3, parts: ["register", "preview"], all: false });
  });

  it("takes counts, one part, and all programs", () => {
    const asked = readArguments(["--queues", "20", "--rounds=2", "--only", "preview", "--all"]);
    assert.deepEqual(asked, { queues: 20, rounds: 2, parts: ["preview"], all: true });
  });

  const wrong: readonly [argv: string[], said: RegExp][] = [
    [["--queues", "0"], /--queues must be a whole number from 1 to 10000, got "0"/],
    [["--queues", "1e3"], /got "1e3"/],
    [["--rounds", "many"], /--rounds must be a whole number from 1 to 100, got "many"/],
    [["--only", "speed"], /there is no part "speed"/],
    [["--fast"], /Unknown option '--fast'/],
    [["dev"], /Unexpected argument 'dev'/],
  ];
  for (const [argv, said] of wrong) {
    it(`refuses ${argv.join(" ")}, and says what is right`, () => {
      assert.throws(
        () => readArguments(argv),
        (error) =>
          error instanceof UsageError && said.test(error.message) && /usage: npm run bench/.test(error.message),
      );
    });
  }
});
