import assert from "node:assert/strict";
import { kindOf, toys } from "./board.toy";
import { catalogue } from "./catalogue";
import { runbookPage } from "./runbook";
import { commandsOf, commandsSection } from "./runbook.commands";
import { escalateAfter, felt, linked } from "./runbook.people";
import type { Golden } from "./signal";

const headings = (page: string) => [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
const section = (page: string, heading: string) => page.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
const pages = catalogue.kinds.flatMap((kind) => {
  const made = kind.runbooks();
  const titles = kind.charts().map(({ title }) => title);
  return kind.signals.map((info) => ({ info, titles, page: made[info.id] ?? "" }));
});
const called = pages.filter(({ info }) => info.severity !== undefined);

describe("runbooks", () => {
  it("answer in one order what somebody asks who was woken", () => {
    assert.ok(called.length > 150);
    for (const { info, page } of called) {
      const query = info.backend === "amp" ? "The rule" : "The alarm";
      assert.deepEqual(
        headings(page),
        [
          "What it means",
          "How users feel it",
          "First checks",
          "Commands at hand",
          "What mends it",
          "Escalation",
          "Where it is seen",
          query,
        ],
        info.id,
      );
      assert.ok((section(page, "First checks").match(/^\d+\. /gm)?.length ?? 0) >= 3, info.id);
      assert.match(section(page, query), /^```(json|promql)\n[\s\S]+\n```$/m, info.id);
    }
  });

  it("have commands of each kind, and no others", () => {
    const kinds = catalogue.kinds.map(({ name }) => name);
    assert.deepEqual(
      kinds.filter((name) => !Object.hasOwn(commandsOf, name)),
      [],
    );
    assert.deepEqual(
      Object.keys(commandsOf).filter((name) => !kinds.includes(name)),
      [],
    );
    assert.match(commandsSection("queue"), /^- How many wait, .*:\n\n {2}```sh\n {2}aws sqs get-queue-attributes /m);
    assert.match(commandsSection("none of ours"), /aws cloudtrail lookup-events/);
    // Whoever reads at night copies them: nothing in them deletes or changes.
    for (const [command] of Object.values(commandsOf).flat())
      assert.doesNotMatch(command, /\b(delete|remove|purge|update|put|set|restart|start|stop|apply|patch|scale)-?\b/);
  });

  it("say of information that nobody is called for it", () => {
    for (const { info, page } of pages.filter(({ info: { severity } }) => severity === undefined)) {
      assert.match(page, /nobody is called for it/, info.id);
      assert.deepEqual(headings(page), ["What it means", "Where it is seen"], info.id);
    }
  });

  it("lead to a board that is there, and to a panel of it", () => {
    for (const { info, titles, page } of pages) {
      const where = section(page, "Where it is seen");
      assert.ok(
        titles.some((title) => where.includes(`*${title}*`)),
        info.id,
      );
      assert.ok(where.includes(`/d/vigia-${info.kind}\``), info.id);
      assert.ok(where.includes(`(../dashboards/${info.kind}.json)`), info.id);
    }
  });

  it("say of each page what users feel, in words of its own", () => {
    for (const { info, page } of called.filter(({ info: { severity } }) => severity === "page")) {
      const text = section(page, "How users feel it").trim();
      assert.doesNotMatch(text, /otherwise it would be no page/, `${info.id} has no "felt" in its runbook`);
      assert.match(text, /^[A-Z][^\n]{20,250}\.$/, info.id);
    }
  });

  it("say of a ticket what its golden signal says, unless its record says more", () => {
    const [, toy] = Object.entries(toys).find(([id]) => id === "toy-share") ?? [];
    assert.ok(toy);
    const golden: Golden[] = ["availability", "saturation", "errors", "latency", "traffic"];
    assert.equal(new Set(golden.map((one) => felt({ ...toy, golden: one }, "ticket"))).size, golden.length);
    assert.match(felt(toy, "ticket"), /^Little or nothing/);
    assert.match(felt(toy, "page"), /^They feel it now/);
    const share = toys["toy-share"];
    const own = { ...share, runbook: { ...share.runbook, felt: "Pages do not open." } };
    assert.match(runbookPage("toy-share", "toy", own), /## How users feel it\n\nPages do not open\.\n/);
  });

  it("call somebody else after the minutes that the on-call guide says", () => {
    const page = kindOf(toys).runbooks()["toy-late"] ?? "";
    assert.match(section(page, "Escalation"), new RegExp(`after ${escalateAfter.untaken} minutes`));
    assert.match(section(page, "Escalation"), /docs\/on-call\.md#escalation/);
  });

  it("link to each other where a check or a remedy names another signal, but not in code", () => {
    const made = linked({
      "a-b": "# A\n\na-b is like c-d.\n\n1. See c-d, not `c-d`: a-b.\n2. x-c-d and c-d-e are none.",
      "c-d": "1. a-b",
    });
    assert.equal(
      made["a-b"],
      "# A\n\na-b is like c-d.\n\n1. See [c-d](c-d.md), not `c-d`: a-b.\n2. x-c-d and c-d-e are none.",
    );
    assert.equal(made["c-d"], "1. [a-b](a-b.md)");
  });
});
