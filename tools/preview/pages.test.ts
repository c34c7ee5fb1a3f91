import assert from "node:assert/strict";
import { markdownPage } from "./markdown";
import { matrixOf, reasonsOf } from "./matrix";
import { type PreviewReport, reportOf } from "./report";
import { terminalPage } from "./terminal";
import { alarm, coverageWith, info, input, queueType, resource, row, run, urnOf } from "./testing";
import { figure, painted, showsColours, table, wrap } from "./text";

const watchedBy = (id: string) => ({ info: info(id), alarm: { urn: alarm(id).urn, match: "dependency" as const } });

function sample(more: Partial<PreviewReport> = {}): PreviewReport {
  const coverage = coverageWith([
    row("orders", { signals: [watchedBy("queue-oldest-message")], missing: [info("queue-growing-backlog")] }),
    row("bills", {
      signals: [watchedBy("queue-oldest-message")],
      off: [{ id: "queue-in-flight", reason: "one consumer | <b>only</b>" }],
      costs: [
        { item: "requests of bills", price: "sqs.requests.standard", quantity: 0.5 },
        { item: "requests of late" },
      ],
    }),
    row("key", { type: "aws:kms/key:Key", kind: "exempt", exempt: "publishes nothing" }),
  ]);
  const message = `queue "orders" (source) has no alarm for queue-growing-backlog (backlog grows). ${"Watch it, or switch it off. ".repeat(5)}`;
  const violations = [
    { policy: "watched", level: "mandatory" as const, severity: "high", urn: urnOf(queueType, "orders"), message },
  ];
  const seen = run([resource(queueType, "orders"), alarm("queue-oldest-message")], {
    violations,
    failed: true,
    cause: { kind: "policy", message: "1 rule" },
    changes: { create: 2 },
  });
  return { ...reportOf(input({ coverage, run: seen })), ...more };
}

describe("the terminal page", () => {
  const page = terminalPage(sample());

  it("says first what it is, and that the provider is a stand-in", () => {
    assert.match(page, /^Preview of dev {2}Pulumi 3\.250\.0, provider: stand-in/);
  });

  it("marks what is missing in the matrix, under its golden signal", () => {
    const [titles = "", orders = ""] = page.split("\n").filter((line) => /availability|^ {2}queue +orders/.test(line));
    assert.equal(orders.indexOf("1 !1"), titles.indexOf("latency"));
    assert.match(page, /Coverage: 2 signals on 2 resources, 1 missing/);
  });

  it("gives reasons for what is off and what is exempt", () => {
    assert.match(page, /off: queue-in-flight of bills: one consumer/);
    assert.match(page, /exempt: 1 aws:kms\/key:Key: publishes nothing/);
  });

  it("shows both halves of the bill, their totals, and what is not priced", () => {
    assert.match(page, /monitoring +0\.10 *\n/);
    assert.match(page, /infrastructure +0\.20 *\n/);
    assert.match(page, /not priced: 1 /);
    assert.match(page, /requests of late of bills: no price is known/);
  });

  it("wraps the message of a rule at 100 columns, whole", () => {
    const lines = page.split("\n");
    const start = lines.findIndex((line) => line.includes("mandatory: watched: orders"));
    const message = lines.slice(start + 1, lines.indexOf("", start));
    assert.ok(message.length > 1);
    assert.ok(message.every((line) => line.trim().length <= 100));
    assert.equal(message.map((line) => line.trim()).join(" "), sample().violations[0]?.message.trim());
  });

  it("ends with one line that decides", () => {
    assert.match(page, /\nrefused: dev: 2 to create; 1 signal missing; .*; 1 mandatory violation; 1\.2 s; stand-in\n$/);
    const fine = sample({ ok: true, violations: [] });
    assert.match(terminalPage(fine), /\nok: dev: /);
    assert.match(terminalPage(sample({ failure: "SyntaxError: x", violations: [] })), /\nfailed: dev: /);
  });

  it("shows the reason of a failure line by line", () => {
    const text = terminalPage(sample({ failure: "2 mistakes:\n  vigia:queus" }));
    assert.match(text, /The run failed\n {2}2 mistakes:\n {4}vigia:queus\n/);
  });

  it("does not print zeros for what a run that ended early does not know", () => {
    const early = run([resource(queueType, "orders")], {
      failed: true,
      cause: { kind: "program", message: "no such setting" },
    });
    const report = reportOf(input({ run: early, coverage: undefined }));
    for (const text of [terminalPage(report), markdownPage(report)]) {
      assert.doesNotMatch(text, /0\.00|no rule is broken|0 missing|nothing to change/);
      assert.match(text, /the rules were not asked/);
      assert.match(text, /no such setting/);
    }
  });

  it("has colours only when asked, and the same text with them", () => {
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
    assert.doesNotMatch(page, escapes);
    const colourful = terminalPage(sample(), { paint: painted });
    assert.match(colourful, escapes);
    assert.equal(colourful.replace(escapes, ""), page);
  });

  it("takes colours to be for terminals, and never with NO_COLOR", () => {
    assert.equal(showsColours({ isTTY: true }, {}), true);
    assert.equal(showsColours({ isTTY: true }, { NO_COLOR: "1" }), false);
    assert.equal(showsColours({ isTTY: true }, { NO_COLOR: "" }), true);
    assert.equal(showsColours({}, {}), false);
  });
});

describe("the Markdown page", () => {
  const page = markdownPage(sample());

  it("puts the verdict before everything else", () => {
    assert.match(page, /^## ❌ Preview of dev\n/);
    assert.ok(page.indexOf("mandatory") < page.indexOf("### Coverage"));
    assert.ok(page.indexOf("### Coverage") < page.indexOf("### Monthly bill"));
    assert.match(markdownPage(sample({ ok: true })), /^## ✅/);
  });

  it("names the missing signals in the matrix", () => {
    assert.match(
      page,
      /\| queue \| orders<br>missing: `queue-growing-backlog` \| · \| · \| · \| \*\*1 !1\*\* \| · \| 0\.10 \|/,
    );
  });

  it("keeps what resources are named from being read as Markdown or HTML", () => {
    assert.match(page, /one consumer \\\| &lt;b&gt;only&lt;\/b&gt;/);
    const hostile = markdownPage(sample({ failure: "```\n<script>" }));
    assert.match(hostile, /\n````\n```\n<script>\n````\n/);
  });

  it("has tables whose rows are as wide as their heads", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("|"));
    const widths = rows.map((line) => line.replace(/\\\|/g, "").split("|").length);
    assert.deepEqual(
      [...new Set(widths)].sort((a, b) => a - b),
      [7, 10],
    );
  });

  it("is never longer than a comment may be, and says what it left out", () => {
    const violations = Array.from({ length: 900 }, (_, i) => ({
      policy: "watched",
      level: "mandatory",
      urn: urnOf(queueType, `q${i}`),
      message: "has no alarm for anything at all. ".repeat(3),
    }));
    const long = markdownPage(sample({ violations }));
    assert.ok(long.length <= 65_000);
    assert.ok(long.includes("watched: q0"));
    assert.match(long, /too long for a comment/);
    assert.doesNotMatch(page, /too long for a comment/);
  });

  it("closes every fold that it opens", () => {
    assert.equal(page.split("<details>").length, page.split("</details>").length);
    assert.ok(page.includes("<details>"));
  });
});

describe("the coverage matrix", () => {
  const many = Array.from({ length: 30 }, (_, i) =>
    row(`q${i}`, { signals: [watchedBy(`s${i}`)], ...(i === 7 && { missing: [info("gone")] }) }),
  );

  it("folds rows that look alike when there are many, but never one that lacks something", () => {
    const report = reportOf(input({ coverage: coverageWith(many) }));
    assert.deepEqual(
      matrixOf(report).map(({ label }) => label),
      ["q0 and 28 alike", "q7"],
    );
    assert.equal(matrixOf(report, true).length, 30);
  });

  it("lists the types of the cloud that publish nothing, and no component", () => {
    const unwatched = { "aws:sqs/queuePolicy:QueuePolicy": 2, "vigia:queue:Queue": 1, "pulumi:pulumi:Stack": 1 };
    const report = reportOf(input({ coverage: { rows: [], unknown: [], unwatched } }));
    assert.deepEqual(reasonsOf(report), ["no metrics of their own: 2 QueuePolicy"]);
  });

  it("groups resources by kind", () => {
    const rows = [row("b", { kind: "topic" }), row("a"), row("c", { kind: "topic" }), row("d")];
    assert.deepEqual(
      matrixOf(reportOf(input({ coverage: coverageWith(rows) }))).map(({ label }) => label),
      ["a", "d", "b", "c"],
    );
  });
});

describe("text", () => {
  it("is wrapped between words, and a word that is too long stands alone", () => {
    assert.deepEqual(wrap("one two three\nfour", 7), ["one two", "three", "four"]);
    assert.deepEqual(wrap("a 123456789 b", 5), ["a", "123456789", "b"]);
  });

  it("writes a quantity so that none but 0 reads as 0", () => {
    assert.deepEqual([0, 0.000608, 0.9125, 42, 1234567.8912].map(figure), [
      "0",
      "0.000608",
      "0.913",
      "42",
      "1,234,567.891",
    ]);
  });

  it("stands in columns, numbers to the right", () => {
    const rows = [
      ["item", "n"],
      ["a", "10"],
      ["long item", "5"],
    ].map((cells) => cells.map((text) => ({ text })));
    assert.deepEqual(
      table(rows, [1], (_, text) => text),
      ["item        n", "a          10", "long item   5"],
    );
  });
});
