import type { BillLine, Section } from "./bill";
import { cellText, columns, legend, matrixOf, proofCounts, reasonsOf } from "./matrix";
import { money, total } from "./money";
import type { PreviewReport } from "./report";
import { progressText, summaryText, verdictText } from "./terminal";
import { count, figure, nameOf } from "./text";
import { markOf, treeOf } from "./tree";

/** Text in a table or a list: nothing in it may be read as Markdown or HTML, nor end the cell. */
const literal = (text: string) =>
  text
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\r?\n/g, "<br>");

/** A block of code whose fence is longer than any that stands in it. */
function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const details = (summary: string, body: string) => `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;

function table(titles: readonly string[], rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  return [row(titles), row(titles.map((_, i) => (right.includes(i) ? "--:" : "---"))), ...rows.map(row)].join("\n");
}

function verdicts(report: PreviewReport): string[] {
  const { violations, failure, diagnostics } = report;
  const broken = violations.map(
    ({ policy, level, urn, message }) =>
      `- **${literal(level)}** ${literal(policy)}: ${literal(nameOf(urn))}: ${literal(message)}`,
  );
  const said = diagnostics.map(({ severity, message }) => `- ${literal(severity)}: ${literal(message)}`);
  return [
    ...(failure === undefined ? [] : ["**The run failed**", fenced(failure)]),
    `### Verdicts: ${verdictText(report)}`,
    ...broken,
    ...(said.length > 0 ? [details(count(said.length, "message"), said.join("\n"))] : []),
  ];
}

function coverage(report: PreviewReport): string[] {
  const { signals, alarms, lint, evaluated, drilled, bands, missing, watched } = proofCounts(report);
  const rows = matrixOf(report).map(({ kind, label, cells, missing: ids, watching }) => [
    literal(kind),
    literal(label) + (ids.length > 0 ? `<br>missing: ${ids.map((id) => `\`${id}\``).join(", ")}` : ""),
    ...cells.map((cell) => (cell.missing > 0 ? `**${cellText(cell)}**` : cellText(cell))),
    watching > 0 ? money(watching) : "·",
  ]);
  const reasons = reasonsOf(report).map((reason) => `- ${literal(reason)}`);
  return [
    `### Coverage: ${count(signals, "signal")} on ${count(watched, "resource")}, ${missing} missing`,
    ...(rows.length > 0
      ? [table(["kind", "resource", ...columns, report.bill.currency], rows), `Cells: ${legend}.`]
      : []),
    `${count(alarms, "alarm")}: ${lint} pass the lint, ${evaluated} the evaluator, ${drilled} a drill${bands > 0 ? `; ${bands} with a band that the proof assumes` : ""}.`,
    ...(reasons.length > 0 ? [reasons.join("\n")] : []),
  ];
}

function bill({ bill: { currency, region, priceDate, monthly, lines, notPriced } }: PreviewReport): string[] {
  const line = ({ item, quantity, unit, price, amount }: BillLine) => [
    literal(item),
    figure(quantity),
    literal(unit),
    money(price),
    money(amount),
  ];
  const half = (name: Section) => [
    [`**${name}**`, "", "", "", `**${money(monthly[name])}**`],
    ...lines.filter(({ section }) => section === name).map(line),
  ];
  return [
    `### Monthly bill: ${total(monthly.monitoring)} monitoring, ${total(monthly.infrastructure)} infrastructure, ${notPriced.length} not priced`,
    details(
      `${count(lines.length, "line")}, prices of ${region}, ${priceDate}, in ${currency} before tax and free tiers`,
      table(
        ["item", "quantity", "unit", "price", `${currency} a month`],
        [...half("monitoring"), ...half("infrastructure")],
        [1, 3, 4],
      ),
    ),
    ...(notPriced.length > 0
      ? [
          details(
            `${notPriced.length} not priced: amounts that nobody knows, not 0`,
            notPriced.map((item) => `- ${literal(item)}`).join("\n"),
          ),
        ]
      : []),
  ];
}

function resources(report: PreviewReport): string[] {
  const lines = treeOf(report.resources).map(
    ({ depth, op, text }) => `${markOf(op).padEnd(2)} ${"  ".repeat(depth)}${text}`,
  );
  const unsure = report.replacementNotKnown.map(
    ({ urn, type, keys }) =>
      `- replacement not known: ${literal(type)} ${literal(nameOf(urn))} (${literal(keys.join(", "))})`,
  );
  return [
    `### Resources: ${progressText(report)}`,
    ...(lines.length > 0
      ? [details(count(report.resources.length, "resource"), fenced(lines.join("\n"), "diff"))]
      : []),
    ...(unsure.length > 0 ? [unsure.join("\n")] : []),
  ];
}

/** The longest comment that GitHub takes is 65,536 characters ("body is too long" is its answer to more, 2026-11). */
const longest = 65_000;
const shortened = "_The rest is too long for a comment: preview.json has all of it._";

/** As many parts from the front as fit, with a note where some do not. */
function fitting(parts: readonly string[]): string {
  const kept: string[] = [];
  let room = longest - shortened.length;
  for (const part of parts) {
    room -= part.length + 2;
    if (room < 0) return [...kept, shortened].join("\n\n");
    kept.push(part);
  }
  return kept.join("\n\n");
}

/** The report as Markdown for a comment in a pull request: verdicts first, long parts folded, never longer than a comment may be. */
export function markdownPage(report: PreviewReport): string {
  const { stack, engine, ok, notes } = report;
  const parts = [
    `## ${ok ? "✅" : "❌"} Preview of ${literal(stack)}`,
    literal(summaryText(report)),
    `Pulumi ${literal(engine.version)}, provider: ${literal(engine.provider)}. ${notes.map(literal).join(" ")}`.trimEnd(),
    ...verdicts(report),
    ...(report.partial ? [] : [...coverage(report), ...bill(report)]),
    ...resources(report),
  ];
  return `${fitting(parts)}\n`;
}
