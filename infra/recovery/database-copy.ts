import { Key } from "@pulumi/aws/kms/key.js";
import { InstanceAutomatedBackupsReplication } from "@pulumi/aws/rds/instanceAutomatedBackupsReplication.js";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { administration, policyDocument } from "../kit/policy";
import { Problems } from "../kit/problems";
import type { Duration } from "../kit/units";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import { wholeDays } from "./plan.args";

/** What a database's backups are copied by. */
export interface DatabaseCopyArgs extends Place {
  /** ARN of the instance: single or Multi-AZ, no Multi-AZ cluster. Its own automated backups must be on. */
  source: Input<string>;
  /** Another region than the database's. */
  elsewhere: string;
  /** How far back any moment can be restored there: 1 to 35 days. @default "7 days" */
  keep?: Duration;
  /** Customer managed key in that region. @default a key of its own */
  key?: Input<string>;
  /** Whether the engine refuses to delete or replace the key. @default true */
  protect?: boolean;
}

/**
 * A database's snapshots and logs in another region, so that any moment but the last minutes can be restored there when this region is lost ("Replicating automated
 * backups to another AWS Region", RDS User Guide, 2026-11). A snapshot that AWS Backup copies there knows only its own moment.
 */
export class DatabaseCopy extends ComponentResource {
  /** The raw resource. */
  readonly nodes: { readonly replication: InstanceAutomatedBackupsReplication };

  constructor(name: string, args: DatabaseCopyArgs, opts?: ComponentResourceOptions) {
    const { account, region, source, elsewhere, keep = "7 days", protect = true } = args;
    const problems = new Problems(`database copy "${name}"`);
    checkPlace(problems, { account, region });
    const fine = /^[a-z]{2}(-[a-z]+)+-\d$/.test(elsewhere);
    problems.unless(fine, 'elsewhere must be a region, written as "eu-central-1"', elsewhere);
    problems.unless(elsewhere !== region, "elsewhere must be another region than the database's", elsewhere);
    const retentionPeriod = wholeDays(problems, "keep", keep);
    problems.unless(!(retentionPeriod > 35), "keep must be at most 35 days", keep);
    problems.throwIfAny();
    super("vigia:recovery:DatabaseCopy", name, {}, opts);
    const kmsKeyId = args.key ?? this.createKey(name, account, elsewhere, protect);
    const replication = new InstanceAutomatedBackupsReplication(
      name,
      { sourceDbInstanceArn: source, retentionPeriod, kmsKeyId, region: elsewhere },
      { parent: this },
    );
    this.nodes = { replication };
    this.registerOutputs({ arn: replication.id });
  }

  private createKey(name: string, account: string, region: string, protect: boolean) {
    return new Key(
      name,
      {
        description: `Backups of the database ${name}`,
        policy: JSON.stringify(policyDocument([administration(account)])),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        region,
      },
      { parent: this, ...kept(protect) },
    ).arn;
  }
}
