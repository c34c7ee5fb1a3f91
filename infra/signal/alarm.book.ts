import type { Alarm } from "./alarm.resource";
import type { Severity } from "./signal";

/** What is known of an alarm of CloudWatch that was made. */
export interface NotedAlarm {
  readonly alarm: Pick<Alarm, "name">;
  /** Its name in the program, with which its name in AWS begins. */
  readonly logicalName: string;
  /** Id of its signal. */
  readonly id: string;
  readonly severity: Severity;
  /** Name of what it is about. */
  readonly component: string;
}

/** Where alarms of CloudWatch are noted, so that one alarm can speak for many and a calendar can mute them. All are of one account and region. */
export interface AlarmBook {
  /** Whether an alarm tells nobody by itself, because a composite alarm will speak for it. */
  isChild(id: string, severity: Severity): boolean;
  note(alarm: NotedAlarm): void;
}
