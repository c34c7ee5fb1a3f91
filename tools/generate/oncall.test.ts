import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { catalogue } from "../../infra/signal/catalogue";
import { escalateAfter } from "../../infra/signal/runbook.people";
import { causes } from "../../infra/watch/alerting/causes";
import { causesTable, pagesTable } from "./oncall";

const guide = readFileSync(resolve(__dirname, "../../docs/on-call.md"), "utf8");
const runbooksIn = (text: string) => [...text.matchAll(/runbooks\/([a-z0-9-]+)\.md/g)].map(([, id = ""]) => id);

describe("the on-call guide", () => {
  it("links to the runbook of whatever pages, and of nothing else", () => {
    const pages = catalogue.kinds.flatMap(({ signals }) => signals.filter(({ severity }) => severity === "page"));
    assert.deepEqual(
      runbooksIn(pagesTable(catalogue)),
      pages.map(({ id }) => id),
    );
  });

  it("has a row for each cause, with all that it explains", () => {
    assert.deepEqual(
      runbooksIn(causesTable()),
      causes.flatMap(({ signal, explains }) => [signal, ...explains]),
    );
    assert.equal(causesTable().split("\n").length, causes.length + 2);
  });

  it("calls somebody else after the minutes that the runbooks say", () => {
    assert.match(guide, new RegExp(`nobody has taken a page after ${escalateAfter.untaken} minutes`));
    assert.match(guide, new RegExp(`users still feel it after ${escalateAfter.unmended} minutes`));
  });

  it("speaks of signals that there are", () => {
    const known = new Set([...catalogue.kinds.flatMap(({ signals }) => signals.map(({ id }) => id)), "incident"]);
    assert.deepEqual(
      runbooksIn(guide).filter((id) => !known.has(id)),
      [],
    );
  });
});
