import { checkName } from "../../kit/names";
import { nearest } from "../../kit/nearest";
import { Problems } from "../../kit/problems";
import { calendarProblems } from "../calendar";
import type { Gathered } from "./book";
import type { IncidentsArgs } from "./incidents";

const plain = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The incidents so that each stands after the one that holds it back. What is in a circle, or unknown, is left out. */
export function inOrder(gathered: readonly Gathered[]): Gathered[] {
  const ready: Gathered[] = [];
  const isReady = (name: string | undefined) =>
    name === undefined ||
    ready.some(({ incident }) => incident.name === name) ||
    !gathered.some(({ incident }) => incident.name === name);
  for (let before = -1; before < ready.length; ) {
    before = ready.length;
    for (const one of gathered) if (!ready.includes(one) && isReady(one.incident.heldBackBy)) ready.push(one);
  }
  return ready;
}

/** Everything that is wrong with the incidents of a stack, to be thrown before anything is registered. */
export function checkIncidents(
  name: string,
  { prefix, calendar = [], watcher: { actions } }: IncidentsArgs,
  gathered: readonly Gathered[],
): Problems {
  const problems = new Problems(`incidents "${name}"`);
  const names = gathered.map(({ incident }) => incident.name);
  problems.unless(
    plain.test(prefix),
    "prefix must be lower-case letters and digits in parts joined by hyphens",
    prefix,
  );
  problems.unless(
    gathered.every(({ children }) => children.length === 0) || actions.page.length > 0,
    "watcher: nobody is told of a page, and the alarms of an incident tell nobody by themselves",
  );
  for (const { incident } of gathered) {
    const { name: own, about, heldBackBy } = incident;
    const where = `incident "${own}"`;
    problems.unless(plain.test(own), `${where}: a name is lower-case letters and digits in parts joined by hyphens`);
    problems.add(checkName("alarm", `${prefix}-${own}-part-100`, { physical: true }));
    problems.unless(
      about.trim() !== "" && about.length <= 200,
      `${where}: about must say what fails, in at most 200 characters`,
      about,
    );
    if (heldBackBy !== undefined && !names.includes(heldBackBy)) {
      const meant = nearest(heldBackBy, names);
      problems.unless(
        false,
        `${where}: no incident that would hold it back has this name${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
        heldBackBy,
      );
    }
  }
  const ordered = inOrder(gathered);
  const circle = gathered.filter((one) => !ordered.includes(one)).map(({ incident }) => incident.name);
  problems.unless(circle.length === 0, "incidents hold each other back in a circle", circle);
  for (const problem of calendarProblems(calendar)) problems.add(problem);
  return problems;
}
