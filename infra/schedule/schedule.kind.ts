import { defineKind } from "../signal/kind";
import { daysPerMonth } from "../signal/prices";
import { type ScheduleRole, type ScheduleSize, scheduleSignals } from "./schedule.signals";

const units: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** Seconds between two runs of a rate expression; of a cron expression nobody can tell without reading it, and of one that runs once there is none. */
export function everyOf(expression: unknown): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(expression)) ?? [];
  return Number(count) * (units[unit ?? ""] ?? Number.NaN);
}

/** Schedules as the catalogue knows them, ours and those of any other program. */
export const scheduleKind = defineKind<ScheduleRole, "group", ScheduleSize>({
  name: "schedule",
  types: ["aws:scheduler/schedule:Schedule"],
  signals: scheduleSignals,
  nameOf: { ScheduleGroup: "groupName" },
  roleOf: () => "schedule",
  sizeOf: ({ known, madeFrom }, _role, graph) => {
    const target: unknown = known.target;
    const fields: Readonly<Record<string, unknown>> =
      typeof target === "object" && target !== null ? { ...target } : {};
    const made = madeFrom.target ?? [];
    const types = made.map((urn) => graph.find(urn)?.type);
    return {
      every: everyOf(known.scheduleExpression),
      // In a preview the ARN of a new queue is not known, but that the target was made from a queue is.
      deadLetters: fields.deadLetterConfig !== undefined || types.includes("aws:sqs/queue:Queue"),
      targetTells: false,
    };
  },
  costs: ({ name }, _role, { every }, declared) => [
    {
      item: `runs of ${name}`,
      price: "scheduler.invocations",
      ...(declared && every > 0 && { quantity: ((86_400 / every) * daysPerMonth) / 1e6 }),
    },
  ],
});
