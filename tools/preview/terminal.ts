import type { BillLine, Section } from "./bill";
import { cellText, columns, legend, matrixOf, proofCounts, reasonsOf } from "./matrix";
import { money, total } from "./money";
import type { PreviewReport } from "./report";
import { count, figure, nameOf, type Paint, plain, type TextCell, table, wrap } from "./text";
import { changesText, markOf, treeOf } from "./tree";

/** How the page is printed. */
export interface PageOptions {
  /** Unfolds the tree and the matrix. @default false */
  readonly all?: boolean;
  /** @default no colours */
  readonly paint?: Paint;
}

const width = 100;
const heading = (text: string, paint: Paint) => ["", paint("bold", text)];
const indent = (lines: readonly string[], by = 2) => lines.map((line) => (line ? " ".repeat(by) + line : line));

const opStyle = (op: string) => {
  const mark = markOf(op);
  return mark === "+" ? "green" : mark === "-" ? "red" : mark === " " ? "gray" : "yellow";
};

function head({ stack, engine, notes }: PreviewReport, paint: Paint): string[] {
  const provider = engine.provider.includes("stand-in") ? paint("yellow", engine.provider) : engine.provider;
  return [
    `${paint("bold", `Preview of ${stack}`)}  Pulumi ${engine.version}, provider: ${provider}`,
    ...notes.flatMap((note) => wrap(note, width)).map((note) => paint("gray", note)),
  ];
}

/** What would change; of a run that ended early, as far as it came. */
export const progressText = ({ changes, partial }: PreviewReport): string =>
  partial ? "the run ended early" : changesText(changes);

function resources(report: PreviewReport, all: boolean, paint: Paint): string[] {
  const lines = treeOf(report.resources, all).map(
    ({ depth, op, text }) => `${paint(opStyle(op), markOf(op).padEnd(2))} ${"  ".repeat(depth)}${text}`,
  );
  const unsure = report.replacementNotKnown.map(
    ({ urn, type, keys }) => `replacement not known: ${type} ${nameOf(urn)} (${keys.join(", ")})`,
  );
  return [
    ...heading(`Resources: ${progressText(report)}`, paint),
    ...indent(lines.length > 0 ? lines : ["none"]),
    ...indent(unsure.map((line) => paint("yellow", line))),
  ];
}

function coverage(report: PreviewReport, all: boolean, paint: Paint): string[] {
  if (report.partial) return heading("Coverage: not known", paint);
  const rows = matrixOf(report, all);
  const { signals, alarms, lint, evaluated, drilled, bands, missing, watched } = proofCounts(report);
  const titles: TextCell[] = ["kind", "resource", ...columns, `${report.bill.currency}`].map((text) => ({
    text,
    style: "gray",
  }));
  const body = rows.map(({ kind, label, cells, watching }): TextCell[] => [
    { text: kind },
    { text: label },
    ...cells.map((cell): TextCell => ({ text: cellText(cell), ...(cell.missing > 0 && { style: "red" as const }) })),
    { text: watching > 0 ? money(watching) : "·" },
  ]);
  return [
    ...heading(`Coverage: ${count(signals, "signal")} on ${count(watched, "resource")}, ${missing} missing`, paint),
    ...indent(rows.length > 0 ? table([titles, ...body], [], paint) : ["none"]),
    ...indent([
      ...wrap(legend, width).map((line) => paint("gray", line)),
      `${count(alarms, "alarm")}: ${lint} pass the lint, ${evaluated} the evaluator, ${drilled} a drill${bands > 0 ? `; ${bands} with a band that the proof assumes` : ""}`,
      ...reasonsOf(report).flatMap((line) => wrap(line, width)),
    ]),
  ];
}

/** Amounts stand under each other by their point. */
const aligned = (usd: number) => money(usd).replace(/\.(\d*)$/, (_, digits: string) => `.${digits.padEnd(4)}`);

/** Lines of one half beyond this are summed up in one. */
const manyLines = 15;

function section(lines: readonly BillLine[], all: boolean): TextCell[][] {
  const shown = all || lines.length <= manyLines ? lines : lines.slice(0, manyLines - 1);
  const rest = lines.slice(shown.length);
  const row = ({ item, quantity, unit, price, amount }: BillLine) =>
    [item, figure(quantity), unit, aligned(price), aligned(amount)].map((text) => ({ text }));
  if (rest.length === 0) return shown.map(row);
  const amount = aligned(rest.reduce((sum, line) => sum + line.amount, 0));
  return [...shown.map(row), [`${rest.length} more (--all shows them)`, "", "", "", amount].map((text) => ({ text }))];
}

function bill(report: PreviewReport, all: boolean, paint: Paint): string[] {
  if (report.partial) return heading("Monthly bill: not known", paint);
  const { currency, region, priceDate, monthly, lines, notPriced } = report.bill;
  const half = (name: Section): TextCell[][] => [
    [name, "", "", "", aligned(monthly[name])].map((text) => ({ text, style: "bold" as const })),
    ...section(
      lines.filter((line) => line.section === name),
      all,
    ),
  ];
  const titles: TextCell[] = ["item", "quantity", "unit", "price", `${currency} a month`].map((text) => ({
    text,
    style: "gray",
  }));
  const shown = all ? notPriced : notPriced.slice(0, manyLines);
  return [
    ...heading(`Monthly bill: prices of ${region}, ${priceDate}, before tax and free tiers`, paint),
    ...indent(table([titles, ...half("monitoring"), ...half("infrastructure")], [1, 3, 4], paint)),
    ...indent(
      notPriced.length > 0
        ? [paint("yellow", `not priced: ${notPriced.length} (each is an amount that nobody knows, not 0)`)]
        : [],
    ),
    ...indent(
      shown.flatMap((item) => wrap(item, width - 4)),
      4,
    ),
    ...indent(shown.length < notPriced.length ? [`${notPriced.length - shown.length} more (--all shows them)`] : [], 4),
  ];
}

/** "2 broken rules", or that none is, or that nobody asked. */
export function verdictText({ violations, partial }: PreviewReport): string {
  if (violations.length > 0) return count(violations.length, "broken rule");
  return partial ? "the rules were not asked" : "no rule is broken";
}

function verdicts(report: PreviewReport, paint: Paint): string[] {
  const { violations, failure, diagnostics } = report;
  const broken = violations.flatMap(({ policy, level, urn, message }) => [
    paint(level === "mandatory" ? "red" : "yellow", `${level}: ${policy}: ${nameOf(urn)}`),
    ...indent(wrap(message, width)),
  ]);
  const said = diagnostics.flatMap(({ severity, message }) =>
    wrap(severity.startsWith("info") ? message : `${severity}: ${message}`, width),
  );
  return [
    ...heading(`Verdicts: ${verdictText(report)}`, paint),
    ...indent(broken),
    ...indent(said),
    ...(failure === undefined ? [] : ["", paint("red", "The run failed"), ...indent(failure.split("\n"))]),
  ];
}

function known(report: PreviewReport): string[] {
  if (report.partial) return ["coverage, verdicts and bill not known"];
  const { monthly, currency, notPriced } = report.bill;
  const { monitoring, infrastructure } = monthly;
  return [
    `${count(proofCounts(report).missing, "signal")} missing`,
    `${total(monitoring)} monitoring + ${total(infrastructure)} infrastructure ${currency} a month, ${notPriced.length} not priced`,
    count(report.violations.filter(({ level }) => level === "mandatory").length, "mandatory violation"),
  ];
}

/** The last line: everything that decides, in one. */
export function summaryText(report: PreviewReport): string {
  const { ok, stack, durationMs, engine, failure } = report;
  return [
    `${ok ? "ok" : failure === undefined ? "refused" : "failed"}: ${stack}: ${progressText(report)}`,
    ...known(report),
    `${(durationMs / 1000).toFixed(1)} s`,
    ...(engine.provider.includes("stand-in") ? ["stand-in"] : []),
  ].join("; ");
}

/** The report as a page for a terminal, with a line break at its end. */
export function terminalPage(report: PreviewReport, { all = false, paint = plain }: PageOptions = {}): string {
  return `${[
    ...head(report, paint),
    ...resources(report, all, paint),
    ...coverage(report, all, paint),
    ...bill(report, all, paint),
    ...verdicts(report, paint),
    "",
    paint([report.ok ? "green" : "red", "bold"], summaryText(report)),
  ].join("\n")}\n`;
}
