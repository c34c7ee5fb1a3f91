import type { ExperimentTemplateArgs } from "@pulumi/aws/fis/experimentTemplate.js";
import { type Input, interpolate } from "@pulumi/pulumi";
import type { RoleStatement } from "../kit/policy";
import type { Place } from "../topic/senders";
import type { PodTarget } from "./experiments.args";

/** What one experiment does, and what its role may do for it. */
export interface Experiment {
  readonly description: string;
  readonly template: Pick<ExperimentTemplateArgs, "actions" | "targets">;
  readonly rights: readonly RoleStatement[];
}

const allow = (
  Action: readonly string[],
  Resource: RoleStatement["Resource"],
  Condition?: RoleStatement["Condition"],
): RoleStatement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});

const parameters = (given: Readonly<Record<string, Input<string>>>) =>
  Object.entries(given).map(([key, value]) => ({ key, value }));

/** Rights of each: FIS opens the delivery of its log in the name of the role ("Experiment logging", FIS User Guide, 2026-11). */
export const loggingRights: readonly RoleStatement[] = [
  allow(
    ["logs:CreateLogDelivery", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy"],
    "*",
  ),
];

/**
 * A zone is gone: its subnets lose all traffic but their own, by a network ACL that FIS makes and takes away again ("Network actions" and the policy
 * AWSFaultInjectionSimulatorNetworkAccess, FIS User Guide, 2026-11).
 */
export function zoneLoss(subnets: readonly Input<string>[], duration: string, { account, region }: Place): Experiment {
  const ec2 = (resource: Input<string>) => interpolate`arn:aws:ec2:${region}:${account}:${resource}`;
  const arns = subnets.map((id) => ec2(interpolate`subnet/${id}`));
  const acls = ec2("network-acl/*");
  const made = { StringEquals: { "aws:RequestTag/managedByFIS": "true" } };
  const own = { StringEquals: { "aws:ResourceTag/managedByFIS": "true" } };
  return {
    description: `The subnets of one zone lose all traffic for ${duration}`,
    template: {
      targets: [{ name: "subnets", resourceType: "aws:ec2:subnet", resourceArns: arns, selectionMode: "ALL" }],
      actions: [
        {
          name: "cut-off",
          actionId: "aws:network:disrupt-connectivity",
          parameters: parameters({ duration, scope: "all" }),
          target: { key: "Subnets", value: "subnets" },
        },
      ],
    },
    rights: [
      allow(
        ["ec2:DescribeManagedPrefixLists", "ec2:DescribeNetworkAcls", "ec2:DescribeSubnets", "ec2:DescribeVpcs"],
        "*",
      ),
      allow(["ec2:GetManagedPrefixListEntries"], ec2("prefix-list/*")),
      allow(["ec2:CreateNetworkAcl"], ec2("vpc/*")),
      allow(["ec2:CreateNetworkAcl"], acls, made),
      allow(["ec2:CreateTags"], acls, {
        StringEquals: { ...made.StringEquals, "ec2:CreateAction": "CreateNetworkAcl" },
      }),
      allow(["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAcl"], acls, own),
      allow(["ec2:ReplaceNetworkAclAssociation"], [...arns, acls]),
    ],
  };
}

/** One pod is deleted ("Use the AWS FIS aws:eks:pod actions", FIS User Guide, 2026-11). */
export const podLoss = ({ cluster, clusterArn, namespace, selector, serviceAccount }: PodTarget): Experiment => ({
  description: `One pod of ${selector} in ${namespace} is deleted`,
  template: {
    targets: [
      {
        name: "pods",
        resourceType: "aws:eks:pod",
        selectionMode: "COUNT(1)",
        parameters: {
          clusterIdentifier: cluster,
          namespace,
          selectorType: "labelSelector",
          selectorValue: selector,
        },
      },
    ],
    actions: [
      {
        name: "delete",
        actionId: "aws:eks:pod-delete",
        parameters: parameters({ kubernetesServiceAccount: serviceAccount, gracePeriodSeconds: "0" }),
        target: { key: "Pods", value: "pods" },
      },
    ],
  },
  rights: [allow(["eks:DescribeCluster"], clusterArn), allow(["ec2:DescribeSubnets", "tag:GetResources"], "*")],
});

/** The standby of a database takes over. */
export const databaseFailover = (database: Input<string>): Experiment => ({
  description: "The database fails over to its standby",
  template: {
    targets: [{ name: "database", resourceType: "aws:rds:db", resourceArns: [database], selectionMode: "ALL" }],
    actions: [
      {
        name: "fail-over",
        actionId: "aws:rds:reboot-db-instances",
        parameters: parameters({ forceFailover: "true" }),
        target: { key: "DBInstances", value: "database" },
      },
    ],
  },
  rights: [allow(["rds:DescribeDBInstances"], "*"), allow(["rds:RebootDBInstance"], database)],
});

/** A document of SSM that reboots a broker and waits until it runs again: FIS has no action for Amazon MQ. */
export const rebootDocument = (broker: Input<string>, role: Input<string>) => ({
  schemaVersion: "0.3",
  description: "Reboots a broker of Amazon MQ, one node after another, and waits until it runs again",
  assumeRole: role,
  mainSteps: [
    {
      name: "reboot",
      action: "aws:executeAwsApi",
      inputs: { Service: "mq", Api: "RebootBroker", BrokerId: broker },
    },
    // The state changes a while after the call.
    { name: "begin", action: "aws:sleep", inputs: { Duration: "PT1M" } },
    {
      name: "run",
      action: "aws:waitForAwsResourceProperty",
      timeoutSeconds: 2_400,
      inputs: {
        Service: "mq",
        Api: "DescribeBroker",
        BrokerId: broker,
        PropertySelector: "$.BrokerState",
        DesiredValues: ["RUNNING"],
      },
      isEnd: true,
    },
  ],
});

/** A broker is rebooted by a document of SSM. @param automation the role that the document takes */
export const brokerReboot = (
  document: { readonly name: Input<string>; readonly arn: Input<string> },
  automation: Input<string>,
  { account, region }: Place,
): Experiment => ({
  description: "The broker is rebooted, one node after another",
  template: {
    actions: [
      {
        name: "reboot",
        actionId: "aws:ssm:start-automation-execution",
        parameters: parameters({ documentArn: document.arn, maxDuration: "PT1H" }),
      },
    ],
  },
  rights: [
    allow(
      ["ssm:StartAutomationExecution"],
      interpolate`arn:aws:ssm:${region}:${account}:automation-definition/${document.name}:*`,
    ),
    allow(
      ["ssm:GetAutomationExecution", "ssm:StopAutomationExecution"],
      `arn:aws:ssm:${region}:${account}:automation-execution/*`,
    ),
    allow(["iam:PassRole"], automation, { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } }),
  ],
});
