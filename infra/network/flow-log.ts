import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { FlowLog } from "@pulumi/aws/ec2/flowLog.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { type Input, interpolate, type Resource } from "@pulumi/pulumi";
import {
  administration,
  inNameOf,
  logsMayEncrypt,
  policyDocument,
  type RoleStatement,
  rolePolicy,
  trustPolicy,
} from "../kit/policy";
import type { Place } from "../topic/senders";
import type { NormalNetwork } from "./network.args";

/** The policy of the key: the account's own administration, and CloudWatch Logs for this one group. */
const keyPolicy = (groupName: string, place: Place): string =>
  JSON.stringify(policyDocument([administration(place.account), logsMayEncrypt(place, `${groupName}-*`)]));

/** The raw resources of a flow log. */
export interface FlowLogNodes {
  readonly group: LogGroup;
  readonly flowLog: FlowLog;
}

/**
 * What the network did: who spoke with whom, and what was refused, in points of a minute, because an inquiry at night cannot wait for ten. The role may write to
 * its one group ("IAM role for publishing flow logs to CloudWatch Logs", VPC User Guide, 2026-11), and only flow logs of this account may take it on.
 */
export function createFlowLog(
  name: string,
  vpcId: Input<string>,
  { account, region, flowLogs }: NormalNetwork,
  parent: Resource,
): FlowLogNodes {
  const logical = `${name}-flow-log`;
  const place = { account, region };
  const key = new Key(
    logical,
    {
      description: `Flow log of the network ${name}`,
      policy: keyPolicy(logical, place),
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    },
    { parent },
  );
  const { retentionInDays, traffic } = flowLogs;
  const group = new LogGroup(logical, { retentionInDays, kmsKeyId: key.arn }, { parent });
  const assumeRolePolicy = trustPolicy(
    { Service: "vpc-flow-logs.amazonaws.com" },
    { ...inNameOf(account), ArnLike: { "aws:SourceArn": `arn:aws:ec2:${region}:${account}:vpc-flow-log/*` } },
  );
  const role = new Role(logical, { assumeRolePolicy }, { parent });
  const write: RoleStatement = {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
    Resource: [group.arn, interpolate`${group.arn}:*`],
  };
  const find: RoleStatement = {
    Effect: "Allow",
    Action: "logs:DescribeLogGroups",
    Resource: `arn:aws:logs:${region}:${account}:log-group:*`,
  };
  const policy = new RolePolicy(logical, { role: role.name, policy: rolePolicy([write, find]) }, { parent });
  const flowLog = new FlowLog(
    logical,
    {
      vpcId,
      trafficType: traffic === "all" ? "ALL" : "REJECT",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
    },
    // Without the right to write, the flow log would be made and stay silent.
    { parent, dependsOn: [policy] },
  );
  return { group, flowLog };
}
