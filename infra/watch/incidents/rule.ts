import type { NotedAlarm } from "../../signal/alarm.book";
import { compositeLimits } from "../../signal/evaluate/composite";

/** The longest description of an alarm ("PutCompositeAlarm", CloudWatch API Reference, 2026-11). */
const longestDescription = 1_024;

/** What Pulumi adds to a name in the program, as far as a project does not say otherwise: a hyphen and seven digits. */
const added = "-0123456".length;

const term = (name: string) => `ALARM("${name}")`;
const joined = " OR ";

/** The rule of an alarm that is on when one of some others is. */
export const anyOf = (names: readonly string[]): string => names.map(term).join(joined);

/** A name, both parentheses ("Create a composite alarm", CloudWatch User Guide, 2026-11). */
const elementsOfTerm = 3;
const mostTerms = Math.min(compositeLimits.children, Math.floor(compositeLimits.elements / elementsOfTerm));

/** Splits alarms so that the rule of each part is within CloudWatch's limits, whatever the ends of their names will be. */
export function parts<Named extends Pick<NotedAlarm, "logicalName">>(alarms: readonly Named[]): Named[][] {
  const found: Named[][] = [];
  let length = 0;
  for (const alarm of alarms) {
    const more = term(alarm.logicalName).length + added + joined.length;
    const last = found.at(-1);
    if (last && last.length < mostTerms && length + more <= compositeLimits.characters) {
      last.push(alarm);
      length += more;
    } else {
      found.push([alarm]);
      length = more;
    }
  }
  return found;
}

/** What the alarm of an incident says: what fails, where its runbook is, and which alarms may have begun it, as many as there is room for. */
export function description(about: string, runbooks: string, children: readonly NotedAlarm[]): string {
  const head = `Incident: ${about}. It is told once: the reason names the alarm that began it. Runbook: ${runbooks}/incident.md Alarms in it: `;
  const byComponent = new Map<string, string[]>();
  for (const { component, id } of children) byComponent.set(component, [...(byComponent.get(component) ?? []), id]);
  const items = [...byComponent].map(([component, ids]) => `${component} (${ids.join(", ")})`);
  for (let shown = items.length; shown > 0; shown--) {
    const rest = items.length - shown;
    const text = `${head}${items.slice(0, shown).join("; ")}${rest > 0 ? `; and ${rest} more components` : ""}.`;
    if (text.length <= longestDescription) return text;
  }
  return `${head}${children.length}.`.slice(0, longestDescription);
}
