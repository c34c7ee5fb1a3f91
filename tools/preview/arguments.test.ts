import assert from "node:assert/strict";
import { readArguments, UsageError } from "./arguments";

const stacks = ["dev", "prod"];

describe("the command line of the preview", () => {
  for (const [argv, expected] of [
    [[], { stack: "dev", aws: false, all: false }],
    [["prod"], { stack: "prod", aws: false, all: false }],
    [["--aws"], { stack: "dev", aws: true, all: false }],
    [["--all", "prod", "--aws"], { stack: "prod", aws: true, all: true }],
  ] as const) {
    it(`takes "${argv.join(" ")}"`, () => assert.deepEqual(readArguments("preview", argv, stacks), expected));
  }

  for (const [argv, message] of [
    [["staging"], /^there is no stack "staging"; .*stacks: dev, prod$/],
    [["--al"], /^preview has no option --al;/],
    [["-x"], /^preview has no option -x;/],
    [["--aws=yes"], /^--aws takes no value;/],
    [["dev", "prod"], /^preview takes one stack, got dev prod;/],
    [[""], /^there is no stack "";/],
    [["--constructor"], /^preview has no option --constructor;/],
  ] as const) {
    it(`refuses "${argv.join(" ")}" in one line that names the stacks`, () => {
      assert.throws(
        () => readArguments("preview", argv, stacks),
        (error: unknown) =>
          error instanceof UsageError &&
          message.test(error.message) &&
          !error.message.includes("\n") &&
          error.message.includes("npm run preview"),
      );
    });
  }

  it("says when there is no stack at all", () => {
    assert.throws(() => readArguments("preview", [], []), /there is no Pulumi\.<stack>\.yaml here$/);
  });

  it("gives the rehearsal no way to touch AWS", () => {
    assert.throws(
      () => readArguments("rehearse", ["dev", "--aws"], stacks),
      /^UsageError: rehearse has no option --aws;/,
    );
  });
});
