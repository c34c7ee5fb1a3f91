import type { Input } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import type { Duration } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import { type NormalPlan, normalizePlan, type PlanArgs, wholeDays } from "./plan.args";
import { type NormalTests, normalizeTests, type RestoreTestArgs, testName } from "./restore-test.args";
import { checkPlan } from "./tags";
import type { vaultSignals } from "./vault.signals";
import type { VaultSize } from "./vault.size";

/**
 * Who may shorten how long backups are kept: whoever has the right to ("governance"), or nobody, the account's owner and AWS included, once the time to change
 * one's mind is over. The vault and what is in it can then not be deleted before its time, whatever it costs.
 */
export const lockModes = ["off", "governance", "compliance: nobody can ever undo it"] as const;
/** How a vault is locked. */
export type LockMode = (typeof lockModes)[number];
/** The mode that cannot be undone: written out, so that nobody sets it by accident. */
export const compliance: LockMode = "compliance: nobody can ever undo it";

/** The lock of the vaults. */
export interface LockArgs {
  mode: LockMode;
  /** The shortest time for which any backup may be kept, in whole days. @default "7 days" */
  least?: Duration;
  /** The longest. @default "400 days" */
  most?: Duration;
  /** For compliance: how long one can still change one's mind, at least 3 days. @default "14 days" */
  changeableFor?: Duration;
}

/** The lock in days. */
export interface NormalLock {
  readonly mode: LockMode;
  readonly least: number;
  readonly most: number;
  /** Given, it starts compliance mode. */
  readonly changeableFor?: number;
}

/** Where copies go. */
export interface ElsewhereArgs {
  /** Another region than that of the backups. */
  region: string;
  /** Customer managed key in that region. @default a key of its own */
  key?: Input<string>;
  /** ARN of a topic of that region that lets AWS Backup publish. @default nobody is told there */
  notify?: Input<string>;
}

/** What recovery is made from. */
export interface RecoveryArgs extends Place {
  /** Plans by the names that resources carry in their tag `backup`. */
  plans: Readonly<Record<string, PlanArgs>>;
  /** The region for copies. @default none: a loss of the region loses the backups */
  elsewhere?: ElsewhereArgs;
  /** @default governance, from 7 to 400 days */
  lock?: LockArgs;
  /** Restores that are made to see that they work. @default none */
  tests?: RestoreTestArgs;
  /** ARN of a topic that lets AWS Backup publish (`senders: ["backup"]`). @default nobody is told of what no metric shows */
  notify?: Input<string>;
  /** Customer managed key of the vault. @default a key of its own */
  key?: Input<string>;
  /** Whether the engine refuses to delete or replace vaults and keys. @default true */
  protect?: boolean;
  /** What is watched differently, by signal id. */
  changes?: Changes<typeof vaultSignals>;
  /** Who is told. */
  watcher: Watcher;
}

/** Arguments with every default in place. */
export interface NormalRecovery {
  readonly plans: readonly NormalPlan[];
  readonly lock: NormalLock;
  readonly tests?: NormalTests;
  readonly size: VaultSize;
}

function readLock(problems: Problems, args: LockArgs): NormalLock {
  const { mode, least = "7 days", most = "400 days", changeableFor } = args;
  problems.unless(
    lockModes.includes(mode),
    `lock.mode must be ${lockModes.map((one) => `"${one}"`).join(" or ")}`,
    mode,
  );
  problems.unless(
    changeableFor === undefined || mode === compliance,
    "lock.changeableFor is for compliance only: AWS takes a lock that has it for one that cannot be undone",
    changeableFor,
  );
  const lock = {
    mode,
    least: wholeDays(problems, "lock.least", least),
    most: wholeDays(problems, "lock.most", most),
  };
  problems.unless(!(lock.most < lock.least), `lock.most must not be shorter than lock.least (${least})`, most);
  if (mode !== compliance) return lock;
  const days = wholeDays(problems, "lock.changeableFor", changeableFor ?? "14 days");
  problems.unless(!(days < 3), "lock.changeableFor must be at least 3 days", changeableFor);
  return { ...lock, changeableFor: days };
}

/** A job whose retention the lock does not allow fails: told here instead of every night. */
function checkRetention(problems: Problems, plan: NormalPlan, lock: NormalLock): void {
  if (lock.mode === "off") return;
  for (const field of ["keep", "keepMonthly", "anyMoment", "keepCopies"] as const) {
    const days = plan[field];
    problems.unless(
      days === undefined || !(days < lock.least || days > lock.most),
      `plans.${plan.name}.${field} must be ${lock.least} to ${lock.most} days, which is what the lock allows`,
      days === undefined ? undefined : `${days} days`,
    );
  }
}

function checkElsewhere(problems: Problems, { region, plans, elsewhere }: RecoveryArgs): void {
  for (const [name, { keepCopies }] of Object.entries(plans))
    problems.unless(
      keepCopies === undefined || elsewhere !== undefined,
      `plans.${name}.keepCopies needs another region to copy to: give elsewhere.region`,
      keepCopies,
    );
  if (!elsewhere) return;
  problems.unless(
    /^[a-z]{2}(-[a-z]+)+-\d$/.test(elsewhere.region),
    'elsewhere.region must be written as "eu-central-1"',
    elsewhere.region,
  );
  problems.unless(
    elsewhere.region !== region,
    "elsewhere.region must be another region than that of the backups: copies beside them are lost with them",
    elsewhere.region,
  );
}

/** "CreateRestoreTestingPlan" (AWS Backup API Reference, 2026-11). */
const longestTestName = 50;

/** The arguments of recovery, checked. Throws one error with every problem, before anything is registered. */
export function normalizeRecovery(name: string, args: RecoveryArgs): NormalRecovery {
  const problems = new Problems(`recovery "${name}"`);
  problems.add(checkName("backup vault", `${name}-copy`));
  problems.add(checkName("role", `${name}-restore`));
  checkPlace(problems, args);
  const lock = readLock(problems, args.lock ?? { mode: "governance" });
  const plans = Object.entries(args.plans).map(([plan, given]) => {
    problems.add(checkPlan("plans", plan));
    problems.add(checkName("backup plan", `${name}-${plan}`));
    return normalizePlan(problems, plan, given);
  });
  problems.unless(plans.length > 0, "plans must name at least one plan");
  for (const plan of plans) checkRetention(problems, plan, lock);
  checkElsewhere(problems, args);
  problems.unless(
    args.tests === undefined || testName(name).length <= longestTestName,
    `tests: the name "${testName(name)}" of the restore test must have at most ${longestTestName} characters; shorten that of recovery or of the stack`,
  );
  const tests = args.tests && normalizeTests(problems, args.tests, Object.keys(args.plans));
  checkChanges(problems, args.changes);
  problems.throwIfAny();
  return {
    plans,
    lock,
    ...(tests && { tests }),
    size: {
      resources: plans.reduce((sum, { resources }) => sum + resources, 0),
      copies: plans.some(({ keepCopies }) => keepCopies !== undefined),
      testsApart: tests?.apart ?? 0,
    },
  };
}
