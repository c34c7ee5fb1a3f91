import { z } from "zod";
import { type Duration, isDuration } from "../../infra/kit/units";
import { entryProblems, type Maintenance, weekdays } from "../../infra/watch/calendar";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { unknownServices } from "./service-names";
import { group, list, oneOf, text, whole, words } from "./values";

/** What a stack says of planned work, by name. */
export type MaintenanceSettings = readonly Maintenance[];

const plainName = "lower-case letters and digits in parts joined by hyphens";
const recurrences = ["once", "daily", "weekly", "monthly"] as const;

/** Which fields an entry has besides those of all, by how often it comes. */
const fieldsOf: Readonly<Record<(typeof recurrences)[number], readonly string[]>> = {
  once: ["end"],
  daily: ["duration"],
  weekly: ["weekday", "duration"],
  monthly: ["day", "duration"],
};
const particular = ["end", "duration", "weekday", "day"];

const fields = group({
  recurrence: oneOf(...recurrences).describe("How often it comes."),
  start: text("a text", () => true).describe(
    'Local: "2026-12-24T22:00" for what comes once, "02:00" for what comes again and again.',
  ),
  end: text("a text", () => true)
    .optional()
    .describe('Local end of what comes once, written like "2026-12-25T04:00".'),
  duration: text('a length of time, written like "90 minutes"', isDuration)
    .optional()
    .describe("How long it lasts each time, for what comes again and again. It may go past midnight."),
  weekday: oneOf(...weekdays)
    .optional()
    .describe("Day of what comes weekly."),
  day: whole(1, 28).optional().describe("Day of the month of what comes monthly."),
  timezone: text("a text", () => true).describe('Time zone of all its times, written like "Europe/Berlin".'),
  services: list(
    text(plainName, (given) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(given)),
    "names of services",
  )
    .optional()
    .describe("Only what concerns these services is muted; all of it without the list."),
  reason: words("why alarms are silent then").describe("Why alarms are silent then."),
});

type Given = z.infer<typeof fields>;

/** An entry of its recurrence. What it lacks is answered as a mistake; a stand-in keeps the others checkable. */
function entryOf(name: string, given: Given): Maintenance {
  const { recurrence, start, end = start, duration, weekday = "sunday", day = 1, timezone, services, reason } = given;
  const common = { name, reason, timezone, start, ...(services && { services }) };
  const length: Duration = duration !== undefined && isDuration(duration) ? duration : "1 minute";
  if (recurrence === "once") return { ...common, recurrence, end };
  if (recurrence === "weekly") return { ...common, recurrence, weekday, duration: length };
  if (recurrence === "monthly") return { ...common, recurrence, day, duration: length };
  return { ...common, recurrence, duration: length };
}

const maintenance: z.ZodType<MaintenanceSettings> = z
  .record(z.string(), fields, { error: "a mapping of names to planned work" })
  .transform((named) => Object.entries(named).map(([name, given]) => entryOf(name, given)))
  .describe(
    "Planned work by name: alarms of both backends are silent meanwhile. A name with null takes an entry away.",
  );

/** Mistakes in one entry that no value shows alone. */
function entryMistakes(name: string, given: unknown, all: Mapping): SectionMistake[] {
  const { success, data } = fields.safeParse(given);
  if (!success) return [];
  const { recurrence } = data;
  const wanted = fieldsOf[recurrence];
  const has = (field: string) => isMapping(given) && given[field] !== undefined;
  const shape = particular.flatMap((field): SectionMistake[] => {
    if (wanted.includes(field) && !has(field))
      return [
        {
          path: [name],
          allowed: `what comes ${recurrence} needs ${wanted.join(" and ")}; ${field} is missing`,
          aside: true,
        },
      ];
    return !wanted.includes(field) && has(field)
      ? [{ path: [name, field], allowed: `what comes ${recurrence} has ${wanted.join(" and ")} instead` }]
      : [];
  });
  const lacking = wanted.filter((field) => !has(field));
  const wrong = entryProblems(entryOf(name, data)).filter(({ field }) => !lacking.includes(field));
  return [
    ...shape,
    ...unknownServices(data.services, all, [name, "services"]),
    ...wrong.map(
      ({ field, allowed }): SectionMistake =>
        field === "name"
          ? { path: [name], allowed: `its name must be ${allowed}`, aside: true }
          : { path: [name, field], allowed },
    ),
  ];
}

/** Planned work, which mutes alarms. */
export const maintenanceSection = section<MaintenanceSettings>({
  schema: maintenance,
  defaults: {},
  mistakes: (given, all) =>
    Object.entries(isMapping(given) ? given : {}).flatMap(([name, entry]) => entryMistakes(name, entry, all)),
});
