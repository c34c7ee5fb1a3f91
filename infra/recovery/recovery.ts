import type { Plan } from "@pulumi/aws/backup/plan.js";
import type { Vault } from "@pulumi/aws/backup/vault.js";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { createPlan } from "./plan";
import { type NormalRecovery, normalizeRecovery, type RecoveryArgs } from "./recovery.args";
import { createTests } from "./restore-test";
import { createBackupRole } from "./role";
import { createVault, type VaultWatch, watchVault } from "./vault";

/**
 * The backups of a stack: a locked vault, plans that take what carries their tag, copies in another region, restores that prove them, and alarms for what did
 * not happen. Amazon MQ, MSK, SQS, SNS, AMP and Managed Grafana are not in the service: what they hold is made again from code, or not at all.
 */
export class Recovery extends ComponentResource {
  /** The raw resources; plans by their names. */
  readonly nodes: {
    readonly vault: Vault;
    readonly copy?: Vault;
    readonly plans: Readonly<Record<string, Plan>>;
    readonly watch: VaultWatch;
  };

  constructor(name: string, args: RecoveryArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeRecovery(name, args);
    super("vigia:recovery:Recovery", name, {}, opts);
    const { account, key, notify, protect = true } = args;
    const vault = createVault(name, { account, key, lock: normal.lock, notify, protect }, this);
    const copy = this.createCopy(name, args, normal);
    const { role, attached } = createBackupRole(name, "backup", account, this);
    const context = { vault: vault.name, copyTo: copy?.arn, role: role.arn, after: attached, parent: this };
    const plans = normal.plans.map((plan) => [plan.name, createPlan(name, plan, context)] as const);
    if (args.tests && normal.tests) {
      const restorer = createBackupRole(name, "restore", account, this);
      createTests(name, args.tests, normal.tests, { vault: vault.arn, role: restorer, parent: this });
    }
    const { watcher, changes } = args;
    const watch = watchVault(name, vault, { size: normal.size, changes, watcher }, { parent: this });
    this.nodes = { vault, plans: Object.fromEntries(plans), watch, ...(copy && { copy }) };
    this.registerOutputs({ vault: vault.name });
  }

  /** ARN of the vault. */
  get vaultArn(): Output<string> {
    return this.nodes.vault.arn;
  }

  /** The vault in the other region. Its copies are counted here, where their jobs run. */
  private createCopy(name: string, args: RecoveryArgs, { lock, size }: NormalRecovery): Vault | undefined {
    const { account, elsewhere, protect = true, watcher, changes } = args;
    if (!elsewhere || !size.copies) return undefined;
    const { region, key, notify } = elsewhere;
    const full = `${name}-copy`;
    const copy = createVault(full, { account, elsewhere: region, key, lock, notify, protect }, this);
    watchVault(full, copy, { role: "copy", size, changes, watcher }, { parent: this });
    return copy;
  }
}
