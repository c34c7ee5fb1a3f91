/** What a runbook says about people and places: who feels it, who else is called, and where one sees it. */
import type { AnySignal, Golden, Severity } from "./signal";

/** What users notice of a ticket, where its record says nothing else. */
const feltOfTicket: Readonly<Record<Golden, string>> = {
  availability: "As a rule nothing yet: what is left does the work, or there is time until it counts.",
  saturation: "Nothing yet. When there is no room left, requests fail or wait.",
  errors: "Little or nothing: few are hit, or what fails is tried again. It grows if nobody mends it.",
  latency: "Little or nothing yet: something takes longer than it should.",
  traffic: "Little or nothing yet: more or less happens than usual.",
};

/** The same of what pages, in a program whose records do not say it. */
const feltOfPage = "They feel it now, or something of theirs is about to be lost: otherwise it would be no page.";

/** How users feel it. */
export function felt<Size>(signal: AnySignal<Size>, severity: Severity): string {
  const { runbook, golden } = signal;
  const own = "felt" in runbook ? runbook.felt : undefined;
  return own ?? (severity === "page" ? feltOfPage : feltOfTicket[golden]);
}

/** The page of the project that says all of it, from a runbook. */
const guide = "../../docs/on-call.md";

/** Minutes after which a page is told to somebody else; docs/on-call.md says the same. */
export const escalateAfter = { untaken: 15, unmended: 30 } as const;

/** Who is asked when it does not end. */
export const escalation: Readonly<Record<Severity, string>> = {
  page: `Nobody has taken it after ${escalateAfter.untaken} minutes, users still feel it after ${escalateAfter.unmended}, or the next step could lose data: [call the next one](${guide}#escalation). What helps for now comes before what mends it for good.`,
  ticket: `It waits for the day, with an owner and a date. If it stands at the third look, or a page of the same component comes, it is [no ticket any more](${guide}#severity).`,
};

/** Where it is seen: the notification has the address of Grafana, which differs from stack to stack. */
export const boardLine = (kind: string, title: string): string =>
  `Panel *${title}* of the board \`/d/vigia-${kind}\` in Grafana ([its definition](../dashboards/${kind}.json)).`;

/**
 * The same pages with links between them: where the checks or the remedies of one name another signal, outside of code, that is a link to its page.
 * @param pages by id
 */
export function linked(pages: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const named = /[a-z0-9]+(?:-[a-z0-9]+)+/g;
  const inText = (text: string, own: string) =>
    text.replace(named, (id) => (id !== own && Object.hasOwn(pages, id) ? `[${id}](${id}.md)` : id));
  const inLine = (line: string, own: string) =>
    /^\d+\. /.test(line)
      ? line
          .split("`")
          .map((part, index) => (index % 2 === 0 ? inText(part, own) : part))
          .join("`")
      : line;
  return Object.fromEntries(
    Object.entries(pages).map(([own, page]) => [
      own,
      page
        .split("\n")
        .map((line) => inLine(line, own))
        .join("\n"),
    ]),
  );
}
