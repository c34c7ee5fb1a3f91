import type { Function as Lambda } from "@pulumi/aws/lambda/function.js";
import { Schedule as AwsSchedule } from "@pulumi/aws/scheduler/schedule.js";
import { ScheduleGroup } from "@pulumi/aws/scheduler/scheduleGroup.js";
import type { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { createRole } from "../function/role";
import { checkName } from "../kit/names";
import type { Permission } from "../kit/policy";
import { Problems } from "../kit/problems";
import { type Duration, seconds } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import { Watch, type Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { type ScheduleSize, scheduleSignals } from "./schedule.signals";

/** What is expected of a schedule: its alarms are made from it. */
export interface ScheduleExpectations {
  /** Time between two runs: whole minutes, up to a year. */
  every: Duration;
  /** Its target has an alarm of its own for not having run. @default false */
  targetTells?: boolean;
  /** What this schedule does differently, by signal id. */
  changes?: Changes<typeof scheduleSignals>;
  /** The service that it belongs to. */
  service?: string;
  /** Who is told. */
  watcher: Watcher;
}

/** What a schedule is made from. */
export interface ScheduleArgs extends ScheduleExpectations {
  /** What it starts, and with what. */
  target: { readonly function: Lambda /** JSON. @default nothing */; readonly input?: string };
  /** Where runs go that were given up; watched by whoever made it. @default nowhere, which an alarm tells */
  deadLetters?: SqsQueue;
  /** Customer managed key of the schedule and of its dead letters. */
  kmsKeyArn: Input<string>;
  place: Place;
}

/** How an existing schedule is watched. */
export interface WatchScheduleOptions extends ScheduleExpectations {
  /** Where runs go that were given up. */
  deadLetters?: SqsQueue;
}

function normalize(name: string, { every, targetTells, deadLetters, changes }: WatchScheduleOptions): ScheduleSize {
  const problems = new Problems(`schedule "${name}"`);
  problems.add(checkName("schedule group", name));
  const interval = problems.read("every", () => seconds(every)) ?? Number.NaN;
  problems.unless(
    !(interval < 60 || interval % 60 !== 0 || interval > 31_536_000),
    "every must be whole minutes, up to 365 days",
    every,
  );
  checkChanges(problems, changes);
  problems.throwIfAny();
  return { every: interval, deadLetters: deadLetters !== undefined, targetTells: targetTells ?? false };
}

/** A rate as the scheduler writes it: `rate(1 hour)`, `rate(15 minutes)`. */
export function rateOf(every: number): string {
  const [unit, length] =
    every % 86_400 === 0 ? ["day", 86_400] : every % 3_600 === 0 ? ["hour", 3_600] : ["minute", 60];
  const count = every / Number(length);
  return `rate(${count} ${unit}${count === 1 ? "" : "s"})`;
}

/** A schedule that runs a function, in a group of its own because the scheduler counts by group, and watched. */
export class Schedule extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly schedule: AwsSchedule; readonly group: ScheduleGroup; readonly watch: ScheduleWatch };

  constructor(name: string, args: ScheduleArgs, opts?: ComponentResourceOptions) {
    const size = normalize(name, args);
    super("vigia:schedule:Schedule", name, {}, opts);
    const group = new ScheduleGroup(name, {}, { parent: this });
    const { target, deadLetters, kmsKeyArn, place } = args;
    const may: Permission[] = [
      { Sid: "Invoke", Action: ["lambda:InvokeFunction"], Resource: [target.function.arn] },
      { Sid: "Key", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: [kmsKeyArn] },
      ...(deadLetters ? [{ Sid: "KeepFailures", Action: ["sqs:SendMessage"], Resource: [deadLetters.arn] }] : []),
    ];
    // "Confused deputy prevention in EventBridge Scheduler", EventBridge Scheduler User Guide, 2026-11.
    const condition = {
      StringEquals: { "aws:SourceAccount": place.account },
      ArnEquals: { "aws:SourceArn": group.arn },
    };
    const { role, policy } = createRole(
      `${name}-schedule`,
      { service: "scheduler.amazonaws.com", condition },
      may,
      [],
      this,
    );
    const schedule = new AwsSchedule(
      name,
      {
        groupName: group.name,
        scheduleExpression: rateOf(size.every),
        flexibleTimeWindow: { mode: "OFF" },
        kmsKeyArn,
        target: {
          arn: target.function.arn,
          roleArn: role.arn,
          input: target.input ?? "{}",
          // What is late by more than one run is of no use: the next one is there.
          retryPolicy: { maximumEventAgeInSeconds: Math.min(size.every, 86_400), maximumRetryAttempts: 185 },
          ...(deadLetters && { deadLetterConfig: { arn: deadLetters.arn } }),
        },
      },
      { parent: this, dependsOn: [policy] },
    );
    this.nodes = { schedule, group, watch: watchSchedule(name, schedule, args, { parent: this }) };
    this.registerOutputs({ arn: schedule.arn });
  }
}

/** The alarms of a schedule. */
export type ScheduleWatch = Watch<"group", ScheduleSize>;

/**
 * Watches a schedule that exists already. The scheduler counts by group: schedules that share one share their alarms.
 * @param name the alarms' names start with it
 */
export function watchSchedule(
  name: string,
  existing: AwsSchedule,
  options: WatchScheduleOptions,
  opts?: ComponentResourceOptions,
): ScheduleWatch {
  const part = {
    resource: existing,
    kind: "schedule",
    signals: scheduleSignals,
    role: "schedule",
    size: normalize(name, options),
    subjects: { group: existing.groupName },
    changes: options.changes ?? {},
    ...(options.service !== undefined && { service: options.service }),
  };
  return new Watch(name, [part], options.watcher, opts);
}
