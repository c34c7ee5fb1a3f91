import type { AlarmMuteRule } from "@pulumi/aws/cloudwatch/alarmMuteRule.js";
import { CompositeAlarm } from "@pulumi/aws/cloudwatch/compositeAlarm.js";
import { all, ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import type { Alarm } from "../../signal/alarm.resource";
import type { Watcher } from "../../signal/watch";
import type { Maintenance } from "../calendar";
import type { Gathered, IncidentBook } from "./book";
import { checkIncidents, inOrder } from "./incidents.check";
import { checkMutes, createMutes, type Mutable, planMutes } from "./mutes";
import { anyOf, description, parts } from "./rule";

/** What the incidents of a stack are made from. */
export interface IncidentsArgs {
  /** Where the components noted their alarms. It is closed by this: make the incidents last. */
  readonly book: IncidentBook;
  /** Who is told. */
  readonly watcher: Pick<Watcher, "actions" | "runbooks">;
  /** Begins the names of their alarms, which must be the only ones in account and region: "prod". */
  readonly prefix: string;
  /** When alarms are muted. @default never */
  readonly calendar?: readonly Maintenance[];
  /** The day as of which work is over. @default now */
  readonly asOf?: Date;
}

/** What tells somebody: an alarm of its own, or that of an incident. */
interface Teller extends Mutable {
  readonly alarm?: Pick<Alarm, "name">;
  readonly incident?: string;
}

/** Seconds that an incident waits for the one that explains it, and goes on waiting after its end: AWS advises 60 each at least ("Alarm suppression", CloudWatch User Guide, 2026-11). */
const patience = 120;

/**
 * The incidents of a stack: for what fails together one composite alarm that pages, while the alarms in it are silent; and the mute rules of the calendar.
 * A second alarm of the same incident tells nobody again: what must not hide so is in the table `toldAlone`.
 */
export class Incidents extends ComponentResource {
  /** The raw resources: the alarm of each incident that has any alarm, by its name, and the mute rules. */
  readonly nodes: {
    readonly alarms: Readonly<Record<string, CompositeAlarm>>;
    readonly mutes: readonly AlarmMuteRule[];
  };

  constructor(name: string, args: IncidentsArgs, opts?: ComponentResourceOptions) {
    const { book, calendar = [], asOf = new Date() } = args;
    const { incidents, speaking } = book.close();
    const told = incidents.filter(({ children }) => children.length > 0);
    const problems = checkIncidents(name, args, incidents);
    const tellers: Teller[] = [...told.map(({ incident }) => ({ ...incident, incident: incident.name })), ...speaking];
    const planned = planMutes(name, calendar, tellers, asOf);
    checkMutes(problems, planned);
    problems.throwIfAny();
    super("vigia:watch:Incidents", name, {}, opts);
    const alarms = new Map<string, CompositeAlarm>();
    for (const one of inOrder(told)) alarms.set(one.incident.name, this.createAlarm(one, args, alarms));
    const nameOf = ({ alarm, incident = "" }: Teller) => alarm?.name ?? alarms.get(incident)?.alarmName ?? "";
    this.nodes = { alarms: Object.fromEntries(alarms), mutes: createMutes(planned, nameOf, this) };
    this.registerOutputs({ alarms: [...alarms.values()].map(({ arn }) => arn) });
  }

  /** One alarm for all; for more than one may hold, silent ones between. */
  private createAlarm(
    { incident, children }: Gathered,
    { prefix, watcher: { actions, runbooks } }: IncidentsArgs,
    made: ReadonlyMap<string, CompositeAlarm>,
  ): CompositeAlarm {
    const { name, about, heldBackBy } = incident;
    const alarmName = `${prefix}-${name}`;
    const groups = parts(children);
    const names: Input<string>[] =
      groups.length === 1
        ? children.map(({ alarm }) => alarm.name)
        : groups.map(
            (group, at) =>
              this.createPart(
                `${name}-part-${at + 1}`,
                `${alarmName}-part-${at + 1}`,
                group.map(({ alarm }) => alarm.name),
              ).alarmName,
          );
    const cause = heldBackBy === undefined ? undefined : made.get(heldBackBy);
    return new CompositeAlarm(
      name,
      {
        alarmName,
        alarmRule: all(names).apply(anyOf),
        alarmDescription: description(about, runbooks, children),
        alarmActions: [...actions.page],
        okActions: [...actions.page],
        ...(cause && {
          actionsSuppressor: { alarm: cause.alarmName, waitPeriod: patience, extensionPeriod: patience },
        }),
        tags: { signal: "incident", severity: "page", incident: name },
      },
      { parent: this },
    );
  }

  private createPart(name: string, alarmName: string, children: Input<string>[]): CompositeAlarm {
    return new CompositeAlarm(name, { alarmName, alarmRule: all(children).apply(anyOf) }, { parent: this });
  }
}
