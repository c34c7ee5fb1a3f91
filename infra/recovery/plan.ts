import { Plan } from "@pulumi/aws/backup/plan.js";
import { Selection } from "@pulumi/aws/backup/selection.js";
import type { ComponentResource, Input, Resource } from "@pulumi/pulumi";
import type { NormalPlan } from "./plan.args";
import { backupTag } from "./tags";

/** What a plan works with. */
export interface PlanContext {
  /** Name of the vault. */
  readonly vault: Input<string>;
  /** ARN of the vault in the other region. */
  readonly copyTo?: Input<string>;
  readonly role: Input<string>;
  /** What makes the role of use: a job that starts before it fails. */
  readonly after: readonly Resource[];
  readonly parent: ComponentResource;
}

/**
 * The rules of a plan. Copies are made from the daily backups only: of a continuous one a copy is a snapshot as well ("Copying continuous backups", AWS Backup
 * Developer Guide, 2026-11).
 */
function rulesOf(plan: NormalPlan, { vault, copyTo }: Pick<PlanContext, "vault" | "copyTo">) {
  const { minuteAndHour, keep, keepMonthly, anyMoment, keepCopies, startWithin, completeWithin } = plan;
  const window = { targetVaultName: vault, startWindow: startWithin, completionWindow: completeWithin };
  const copies = (days: number | undefined) =>
    days === undefined || copyTo === undefined
      ? {}
      : { copyActions: [{ destinationVaultArn: copyTo, lifecycle: { deleteAfter: days } }] };
  return [
    {
      ruleName: "daily",
      schedule: `cron(${minuteAndHour} * * ? *)`,
      ...window,
      lifecycle: { deleteAfter: keep },
      ...copies(keepCopies),
    },
    ...(keepMonthly === undefined
      ? []
      : [
          {
            ruleName: "monthly",
            schedule: `cron(${minuteAndHour} 1 * ? *)`,
            ...window,
            lifecycle: { deleteAfter: keepMonthly },
            ...copies(keepCopies === undefined ? undefined : Math.max(keepCopies, keepMonthly)),
          },
        ]),
    ...(anyMoment === undefined
      ? []
      : [
          {
            ruleName: "any-moment",
            schedule: `cron(${minuteAndHour} * * ? *)`,
            ...window,
            enableContinuousBackup: true,
            lifecycle: { deleteAfter: anyMoment },
          },
        ]),
  ].map((rule) => ({ ...rule, scheduleExpressionTimezone: "Etc/UTC", recoveryPointTags: { [backupTag]: plan.name } }));
}

/** A plan, and the selection of everything that carries its tag. */
export function createPlan(name: string, plan: NormalPlan, context: PlanContext): Plan {
  const { role, after, parent } = context;
  const full = `${name}-${plan.name}`;
  const made = new Plan(full, { rules: rulesOf(plan, context) }, { parent });
  const byTag = { type: "STRINGEQUALS", key: backupTag, value: plan.name };
  new Selection(full, { planId: made.id, iamRoleArn: role, selectionTags: [byTag] }, { parent, dependsOn: [...after] });
  return made;
}
