import { count, type Paint, plain, type TextCell, table, wrap } from "../preview/text";
import type { Finding } from "./check";
import type { Delivery } from "./page/page";

/** How a check ended. */
export interface CheckReport {
  readonly name: string;
  readonly verdict: "ok" | "findings" | "skipped" | "not checked";
  /** What was seen; why it was skipped, or could not be checked. */
  readonly seen: string;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** Everything that was seen: out/<stack>/verify.json. */
export interface VerifyReport {
  readonly stack: string;
  /** When, in ISO 8601. */
  readonly at: string;
  /** When the state was written that was held against the account. */
  readonly state?: string;
  readonly account: string;
  readonly region: string;
  readonly caller: string;
  readonly ok: boolean;
  readonly checks: readonly CheckReport[];
  /** How test alarms fared; absent where none were sent. */
  readonly page?: readonly Delivery[];
}

/** Whether nothing was found and everything could be checked. */
export const isFine = (checks: readonly CheckReport[]): boolean =>
  checks.every(({ verdict }) => verdict === "ok" || verdict === "skipped");

const width = 110;
const manyNotes = 6;
const styles = { ok: "green", findings: "red", skipped: "gray", "not checked": "yellow" } as const;

const verdictText = ({ verdict, findings }: CheckReport) =>
  verdict === "findings" ? count(findings.length, "finding") : verdict;

function findingLines({ what, where, wayOut }: Finding, paint: Paint): string[] {
  const lines = (text: string, mark: string, indent: string) =>
    wrap(text, width).map((line, index) => `${indent}${index === 0 ? mark : " ".repeat(mark.length)}${line}`);
  return [
    ...lines(what, "- ", "  "),
    ...lines(where, "", "    ").map((line) => paint("gray", line)),
    ...lines(wayOut, "> ", "    "),
  ];
}

/** The last line: everything that decides, in one. */
export function summaryText({ ok, stack, checks, page }: VerifyReport): string {
  const findings = checks.reduce((sum, { findings: own }) => sum + own.length, 0);
  const unchecked = checks.filter(({ verdict }) => verdict === "not checked").length;
  const skipped = checks.filter(({ verdict }) => verdict === "skipped").length;
  return [
    `${ok ? "ok" : "not ok"}: ${stack}: ${count(findings, "finding")} in ${count(checks.length - skipped, "check")}`,
    ...(unchecked > 0 ? [`${unchecked} could not be made`] : []),
    ...(page
      ? [`${page.filter(({ seconds }) => seconds !== undefined).length} of ${page.length} test alarms arrived`]
      : []),
  ].join("; ");
}

/** The report as a page for a terminal. @param all whether no notes are folded */
export function verifyPage(
  report: VerifyReport,
  { all = false, paint = plain }: { all?: boolean; paint?: Paint } = {},
): string {
  const { stack, account, region, caller, state, checks, page = [] } = report;
  const rows = checks.map((check): TextCell[] => [
    { text: verdictText(check), style: styles[check.verdict] },
    { text: check.name },
    { text: check.seen },
  ]);
  const sections = checks.flatMap(({ name, findings, notes }) => {
    const shown = all || notes.length <= manyNotes ? notes : notes.slice(0, manyNotes - 1);
    const rest = notes.length - shown.length;
    const lines = [
      ...findings.flatMap((finding) => findingLines(finding, paint)),
      ...shown.flatMap((note) => wrap(note, width).map((line) => paint("gray", `    ${line}`))),
      ...(rest > 0 ? [paint("gray", `    ${rest} more (--all shows them)`)] : []),
    ];
    return lines.length === 0 ? [] : ["", paint("bold", name), ...lines];
  });
  const deliveries = page.map(
    ({ way, arrived, of, seconds }) =>
      `  ${way}: ${seconds === undefined ? `arrived at ${arrived} of ${count(of, "topic")}` : `arrived after ${seconds} s`}`,
  );
  return `${[
    `${paint("bold", `Verify of ${stack}`)}  account ${account}, ${region}, as ${caller}`,
    ...(state === undefined ? [] : [paint("gray", `what should be there: the state of ${state}`)]),
    "",
    ...table(rows, [], paint),
    ...sections,
    ...(page.length > 0 ? ["", paint("bold", "test alarms"), ...deliveries] : []),
    "",
    paint([report.ok ? "green" : "red", "bold"], summaryText(report)),
  ].join("\n")}\n`;
}
