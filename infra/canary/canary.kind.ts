import { defineKind } from "../signal/kind";
import { daysPerMonth } from "../signal/prices";
import { type CanarySize, canarySignals } from "./canary.signals";

const secondsPerDay = 86_400;
const unitsOfRate: Readonly<Record<string, number>> = { minute: 60, minutes: 60, hour: 3_600 };

/** Seconds between runs of a schedule such as `rate(5 minutes)`; undefined for a cron expression, and for one that runs once. */
function intervalOf(schedule: unknown): number | undefined {
  if (typeof schedule !== "object" || schedule === null || !("expression" in schedule)) return undefined;
  const [, count, unit] = /^rate\((\d+) (minutes?|hour)\)$/.exec(String(schedule.expression)) ?? [];
  const seconds = Number(count) * (unitsOfRate[unit ?? ""] ?? Number.NaN);
  return seconds > 0 ? seconds : undefined;
}

/** Canaries as the catalogue knows them, ours and those of any other program. */
export const canaryKind = defineKind<"canary", "canary", CanarySize>({
  name: "canary",
  types: ["aws:synthetics/canary:Canary"],
  signals: canarySignals,
  nameOf: { CanaryName: "name" },
  roleOf: () => "canary",
  sizeOf: ({ known }) => ({ interval: intervalOf(known.schedule) ?? secondsPerDay, acceptable: 0 }),
  costs: ({ name, known }, _role, size, declared) => {
    const interval = declared ? size.interval : intervalOf(known.schedule);
    return [
      {
        item: `runs of ${name} (the function, its requests and its artifacts besides)`,
        price: "synthetics.runs",
        ...(interval !== undefined && { quantity: (daysPerMonth * secondsPerDay) / interval }),
      },
    ];
  },
});
