import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import type { Input, Resource } from "@pulumi/pulumi";
import { inNameOf, type RoleStatement, rolePolicy, trustPolicy } from "../kit/policy";
import type { Place } from "../topic/senders";
import type { GrafanaArgs } from "./grafana.args";

/** Any workspace of Amazon Managed Service for Prometheus, its rules and its alert manager. */
const prometheusReads = [
  "aps:GetAlertManagerSilence",
  "aps:GetAlertManagerStatus",
  "aps:GetLabels",
  "aps:GetMetricMetadata",
  "aps:GetSeries",
  "aps:ListAlertManagerAlertGroups",
  "aps:ListAlertManagerAlerts",
  "aps:ListAlertManagerReceivers",
  "aps:ListAlertManagerSilences",
  "aps:ListAlerts",
  "aps:ListRules",
  "aps:QueryMetrics",
] as const;

/** On call, an editor silences a storm where it is seen. */
const silences = ["aps:PutAlertManagerSilences", "aps:DeleteAlertManagerSilence"] as const;

const logReads = [
  "logs:DescribeLogGroups",
  "logs:GetLogEvents",
  "logs:GetLogGroupFields",
  "logs:GetQueryResults",
  "logs:StartQuery",
  "logs:StopQuery",
] as const;

/** CloudWatch gives no narrower resource for these ("Actions, resources, and condition keys for Amazon CloudWatch", Service Authorization Reference, 2026-11). */
const metricReads = [
  "cloudwatch:DescribeAlarmHistory",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:DescribeAlarmsForMetric",
  "cloudwatch:GetInsightRuleReport",
  "cloudwatch:GetMetricData",
  "cloudwatch:ListMetrics",
  // Variables of boards list regions.
  "ec2:DescribeRegions",
] as const;

const statements = ({ account, region }: Place, prometheus: Input<string>): readonly RoleStatement[] => [
  { Sid: "Prometheus", Effect: "Allow", Action: [...prometheusReads, ...silences], Resource: prometheus },
  { Sid: "Metrics", Effect: "Allow", Action: metricReads, Resource: "*" },
  { Sid: "Logs", Effect: "Allow", Action: logReads, Resource: `arn:aws:logs:${region}:${account}:log-group:*` },
];

/** The role by which data sources ask: it reads what boards show, and of all else nothing. Keys it needs none: AMP and CloudWatch decrypt what they hold. */
export function createRole(name: string, args: GrafanaArgs, parent: Resource): { role: Role; policy: RolePolicy } {
  const { account, region, prometheus } = args;
  const assumeRolePolicy = trustPolicy(
    { Service: "grafana.amazonaws.com" },
    { ...inNameOf(account), StringLike: { "aws:SourceArn": `arn:aws:grafana:${region}:${account}:/workspaces/*` } },
  );
  const role = new Role(name, { assumeRolePolicy }, { parent });
  const policy = new RolePolicy(
    name,
    { role: role.name, policy: rolePolicy(statements(args, prometheus)) },
    { parent },
  );
  return { role, policy };
}
