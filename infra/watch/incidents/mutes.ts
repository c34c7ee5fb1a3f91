import { AlarmMuteRule } from "@pulumi/aws/cloudwatch/alarmMuteRule.js";
import type { Input, Resource } from "@pulumi/pulumi";
import type { Problems } from "../../kit/problems";
import { instantOf, type Maintenance } from "../calendar";
import type { Incident } from "./book";
import { muteSchedule } from "./mute";

/** Limits of alarm mute rules ("CloudWatch service quotas" and "PutAlarmMuteRule", CloudWatch, 2026-11). */
const most = { alarms: 100, rules: 2_000, description: 1_024 } as const;

/** An alarm that tells somebody, and what may mute it. */
export type Mutable = Pick<Incident, "service" | "mutable">;

/** One rule: an entry of the calendar, and at most a hundred alarms. */
export interface PlannedMute<Of> {
  readonly name: string;
  readonly entry: Maintenance;
  readonly alarms: readonly Of[];
}

/** What is over stays over. A rule for it would not mute anything, and CloudWatch may refuse to change it. */
const isOver = (entry: Maintenance, now: Date) =>
  entry.recurrence === "once" && instantOf(entry.end, entry.timezone) <= now.getTime();

const isMuted = ({ services }: Maintenance, { service, mutable = true }: Mutable) =>
  mutable && (services === undefined || (service !== undefined && services.includes(service)));

/** The rules of a calendar. What nobody may mute, and what is over, has none. */
export const planMutes = <Of extends Mutable>(
  name: string,
  calendar: readonly Maintenance[],
  alarms: readonly Of[],
  now: Date,
): PlannedMute<Of>[] =>
  calendar
    .filter((entry) => !isOver(entry, now))
    .flatMap((entry) => {
      const muted = alarms.filter((alarm) => isMuted(entry, alarm));
      return Array.from({ length: Math.ceil(muted.length / most.alarms) }, (_, part) => ({
        name: `${name}-${entry.name}${part === 0 ? "" : `-${part + 1}`}`,
        entry,
        alarms: muted.slice(part * most.alarms, (part + 1) * most.alarms),
      }));
    });

/** Notes more rules than a region may have. */
export function checkMutes(problems: Problems, planned: readonly PlannedMute<unknown>[]): void {
  problems.unless(
    planned.length <= most.rules,
    `calendar: a region takes at most ${most.rules} mute rules, one for each entry and ${most.alarms} alarms; take away what is over`,
    planned.length,
  );
}

/**
 * Makes the rules. Alarms go on being evaluated; what is still wrong when an entry ends is told then ("Alarm Mute Rules", CloudWatch User Guide, 2026-11).
 * @param nameOf the alarm's name in AWS
 */
export const createMutes = <Of>(
  planned: readonly PlannedMute<Of>[],
  nameOf: (alarm: Of) => Input<string>,
  parent: Resource,
): AlarmMuteRule[] =>
  planned.map(
    ({ name, entry, alarms }) =>
      new AlarmMuteRule(
        name,
        {
          description: `Planned work: ${entry.reason}`.slice(0, most.description),
          rule: { schedule: { ...muteSchedule(entry) } },
          muteTargets: { alarmNames: alarms.map(nameOf) },
        },
        { parent },
      ),
  );
