import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build.cjs";
import { checks } from "./checks";
import { pageActions } from "./page/page";

/** The policies of the page, by their place. */
const policies = [...readFileSync(join(root, "docs", "verify.md"), "utf8").matchAll(/```json\n(.*?)```/gs)].map(
  ([, text = ""]): { readonly Statement: readonly { readonly Action: readonly string[] }[] } => JSON.parse(text),
);
const actionsOf = (index: number) => (policies[index]?.Statement ?? []).flatMap(({ Action }) => Action).sort();

describe("docs/verify.md", () => {
  it("has a policy for what is read, no more and no less", () => {
    assert.deepEqual(actionsOf(0), [...new Set(checks.flatMap(({ actions }) => actions))].sort());
  });

  it("has a policy for test alarms, no more and no less", () => {
    assert.deepEqual(actionsOf(1), [...pageActions].sort());
  });

  it("names every check", () => {
    const text = readFileSync(join(root, "docs", "verify.md"), "utf8");
    assert.deepEqual(
      checks.filter(({ name }) => !text.includes(`| ${name} |`)).map(({ name }) => name),
      [],
    );
  });
});
