import { RestoreTestingPlan } from "@pulumi/aws/backup/restoreTestingPlan.js";
import { RestoreTestingSelection } from "@pulumi/aws/backup/restoreTestingSelection.js";
import { all, type ComponentResource, type Input } from "@pulumi/pulumi";
import { type NormalTests, type RestoreTestArgs, type TestedDatabases, testName } from "./restore-test.args";
import type { ReadyRole } from "./role";
import { backupTag } from "./tags";

/** What tests work with. */
export interface TestContext {
  /** ARN of the vault whose backups are restored. */
  readonly vault: Input<string>;
  readonly role: ReadyRole;
  readonly parent: ComponentResource;
}

/** "Restore testing inferred metadata" (AWS Backup Developer Guide, 2026-11): without these the default VPC is taken, where there is one. */
const overrides = ({ subnetGroup, securityGroups, parameterGroup }: TestedDatabases) => ({
  dbSubnetGroupName: subnetGroup,
  vpcSecurityGroupIds: all([...securityGroups]).apply((ids) => JSON.stringify(ids)),
  multiAz: "false",
  ...(parameterGroup !== undefined && { dbParameterGroupName: parameterGroup }),
});

/** Restores the newest backups on a schedule, waits, and deletes what was restored. How long each took is in the job. */
export function createTests(name: string, args: RestoreTestArgs, tests: NormalTests, context: TestContext): void {
  const { vault, role, parent } = context;
  const { databases, buckets } = args;
  const plan = new RestoreTestingPlan(
    name,
    {
      name: testName(name),
      scheduleExpression: tests.schedule,
      scheduleExpressionTimezone: "Etc/UTC",
      startWindowHours: 2,
      recoveryPointSelection: {
        algorithm: "LATEST_WITHIN_WINDOW",
        includeVaults: [vault],
        recoveryPointTypes: ["SNAPSHOT"],
        selectionWindowDays: tests.windowDays,
      },
    },
    { parent },
  );
  const select = (
    what: string,
    type: string,
    planName: string,
    more: { restoreMetadataOverrides?: ReturnType<typeof overrides> },
  ) =>
    new RestoreTestingSelection(
      `${name}-${what}`,
      {
        name: what,
        restoreTestingPlanName: plan.name,
        protectedResourceType: type,
        protectedResourceConditions: { stringEquals: [{ key: `aws:ResourceTag/${backupTag}`, value: planName }] },
        iamRoleArn: role.role.arn,
        validationWindowHours: tests.keepHours,
        ...more,
      },
      { parent, dependsOn: [...role.attached] },
    );
  if (databases) select("databases", "RDS", databases.plan, { restoreMetadataOverrides: overrides(databases) });
  if (buckets) select("buckets", "S3", buckets.plan, {});
}
